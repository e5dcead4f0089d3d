// Section D: a docket of a million requests, kept as bits, re-assessed against every provision of an instrument at once.

import type { ClosedLaw } from '../src/law/close.ts';
import { type Columns, emptyColumns, rankIn, registersFor, runWord, setRow } from '../src/law/columns.ts';
import type { Codes } from '../src/law/graph.ts';
import { assessPlainly } from '../src/law/reference.ts';
import { type Tape, tapeOf } from '../src/law/tape.ts';
import { OUTCOMES } from '../src/law/verdict.ts';
import { emitModule } from '../src/law/emit.ts';
import { type GeneratedCode, generatedCode, rankAt } from './generated-code.ts';
import { below, randomFrom } from './random.ts';
import { digits, type Section, spread, TOLD, times, whole } from './report.ts';
import { requestMaker } from './requests.ts';
import { closedForAll, instrumentsOf, type ShippedLaw } from './shipped-law.ts';
import { milliseconds, type Spread } from './timing.ts';

export type Scale = { readonly rows: number; readonly rounds: number; readonly sample: number };

/** Runs until V8 has compiled the loop for good; the very first is told by itself. */
const WARM = 10;

/** Different requests that are made; the docket repeats them, each under the measure it was made for. */
const DISTINCT = 65_536;

export async function docket(law: ShippedLaw, scale: Scale): Promise<Section> {
  const { instrument, laws } = largest(law);
  const tape = tapeOf(laws);
  const code = await generatedCode(tape);
  const requests = made(laws, scale.rows);
  const columns = emptyColumns(tape, scale.rows);
  const ingest = milliseconds(1, 0, () => fill(tape, columns, requests));
  const out = new Int32Array(columns.words * 3);
  const cold = milliseconds(1, 0, () => code.outcomes(columns.data, out, 0, columns.words));
  const generated = milliseconds(scale.rounds, WARM, () => code.outcomes(columns.data, out, 0, columns.words));
  const wrong = mismatches(requests, out, scale);
  const every = milliseconds(Math.ceil(scale.rounds / 3), 2, () => allVerdicts(code, tape, columns));
  const interpreted = milliseconds(3, 1, () => interpret(tape, columns));
  const plainRead = milliseconds(scale.rounds, WARM, () => readOnce(columns.data));
  const wideRead = milliseconds(scale.rounds, WARM, () => readEightAbreast(columns.data));
  const provisions = laws[0]?.provisions.length ?? 0;
  const share = (limit: Spread): string => `${((100 * limit.median) / generated.median).toFixed(0)} %`;
  const row = (what: string, time: Spread): string[] => [
    what,
    spread(time),
    digits(scale.rows / time.median / 1000),
    digits((scale.rows * provisions) / time.median / 1e6),
    times(time.median / generated.median),
    `${time.rounds}`,
  ];
  return {
    title: `D. ${whole(scale.rows)} requests against the ${provisions} provisions of ${instrument}, all ${laws.length} measures mixed`,
    tables: [
      {
        head: ['what', 'ms', 'M requests/s', 'G provisions/s', 'x outcomes', 'runs'],
        rows: [
          row('limit: bits read once, or-loop', plainRead),
          row('limit: bits read once, or-loop eight abreast', wideRead),
          row('outcomes, generated module', generated),
          row('outcomes, generated module, very first run', cold),
          row('outcomes and every verdict, generated module', every),
          row('outcomes and every verdict, tape interpreted', interpreted),
          row('ingest: codes to bits, row by row (once)', ingest),
        ],
      },
    ],
    notes: [
      `The outcomes stand at ${share(plainRead)} of the speed of the plain loop that reads the same Int32Array once, and at ${share(wideRead)} of the faster one. ${tape.inputs.length} bits a request = ${digits(tape.inputs.length / 8)} bytes, ${digits(columns.data.byteLength / 2 ** 20)} MiB in all; ${tape.steps.length} steps of and, or, not for 32 requests at a time; the generated module has ${whole(emitModule(tape).length)} characters. One thread, plain JavaScript, no WebAssembly.`,
      `${whole(Math.min(DISTINCT, scale.rows))} different requests, repeated; ${whole(scale.sample)} outcomes drawn at random were held against the reference interpreter in this run: ${whole(wrong)} differ.`,
    ],
    claims: [
      {
        claim: `D ${whole(scale.rows)} requests re-assessed, ${instrument}`,
        target: '<= 40 ms',
        measured: `${spread(generated)} ms`,
        pass: generated.median <= 40,
      },
      {
        claim: 'D share of the memory-read limit (or-loop, eight abreast)',
        target: TOLD,
        measured: `${share(plainRead)}, ${share(wideRead)}`,
        pass: true,
      },
      {
        claim: `D wrong outcomes among ${whole(scale.sample)} sampled`,
        target: '0',
        measured: whole(wrong),
        pass: wrong === 0,
      },
    ],
    wrong,
  };
}

/** The instrument whose law is the most work. */
function largest({ rules }: ShippedLaw): { instrument: string; laws: ClosedLaw[] } {
  const all = instrumentsOf(rules).map((instrument) => ({ instrument, laws: closedForAll(rules, instrument) }));
  return all.reduce((a, b) => (tapeOf(b.laws).steps.length > tapeOf(a.laws).steps.length ? b : a));
}

type Made = { readonly law: ClosedLaw; readonly codes: Codes };

function made(laws: readonly ClosedLaw[], rows: number): Made[] {
  const random = randomFrom(1958);
  const makers = laws.map((law) => ({ law, make: requestMaker(law, random, 0.05) }));
  return Array.from({ length: Math.min(DISTINCT, rows) }, () => {
    const { law, make } = makers[below(random, makers.length)] as (typeof makers)[number];
    return { law, codes: make() };
  });
}

function fill(tape: Tape, columns: Columns, requests: readonly Made[]): void {
  for (let row = 0; row < columns.rows; row++) {
    const { law, codes } = requests[row % requests.length] as Made;
    setRow(tape, columns, row, codes, law.measure);
  }
}

function mismatches(requests: readonly Made[], out: Int32Array, { rows, sample }: Scale): number {
  const random = randomFrom(7);
  let wrong = 0;
  for (let i = 0; i < sample; i++) {
    const row = below(random, rows);
    const { law, codes } = requests[row % requests.length] as Made;
    if (OUTCOMES[rankAt(out, row)] !== assessPlainly(law, codes).outcome) wrong++;
  }
  return wrong;
}

function allVerdicts(code: GeneratedCode, tape: Tape, columns: Columns): void {
  const out = new Int32Array(columns.words * 3);
  const verdicts = new Int32Array(tape.verdicts.length * 3);
  code.outcomes(columns.data, out, 0, columns.words);
  for (let word = 0; word < columns.words; word++) code.verdicts(columns.data, verdicts, word);
}

function interpret(tape: Tape, columns: Columns): number {
  const registers = registersFor(tape);
  let sum = 0;
  for (let word = 0; word < columns.words; word++) {
    runWord(tape, columns.data, word * columns.width, registers);
    sum += rankIn(tape, registers, 0);
  }
  return sum;
}

function readOnce(data: Int32Array): number {
  let all = 0;
  for (let i = 0; i < data.length; i++) all |= data[i] as number;
  return all;
}

/** Eight words a turn, so that no or waits for the one before. */
function readEightAbreast(data: Int32Array): number {
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0] as number[] as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const whole8 = data.length & ~7;
  for (let i = 0; i < whole8; i += 8) {
    a |= data[i] as number;
    b |= data[i + 1] as number;
    c |= data[i + 2] as number;
    d |= data[i + 3] as number;
    e |= data[i + 4] as number;
    f |= data[i + 5] as number;
    g |= data[i + 6] as number;
    h |= data[i + 7] as number;
  }
  for (let i = whole8; i < data.length; i++) a |= data[i] as number;
  return a | b | c | d | e | f | g | h;
}
