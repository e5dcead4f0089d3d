// Invented laws of awkward shapes (facts named twice, forms that contradict one another): what is said of stability still equals brute force.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ClosedLaw, close, readsEachFactOnce } from '../../src/law/close.ts';
import { engineFor } from '../../src/law/engine.ts';
import type { Codes } from '../../src/law/graph.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/law/profile.ts';
import { EFFECTS, type Facts, type FactValue } from '../../src/law/provision.ts';
import { assessPlainly, reachablePlainly } from '../../src/law/reference.ts';
import { formsAgree } from '../../src/law/stability.ts';
import { type InventedLaw, type InventedProvision, inventedRules, type Written } from '../support/invented-law.ts';
import { day, LATE, plainValue } from '../support/law.ts';
import { type Random, randomFrom } from '../support/random.ts';
import { reasonsOf } from '../support/reasons.ts';

const closed = (law: InventedLaw, measure = 'first', policy = DEFAULT_POLICY): ClosedLaw =>
  close(inventedRules(law), 'made', measure, LATE, policy);

/** An office that sets the low number to nothing. */
const FROM_NOTHING: Policy = {
  hash: '-',
  profile: {
    state: 'ZZ',
    title: { en: 'ZZ', ar: 'ZZ' },
    invented: true,
    languages: [],
    authorities: [],
    remedies: [],
    reservations: [],
    policy: [],
    parameters: [{ id: 'made:low', values: [{ from: day('2020-01-01'), value: 0 }], reason: { en: '-', ar: '-' } }],
    relations: [],
    countsAsMlaTreaty: [],
  },
};

const factsOf = (law: ClosedLaw, codes: Codes): Facts =>
  Object.fromEntries(
    law.slots.flatMap((slot, at) =>
      codes[at] === 0 ? [] : [[slot.fact, plainValue(slot.spec, slot.bins[(codes[at] as number) - 1] as FactValue)]],
    ),
  );

/** Every way to answer some of the facts and leave the others unknown. */
function* partialAnswers(law: ClosedLaw): Generator<Codes> {
  const codes = new Uint8Array(law.slots.length);
  for (;;) {
    yield codes.slice();
    let at = 0;
    while (at < codes.length && codes[at] === law.slots[at]?.bins.length) codes[at++] = 0;
    if (at === codes.length) return;
    codes[at] = (codes[at] as number) + 1;
  }
}

/** Holds every partial answer against brute force, and counts those called stable and those not. */
function compareAll(law: ClosedLaw): { stable: number; unstable: number } {
  const engine = engineFor(law, 'en', '');
  const checkers = law.provisions.map((one) => reasonsOf(law, one));
  const slots = law.slots.map((_, at) => at);
  const tally = { stable: 0, unstable: 0 };
  for (const codes of partialAnswers(law)) {
    const facts = factsOf(law, codes);
    const explained = engine.explain(codes, LATE);
    const about = () =>
      `${JSON.stringify(facts)} under ${JSON.stringify(law.rules.provisions.map(({ id, gate, when }) => [id, gate, when]))}`;
    assert.equal(explained.outcome, assessPlainly(law, codes).outcome, about());
    const others = [...reachablePlainly(law, codes, slots)].filter((one) => one !== explained.outcome);
    assert.equal(explained.stable, others.length === 0, about());
    tally[explained.stable ? 'stable' : 'unstable']++;
    explained.findings.forEach((finding, i) => checkers[i]?.(finding, facts));
    const asks = explained.findings.some((finding) => finding.missing.length > 0);
    assert.equal(asks, explained.open.length > 0, `what is open has a question: ${about()}`);
  }
  return tally;
}

const FACTS = {
  'is.p': 'boolean',
  'is.q': 'boolean',
  'is.r': 'boolean',
  'is.kind': ['a', 'b', 'c'],
  'is.years': 'years',
} as const;
const PARAMETERS = { low: [{ from: '2020-01-01', value: 1 }], mid: [{ from: '2020-01-01', value: 4 }] };

function anyCondition(random: Random, depth: number, earlier: readonly string[]): Written {
  const deeper = () => anyCondition(random, depth - 1, earlier);
  const some = () => Array.from({ length: 2 + random.below(2) }, deeper);
  if (depth > 0 && random.below(3) > 0)
    return random.pick([() => ({ all: some() }), () => ({ any: some() }), () => ({ not: deeper() })])();
  return random.pick<Written>([
    'is.p',
    'is.q',
    'is.r',
    { not: 'is.p' },
    { not: 'is.q' },
    { fact: 'is.kind', in: random.pick([['a'], ['a', 'b'], ['b', 'c'], ['a', 'b', 'c']]) },
    { fact: 'is.years', 'at-least': random.pick(['low', 'mid']) },
    { fact: 'is.years', below: 'mid' },
    { measure: [random.pick(['first', 'second'])] },
    ...(earlier.length > 0 ? [{ met: random.pick(earlier) }] : []),
  ]);
}

function anyLaw(random: Random): InventedLaw {
  const provisions: InventedProvision[] = [];
  for (let i = 2 + random.below(5); i > 0; i--) {
    const earlier = provisions.map(({ id }) => id);
    provisions.push({
      id: `made:${provisions.length + 1}`,
      effect: random.below(3) === 0 ? 'form' : random.pick(EFFECTS),
      when: anyCondition(random, 2, earlier),
      ...(random.below(3) === 0 ? { gate: anyCondition(random, 1, earlier) } : {}),
    });
  }
  return { facts: FACTS, parameters: PARAMETERS, provisions };
}

test('in any law, an outcome is stable exactly when every completion gives it, and reasons are what brute force finds', () => {
  const random = randomFrom(7);
  const searched = { laws: 0, stable: 0, unstable: 0 };
  const structural = { laws: 0, stable: 0, unstable: 0 };
  for (let i = 0; i < 120; i++) {
    const law = closed(anyLaw(random), random.pick(['first', 'second']), random.pick([DEFAULT_POLICY, FROM_NOTHING]));
    const tally = readsEachFactOnce(law) && formsAgree(law) ? structural : searched;
    const { stable, unstable } = compareAll(law);
    tally.laws++;
    tally.stable += stable;
    tally.unstable += unstable;
  }
  for (const tally of [searched, structural])
    assert.ok(tally.laws > 15 && tally.stable > 500 && tally.unstable > 500, JSON.stringify([searched, structural]));
});

const opposite = (more: Partial<InventedProvision>[]): InventedLaw => ({
  facts: { 'is.p': 'boolean', 'is.q': 'boolean', 'is.r': 'boolean' },
  provisions: more.map((one, i) => ({ id: `made:${i + 1}`, effect: 'form', when: 'is.q', ...one })),
});

test('two forms that ask for opposite things need information for ever, and the engine says so', () => {
  const law = closed(opposite([{ when: 'is.p' }, { when: { not: 'is.p' } }]));
  const { outcome, stable } = engineFor(law, 'en', '').explain(new Uint8Array(law.slots.length), LATE);
  assert.deepEqual([outcome, stable], ['needs-information', true]);
  compareAll(law);
});

test('two failing forms whose gates cannot both close need information for ever, and the engine says so', () => {
  const law = closed(
    opposite([
      { gate: 'is.p', when: 'is.q' },
      { gate: { not: 'is.p' }, when: 'is.r' },
    ]),
  );
  const { outcome, stable } = engineFor(law, 'en', '').explain(
    engineFor(law, 'en', '').encode({ 'is.q': false, 'is.r': false }),
    LATE,
  );
  assert.deepEqual([outcome, stable], ['needs-information', true]);
  compareAll(law);
});

test('a ground that needs a fact and its opposite can never be present, and does not unsettle what is settled', () => {
  const law = closed(
    opposite([
      { effect: 'refuse-may', when: 'is.q' },
      { effect: 'refuse-must', when: { all: ['is.p', { not: 'is.p' }] } },
    ]),
  );
  const engine = engineFor(law, 'en', '');
  const { outcome, stable } = engine.explain(engine.encode({ 'is.q': true }), LATE);
  assert.deepEqual([outcome, stable], ['may-refuse', true]);
  compareAll(law);
});

test('a threshold of nothing is reached by every number, and no question supposes less', () => {
  const when = { fact: 'is.years', 'at-least': 'low' };
  const invented: InventedLaw = {
    facts: { 'is.years': 'years' },
    parameters: PARAMETERS,
    provisions: [{ id: 'made:1', effect: 'refuse-must', when }],
  };
  const law = closed(invented, 'first', FROM_NOTHING);
  const engine = engineFor(law, 'en', '');
  const codes = engine.encode({});
  const explained = engine.explain(codes, LATE);
  assert.deepEqual(
    engine.askNext(codes, explained).map(({ couldReach }) => couldReach),
    [['must-refuse']],
  );
});

test('a scope that any answer grants is open until answered, but no longer puts the outcome in doubt', () => {
  const law = closed({
    facts: FACTS,
    provisions: [
      { id: 'made:1', effect: 'scope', when: { fact: 'is.kind', in: ['a', 'b', 'c'] } },
      { id: 'made:2', effect: 'refuse-may', when: 'is.q' },
    ],
  });
  const engine = engineFor(law, 'en', '');
  const { outcome, stable, open } = engine.explain(engine.encode({ 'is.q': true }), LATE);
  assert.deepEqual([outcome, stable, open], ['may-refuse', true, ['made:1']]);
  compareAll(law);
});

test('a rule that comes out the same whatever is answered still names its questions while it is open', () => {
  const both = (first: Written, second: Written) => ({ all: [first, second] });
  const [p, q, noP, noQ] = ['is.p', 'is.q', { not: 'is.p' }, { not: 'is.q' }] as const;
  const law = closed(
    opposite([{ effect: 'scope', when: { any: [both(p, q), both(p, noQ), both(noP, q), both(noP, noQ)] } }]),
  );
  const [finding] = engineFor(law, 'en', '').explain(new Uint8Array(law.slots.length), LATE).findings;
  assert.deepEqual([finding?.verdict, finding?.missing, finding?.decidedBy], ['undetermined', ['is.p', 'is.q'], []]);
  compareAll(law);
});
