// What every check of the tree needs: the files to look at, and one way of saying what was found.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT: string = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/u, '');

export type Finding = { readonly file: string; readonly line: number; readonly says: string; readonly warning?: true };

/** Paths relative to `root`, sorted, of the files under `folders` that `wanted` accepts; planted violations are left out. */
export function filesUnder(root: string, folders: readonly string[], wanted: (path: string) => boolean): string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    let entries: { name: string; isDirectory(): boolean }[];
    try {
      entries = readdirSync(`${root}/${folder}`, { withFileTypes: true });
    } catch {
      return; // a folder that is not there yet
    }
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`;
      if (entry.name === 'node_modules' || path === 'test/fences/planted') continue;
      if (entry.isDirectory()) walk(path);
      else if (wanted(path)) found.push(path);
    }
  };
  for (const folder of folders) walk(folder);
  return found.sort();
}

export const linesOf = (root: string, file: string): string[] => readFileSync(`${root}/${file}`, 'utf8').split('\n');

export const isTypeScript = (path: string): boolean => path.endsWith('.ts');
export const isTest = (path: string): boolean => path.endsWith('.test.ts') || path.includes('/testing/');

/** Every line on which one of `patterns` is found. */
export function grep(
  root: string,
  files: readonly string[],
  patterns: readonly (readonly [RegExp, string])[],
): Finding[] {
  const findings: Finding[] = [];
  for (const file of files) {
    linesOf(root, file).forEach((text, index) => {
      for (const [pattern, why] of patterns) {
        const hit = pattern.exec(text);
        if (hit) findings.push({ file, line: index + 1, says: `"${hit[0]}": ${why}` });
      }
    });
  }
  return findings;
}

/** Prints what was found; true when nothing that counts was. */
export function report(name: string, findings: readonly Finding[], looked: number): boolean {
  const errors = findings.filter((finding) => !finding.warning);
  for (const { file, line, says, warning } of findings)
    console.log(`${file}:${line} ${warning ? 'warning' : 'error'} ${says}`);
  console.log(`${errors.length === 0 ? 'ok  ' : 'FAIL'} ${name} (${looked} files, ${errors.length} errors)`);
  return errors.length === 0;
}
