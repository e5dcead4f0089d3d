// One law, computed in several ways: over a hundred thousand made-up requests they must all say the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import Logic from 'logic-solver';
import type { Day } from '../../src/kernel/calendar.ts';
import type { ClosedLaw } from '../../src/law/close.ts';
import { engineFor } from '../../src/law/engine.ts';
import type { Codes } from '../../src/law/graph.ts';
import type { Policy } from '../../src/law/profile.ts';
import { addRequest } from '../../src/law/prove/clauses.ts';
import type { Facts, Verdict } from '../../src/law/provision.ts';
import { assessPlainly, type Plain } from '../../src/law/reference.ts';
import { inForceOn } from '../../src/law/rule-set.ts';
import { type Register, tapeOf } from '../../src/law/tape.ts';
import { OUTCOMES, type OutcomeName } from '../../src/law/verdict.ts';
import { columnsOf, type Found, inColumns, inGeneratedCode, verdictOfBits } from '../support/back-ends.ts';
import { closeForAll, day, factMaker, INSTRUMENTS, shippedLaw, shippedPolicies } from '../support/law.ts';
import { readingOf } from '../support/plain-reading.ts';
import { type Random, randomFrom } from '../support/random.ts';

const DAYS = ['2005-06-01', '2025-03-01', '2026-08-18', '2028-03-01'].map(day);
/** Requests a measure, instrument, day and policy. */
const EACH = 160;

type Request = { readonly law: ClosedLaw; readonly facts: Facts; readonly codes: Codes; readonly plain: Plain };
type BackEnd = 'engine' | 'reading' | 'one-measure' | 'all-measures' | 'generated' | 'clauses' | 'what-if';

const requests = {
  count: 0,
  outcomes: new Map<OutcomeName, number>(),
  measures: new Set<string>(),
  complete: 0,
  empty: 0,
};
const compared = new Map<BackEnd, number>();
const disagreements = new Map<BackEnd, string[]>();

function compare(backEnd: BackEnd, request: Request, found: Found): void {
  const { law, facts, plain } = request;
  compared.set(backEnd, (compared.get(backEnd) ?? 0) + 1);
  const wrong: string[] = [];
  for (const [id, verdict] of plain.verdicts)
    if (found.verdictOf(id) !== verdict) wrong.push(`${id} ${found.verdictOf(id)} instead of ${verdict}`);
  if (found.outcome !== plain.outcome) wrong.push(`${found.outcome} instead of ${plain.outcome}`);
  if (wrong.length === 0) return;
  const known = disagreements.get(backEnd) ?? [];
  disagreements.set(backEnd, known);
  // A few are enough to see what is wrong; a broken back end would give a hundred thousand.
  if (known.length === 3) return;
  const where = `${law.instrument}, ${law.measure}, ${law.asOf}, ${law.policy.profile?.state ?? 'default'}`;
  known.push(`${where}: ${wrong.join('; ')} when ${JSON.stringify(facts)}`);
}

const { rules, hash } = await shippedLaw();
const policies = await shippedPolicies(rules);

async function compareAll(instrument: string, asOf: Day, policy: Policy, random: Random): Promise<void> {
  const laws = closeForAll(rules, instrument, asOf, policy);
  const byMeasure = laws.map((law) => requestsOf(law, random));
  for (const of of byMeasure) compareOneMeasure(of, random);
  const all = byMeasure.flat();
  const tape = tapeOf(laws);
  const columns = columnsOf(
    tape,
    all.map(({ codes, law }) => ({ codes, measure: law.measure })),
  );
  const together = inColumns(tape, columns);
  const generated = await inGeneratedCode(tape, columns);
  all.forEach((request, row) => {
    compare('all-measures', request, together(row));
    compare('generated', request, generated(row));
  });
  if (asOf === DAYS.at(-1))
    compareClauses(
      laws,
      all.filter((_, i) => i % 71 === 0),
    );
}

function requestsOf(law: ClosedLaw, random: Random): Request[] {
  const make = factMaker(law, policies, random);
  const engine = engineFor(law, 'en', hash);
  const readings = law.provisions.map((closed) => [closed.provision.id, readingOf(law, closed)] as const);
  return Array.from({ length: EACH }, () => {
    const facts = make();
    const codes = engine.encode(facts);
    const request = { law, facts, codes, plain: assessPlainly(law, codes) };
    requests.count++;
    requests.measures.add(`${law.instrument} ${law.measure}`);
    requests.outcomes.set(request.plain.outcome, (requests.outcomes.get(request.plain.outcome) ?? 0) + 1);
    if (!codes.includes(0)) requests.complete++;
    if (codes.every((code) => code === 0)) requests.empty++;
    const explained = engine.explain(codes, law.asOf);
    const findings = new Map(explained.findings.map((finding) => [finding.provision, finding.verdict]));
    compare('engine', request, { outcome: explained.outcome, verdictOf: (id) => findings.get(id) as Verdict });
    const read = new Map(readings.map(([id, reading]) => [id, reading(facts)]));
    compare('reading', request, { outcome: request.plain.outcome, verdictOf: (id) => read.get(id) as Verdict });
    return request;
  });
}

function compareOneMeasure(of: readonly Request[], random: Random): void {
  const { law } = of[0] as Request;
  const tape = tapeOf([law]);
  const found = inColumns(
    tape,
    columnsOf(
      tape,
      of.map(({ codes }) => ({ codes, measure: law.measure })),
    ),
  );
  of.forEach((request, row) => compare('one-measure', request, found(row)));
  const engine = engineFor(law, 'en', hash);
  for (const { facts, codes } of of.slice(0, 4)) {
    const changes = Array.from({ length: 1 + random.below(70) }, () => {
      const slot = random.below(law.slots.length);
      return { slot, code: random.below((law.slots[slot]?.bins.length ?? 0) + 1) };
    });
    const outcomes = engine.whatIf(codes, changes);
    changes.forEach(({ slot, code }, i) => {
      const changed = codes.slice();
      changed[slot] = code;
      const again = assessPlainly(law, changed);
      const request = { law, facts, codes: changed, plain: again };
      compare('what-if', request, {
        outcome: outcomes[i] as OutcomeName,
        verdictOf: (id) => again.verdicts.get(id) as Verdict,
      });
    });
  }
}

/** Every fact fixed by an assumption, then each register of the tape is looked up in the model. */
function compareClauses(laws: readonly ClosedLaw[], sample: readonly Request[]): void {
  const slots = laws[0]?.slots ?? [];
  const tape = tapeOf(laws);
  const solver = new Logic.Solver();
  const symbolic = addRequest(solver, tape, slots, 'given');
  // A name for each register, since a model tells the values of names.
  const name = (register: Register): string => `register ${register}`;
  const looked = [...tape.rank, ...tape.verdicts.flatMap(({ met, notMet, open }) => [met, notMet, open])];
  for (const register of new Set(looked)) {
    solver.require(Logic.implies(name(register), symbolic.at(register)));
    solver.require(Logic.implies(symbolic.at(register), name(register)));
  }
  const read = [...new Set(tape.inputs.flatMap((input) => (input.kind === 'measure' ? [] : [input.slot])))];
  for (const request of sample) {
    const measure = tape.inputs.findIndex((input) => input.kind === 'measure' && input.measure === request.law.measure);
    const assumed = read.flatMap((slot) =>
      (slots[slot]?.bins ?? []).map((_, bin) =>
        request.codes[slot] === bin + 1 ? symbolic.bin(slot, bin) : Logic.not(symbolic.bin(slot, bin)),
      ),
    );
    const solution = solver.solveAssuming(Logic.and(symbolic.at(measure + 2), ...assumed));
    assert.ok(solution, 'a request that can be stated is a model of the clauses');
    const at = (register: Register): boolean => solution.evaluate(name(register));
    const rank = tape.rank.reduce((sum, register, bit) => sum + (at(register) ? 1 << bit : 0), 0);
    const verdicts = new Map(
      tape.verdicts.map(({ id, met, notMet, open }) => [id, verdictOfBits(at(met), at(notMet), at(open))]),
    );
    compare('clauses', request, {
      outcome: OUTCOMES[rank] as OutcomeName,
      verdictOf: (id) => verdicts.get(id) as Verdict,
    });
  }
}

const random = randomFrom(20281);
for (const instrument of INSTRUMENTS)
  for (const asOf of DAYS)
    for (const policy of policies)
      if (rules.provisions.some((one) => one.pack === instrument && inForceOn(one, asOf)))
        await compareAll(instrument, asOf, policy, random);

const agrees = (backEnd: BackEnd, atLeast: number): void => {
  assert.deepEqual(disagreements.get(backEnd) ?? [], []);
  assert.ok((compared.get(backEnd) ?? 0) >= atLeast, `${compared.get(backEnd)} were compared`);
};

test('the requests are many and of every kind: all instruments, measures and outcomes, from empty to complete', () => {
  assert.ok(requests.count >= 100_000, `${requests.count}`);
  assert.equal(requests.measures.size, INSTRUMENTS.length * 18);
  for (const outcome of OUTCOMES)
    assert.ok((requests.outcomes.get(outcome) ?? 0) > 500, `${outcome}: ${requests.outcomes.get(outcome)}`);
  assert.ok(
    requests.complete >= 10_000 && requests.empty >= 1_000,
    JSON.stringify([requests.complete, requests.empty]),
  );
});

test('the conditions as written, read a second way, give the verdicts of the reference', () =>
  agrees('reading', 100_000));

test('the engine that gives reasons finds the verdicts and the outcome of the reference', () =>
  agrees('engine', 100_000));

test('thirty-two requests at once, of one measure, come out as each alone', () => agrees('one-measure', 100_000));

test('thirty-two requests at once, of whatever measures, come out as each alone', () =>
  agrees('all-measures', 100_000));

test('generated code finds the verdicts and the outcome of the reference', () => agrees('generated', 100_000));

test('the clauses that proofs are made of mean what the reference means', () => agrees('clauses', 300));

test('what would follow from another answer is what follows once it is given', () => agrees('what-if', 50_000));
