// The example requests that ship with the product, by name, in order.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../examples/', import.meta.url));

/** The text of each `examples/NN-name.json`. */
export function loadExamples(folder = ROOT): { readonly [id: string]: string } {
  const names = readdirSync(folder)
    .filter((name) => /^\d\d-[\w-]+\.json$/.test(name))
    .sort();
  return Object.fromEntries(
    names.map((name) => [name.slice(0, -'.json'.length), readFileSync(join(folder, name), 'utf8')]),
  );
}

/** The text of a request file, to show what one is. */
export const loadRequestExample = (): string => readFileSync(join(ROOT, 'requests', '05-kidnapping.json'), 'utf8');
