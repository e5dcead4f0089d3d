// What must hold between the parts of the law: ids, days, circles of references, worked cases, numbers and groups.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { altered, assertFault, faultsOf, GROUNDS, lawText, lineOf, rulesOf } from '../support/packs.ts';

const SCOPE = 'instruments/uncc/art-35.yaml';
const PARAMETERS = 'instruments/uncc/parameters.yaml';
const ORDER = 'instruments/uncc/art-25.yaml';
const WHEN = 'when: { not: offence.dualCriminality }';
const GATE = 'gate: { not: { met: "uncc:40.7" } }';

test('one id stands once for each day: the same days twice is a fault at both places', () => {
  const text = altered(GROUNDS, 'id: uncc:40.8.minor', 'id: uncc:40.8');
  const faults = faultsOf({ [GROUNDS]: text });
  const lines = [...text.matchAll(/- id: uncc:40\.8\n/g)].map((found) => text.slice(0, found.index).split('\n').length);
  assert.equal(lines.length, 2);
  assert.deepEqual(
    faults.map((fault) => fault.line),
    lines,
  );
  assert.ok(
    faults.every((fault) =>
      /stands twice for the same days; the other is at .*art-40-grounds\.yaml:\d+$/.test(fault.detail),
    ),
  );
});

test('two versions of one provision may stand beside each other when their days do not meet', () => {
  const versions = (end: string, start: string) =>
    altered(GROUNDS, 'id: uncc:40.8.minor', 'id: uncc:40.8')
      .replace('in-force: { from: 2024-12-24 }', `in-force: { from: 2024-12-24, until: ${end} }`)
      .replace(/in-force: \{ from: 2024-12-24 \}/, `in-force: { from: ${start} }`);
  const both = rulesOf({ [GROUNDS]: versions('2030-01-01', '2030-01-01') }).provisions.filter(
    (one) => one.id === 'uncc:40.8',
  );
  assert.equal(both.length, 2);
  assert.equal(faultsOf({ [GROUNDS]: versions('2030-01-02', '2030-01-01') }).length, 2);
});

test('a condition that comes back to itself is a fault, directly or through another provision', () => {
  const itself = altered(GROUNDS, WHEN, 'when: { met: "uncc:40.8" }');
  assertFault(GROUNDS, itself, '- id: uncc:40.8', /its condition comes back to itself: uncc:40\.8 → uncc:40\.8$/);
  const through = altered(GROUNDS, WHEN, 'when: { not: { met: "uncc:40.8.minor" } }');
  const circle = altered(
    GROUNDS,
    'when: offence.minor',
    'when: { any: [offence.minor, { met: "uncc:40.8" }] }',
    through,
  );
  const faults = faultsOf({ [GROUNDS]: circle });
  assert.deepEqual(
    faults.map((fault) => [fault.line, fault.detail]),
    [
      [
        lineOf(circle, '- id: uncc:40.8\n'),
        'uncc:40.8: its condition comes back to itself: uncc:40.8 → uncc:40.8.minor → uncc:40.8',
      ],
      [
        lineOf(circle, '- id: uncc:40.8.minor'),
        'uncc:40.8.minor: its condition comes back to itself: uncc:40.8.minor → uncc:40.8 → uncc:40.8.minor',
      ],
    ],
  );
  const gate = altered(GROUNDS, GATE, 'gate: { not: { met: "uncc:40.8" } }');
  assert.match(faultsOf({ [GROUNDS]: gate })[0]?.detail ?? '', /comes back to itself/);
});

for (const [verdict, kept] of [
  ['met', ['not-met', 'undetermined', 'not-applicable']],
  ['not-met', ['met', 'undetermined', 'not-applicable']],
  ['undetermined', ['met', 'not-met', 'not-applicable']],
  ['not-applicable', ['met', 'not-met', 'undetermined']],
] as const) {
  test(`a provision that can be ${verdict} has a worked case in which it is`, () => {
    const text = lawText(GROUNDS);
    const first = text.indexOf('cases:');
    const cases = kept.map((one) => `      - { given: {}, expect: ${one} }\n`).join('');
    const changed = `${text.slice(0, first)}cases:\n${cases}${text.slice(text.indexOf('    reviewed:', first))}`;
    assertFault(GROUNDS, changed, '- id: uncc:40.8', new RegExp(`lacks a worked case whose verdict is ${verdict}$`));
  });
}

test('three worked cases are the least', () => {
  const text = lawText(ORDER);
  assertFault(
    ORDER,
    text.replace(/\n.*measure: content-data.*/, ''),
    '- id: uncc:25.2',
    /has 2 worked cases, and needs three at least/,
  );
});

test('each number in a condition is worked just met and just missed', () => {
  const below = lawText(SCOPE)
    .replaceAll('offence.maxPenaltyYears: 3.5', 'offence.maxPenaltyYears: 2')
    .replaceAll('offence.maxPenaltyYears: 3', 'offence.maxPenaltyYears: 2');
  assertFault(
    SCOPE,
    below,
    '- id: uncc:35.1',
    /lacks a worked case in which offence\.maxPenaltyYears is below 4 by one at most$/,
  );
  const met = lawText(SCOPE).replaceAll('offence.maxPenaltyYears: 4', 'offence.maxPenaltyYears: 4.5');
  assertFault(SCOPE, met, '- id: uncc:35.1', /lacks a worked case in which offence\.maxPenaltyYears just reaches 4$/);
  const moved = altered(PARAMETERS, 'value: 4 }', 'value: 6 }');
  const faults = faultsOf({ [PARAMETERS]: moved });
  assert.deepEqual(
    faults.map((fault) => [fault.pointer, fault.detail]),
    [[SCOPE, 'uncc:35.1: lacks a worked case in which offence.maxPenaltyYears just reaches 6']],
    'a number that moves takes its cases with it',
  );
});

test('a number has a value from the first day of every provision that uses it', () => {
  const late = altered(PARAMETERS, 'from: 2024-12-24, value: 4', 'from: 2026-01-01, value: 4');
  const faults = faultsOf({ [PARAMETERS]: late });
  assert.deepEqual(
    faults.map((fault) => [fault.pointer, fault.detail]),
    [[SCOPE, 'uncc:35.1: uses uncc:serious-crime-years, which has no value yet on 2024-12-24']],
  );
});

test('the numbers of a pack stand once each, and days are days', () => {
  const doubled = altered(PARAMETERS, 'id: preservation-order-days', 'id: preservation-days');
  assert.ok(
    faultsOf({ [PARAMETERS]: doubled }).some(
      (fault) => /the parameter preservation-days stands here twice/.test(fault.detail) && fault.pointer === PARAMETERS,
    ),
  );
  const dated = altered(PARAMETERS, 'value: 90 }', 'value: 2024-01-01 }');
  assertFault(
    PARAMETERS,
    dated,
    '- id: preservation-order-days',
    /a day is the value of a parameter whose unit is date, and of no other/,
  );
  const again = altered(PARAMETERS, 'value: 90 }]', 'value: 90 }, { from: 2024-12-24, value: 80 }]');
  assertFault(PARAMETERS, again, '- id: preservation-order-days', /has two values from one day/);
  assert.equal(faultsOf({ [PARAMETERS]: altered(PARAMETERS, 'value: 90 }', 'value: -90 }') })[0]?.pointer, PARAMETERS);
});

test('facts and measures stand once each and name groups that exist', () => {
  const facts = altered('facts.yaml', /id: offence\.political\n/, 'id: offence.minor\n');
  assert.ok(
    faultsOf({ 'facts.yaml': facts }).some((fault) => /the fact offence\.minor stands here twice/.test(fault.detail)),
  );
  const group = altered('facts.yaml', 'group: offence', 'group: crime');
  assertFault(
    'facts.yaml',
    group,
    /- id: \S+\n(?: {4}.*\n)*? {4}group: crime/,
    /names the group "crime", which the file does not have/,
  );
  const inherited = altered('facts.yaml', 'concerns: [all]', 'concerns: [toString]');
  assert.match(
    faultsOf({ 'facts.yaml': inherited })[0]?.detail ?? '',
    /concerns "toString", which measures\.yaml does not have/,
  );
  const measures = altered('measures.yaml', 'evidence: [preservation', 'evidence: [search');
  assert.ok(
    faultsOf({ 'measures.yaml': measures }).some((fault) =>
      /the group evidence has "search", which is no measure/.test(fault.detail),
    ),
  );
  const tier = altered('measures.yaml', 'id: traffic-path, tier: T0', 'id: traffic-path, tier: T9');
  assert.ok(faultsOf({ 'measures.yaml': tier }).some((fault) => /traffic-path names the tier "T9"/.test(fault.detail)));
  const shadow = altered('measures.yaml', '  T1-T3: [', '  all: [');
  assert.ok(
    faultsOf({ 'measures.yaml': shadow }).some((fault) =>
      /"all" is the name of a measure, of a tier or of all/.test(fault.detail),
    ),
  );
});

test('one pack has one folder', () => {
  const twin = lawText('rights/pack.yaml').replace('pack: rights', 'pack: uncc');
  assert.ok(faultsOf({ 'rights/pack.yaml': twin }).some((fault) => /there is another pack "uncc"/.test(fault.detail)));
});

test('several faults in several files are all reported at once', () => {
  const faults = faultsOf({
    [GROUNDS]: altered(
      GROUNDS,
      'when: offence.minor',
      'when: offence.minr',
      altered(GROUNDS, WHEN, 'when: offence.dual'),
    ),
    [SCOPE]: altered(SCOPE, 'at-least: serious-crime-years', 'at-least: nothing'),
    'rights/iccpr-07.yaml': altered('rights/iccpr-07.yaml', 'effect: refuse-must', 'effect: forbid'),
  });
  assert.deepEqual(
    faults.map((fault) => fault.pointer).sort(),
    [GROUNDS, GROUNDS, SCOPE, 'rights/iccpr-07.yaml'].sort(),
  );
});
