// The command line as a caller sees it: words in; status, output and errors out.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export type Ran = { readonly status: number | null; readonly out: string; readonly err: string };

export function rogatory(words: readonly string[], input = ''): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...words], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1_048_576,
  });
  return { status, out: stdout, err: stderr };
}

/** A folder with these files, removed when the test ends. */
export function folder(
  t: TestContext,
  files: readonly { readonly path: string; readonly text: string }[] = [],
): string {
  const root = mkdtempSync(join(tmpdir(), 'law-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}
