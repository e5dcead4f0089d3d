// Section C: one assessment with all its reasons, over every provision that ships under the UN Convention.

import type { Codes } from '../src/law/graph.ts';
import { engineFor } from '../src/law/engine.ts';
import { randomFrom } from './random.ts';
import { digits, type Section, spread, TOLD } from './report.ts';
import { requestMaker } from './requests.ts';
import { closed, DAY, type ShippedLaw } from './shipped-law.ts';
import { type Effort, microseconds, type Spread } from './timing.ts';

const INSTRUMENT = 'uncc';
const REQUESTS = 1000;
const LANES = 32;

type Row = {
  readonly measure: string;
  readonly provisions: number;
  readonly concerned: number;
  readonly first: number;
  readonly explain: Spread;
  readonly withQuestions: Spread;
  readonly questions: Spread;
  readonly whatIf: Spread;
};

export function explained(law: ShippedLaw, effort: Effort): Section {
  const rows = law.rules.measures.map((measure) => measured(law, measure.id, effort));
  const slowest = worst(rows, (row) => row.explain.median);
  const slowestBoth = worst(rows, (row) => row.withQuestions.median);
  const slowestAsk = worst(rows, (row) => row.questions.median);
  const mean = (of: (row: Row) => number): number => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  return {
    title: `C. One explained assessment over all ${rows[0]?.provisions} provisions in force under ${INSTRUMENT}, in microseconds`,
    tables: [
      {
        head: [
          'measure',
          'concerned',
          'explained',
          'with next questions',
          'ranking, all unknown',
          '32 what-ifs',
          'first time',
        ],
        rows: [
          ...rows.map((row) => [
            row.measure,
            String(row.concerned),
            spread(row.explain),
            spread(row.withQuestions),
            spread(row.questions),
            spread(row.whatIf),
            digits(row.first),
          ]),
          [
            'mean of the medians',
            digits(mean((row) => row.concerned)),
            digits(mean((row) => row.explain.median)),
            digits(mean((row) => row.withQuestions.median)),
            digits(mean((row) => row.questions.median)),
            digits(mean((row) => row.whatIf.median)),
            digits(mean((row) => row.first)),
          ],
        ],
      },
    ],
    notes: [
      `Median (least-most) of ${effort.rounds} rounds of ${effort.roundMs} ms or more, after one to warm up; every pass answers ${REQUESTS} requests, about half incomplete. Facts are coded already (coding them is in section A).`,
      `Every finding has its citation, the facts relied on, the missing ones and those that decide. The engine keeps what it worked out for each provision and constellation of that provision's own facts, so requests never seen before are answered at this speed too: "first time" is the mean of the first ${REQUESTS} requests put to a new engine, compilation by V8 included.`,
      `Ranking, all unknown: the exact order of all next questions for an empty request. 32 what-ifs: the outcomes of 32 hypothetical requests in one call.`,
    ],
    claims: [
      {
        claim: `C explained, every provision, slowest measure (${slowest.measure})`,
        target: '<= 10 us',
        measured: `${spread(slowest.explain)} us; mean of all ${digits(mean((row) => row.explain.median))}`,
        pass: slowest.explain.median <= 10,
      },
      {
        claim: `C ranking all unknown facts, slowest measure (${slowestAsk.measure})`,
        target: '<= 50 us',
        measured: `${spread(slowestAsk.questions)} us`,
        pass: slowestAsk.questions.median <= 50,
      },
      {
        claim: `C explained with next questions, slowest measure (${slowestBoth.measure})`,
        target: TOLD,
        measured: `${spread(slowestBoth.withQuestions)} us`,
        pass: true,
      },
    ],
    wrong: 0,
  };
}

const worst = (rows: readonly Row[], of: (row: Row) => number): Row => rows.reduce((a, b) => (of(b) > of(a) ? b : a));

function measured({ rules, hash }: ShippedLaw, measure: string, effort: Effort): Row {
  const law = closed(rules, INSTRUMENT, measure);
  const make = requestMaker(law, randomFrom(2024), 0.05);
  const fresh = Array.from({ length: REQUESTS }, make);
  const engine = engineFor(law, 'en', hash);
  const start = performance.now();
  for (const codes of fresh) engine.explain(codes, DAY);
  const first = ((performance.now() - start) * 1000) / REQUESTS;

  const requests = Array.from({ length: REQUESTS }, make);
  const empty: Codes = new Uint8Array(law.slots.length);
  const emptyExplained = engine.explain(empty, DAY);
  const changes = law.slots
    .flatMap((slot, at) => slot.bins.map((_, bin) => ({ slot: at, code: bin + 1 })))
    .slice(0, LANES);
  // Kept, so that nothing is left out as unused.
  let kept = 0;
  const row: Row = {
    measure,
    provisions: law.provisions.length,
    concerned: law.provisions.filter((one) => !one.outside).length,
    first,
    explain: microseconds(effort, REQUESTS, () => {
      for (let i = 0; i < REQUESTS; i++) kept += engine.explain(requests[i] as Codes, DAY).because.length;
    }),
    withQuestions: microseconds(effort, REQUESTS, () => {
      for (let i = 0; i < REQUESTS; i++) {
        const codes = requests[i] as Codes;
        kept += engine.askNext(codes, engine.explain(codes, DAY)).length;
      }
    }),
    questions: microseconds(effort, 100, () => {
      for (let i = 0; i < 100; i++) kept += engine.askNext(empty, emptyExplained).length;
    }),
    whatIf: microseconds(effort, REQUESTS, () => {
      for (let i = 0; i < REQUESTS; i++) kept += engine.whatIf(requests[i] as Codes, changes).length;
    }),
  };
  if (Number.isNaN(kept)) throw new Error('no answer');
  return row;
}
