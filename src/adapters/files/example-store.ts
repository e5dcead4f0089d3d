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
