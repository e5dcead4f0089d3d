// State profiles: what an office may set for itself, what it may not, and what each word does.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SHIPPED_LAW } from '../../src/adapters/files/law-store.ts';
import { assessInput } from '../../src/app/assess-request.ts';
import { openLawBook } from '../../src/app/law-book.ts';
import type { Fault } from '../../src/kernel/outcome.ts';
import { readProfile } from '../../src/law/pack/read-profile.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/law/profile.ts';
import { example } from '../support/cli.ts';
import { shippedLaw } from '../support/law.ts';
import { lineOf } from '../support/packs.ts';

const { rules, hash, register } = await shippedLaw();
const book = openLawBook(rules, hash, register);
const TEMPLATE = readFileSync(`${SHIPPED_LAW}/states/TEMPLATE.yaml`, 'utf8');
const HEAD = 'state: XX\ntitle: { en: XX, ar: XX }\n';
const WHY = 'reason: { en: Why., ar: السبب. }';

function policyOf(rule: string, name = rule): Policy {
  const profile = readProfile(rules, { path: 'XX.yaml', text: HEAD + rule });
  assert.ok(profile.ok, JSON.stringify(profile));
  return { profile: profile.value, hash: `sha256:${name}` };
}
const setting = (provision: string, set: string): Policy =>
  policyOf(`policy:\n  - { provision: "${provision}", set: ${set}, ${WHY} }\n`);

function faultsOf(text: string): readonly Fault[] {
  const profile = readProfile(rules, { path: 'XX.yaml', text });
  assert.ok(!profile.ok, 'the profile was taken');
  return profile.faults;
}

for (const state of ['TEMPLATE', 'AA', 'BB']) {
  test(`the profile ${state} loads, and says of every setting why`, () => {
    const path = `${SHIPPED_LAW}/states/${state}.yaml`;
    const profile = readProfile(rules, { path, text: readFileSync(path, 'utf8') });
    assert.ok(profile.ok, JSON.stringify(profile));
    assert.ok(profile.value.policy.length > 0);
    assert.ok(profile.value.policy.every((rule) => rule.reason.en.length > 10 && Object.keys(rule.set).length > 0));
    assert.equal(profile.value.invented, true);
  });
}

test('the template changes nothing, as it says: every example comes out as without a profile', () => {
  const profile = readProfile(rules, { path: 'TEMPLATE.yaml', text: TEMPLATE });
  assert.ok(profile.ok);
  for (const number of ['01', '04', '10', '13', '15', '18', '20', '22']) {
    const plain = assessInput(book, example(number));
    const under = assessInput(book, example(number), { policy: { profile: profile.value, hash: 'sha256:template' } });
    assert.ok(plain.ok && under.ok);
    const { law: _one, ...a } = plain.value.assessment;
    const { law: _two, ...b } = under.value.assessment;
    assert.deepEqual(b, a, number);
  }
});

/** What a profile says, the words at which its fault is expected, and what it says. */
const REFUSED: readonly (readonly [string, string, string, RegExp])[] = [
  [
    'a right',
    `policy:\n  - provision: "iccpr:7"\n    set: off\n    ${WHY}\n`,
    'iccpr:7',
    /^iccpr:7 is not this office's policy; what a treaty or human rights law says cannot be set here$/,
  ],
  [
    'a treaty',
    `policy:\n  - provision: "uncc:40.8"\n    set: may\n    ${WHY}\n`,
    'uncc:40.8',
    /^uncc:40\.8 is not this office's policy/,
  ],
  [
    'a safeguard of the treaty',
    `policy:\n  - provision: "uncc:24.2"\n    set: off\n    ${WHY}\n`,
    'uncc:24.2',
    /^uncc:24\.2 is not this office's policy/,
  ],
  [
    'a provision that does not exist',
    `policy:\n  - provision: "policy:kindness"\n    set: off\n    ${WHY}\n`,
    'policy:kindness',
    /^there is no provision policy:kindness$/,
  ],
  [
    'a measure that does not exist',
    `policy:\n  - provision: "policy:remedy"\n    set: { T9: off }\n    ${WHY}\n`,
    'T9',
    /^"T9" is no measure or group$/,
  ],
  [
    'a measure every object inherits',
    `policy:\n  - provision: "policy:remedy"\n    set: { constructor: off }\n    ${WHY}\n`,
    'constructor',
    /^"constructor" is no measure or group$/,
  ],
  [
    'a measure the provision does not concern',
    `policy:\n  - provision: "policy:remedy"\n    set: { preservation: off }\n    ${WHY}\n`,
    'preservation',
    /^policy:remedy does not concern preservation$/,
  ],
  [
    'a ground’s word for a safeguard',
    `policy:\n  - provision: "policy:remedy"\n    set: must\n    ${WHY}\n`,
    'set: must',
    /^"must" does not fit policy:remedy: required, recommended, off$/,
  ],
  [
    'a safeguard’s word for a ground',
    `policy:\n  - provision: "policy:encryption"\n    set: recommended\n    ${WHY}\n`,
    'set: recommended',
    /^"recommended" does not fit policy:encryption: must, may, off$/,
  ],
  [
    'a word that does not exist',
    `policy:\n  - provision: "policy:remedy"\n    set: perhaps\n    ${WHY}\n`,
    'set: perhaps',
    /^policy\.0\.set: /,
  ],
  [
    'a duty',
    `policy:\n  - provision: "policy:notice"\n    set: off\n    ${WHY}\n`,
    'set: off',
    /^policy:notice cannot be changed by a profile$/,
  ],
  [
    'a setting without a reason',
    'policy:\n  - provision: "policy:remedy"\n    set: off\n',
    'provision:',
    /^lacks policy\.0\.reason$/,
  ],
  [
    'a treaty’s number',
    `parameters:\n  - id: "uncc:serious-crime-years"\n    values: [{ from: 2026-01-01, value: 1 }]\n    ${WHY}\n`,
    'id:',
    /^uncc:serious-crime-years is the treaty's number, not this office's$/,
  ],
  [
    'a number that does not exist',
    `parameters:\n  - id: "policy:luck"\n    values: [{ from: 2026-01-01, value: 1 }]\n    ${WHY}\n`,
    'id:',
    /^there is no parameter policy:luck$/,
  ],
  [
    'an instrument that does not exist',
    'treaties:\n  - { instrument: hague, with: AA, in-force: { from: 2026-01-01 }, source: none }\n',
    'hague',
    /^there is no instrument hague; there are uncc, /,
  ],
  [
    'an instrument to be counted that does not exist',
    'counts-as-mla-treaty: [hague]\n',
    'hague',
    /^there is no instrument hague/,
  ],
  ['a key that does not exist', 'waivers: []\n', 'state:', /has the unknown key "waivers"/],
];

for (const [what, text, at, says] of REFUSED) {
  test(`a profile that names ${what} is refused, with its line`, () => {
    const faults = faultsOf(HEAD + text);
    assert.equal(faults.length, 1, JSON.stringify(faults));
    assert.equal(faults[0]?.pointer, 'XX.yaml');
    assert.match(faults[0]?.detail ?? '', says);
    assert.equal(faults[0]?.line, lineOf(HEAD + text, at));
  });
}

test('several faults of a profile are all reported, and nothing of it is taken', () => {
  const text = `${HEAD}policy:\n  - { provision: "iccpr:6", set: off, ${WHY} }\n  - { provision: "policy:remedy", set: on, ${WHY} }\n`;
  assert.deepEqual(
    faultsOf(text).map((fault) => fault.line),
    [4, 5],
  );
});

const outcome = (
  number: string,
  measure: string,
  facts: Record<string, unknown>,
  policy: Policy = DEFAULT_POLICY,
): string => {
  const base = example(number);
  const assessed = assessInput(book, { ...base, measure, facts: { ...base.facts, ...facts } }, { policy });
  assert.ok(assessed.ok);
  return assessed.value.assessment.outcome;
};

test('a safeguard that fails: required refuses, recommended leaves it open, off is silent; measure by measure', () => {
  const fails = { 'safeguard.remedy': false };
  for (const [set, content, live] of [
    ['required', 'must-refuse', 'must-refuse'],
    ['recommended', 'may-refuse', 'may-refuse'],
    ['off', 'may-execute', 'may-execute'],
    ['{ T3: required }', 'may-refuse', 'must-refuse'],
    ['{ T2: off }', 'may-execute', 'may-refuse'],
    ['{ content-data: required, T3: off }', 'must-refuse', 'may-execute'],
  ] as const) {
    const policy = setting('policy:remedy', set);
    const form = { 'form.justification': true, 'form.period': true };
    assert.equal(outcome('03', 'content-data', fails, policy), content, `${set}, content-data`);
    assert.equal(outcome('03', 'interception', { ...fails, ...form }, policy), live, `${set}, interception`);
  }
});

test('a ground that is present: must refuses, may leaves it open, off is silent; measure by measure', () => {
  const present = { 'offence.military': true };
  for (const [set, content, identity] of [
    ['must', 'must-refuse', 'must-refuse'],
    ['may', 'may-refuse', 'may-refuse'],
    ['off', 'may-execute', 'may-execute'],
    ['{ T1: off }', 'may-refuse', 'may-execute'],
    ['{ T2: must }', 'must-refuse', 'may-refuse'],
  ] as const) {
    const policy = setting('policy:military-offence', set);
    assert.equal(outcome('03', 'content-data', present, policy), content, `${set}, content-data`);
    assert.equal(outcome('03', 'subscriber-data', present, policy), identity, `${set}, subscriber-data`);
  }
});

test('a condition that is off is not asked for, on it is', () => {
  const open = { 'data.retentionLimitAgreed': false };
  assert.equal(outcome('03', 'content-data', open), 'needs-conditions');
  assert.equal(outcome('03', 'content-data', open, setting('policy:retention-limit', 'on')), 'needs-conditions');
  assert.equal(outcome('03', 'content-data', open, setting('policy:retention-limit', 'off')), 'may-execute');
  assert.equal(
    outcome('03', 'content-data', open, setting('policy:retention-limit', '{ T1: off }')),
    'needs-conditions',
  );
});

test('a number of the policy that an office sets for itself holds from its day', () => {
  const facts = { 'offence.conventionArticle': 'none', 'offence.maxPenaltyHereYears': 3 };
  const from = (day: string) =>
    policyOf(
      `parameters:\n  - { id: "policy:two-sided-threshold-years", values: [{ from: ${day}, value: 3 }], ${WHY} }\n`,
    );
  assert.equal(outcome('03', 'content-data', facts), 'may-refuse');
  assert.equal(outcome('03', 'content-data', facts, from('2028-03-14')), 'may-execute');
  assert.equal(outcome('03', 'content-data', facts, from('2028-03-15')), 'may-refuse');
  assert.equal(
    outcome('03', 'content-data', { ...facts, 'offence.maxPenaltyHereYears': 2.99 }, from('2028-03-14')),
    'may-refuse',
  );
});

test('no profile, whatever was put into it, moves a treaty or a right', () => {
  const { profile } = setting('policy:remedy', 'off');
  assert.ok(profile);
  const forged: Policy = {
    hash: 'sha256:forged',
    profile: {
      ...profile,
      policy: ['iccpr:7', 'uncc:24.2', 'uncc:40.8'].map((provision) => ({
        provision,
        set: { 'content-data': 'off' as const },
        reason: { en: 'no', ar: 'no' },
      })),
    },
  };
  assert.equal(outcome('03', 'content-data', { 'rights.tortureRisk': true }, forged), 'must-refuse');
});
