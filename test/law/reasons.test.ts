// Every reason the engine gives is held against brute force: what was relied on, what is missing, what can still change.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { ClosedLaw } from '../../src/law/close.ts';
import { type Engine, engineFor, type Explained } from '../../src/law/engine.ts';
import type { Finding } from '../../src/law/findings.ts';
import type { Codes } from '../../src/law/graph.ts';
import type { Facts } from '../../src/law/provision.ts';
import { assessPlainly } from '../../src/law/reference.ts';
import { OUTCOMES, type OutcomeName } from '../../src/law/verdict.ts';
import { closeForAll, factMaker, INSTRUMENTS, LATE, shippedLaw, shippedPolicies } from '../support/law.ts';
import { randomFrom } from '../support/random.ts';
import { type Checker, reasonsOf } from '../support/reasons.ts';
import { otherOutcome } from '../support/completions.ts';

/** Requests a measure, instrument and policy. */
const EACH = 24;

type Request = {
  readonly law: ClosedLaw;
  readonly engine: Engine;
  readonly facts: Facts;
  readonly codes: Codes;
  readonly explained: Explained;
};

const random = randomFrom(40216);
const requests: Request[] = [];
const checkers = new Map<ClosedLaw, Checker[]>();

before(async () => {
  const { rules, hash } = await shippedLaw();
  const policies = await shippedPolicies(rules);
  for (const instrument of INSTRUMENTS)
    for (const policy of policies)
      for (const law of closeForAll(rules, instrument, LATE, policy)) {
        const engine = engineFor(law, 'en', hash);
        const make = factMaker(law, policies, random);
        checkers.set(
          law,
          law.provisions.map((closed) => reasonsOf(law, closed)),
        );
        for (let i = 0; i < EACH; i++) {
          const facts = make();
          const codes = engine.encode(facts);
          requests.push({ law, engine, facts, codes, explained: engine.explain(codes, LATE) });
        }
      }
});

test('a finding relies on facts that alone give its verdict, and names as missing exactly those that could still turn it', () => {
  let open = 0;
  for (const { law, facts, explained } of requests) {
    const check = checkers.get(law) as Checker[];
    explained.findings.forEach((finding, i) => {
      (check[i] as Checker)(finding, facts);
      if (finding.missing.length > 1) open++;
    });
  }
  assert.ok(requests.length > 5_000 && open > 5_000, `${requests.length}, ${open}`);
});

/** The contract's table of effects, written down once more: what a finding calls for, if anything. */
function calledBy({ effect, strength, verdict }: Finding): OutcomeName | null {
  if (effect === 'option' || effect === 'duty' || effect === 'bar-to-refusal') return null;
  if (verdict === 'undetermined') return 'needs-information';
  if (effect === 'condition') return verdict === 'met' ? 'needs-conditions' : null;
  if (effect === 'refuse-must') return verdict === 'met' ? 'must-refuse' : null;
  if (effect === 'refuse-may') return verdict === 'met' ? 'may-refuse' : null;
  if (verdict !== 'not-met') return null;
  if (effect === 'scope') return 'no-basis';
  if (effect === 'form') return 'needs-information';
  return strength === 'required' ? 'must-refuse' : 'may-refuse';
}

test('an outcome is the first that any provision calls for, because of exactly those that call for it', () => {
  for (const { explained } of requests) {
    const called = explained.findings.map(calledBy);
    const outcome = OUTCOMES.find((one) => called.includes(one)) ?? 'may-execute';
    assert.equal(explained.outcome, outcome);
    const because = explained.findings.filter((_, i) => called[i] === outcome);
    assert.deepEqual(
      explained.because,
      because.map((finding) => finding.provision),
    );
  }
});

test('every provision still open is listed as open, whatever its effect and whatever the outcome', () => {
  for (const { explained } of requests) {
    const open = explained.findings.filter((finding) => finding.verdict === 'undetermined');
    assert.deepEqual(
      explained.open,
      open.map((finding) => finding.provision),
    );
  }
});

test('conditions, options, duties and bars to refusal are listed when they are met, and only then', () => {
  const lists = {
    condition: 'conditions',
    option: 'options',
    duty: 'duties',
    'bar-to-refusal': 'barsToRefusal',
  } as const;
  for (const { explained } of requests)
    for (const [effect, list] of Object.entries(lists)) {
      const met = explained.findings.filter((one) => one.effect === effect && one.verdict === 'met');
      assert.deepEqual(
        explained[list].map((one) => one.provision),
        met.map((one) => one.provision),
      );
    }
});

test('an outcome is called stable when no completion of the unknown facts gives another, and only then', () => {
  const tally = { stable: 0, unstable: 0, sampled: 0 };
  for (const { law, codes, explained } of requests) {
    const other = otherOutcome(law, codes, explained.outcome, 512, random);
    const about = () => `${law.instrument} ${law.measure} ${explained.outcome} ${explained.because}`;
    if (other === 'yes') assert.equal(explained.stable, false, about());
    else if (other === 'no') assert.equal(explained.stable, true, about());
    tally[other === 'not found' ? 'sampled' : explained.stable ? 'stable' : 'unstable']++;
  }
  assert.ok(tally.stable > 1_000 && tally.unstable > 1_000, JSON.stringify(tally));
});

test('the next questions are those that open provisions still miss, each once', () => {
  for (const { engine, codes, explained } of requests) {
    const asked = engine.askNext(codes, explained).map((question) => question.fact);
    const missing = new Set(explained.findings.flatMap((finding) => finding.missing));
    assert.deepEqual(asked.toSorted(), [...missing].sort());
  }
});

test('a question could reach exactly the outcomes that one answer to it gives', () => {
  let reaching = 0;
  for (const { law, engine, codes, explained } of requests.filter((_, i) => i % 4 === 0))
    for (const { fact, couldReach } of engine.askNext(codes, explained)) {
      const slot = law.index.get(fact) as number;
      const reached = (law.slots[slot]?.bins ?? []).map((_, bin) => {
        const answered = codes.slice();
        answered[slot] = bin + 1;
        return assessPlainly(law, answered).outcome;
      });
      assert.deepEqual(
        couldReach,
        OUTCOMES.filter((one) => one !== explained.outcome && reached.includes(one)),
      );
      if (couldReach.length > 0) reaching++;
    }
  assert.ok(reaching > 2_000, `${reaching}`);
});

test('first comes the question that can stop the request soonest, then the one that settles most, then the one that bears on most', () => {
  for (const { law, engine, codes, explained } of requests) {
    const questions = engine.askNext(codes, explained);
    const keys = questions.map(({ fact, couldReach, decides }) => {
      const settled = explained.findings.filter((finding) => finding.decidedBy.includes(fact));
      assert.deepEqual(
        decides,
        settled.map((finding) => finding.provision),
      );
      const soonest = couldReach.length === 0 ? OUTCOMES.length : OUTCOMES.indexOf(couldReach[0] as OutcomeName);
      const bears = explained.findings.filter((finding) => finding.missing.includes(fact)).length;
      const place = law.rules.facts.findIndex((spec) => spec.id === fact);
      return [soonest, -decides.length, -bears, place];
    });
    const sorted = keys.toSorted((a, b) => a.map((n, i) => n - (b[i] as number)).find((n) => n !== 0) ?? 0);
    assert.deepEqual(keys, sorted);
  }
});

test('a completion never turns a met provision into one not met, or back, and never opens what was settled', () => {
  let grown = 0;
  for (const { law, engine, codes, explained } of requests) {
    const fuller = codes.map((code, slot) =>
      code !== 0 || random.below(2) === 0 ? code : 1 + random.below(law.slots[slot]?.bins.length ?? 1),
    );
    const later = engine.explain(fuller, LATE);
    explained.findings.forEach(({ verdict, provision }, i) => {
      const now = later.findings[i]?.verdict;
      if (verdict === now || verdict === 'undetermined') return;
      grown++;
      // A gate that was unknown may yet close on what was settled without it; nothing else may change.
      assert.notEqual(verdict, 'not-applicable', provision);
      assert.equal(now, 'not-applicable', provision);
    });
  }
  assert.ok(grown > 50, `${grown}`);
});
