// Section B: a great many requests under every instrument and measure, each answered in all the ways the engine knows.

import type { ClosedLaw } from '../src/law/close.ts';
import { emptyColumns, rankIn, registersFor, runWord, setRow } from '../src/law/columns.ts';
import { engineFor } from '../src/law/engine.ts';
import type { Codes } from '../src/law/graph.ts';
import { assessPlainly, type Plain } from '../src/law/reference.ts';
import { tapeOf } from '../src/law/tape.ts';
import { OUTCOMES } from '../src/law/verdict.ts';
import { generatedCode, rankAt } from './generated-code.ts';
import { type Random, randomFrom } from './random.ts';
import { type Section, whole } from './report.ts';
import { requestMaker } from './requests.ts';
import { closedForAll, DAY, instrumentsOf, type ShippedLaw } from './shipped-law.ts';

/** How many answers were looked at, and how many differed from the reference interpreter's. */
type Count = {
  requests: number;
  verdicts: number;
  whatIfs: number;
  explain: number;
  columns: number;
  generated: number;
  whatIf: number;
};

const ROWS = 32;
/** A share of chance requests, so that answers nobody would give together are tried too. */
const NOISE = 0.25;

export async function million(law: ShippedLaw, requests: number): Promise<Section> {
  const instruments = instrumentsOf(law.rules);
  const laws = instruments.map((instrument) => closedForAll(law.rules, instrument));
  const words = Math.ceil(requests / ROWS / laws.flat().length);
  const count: Count = { requests: 0, verdicts: 0, whatIfs: 0, explain: 0, columns: 0, generated: 0, whatIf: 0 };
  const outcomes = new Map<string, number>();
  const random = randomFrom(19450626);
  const start = performance.now();
  for (const ofInstrument of laws) await compare(ofInstrument, law.hash, words, random, count, outcomes);
  const seconds = (performance.now() - start) / 1000;
  const wrong = count.explain + count.columns + count.generated + count.whatIf;
  return {
    title: `B. Wrong outcomes: ${whole(count.requests)} requests under ${laws.flat().length} laws (${instruments.join(', ')}; every measure)`,
    tables: [
      {
        head: ['compared with the reference interpreter', 'answers', 'wrong'],
        rows: [
          ['explained: outcome and every verdict', whole(count.requests + count.verdicts), whole(count.explain)],
          [
            'columns, interpreted: outcome and every verdict',
            whole(count.requests + count.verdicts),
            whole(count.columns),
          ],
          [
            'columns, generated module: outcome and every verdict',
            whole(count.requests + count.verdicts),
            whole(count.generated),
          ],
          ['what-if: the outcome after one more answer', whole(count.whatIfs), whole(count.whatIf)],
        ],
      },
      {
        head: ['outcome', 'requests', 'share'],
        rows: OUTCOMES.map((outcome) => {
          const times = outcomes.get(outcome) ?? 0;
          return [outcome, whole(times), `${((100 * times) / count.requests).toFixed(1)} %`];
        }),
      },
    ],
    notes: [
      `One run of ${seconds.toFixed(0)} s with a fixed seed. Half of the requests leave facts out, a quarter are pure chance. The columns hold all measures of an instrument mixed in one tape. An answer that no two ways agree on would stand here as wrong and fail the run.`,
    ],
    claims: [
      {
        claim: `B wrong outcomes, explained, in ${whole(count.requests)} requests`,
        target: '0',
        measured: whole(count.explain),
        pass: count.explain === 0,
      },
      { claim: 'B wrong in all four ways together', target: '0', measured: whole(wrong), pass: wrong === 0 },
    ],
    wrong,
  };
}

/** Words of 32 requests of one measure each, through a tape that knows all measures. */
async function compare(
  laws: readonly ClosedLaw[],
  hash: string,
  words: number,
  random: Random,
  count: Count,
  outcomes: Map<string, number>,
): Promise<void> {
  const tape = tapeOf(laws);
  const code = await generatedCode(tape);
  const columns = emptyColumns(tape, ROWS);
  const registers = registersFor(tape);
  const ranks = new Int32Array(3);
  const generated = new Int32Array(tape.verdicts.length * 3);
  const interpreted = new Int32Array(tape.verdicts.length * 3);
  for (const law of laws) {
    const engine = engineFor(law, 'en', hash);
    const make = requestMaker(law, random, NOISE);
    const placeOf = new Map(law.provisions.map((one, i) => [one.provision.id, i]));
    const places = tape.verdicts.map(({ id }) => placeOf.get(id) as number);
    for (let word = 0; word < words; word++) {
      const requests = Array.from({ length: ROWS }, make);
      requests.forEach((codes, row) => setRow(tape, columns, row, codes, law.measure));
      runWord(tape, columns.data, 0, registers);
      tape.verdicts.forEach(({ met, notMet, open }, i) => {
        interpreted.set([registers[met] as number, registers[notMet] as number, registers[open] as number], 3 * i);
      });
      code.outcomes(columns.data, ranks, 0, 1);
      code.verdicts(columns.data, generated, 0);
      requests.forEach((codes, row) => {
        const right = assessPlainly(law, codes);
        const verdicts = [...right.verdicts.values()];
        outcomes.set(right.outcome, (outcomes.get(right.outcome) ?? 0) + 1);
        const explained = engine.explain(codes, DAY);
        count.requests++;
        count.verdicts += verdicts.length;
        if (explained.outcome !== right.outcome) count.explain++;
        if (OUTCOMES[rankIn(tape, registers, row)] !== right.outcome) count.columns++;
        if (OUTCOMES[rankAt(ranks, row)] !== right.outcome) count.generated++;
        for (let i = 0; i < verdicts.length; i++) {
          if (explained.findings[i]?.verdict !== verdicts[i]) count.explain++;
          const verdict = verdicts[places[i] as number];
          if (verdictAt(interpreted, i, row) !== verdict) count.columns++;
          if (verdictAt(generated, i, row) !== verdict) count.generated++;
        }
      });
      if (word % 4 === 0) whatIfs(law, engine.whatIf, requests[0] as Codes, count);
    }
  }
}

/** By the bits met, not met, open; more than one of them is no verdict at all. */
const VERDICTS = ['not-applicable', 'met', 'not-met', '', 'undetermined', '', '', ''];

function verdictAt(bits: Int32Array, provision: number, row: number): string | undefined {
  const bit = (i: number): number => ((bits[3 * provision + i] as number) >>> row) & 1;
  return VERDICTS[bit(0) | (bit(1) << 1) | (bit(2) << 2)];
}

/** Every single answer to every unknown fact of one request. */
function whatIfs(law: ClosedLaw, whatIf: ReturnType<typeof engineFor>['whatIf'], codes: Codes, count: Count): void {
  const changes = law.slots
    .flatMap((slot, at) => slot.bins.map((_, bin) => ({ slot: at, code: bin + 1 })))
    .filter(({ slot }) => codes[slot] === 0);
  const found = whatIf(codes, changes);
  changes.forEach(({ slot, code }, i) => {
    const changed = codes.slice();
    changed[slot] = code;
    const right: Plain = assessPlainly(law, changed);
    count.whatIfs++;
    if (found[i] !== right.outcome) count.whatIf++;
  });
}
