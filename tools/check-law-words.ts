// No treaty, article or number of days in src/: the law is data in law/, where jurists can read, cite and change it.

import { readFileSync } from 'node:fs';
import { type Finding, filesUnder, grep, isTest, isTypeScript } from './tree.ts';

const LAW_IS_DATA = 'law stands in law/, not in src/';

// Names under which people know the instruments; the ids are read from law/ itself.
const NAMES: readonly RegExp[] = [
  /\bbudapest\b/iu,
  /\bhanoi convention\b/iu,
  /\bconvention against cybercrime\b/iu,
  /\buncc\b/iu,
  /\biccpr\b/iu,
  /\be-?evidence regulation\b/iu,
  /\bC?ETS\s?(no\.?\s?)?\d{2,3}\b/u,
  /\b(regulation|directive|decision)\s+\(?(EU|EC|JHA)\)?/iu,
  /\b20\d\d\/\d{3,4}\b/u,
  /\bA\/RES\/\d+/u,
  /\b(article|art\.)\s?\d+/iu,
];
const DAYS: readonly RegExp[] = [/\b\d+[ -](calendar |working |business )?(days?|months?)\b/iu];

export const lawlessFiles = (root: string): string[] =>
  filesUnder(root, ['src'], (path) => (isTypeScript(path) || path.endsWith('.css')) && !isTest(path));

/** The ids that packs and the register give to instruments; house policy is left out, its prefix is an everyday word. */
export function instrumentIds(root: string): string[] {
  const ids = new Set<string>();
  const read = (file: string, form: RegExp): void => {
    for (const found of readFileSync(`${root}/${file}`, 'utf8').matchAll(form)) {
      const id = found[1];
      if (id !== undefined && id.length > 2) ids.add(id);
    }
  };
  for (const file of filesUnder(root, ['law'], (path) => path.endsWith('/pack.yaml'))) {
    if (!file.startsWith('law/policy/')) read(file, /^prefix:\s*["']?([a-z0-9-]+)/gmu);
  }
  for (const file of filesUnder(root, ['law/status'], (path) => path.endsWith('.yaml'))) {
    read(file, /^\s*(?:- )?instrument:\s*["']?([a-z0-9-]+)/gmu);
  }
  return [...ids].sort();
}

export function checkLawWords(root: string): Finding[] {
  const ids = instrumentIds(root).map((id): [RegExp, string] => [
    new RegExp(String.raw`(?<![\w-])${id}(?![\w-])`, 'iu'),
    `the id of an instrument; ${LAW_IS_DATA}`,
  ]);
  return grep(root, lawlessFiles(root), [
    ...ids,
    ...NAMES.map((pattern): [RegExp, string] => [pattern, LAW_IS_DATA]),
    ...DAYS.map((pattern): [RegExp, string] => [pattern, `a term; ${LAW_IS_DATA}`]),
  ]);
}
