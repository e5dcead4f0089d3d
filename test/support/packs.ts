// A part of the shipped law folder as texts, to be broken in one place and read again.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type { Fault } from '../../src/kernel/outcome.ts';
import { readRuleSet } from '../../src/law/pack/read.ts';
import { readYaml } from '../../src/law/pack/yaml.ts';
import type { RuleSet } from '../../src/law/rule-set.ts';
import { filesUnder, ROOT } from '../../tools/tree.ts';

export type LawText = { readonly path: string; readonly text: string };

export const lawText = (path: string): string => readFileSync(`${ROOT}/law/${path}`, 'utf8');
export const lawTexts = (wanted: (path: string) => boolean): LawText[] =>
  filesUnder(ROOT, ['law'], (path) => path.endsWith('.yaml'))
    .map((path) => path.slice('law/'.length))
    .filter(wanted)
    .map((path) => ({ path, text: lawText(path) }));

/** Facts, measures and five articles: enough of every form of rule, and read in a tenth of the time of all. */
const PART = lawTexts((path) =>
  /^(?:facts|measures|instruments\/uncc\/(?:pack|parameters|art-(?:25|35|40-grounds|40-other-treaties))|rights\/(?:pack|iccpr-07))\.yaml$/.test(
    path,
  ),
);
/** The files that are not changed are taken apart once; what is made of them is made anew each time. */
const apart = new Map(PART.map((file) => [file.path, { text: file.text, read: readYaml(file.path, file.text) }]));
const yaml: typeof readYaml = (path, text) => {
  const kept = apart.get(path);
  return kept?.text === text ? kept.read : readYaml(path, text);
};

export const GROUNDS = 'instruments/uncc/art-40-grounds.yaml';

/** The part of the law with some files changed; null takes a file away, a new path adds one. */
export function partWith(changes: { readonly [path: string]: string | null } = {}): LawText[] {
  const kept = PART.filter((file) => !Object.hasOwn(changes, file.path));
  return [...kept, ...Object.entries(changes).flatMap(([path, text]) => (text === null ? [] : [{ path, text }]))];
}

/** The text of a file with `from` replaced, once, by `to`; the change must be possible. */
export function altered(path: string, from: string | RegExp, to: string, text = lawText(path)): string {
  const changed = text.replace(from, () => to);
  assert.notEqual(changed, text, `${path} has no ${from}`);
  return changed;
}

/** The text of a file without the part at `at`. */
export function lacking(path: string, at: readonly (string | number)[]): string {
  const document = parseDocument(lawText(path));
  assert.ok(document.deleteIn(at), `${path} has no ${at.join('.')}`);
  return document.toString({ lineWidth: 0 });
}

/** The rule set of the part with these changes; it must load. */
export function rulesOf(changes: { readonly [path: string]: string | null } = {}): RuleSet {
  const read = readRuleSet(partWith(changes), yaml);
  assert.ok(read.ok, JSON.stringify(!read.ok && read.faults, null, 1));
  return read.value;
}

/** What is wrong with the part after these changes; something must be, and nothing may be loaded beside it. */
export function faultsOf(changes: { readonly [path: string]: string | null }): readonly Fault[] {
  const read = readRuleSet(partWith(changes), yaml);
  assert.ok(!read.ok, 'nothing was found wrong');
  assert.deepEqual(Object.keys(read).sort(), ['faults', 'ok'], 'nothing is half-loaded');
  assert.ok(read.faults.length > 0);
  return read.faults;
}

/** The number of the line of `text` on which `words` first stand. */
export function lineOf(text: string, words: string | RegExp): number {
  const at = typeof words === 'string' ? text.indexOf(words) : text.search(words);
  assert.notEqual(at, -1, `nowhere: ${words}`);
  return text.slice(0, at).split('\n').length;
}

/** The one fault of a file in which one thing was changed: in that file, on the line of `at`, saying `says`. */
export function assertFault(path: string, text: string, at: string | RegExp, says: RegExp): void {
  const faults = faultsOf({ [path]: text });
  const said = faults.map((fault) => `${fault.pointer}:${fault.line}: ${fault.detail}`).join('\n');
  assert.equal(faults.length, 1, said);
  assert.equal(faults[0]?.pointer, path);
  assert.match(faults[0]?.detail ?? '', says);
  assert.equal(faults[0]?.line, lineOf(text, at), said);
}
