// Every part that docs/LAW.md requires, taken away from the shipped files one after the other: the fault names file, line and part.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { altered, assertFault, faultsOf, GROUNDS, lacking, lawText, lineOf, rulesOf } from '../support/packs.ts';

test('the part of the shipped law that these tests break is sound before it is broken', () => {
  assert.ok(rulesOf().provisions.length > 10);
});

const PARTS = [
  'title',
  'title.en',
  'title.ar',
  'effect',
  'concerns',
  'when',
  'source',
  'source.place',
  'source.paraphrase',
  'source.paraphrase.en',
  'source.paraphrase.ar',
  'source.confidence',
  'source.basis',
  'in-force',
  'in-force.from',
  'explain',
  'explain.met',
  'explain.met.ar',
  'explain.not-met',
  'explain.undetermined',
  'explain.not-applicable',
  'cases',
  'cases.0.given',
  'cases.0.expect',
  'reviewed',
];
/** Found only once the whole provision was read, so reported where it begins. */
const OF_THE_WHOLE = /^explain\.(?:not-met|undetermined|not-applicable)$/;

for (const part of PARTS) {
  test(`a provision that lacks ${part} does not load`, () => {
    const at = part.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const text = lacking(GROUNDS, ['provisions', 0, ...at]);
    const [fault, ...more] = faultsOf({ [GROUNDS]: text });
    assert.deepEqual(more, []);
    assert.equal(fault?.pointer, GROUNDS);
    assert.equal(fault?.detail, `uncc:40.8: lacks ${part}`);
    const begins = lineOf(text, '- id: uncc:40.8');
    if (at.length === 1 || OF_THE_WHOLE.test(part)) return assert.equal(fault?.line, begins);
    // Of a part of a part: where the part around it stands.
    const around = text.split('\n').findIndex((line, i) => i >= begins && line.startsWith(`    ${at[0]}:`)) + 1;
    assert.ok(around > begins);
    assert.ok(
      (fault?.line ?? 0) >= around && (fault?.line ?? 0) <= around + 4,
      `line ${fault?.line}, around ${around}`,
    );
  });
}

test('a provision without an id is found by its place', () => {
  const text = lacking(GROUNDS, ['provisions', 0, 'id']);
  assertFault(GROUNDS, text, '- title:', /^lacks provisions\.0\.id$/);
});

for (const [path, at, says] of [
  [GROUNDS, ['article'], /^lacks article$/],
  [GROUNDS, ['title'], /^lacks title$/],
  [GROUNDS, ['provisions'], /^lacks provisions$/],
  ['instruments/uncc/pack.yaml', ['version'], /^lacks version$/],
  ['instruments/uncc/pack.yaml', ['address'], /^lacks address$/],
  ['instruments/uncc/pack.yaml', ['short', 'ar'], /^lacks short\.ar$/],
  ['instruments/uncc/pack.yaml', ['kind'], /^lacks kind$/],
  ['facts.yaml', ['facts', 1, 'question'], /: lacks question$/],
  ['facts.yaml', ['facts', 1, 'help', 'ar'], /: lacks help\.ar$/],
  ['facts.yaml', ['facts', 1, 'judgement'], /: lacks judgement$/],
  ['measures.yaml', ['measures', 0, 'tier'], /^lacks measures\.0\.tier$/],
] as const) {
  test(`${path} without ${at.join('.')} does not load`, () => {
    const found = faultsOf({ [path]: lacking(path, at) }).filter((fault) => fault.pointer === path);
    assert.equal(found.length, 1);
    assert.match(found[0]?.detail ?? '', says);
    assert.ok((found[0]?.line ?? 0) >= 1);
  });
}

for (const at of ['unit', 'values', 'source'] as const) {
  test(`a parameter without its ${at} does not load`, () => {
    const path = 'instruments/uncc/parameters.yaml';
    const faults = faultsOf({ [path]: lacking(path, ['parameters', 0, at]) });
    assert.ok(faults.some((fault) => fault.pointer === path && fault.detail === `lacks parameters.0.${at}`));
  });
}

for (const path of ['facts.yaml', 'measures.yaml']) {
  test(`a law folder without ${path} does not load`, () => {
    assert.deepEqual(faultsOf({ [path]: null }), [{ pointer: path, detail: 'is missing' }]);
  });
}

test('a folder of articles without its pack.yaml is a fault: its law would silently not apply', () => {
  const faults = faultsOf({ 'rights/pack.yaml': null });
  assert.deepEqual(faults, [
    {
      pointer: 'rights/iccpr-07.yaml',
      line: 1,
      detail: 'belongs to no pack: no pack.yaml stands in a folder for packs',
    },
  ]);
  assert.match(faultsOf({ 'article.yaml': lawText(GROUNDS) })[0]?.detail ?? '', /belongs to no pack/);
});

test('a safeguard has a strength, for each measure it concerns, and nothing else has one', () => {
  const as = (effect: string) => altered(GROUNDS, 'effect: refuse-may', effect);
  assertFault(
    GROUNDS,
    as('effect: safeguard'),
    '- id: uncc:40.8',
    /uncc:40\.8: lacks strength: required or recommended$/,
  );
  assertFault(
    GROUNDS,
    as('effect: refuse-may\n    strength: required'),
    'strength:',
    /only a safeguard has a strength$/,
  );
  const some = as(
    'effect: safeguard\n    strength: { T1: required, T2: recommended, T3: required, confiscation: required }',
  );
  assertFault(GROUNDS, some, 'strength:', /uncc:40\.8: lacks a strength for witness-hearing$/);
});

test('what follows from a provision is said where something follows, and only there', () => {
  const order = 'instruments/uncc/art-25.yaml';
  assertFault(
    order,
    lacking(order, ['provisions', 0, 'what']),
    '- id: uncc:25.2',
    /lacks what: the words for what follows/,
  );
  const said = altered(GROUNDS, 'effect: refuse-may', 'effect: refuse-may\n    what: { en: Refuse, ar: ارفض }');
  assertFault(GROUNDS, said, '- id: uncc:40.8', /has a what, which only an option, duty, condition or bar/);
  const clock = 'effect: refuse-may\n    clock: { bound: at-most, parameter: preservation-days, from: order }';
  assertFault(
    GROUNDS,
    altered(GROUNDS, 'effect: refuse-may', clock),
    '- id: uncc:40.8',
    /has a clock, which only a duty has/,
  );
});

test('a bar to refusal names the ground it bars', () => {
  const text = lawText(GROUNDS);
  const at = /- id: uncc:40\.23\n/;
  assertFault(GROUNDS, altered(GROUNDS, /\n {4}ground: .*/, ''), at, /a bar to refusal names the ground it bars/);
  assert.match(text, at);
});

test('a certified provision names who compared it and when', () => {
  const certified = altered(GROUNDS, 'confidence: secondary', 'confidence: certified');
  assertFault(GROUNDS, certified, '- id: uncc:40.8', /is certified by nobody: lacks certified-by and certified-on/);
  const half = certified.replace('confidence: certified', 'confidence: certified\n      certified-by: A. Jurist');
  assertFault(GROUNDS, half, '- id: uncc:40.8', /is certified by nobody/);
  rulesOf({ [GROUNDS]: half.replace('A. Jurist', 'A. Jurist\n      certified-on: 2027-01-15') });
});
