// The law of a day: what holds when, what changed in between, which law an assessment ran under, and how it is run again years later.

import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { loadLaw, ruleSetHash, SHIPPED_LAW } from '../../src/adapters/files/law-store.ts';
import { openLawBook } from '../../src/app/law-book.ts';
import { close } from '../../src/law/close.ts';
import { diffLaw } from '../../src/law/diff.ts';
import { readRuleSet } from '../../src/law/pack/read.ts';
import { DEFAULT_POLICY } from '../../src/law/profile.ts';
import type { Facts } from '../../src/law/provision.ts';
import { assessPlainly } from '../../src/law/reference.ts';
import type { RuleSet } from '../../src/law/rule-set.ts';
import { encode } from '../../src/law/slots.ts';
import { folder, rogatory } from '../support/command-line.ts';
import { inventedFiles, type InventedLaw, inventedRules } from '../support/invented-law.ts';
import { day, LATE, shippedLaw } from '../support/law.ts';

/** One rule with two texts, a number that changes, a rule that ends and one that comes. */
const CHANGING: InventedLaw = {
  facts: { 'is.p': 'boolean', 'is.q': 'boolean', 'is.years': 'years' },
  parameters: {
    serious: [
      { from: '2020-01-01', value: 4 },
      { from: '2026-07-01', value: 3 },
    ],
  },
  provisions: [
    {
      id: 'made:1',
      effect: 'refuse-may',
      when: 'is.p',
      more: { 'in-force': { from: '2020-01-01', until: '2025-01-01' } },
    },
    { id: 'made:1', effect: 'refuse-must', when: 'is.q', more: { 'in-force': { from: '2025-01-01' } } },
    { id: 'made:2', effect: 'scope', when: { fact: 'is.years', 'at-least': 'serious' } },
    { id: 'made:old', effect: 'form', when: 'is.p', more: { 'in-force': { from: '2020-01-01', until: '2026-01-01' } } },
    { id: 'made:new', effect: 'form', when: 'is.p', more: { 'in-force': { from: '2027-01-01' } } },
  ],
};

function outcomeOn(rules: RuleSet, date: string, facts: Facts): string {
  const law = close(rules, 'made', 'first', day(date), DEFAULT_POLICY);
  return assessPlainly(law, encode(law.slots, law.index, facts)).outcome;
}

test('a text holds until the day before the next one, and the next from its first day', () => {
  const rules = inventedRules(CHANGING);
  const facts = { 'is.p': true, 'is.q': true, 'is.years': 5 };
  assert.equal(outcomeOn(rules, '2024-12-31', facts), 'may-refuse');
  assert.equal(outcomeOn(rules, '2025-01-01', facts), 'must-refuse');
  assert.equal(outcomeOn(rules, '2025-01-01', { ...facts, 'is.q': false }), 'may-execute');
});

test('a number changes on its day, and the same request with it', () => {
  const rules = inventedRules(CHANGING);
  const facts = { 'is.p': true, 'is.q': false, 'is.years': 3 };
  assert.equal(outcomeOn(rules, '2026-06-30', facts), 'no-basis');
  assert.equal(outcomeOn(rules, '2026-07-01', facts), 'may-execute');
});

test('a rule that ended or has not come asks for nothing', () => {
  const rules = inventedRules(CHANGING);
  const facts = { 'is.p': false, 'is.q': false, 'is.years': 9 };
  assert.deepEqual(
    ['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'].map((date) => outcomeOn(rules, date, facts)),
    ['needs-information', 'may-execute', 'may-execute', 'needs-information'],
  );
});

test('between two days are told the rules that came, went or were replaced, and the numbers that moved', () => {
  const rules = inventedRules(CHANGING);
  const between = (from: string, to: string) =>
    diffLaw(rules, day(from), day(to))
      .map(({ id, change }) => `${change} ${id}`)
      .sort();
  assert.deepEqual(between('2024-12-31', '2027-01-01'), [
    'added made:new',
    'amended made:1',
    'amended made:serious',
    'repealed made:old',
  ]);
  assert.deepEqual(between('2027-01-01', '2024-12-31'), [
    'added made:old',
    'amended made:1',
    'amended made:serious',
    'repealed made:new',
  ]);
  assert.deepEqual(between('2025-01-01', '2025-12-31'), []);
  assert.deepEqual(between('2019-12-31', '2020-01-01'), [
    'added made:1',
    'added made:2',
    'added made:old',
    'added made:serious',
  ]);
});

test('two texts of one rule for the same day do not load', () => {
  const provisions = CHANGING.provisions.map((one) =>
    one.id === 'made:1' ? { ...one, more: { 'in-force': { from: '2020-01-01' } } } : one,
  );
  const read = readRuleSet(inventedFiles({ ...CHANGING, provisions }));
  assert.ok(!read.ok);
  assert.match(read.faults.map((fault) => fault.detail).join('\n'), /stands twice for the same days/);
});

test('a safeguard beside a rule of the treaty cites that rule only while it stands', async () => {
  const { rules, hash, register } = await shippedLaw();
  const book = openLawBook(rules, hash, register);
  const cited = (on: string) =>
    book
      .engine('budapest', 'content-data', day(on), DEFAULT_POLICY, 'en')
      .assess({}, day(on))
      .findings.flatMap((finding) => finding.cites.map((cite) => cite.instrument));
  assert.equal(cited('2010-01-01').includes('uncc'), false);
  assert.equal(cited('2028-03-01').includes('uncc'), true);
});

const hashOf = (change: (text: string, path: string) => string): string => {
  const read = readRuleSet(inventedFiles(CHANGING).map(({ path, text }) => ({ path, text: change(text, path) })));
  assert.ok(read.ok, JSON.stringify(read));
  return ruleSetHash(read.value);
};

test('the hash of the law does not change with comments, blank lines, white space or the names of files', () => {
  const same = hashOf((text) => text);
  assert.equal(
    hashOf((text) => `# A remark.\n\n\n${text}`),
    same,
  );
  assert.equal(
    hashOf((text) => text.replaceAll('\n  - id:', '\n\n  # Next.\n  - id:')),
    same,
  );
  const renamed = inventedFiles(CHANGING).map(({ path, text }) => ({
    path: path.replace('art-1.yaml', 'one.yaml'),
    text,
  }));
  const read = readRuleSet(renamed);
  assert.ok(read.ok);
  assert.equal(ruleSetHash(read.value), same);
});

for (const [what, from, to] of [
  ['a condition', 'when: is.q', 'when: is.p'],
  ['a number', 'value: 3', 'value: 2'],
  ['the day of a number', 'from: 2026-07-01', 'from: 2026-07-02'],
  ['an effect', 'effect: refuse-may', 'effect: refuse-must'],
  ['a day in force', 'until: 2026-01-01', 'until: 2026-01-02'],
  ['an explanation', 'en: Open.', 'en: Still open.'],
  ['the question of a fact', 'en: is.p?', 'en: Is it p?'],
  ['the confidence of a source', 'confidence: unverified', 'confidence: secondary'],
  ['a worked case', 'expect: undetermined', 'expect: met'],
] as const)
  test(`the hash of the law changes with ${what}`, () => {
    const changed = (text: string): string => {
      const at = text.lastIndexOf(from);
      return at === -1 ? text : text.slice(0, at) + to + text.slice(at + from.length);
    };
    assert.ok(inventedFiles(CHANGING).some(({ text }) => text.includes(from)));
    // A provision must keep a worked case for each verdict; the invented ones have enough of them to spare one.
    const spare = (text: string): string =>
      text.replaceAll(/( +)cases:\n/g, '$1cases:\n$1  - given: {}\n$1    expect: undetermined\n');
    assert.notEqual(
      hashOf((text) => changed(spare(text))),
      hashOf(spare),
    );
  });

const REQUEST = JSON.stringify({
  instrument: 'uncc',
  requestingState: 'AA',
  requestedState: 'BB',
  receivedOn: LATE,
  measure: 'content-data',
  facts: {
    'basis.inForce': true,
    'offence.maxPenaltyYears': 3.5,
    'offence.conventionArticle': 'none',
    'offence.deathPenalty': false,
  },
});

/** A copy of the shipped law, its archive, and what both say of one request. */
function archived(t: TestContext): { law: string; archive: string; said: string } {
  const root = folder(t);
  const [law, archive] = [join(root, 'law'), join(root, 'archive.json')];
  cpSync(SHIPPED_LAW, law, { recursive: true });
  writeFileSync(archive, rogatory(['law', 'archive', '--law', law]).out);
  return { law, archive, said: rogatory(['assess', '-', '--json', '--law', law], REQUEST).out };
}

test('an archived law, run again after the law has changed, gives the same assessment to the byte', (t) => {
  const { law, archive, said } = archived(t);
  assert.match(said, /^{\n {2}"outcome": "no-basis"/);
  const numbers = join(law, 'instruments/uncc/parameters.yaml');
  const article = join(law, 'instruments/uncc/art-35.yaml');
  writeFileSync(numbers, readFileSync(numbers, 'utf8').replace('value: 4 }', 'value: 3 }'));
  // The worked cases beside the number move with it.
  writeFileSync(
    article,
    readFileSync(article, 'utf8').replaceAll(/(maxPenaltyYears: )([34])/g, (_, name, years) => `${name}${years - 1}`),
  );
  const now = rogatory(['assess', '-', '--json', '--law', law], REQUEST);
  assert.equal(now.status, 0, now.err);
  assert.notEqual(now.out, said);
  assert.doesNotMatch(now.out, /^{\n {2}"outcome": "no-basis"/);
  assert.equal(rogatory(['assess', '-', '--json', '--law', archive], REQUEST).out, said);
});

test('the archive of an archive is the same archive', (t) => {
  const { archive } = archived(t);
  assert.equal(rogatory(['law', 'archive', '--law', archive]).out, readFileSync(archive, 'utf8'));
});

test('an archive that was tampered with is refused, whatever was changed', async (t) => {
  const { archive } = archived(t);
  const whole = readFileSync(archive, 'utf8');
  const refused = async (text: string): Promise<void> => {
    assert.notEqual(text, whole, 'the fault was planted');
    writeFileSync(archive, text);
    const law = await loadLaw(archive);
    assert.ok(!law.ok);
    assert.match(law.faults[0]?.detail ?? '', /is no archived rule set/);
  };
  await refused(whole.replace('"effect":"refuse-must"', '"effect":"refuse-may"'));
  await refused(whole.replace('"value":4}', '"value":3}'));
  await refused(
    whole.replace(/"ruleSet":"sha256:./, (start) =>
      start.endsWith('0') ? start.replace(/.$/, '1') : start.replace(/.$/, '0'),
    ),
  );
  await refused(whole.slice(0, -20));
  await refused('{}');
  writeFileSync(archive, whole);
  assert.ok((await loadLaw(archive)).ok);
  const edited = whole.replace('"effect":"refuse-must"', '"effect":"refuse-may"');
  writeFileSync(archive, edited);
  const ran = rogatory(['assess', '-', '--law', archive], REQUEST);
  assert.deepEqual([ran.status, ran.out], [2, '']);
  assert.match(ran.err, /its hash differs/);
});
