// The proofs of the law hold, and would fail: of the shipped packs every claim is proved, and planted faults are found.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { LoadedLaw } from '../../src/adapters/files/law-store.ts';
import { type ClosedLaw, close } from '../../src/law/close.ts';
import { readProfile } from '../../src/law/pack/read-profile.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/law/profile.ts';
import { type ClaimResult, findLiving, proveClaims } from '../../src/law/prove/claims.ts';
import type { Model } from '../../src/law/prove/clauses.ts';
import { findImplied } from '../../src/law/prove/implied.ts';
import { runCases, runMutants } from '../../src/law/prove/worked-cases.ts';
import { assessPlainly, type Plain } from '../../src/law/reference.ts';
import { encode } from '../../src/law/slots.ts';
import { callOutcomes, type Combiner, FALSE_REGISTER, tapeOf } from '../../src/law/tape.ts';
import { columnsOf, inColumns } from '../support/back-ends.ts';
import { folder, rogatory } from '../support/command-line.ts';
import { inventedFiles, type InventedLaw, inventedRules } from '../support/invented-law.ts';
import { closeForAll, INSTRUMENTS, LATE, shippedLaw, shippedPolicies, soundFacts } from '../support/law.ts';

let law: LoadedLaw;
let policies: readonly Policy[];
before(async () => {
  law = await shippedLaw();
  policies = await shippedPolicies(law.rules);
});

const failing = (claims: readonly ClaimResult[]): string[] =>
  claims.filter((one) => !one.holds).map((one) => one.claim);

test('every worked case of the packs gives the verdict its author expects', () => {
  const results = runCases(law.rules);
  assert.ok(results.length > 1_000);
  const wrong = results.filter(({ one, found }) => found !== one.expect);
  assert.deepEqual(
    wrong.map(({ provision, one, found }) => `${provision.id} line ${one.line}: ${found}`),
    [],
  );
});

test('every small change of a condition is noticed by a worked case', () => {
  const { alive, killed } = runMutants(law.rules);
  assert.ok(killed > 500);
  assert.deepEqual(
    alive.map(({ provision, edit }) => `${provision.id}: ${edit}`),
    [],
  );
});

test('without its worked case of exactly the number, a provision no longer tells "at least" from "more than"', () => {
  const whole = law.rules.provisions.find((one) => one.id === 'uncc:35.1');
  assert.ok(whole);
  const unworked = { ...whole, cases: whole.cases.filter((one) => one.given['offence.maxPenaltyYears'] !== 4) };
  assert.ok(unworked.cases.length < whole.cases.length);
  const { alive } = runMutants({ ...law.rules, provisions: [unworked] });
  assert.match(alive.map(({ edit }) => edit).join('\n'), /no longer includes the number itself/);
});

for (const instrument of INSTRUMENTS)
  test(`under ${instrument} every claim is proved, by the packs' own policy and by each State profile`, () => {
    for (const policy of policies) {
      const claims = proveClaims(closeForAll(law.rules, instrument, LATE, policy));
      assert.equal(claims.length, 9);
      assert.deepEqual(failing(claims), [], policy.profile?.state ?? 'default');
    }
  });

/** A counterexample in the reference's own words: what it says of the facts so far, and once the rest is known. */
function byHand(laws: readonly ClosedLaw[], claim: ClaimResult | undefined): { given: Plain; completed: Plain } {
  const { given, completed } = claim?.counterexample ?? {};
  assert.ok(given && completed, 'the claim fails, with facts');
  const on = (model: Model): Plain => {
    const one = laws.find((each) => each.measure === model.measure);
    assert.ok(one);
    return assessPlainly(one, encode(one.slots, one.index, model.facts));
  };
  assert.equal(given.measure, completed.measure);
  for (const [fact, value] of Object.entries(given.facts))
    assert.equal(completed.facts[fact], value, 'a completion keeps every answer');
  return { given: on(given), completed: on(completed) };
}

/** What the faulty combination makes of a counterexample. */
function faultyOutcome(laws: readonly ClosedLaw[], combine: Combiner, { measure, facts }: Model): string {
  const tape = tapeOf(laws, combine);
  const codes = encode(laws[0]?.slots ?? [], laws[0]?.index ?? new Map(), facts);
  return inColumns(tape, columnsOf(tape, [{ codes, measure: measure as string }]))(0).outcome;
}

const PASSING = /^no outcome lets a request pass while/;
const blindTo =
  (forgotten: (closed: Parameters<Combiner>[0]) => boolean): Combiner =>
  (closed, bits, calls) =>
    callOutcomes(closed, forgotten(closed) ? { ...bits, open: FALSE_REGISTER } : bits, calls);

for (const [fault, combine, culprit] of [
  [
    'that the death penalty is still an open question',
    blindTo(({ provision }) => provision.id === 'iccpr:6'),
    /^iccpr:6$/,
  ],
  ['that a required safeguard is still open', blindTo(({ strength }) => strength === 'required'), /^(policy|uncc):/],
] as const)
  test(`an engine that forgot ${fault} would let a request pass; the proof finds the request`, () => {
    const laws = closeForAll(law.rules, 'uncc', LATE, DEFAULT_POLICY);
    const claims = proveClaims(laws, tapeOf(laws, combine));
    const claim = claims.find((one) => PASSING.test(one.claim));
    const { given, completed } = byHand(laws, claim);
    const counterexample = claim?.counterexample?.given as Model;
    assert.match(faultyOutcome(laws, combine, counterexample), /^(needs-conditions|may-execute)$/);
    assert.equal(given.outcome, 'needs-information');
    assert.equal(completed.outcome, 'must-refuse');
    const open = [...given.verdicts].filter(([, verdict]) => verdict === 'undetermined').map(([id]) => id);
    assert.ok(
      open.some((id) => culprit.test(id)),
      `${open}`,
    );
  });

for (const [fault, combine, claim] of [
  [
    'found no basis as soon as the scope is in question',
    (closed, bits, calls) => {
      callOutcomes(closed, bits, calls);
      if (closed.effect === 'scope') calls[0]?.push(bits.open);
    },
    'no-basis is stable',
  ],
  [
    'refused as soon as a mandatory ground is in question',
    (closed, bits, calls) => {
      callOutcomes(closed, bits, calls);
      if (closed.effect === 'refuse-must') calls[1]?.push(bits.open);
    },
    'must-refuse, once the scope is established, is stable',
  ],
  ['forgot that a condition is still open', blindTo(({ effect }) => effect === 'condition'), 'may-execute is stable'],
  [
    'asked for information when nothing lacks',
    (closed, bits, calls) => {
      callOutcomes(closed, bits, calls);
      if (closed.effect === 'duty') calls[3]?.push(bits.met);
    },
    'complete answers never need information, unless the request itself lacks a required part',
  ],
] as const satisfies readonly (readonly [string, Combiner, string])[])
  test(`an engine that ${fault} fails the claim: ${claim}`, () => {
    const laws = closeForAll(law.rules, 'uncc', LATE, DEFAULT_POLICY);
    const failed = proveClaims(laws, tapeOf(laws, combine)).filter((one) => !one.holds);
    assert.ok(failed.map((one) => one.claim).includes(claim), `${failed.map((one) => one.claim)}`);
    for (const one of failed) assert.ok(one.counterexample);
  });

const INVENTED: InventedLaw = {
  facts: { 'is.p': 'boolean', 'is.q': 'boolean', 'is.day': 'date' },
  parameters: { start: [{ from: '2020-01-01', value: '2025-06-15' }] },
  provisions: [
    { id: 'made:1', effect: 'refuse-may', when: 'is.p' },
    { id: 'made:2', effect: 'refuse-may', when: { all: ['is.p', 'is.q'] } },
    { id: 'made:3', effect: 'refuse-must', when: 'is.p' },
    { id: 'made:never', effect: 'refuse-must', when: { all: ['is.q', { not: 'is.q' }] } },
    { id: 'made:ever', effect: 'form', when: { any: ['is.q', { not: 'is.q' }] } },
    {
      id: 'made:since',
      effect: 'scope',
      when: { fact: 'is.day', 'at-least': 'start' },
      more: {
        cases: [
          { given: { 'is.day': '2025-06-15' }, expect: 'met' },
          { given: { 'is.day': '2025-06-14' }, expect: 'not-met' },
          { given: {}, expect: 'undetermined' },
        ],
      },
    },
  ],
};

test('a provision that nothing can meet, one that nothing can fail, and one that never bites alone are found', () => {
  const rules = inventedRules(INVENTED);
  const laws = closeForAll(rules, 'made', LATE, DEFAULT_POLICY);
  const living = findLiving(laws);
  assert.deepEqual(
    living.filter((one) => !one.canBeMet).map((one) => one.provision),
    ['made:never'],
  );
  assert.deepEqual(
    living.filter((one) => !one.canFail).map((one) => one.provision),
    ['made:ever'],
  );
  assert.deepEqual(findImplied(laws), [{ provision: 'made:2', by: 'made:1' }]);
});

test('a day in a condition is changed by one, and its worked cases notice', () => {
  const rules = inventedRules(INVENTED);
  const provisions = rules.provisions.filter((one) => one.id === 'made:since');
  const { mutants, alive } = runMutants({ ...rules, provisions });
  assert.ok(mutants > 2);
  assert.deepEqual(
    alive.map(({ edit }) => edit),
    [],
  );
});

test('a counterexample about a day shows a day', () => {
  const laws = closeForAll(inventedRules(INVENTED), 'made', LATE, DEFAULT_POLICY);
  const tape = tapeOf(
    laws,
    blindTo(({ effect }) => effect === 'scope'),
  );
  const shown = proveClaims(laws, tape).flatMap(
    ({ counterexample }) => counterexample?.completed?.facts['is.day'] ?? [],
  );
  assert.ok(shown.length > 0);
  for (const day of shown) assert.match(String(day), /^2025-06-1[45]$/);
});

test('an office that switches its own safeguards off gets other outcomes, and every claim still holds', () => {
  const reason = { en: 'Off.', ar: 'معطّل' };
  const safeguards = law.rules.provisions.filter((one) => one.pack === 'policy' && one.effect === 'safeguard');
  const read = readProfile(law.rules, {
    path: 'off.yaml',
    text: JSON.stringify({
      state: 'ZZ',
      title: reason,
      policy: safeguards.map(({ id }) => ({ provision: id, set: 'off', reason })),
    }),
  });
  assert.ok(read.ok);
  const lax: Policy = { profile: read.value, hash: 'lax' };
  const strict = close(law.rules, 'uncc', 'content-data', LATE, DEFAULT_POLICY);
  const facts = { ...soundFacts(strict), 'safeguard.necessity': false };
  const under = (policy: Policy) => {
    const closed = close(law.rules, 'uncc', 'content-data', LATE, policy);
    return assessPlainly(closed, encode(closed.slots, closed.index, facts)).outcome;
  };
  assert.deepEqual([under(DEFAULT_POLICY), under(lax)], ['must-refuse', 'may-execute']);
  assert.deepEqual(failing(proveClaims(closeForAll(law.rules, 'uncc', LATE, lax))), []);
});

/** A pack of one provision for the shipped facts, as a folder to add. */
const addedPack = (expect: string) =>
  inventedFiles({
    facts: {},
    provisions: [
      {
        id: 'made:1',
        effect: 'scope',
        when: 'basis.inForce',
        more: {
          cases: [
            { given: { 'basis.inForce': true }, expect: 'met' },
            { given: { 'basis.inForce': false }, expect },
            { given: {}, expect: 'undetermined' },
            ...(expect === 'not-met' ? [] : [{ given: { 'basis.inForce': false }, expect: 'not-met' }]),
          ],
        },
      },
    ],
  })
    .filter(({ path }) => path.startsWith('instruments/made/'))
    .map(({ path, text }) => ({ path: path.slice('instruments/made/'.length), text }));

test('a pack that is added is checked and proved like the shipped ones', (t) => {
  const { status, out } = rogatory(['law', 'check', '--add', folder(t, addedPack('not-met')), '--json']);
  const report = JSON.parse(out) as {
    holds: boolean;
    proofs: { instrument: string; claims: ClaimResult[] }[];
  };
  assert.equal(status, 0);
  assert.deepEqual(report.proofs.map((one) => one.instrument).sort(), [...INSTRUMENTS, 'made'].sort());
  for (const { claims } of report.proofs) assert.deepEqual([claims.length, failing(claims)], [9, []]);
});

test('a worked case that is wrong in an added pack fails the check, with file and line', (t) => {
  const { status, out } = rogatory(['law', 'check', '--quick', '--add', folder(t, addedPack('met'))]);
  assert.equal(status, 1);
  assert.match(out, /art-1\.yaml:\d+ made:1: expected met, found not-met/);
});

test('the command line checks the very law that was proved here, and says so by its hash', () => {
  const { status, out } = rogatory(['law', 'check', '--quick', '--json']);
  assert.equal(status, 0);
  assert.equal((JSON.parse(out) as { ruleSet: string }).ruleSet, law.hash);
});
