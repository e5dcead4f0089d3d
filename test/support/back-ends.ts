// The ways the law can be computed, each brought to one form: the outcome and the verdicts of one request.

import { type Columns, emptyColumns, rankIn, registersFor, runWord, setRow } from '../../src/law/columns.ts';
import { emitModule } from '../../src/law/emit.ts';
import type { Codes } from '../../src/law/graph.ts';
import type { Verdict } from '../../src/law/provision.ts';
import type { Tape } from '../../src/law/tape.ts';
import { OUTCOMES, type OutcomeName } from '../../src/law/verdict.ts';

export type Found = { readonly outcome: OutcomeName; readonly verdictOf: (provision: string) => Verdict };
export type Row = { readonly codes: Codes; readonly measure: string };

/** Exactly one of the three bits, or none: anything else is no verdict at all. */
export function verdictOfBits(met: boolean, notMet: boolean, open: boolean): Verdict {
  if (Number(met) + Number(notMet) + Number(open) > 1) throw new Error('two verdicts at once');
  return met ? 'met' : notMet ? 'not-met' : open ? 'undetermined' : 'not-applicable';
}

export function columnsOf(tape: Tape, rows: readonly Row[]): Columns {
  const columns = emptyColumns(tape, rows.length);
  rows.forEach(({ codes, measure }, row) => setRow(tape, columns, row, codes, measure));
  return columns;
}

/** Bit-parallel columns, thirty-two requests a word. */
export function inColumns(tape: Tape, columns: Columns): (row: number) => Found {
  const registers = registersFor(tape);
  const places = placesOf(tape);
  let ran = -1;
  return (row) => {
    const word = row >>> 5;
    if (word !== ran) runWord(tape, columns.data, word * columns.width, registers);
    ran = word;
    const bit = row & 31;
    const at = (register: number): boolean => (((registers[register] as number) >>> bit) & 1) === 1;
    return {
      outcome: OUTCOMES[rankIn(tape, registers, bit)] as OutcomeName,
      verdictOf: (provision) => {
        const bits = tape.verdicts[places.get(provision) as number];
        if (!bits) throw new Error(`the tape lacks ${provision}`);
        return verdictOfBits(at(bits.met), at(bits.notMet), at(bits.open));
      },
    };
  };
}

type Generated = {
  readonly outcomes: (data: Int32Array, out: Int32Array, from: number, to: number) => void;
  readonly verdicts: (data: Int32Array, out: Int32Array, word: number) => void;
};

/** Straight-line code, imported from memory. */
export async function inGeneratedCode(tape: Tape, columns: Columns): Promise<(row: number) => Found> {
  const module: unknown = await import(`data:text/javascript,${encodeURIComponent(emitModule(tape))}`);
  const { outcomes, verdicts } = module as Generated;
  const ranks = new Int32Array(columns.words * 3);
  outcomes(columns.data, ranks, 0, columns.words);
  const out = new Int32Array(tape.verdicts.length * 3);
  const places = placesOf(tape);
  let ran = -1;
  return (row) => {
    const word = row >>> 5;
    if (word !== ran) verdicts(columns.data, out, word);
    ran = word;
    const at = (words: Int32Array, i: number): number => ((words[i] as number) >>> (row & 31)) & 1;
    const rank = at(ranks, word * 3) | (at(ranks, word * 3 + 1) << 1) | (at(ranks, word * 3 + 2) << 2);
    return {
      outcome: OUTCOMES[rank] as OutcomeName,
      verdictOf: (provision) => {
        const i = (places.get(provision) as number) * 3;
        return verdictOfBits(at(out, i) === 1, at(out, i + 1) === 1, at(out, i + 2) === 1);
      },
    };
  };
}

const placesOf = (tape: Tape): ReadonlyMap<string, number> => new Map(tape.verdicts.map(({ id }, i) => [id, i]));
