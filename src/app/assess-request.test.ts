// Which instrument answers when none is named, and what the treaty-status register may answer for the requester.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ROOT } from '../../tools/tree.ts';
import { shippedLaw, shippedPolicy } from '../../test/support/law.ts';
import type { Profile } from '../law/profile.ts';
import { OUTCOMES } from '../law/verdict.ts';
import { type Assessed, type AssessOptions, assessInput } from './assess-request.ts';
import { openLawBook } from './law-book.ts';

const { rules, hash, register } = await shippedLaw();
const book = openLawBook(rules, hash, register);
const bb = await shippedPolicy(rules, 'BB');
const ALL = ['uncc', 'budapest', 'budapest-2ap', 'eu-eevidence'];

const complete = JSON.parse(readFileSync(`${ROOT}/examples/03-ransomware-complete.json`, 'utf8')) as Record<
  string,
  unknown
>;
const { instrument: _named, ...unnamed } = complete;
const known = complete['facts'] as Record<string, unknown>;
const { 'basis.inForce': _inForce, 'basis.otherTreatyGoverns': _other, ...bare } = known;

function assess(input: Record<string, unknown>, options?: AssessOptions): Assessed {
  const assessed = assessInput(book, input, options);
  assert.ok(assessed.ok, JSON.stringify(assessed));
  return assessed.value;
}
const listed = ({ assessment }: Assessed): string[] => assessment.instruments.map((one) => one.instrument);

test('where nothing is known of two States, every instrument is assessed, in the order of the contract', () => {
  assert.deepEqual(listed(assess({ ...unnamed, facts: bare })), ALL);
});

test('where the office knows what binds the two States, only that is assessed', () => {
  assert.deepEqual(listed(assess({ ...unnamed, facts: bare }, { policy: bb })), ['uncc']);
});

test('an instrument that does not apply on the day of receipt is not assessed', () => {
  assert.deepEqual(listed(assess({ ...unnamed, facts: bare, receivedOn: '2026-08-17' })), ALL.slice(0, 3));
  assert.deepEqual(listed(assess({ ...unnamed, facts: bare, receivedOn: '2024-12-23' })), ['budapest', 'budapest-2ap']);
  const early = assessInput(book, { ...unnamed, facts: bare, receivedOn: '1999-01-01' });
  assert.ok(!early.ok);
  assert.match(early.faults[0]?.detail ?? '', /no instrument is known that could bind/);
});

test('an instrument that is named is the only one assessed, whatever the register says', () => {
  for (const instrument of ALL)
    assert.deepEqual(listed(assess({ ...complete, instrument }, { policy: bb })), [instrument]);
});

test('the answer is that of the instrument under which the request goes furthest; of equals, of the first', () => {
  let ties = 0;
  const seen = new Set<string>();
  for (const measure of rules.measures.map((one) => one.id))
    for (const facts of [
      bare,
      known,
      {},
      { ...known, 'offence.conventionArticle': 'none', 'offence.maxPenaltyYears': 2 },
    ]) {
      const assessed = assess({ ...unnamed, measure, facts });
      const ranks = assessed.assessment.instruments.map((one) => OUTCOMES.indexOf(one.outcome));
      const furthest = Math.max(...ranks);
      const first = assessed.assessment.instruments[ranks.indexOf(furthest)];
      assert.deepEqual([assessed.instrument, assessed.assessment.outcome], [first?.instrument, first?.outcome]);
      seen.add(assessed.instrument);
      if (ranks.filter((rank) => rank === furthest).length > 1) ties++;
      const alone = assess({ ...complete, instrument: assessed.instrument, measure, facts });
      const { instruments: _all, ...rest } = assessed.assessment;
      const { instruments: _one, ...same } = alone.assessment;
      assert.deepEqual(rest, same, 'the rest of the answer is that instrument’s own');
    }
  assert.equal(OUTCOMES.at(-1), 'may-execute');
  assert.ok(ties > 0 && seen.size > 1, `${ties} ties; answers of ${[...seen].join(', ')}`);
});

test('the register answers only for the two facts of the legal basis, and only when nobody stated them', () => {
  const filled = assess({ ...complete, facts: bare }, { policy: bb });
  assert.deepEqual(filled.fromRegister, { 'basis.inForce': true, 'basis.otherTreatyGoverns': false });
  const stated = assess(complete, { policy: bb });
  assert.deepEqual(stated.fromRegister, {});
  const { law, ...rest } = filled.assessment;
  const { law: plain, ...same } = stated.assessment;
  assert.deepEqual(rest, same);
  assert.deepEqual(law, { ...plain, fromRegister: filled.fromRegister }, 'and the answer says what was supplied');
});

test('a fact of the legal basis that is null stays unknown: an outright "unknown" is respected', () => {
  const facts = { ...bare, 'basis.inForce': null, 'basis.otherTreatyGoverns': null };
  const assessed = assess({ ...complete, facts }, { policy: bb });
  assert.deepEqual(assessed.fromRegister, {});
  assert.equal(assessed.assessment.outcome, 'needs-information');
  assert.ok(assessed.assessment.open.includes('uncc:65'));
});

test('what the requester states stands against the register', () => {
  const assessed = assess({ ...complete, facts: { ...known, 'basis.inForce': false } }, { policy: bb });
  assert.deepEqual([assessed.assessment.outcome, assessed.assessment.because], ['no-basis', ['uncc:65']]);
});

test('a pair of States that the register does not know stays unknown', () => {
  const assessed = assess({ ...complete, facts: bare });
  assert.deepEqual(assessed.fromRegister, {});
  assert.equal(assessed.assessment.outcome, 'needs-information');
});

test('before both States were bound, the office knows that there is no basis', () => {
  const assessed = assess({ ...complete, facts: bare, receivedOn: '2027-05-31' }, { policy: bb });
  assert.equal(assessed.fromRegister['basis.inForce'], false);
  assert.equal(assessed.assessment.outcome, 'no-basis');
});

test('an office that counts an instrument as another assistance treaty has it govern where it binds both States', () => {
  const profile = bb.profile as Profile;
  const relations = [
    ...profile.relations,
    { instrument: 'budapest', states: ['BB', 'AA'] as const, from: profile.relations[0]!.from, known: true },
  ];
  const counting = (countsAsMlaTreaty: readonly string[]) => ({
    policy: { profile: { ...profile, relations, countsAsMlaTreaty }, hash: `sha256:${countsAsMlaTreaty}` },
  });
  const input = { ...complete, facts: bare };
  assert.equal(assess(input, counting([])).fromRegister['basis.otherTreatyGoverns'], false);
  assert.equal(assess(input, counting(['budapest'])).fromRegister['basis.otherTreatyGoverns'], true);
  assert.equal(assess(input, counting(['eu-eevidence'])).fromRegister['basis.otherTreatyGoverns'], false);
  const itself = assess({ ...input, instrument: 'budapest' }, counting(['budapest']));
  assert.equal(itself.fromRegister['basis.otherTreatyGoverns'], false, 'no treaty is another to itself');
});

test('the order in which facts are given never matters, nor does a fact that is null', () => {
  const reversed = Object.fromEntries(Object.entries(bare).reverse());
  const spelled = {
    ...Object.fromEntries(rules.facts.filter((one) => !one.id.startsWith('basis.')).map((one) => [one.id, null])),
    ...bare,
  };
  const plain = assess({ ...complete, facts: bare }).assessment;
  assert.deepEqual(assess({ ...complete, facts: reversed }).assessment, plain);
  assert.deepEqual(assess({ ...complete, facts: spelled }).assessment, plain);
});
