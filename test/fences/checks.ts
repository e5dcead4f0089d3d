// Helpers for the tests of the fences: where violations are planted, and a tree built for one test.

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import type { TestContext } from 'node:test';
import { ROOT } from '../../tools/tree.ts';

export const PLANTED = `${ROOT}/test/fences/planted`;

/** A tree with the given files, removed when the test ends. */
export function tree(t: TestContext, files: Record<string, string>, copies: readonly string[] = []): string {
  const root = mkdtempSync(`${tmpdir()}/fence-`);
  t.after(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(`${root}/${path}`), { recursive: true });
    writeFileSync(`${root}/${path}`, content);
  }
  for (const path of copies) cpSync(`${ROOT}/${path}`, `${root}/${path}`, { recursive: true });
  return root;
}
