// The generated module of a tape, imported from memory: nothing is written to disk.

import { emitModule } from '../src/law/emit.ts';
import type { Tape } from '../src/law/tape.ts';

export type GeneratedCode = {
  /** The three bits of the outcome's rank for the words of requests from `from` up to `to`. */
  readonly outcomes: (data: Int32Array, out: Int32Array, from: number, to: number) => void;
  /** Met, not met, open for every provision of one word of requests. */
  readonly verdicts: (data: Int32Array, out: Int32Array, word: number) => void;
};

/** Imports a module given as text. */
export const importText = (text: string): Promise<unknown> =>
  import(`data:text/javascript,${encodeURIComponent(text)}`);

export const generatedCode = async (tape: Tape): Promise<GeneratedCode> =>
  (await importText(emitModule(tape))) as GeneratedCode;

/** The rank of one request, from what `outcomes` wrote. */
export function rankAt(out: Int32Array, row: number): number {
  const word = (row >>> 5) * 3;
  const bit = row & 31;
  const at = (i: number): number => ((out[word + i] as number) >>> bit) & 1;
  return at(0) | (at(1) << 1) | (at(2) << 2);
}
