// Many requests at once: 32 a word, one bit each, through the tape. For what-if, and for a docket when the law changes.

import type { Codes } from './graph.ts';
import type { MeasureId } from './provision.ts';
import type { Slot } from './slots.ts';
import { type Input, neededBy, type Register, type Step, type Tape } from './tape.ts';
import { OUTCOMES, type OutcomeName } from './verdict.ts';

/**
 * Requests as bits. Word by word: all inputs of the first 32 requests, then those of the next 32, so that one pass reads memory
 * in order (whole columns would lie a power of two apart and evict one another from the cache).
 */
export type Columns = {
  readonly rows: number;
  readonly words: number;
  readonly width: number;
  readonly data: Int32Array;
};

export function emptyColumns(tape: Tape, rows: number): Columns {
  const words = Math.ceil(rows / 32);
  return { rows, words, width: tape.inputs.length, data: new Int32Array(words * tape.inputs.length) };
}

/** A tape's inputs as flat numbers, made once a tape: rows are written by the million. */
type InputTable = {
  /** For each input its slot; a measure has none, and reads slot 0 for an empty set of codes. */
  readonly slots: Int32Array;
  readonly bins: Int32Array;
  readonly measures: ReadonlyMap<MeasureId, number>;
};

const tables = new WeakMap<Tape, InputTable>();

function tableOf(tape: Tape): InputTable {
  const known = tables.get(tape);
  if (known) return known;
  const table: InputTable = {
    slots: Int32Array.from(tape.inputs, (input) => (input.kind === 'measure' ? 0 : input.slot)),
    bins: Int32Array.from(tape.inputs, binsOf),
    measures: new Map(tape.inputs.flatMap((input, i) => (input.kind === 'measure' ? [[input.measure, i]] : []))),
  };
  tables.set(tape, table);
  return table;
}

/** The codes for which an input is true; a fact is known whatever its code but 0. */
const binsOf = (input: Input): number => (input.kind === 'measure' ? 0 : input.kind === 'known' ? ~1 : input.bins);

/** Writes one request's row. */
export function setRow(tape: Tape, columns: Columns, row: number, codes: Codes, measure: MeasureId | null): void {
  const { slots, bins, measures } = tableOf(tape);
  const { data, width } = columns;
  const base = (row >>> 5) * width;
  const lane = row & 31;
  const others = ~(1 << lane);
  for (let i = 0; i < width; i++) {
    const on = ((bins[i] as number) >>> (codes[slots[i] as number] as number)) & 1;
    data[base + i] = ((data[base + i] as number) & others) | (on << lane);
  }
  const at = measure === null ? undefined : measures.get(measure);
  if (at !== undefined) data[base + at] = (data[base + at] as number) | ~others;
}

/** A tape's steps as flat numbers: what a step does, from which registers, into which. */
type Program = { readonly op: Uint8Array; readonly a: Int32Array; readonly b: Int32Array; readonly into: Int32Array };

const OPS: readonly Step['op'][] = ['and', 'or', 'andnot', 'ornot'];
const programs = new WeakMap<Tape, Program>();

/** All steps of a tape, or only those that the given registers need. */
function programOf(tape: Tape, roots?: readonly Register[]): Program {
  const first = tape.inputs.length + 2;
  const wanted = roots ? neededBy(tape, roots) : null;
  const steps = tape.steps.flatMap((step, i) =>
    wanted === null || wanted.has(first + i) ? [{ step, into: first + i }] : [],
  );
  return {
    op: Uint8Array.from(steps, ({ step }) => OPS.indexOf(step.op)),
    a: Int32Array.from(steps, ({ step }) => step.a),
    b: Int32Array.from(steps, ({ step }) => step.b),
    into: Int32Array.from(steps, ({ into }) => into),
  };
}

function runProgram({ op, a, b, into }: Program, registers: Int32Array): void {
  for (let i = 0; i < op.length; i++) {
    const x = registers[a[i] as number] as number;
    const y = registers[b[i] as number] as number;
    const code = op[i];
    registers[into[i] as number] = code === 0 ? x & y : code === 1 ? x | y : code === 2 ? x & ~y : x | ~y;
  }
}

/** The value of every register for 32 requests: inputs from `offset` of `data`, then the steps. */
export function runWord(tape: Tape, data: Int32Array, offset: number, registers: Int32Array): void {
  let program = programs.get(tape);
  if (!program) {
    program = programOf(tape);
    programs.set(tape, program);
  }
  load(tape, data, offset, registers);
  runProgram(program, registers);
}

function load(tape: Tape, data: Int32Array, offset: number, registers: Int32Array): void {
  const inputs = tape.inputs.length;
  registers[0] = 0;
  registers[1] = -1;
  for (let i = 0; i < inputs; i++) registers[i + 2] = data[offset + i] as number;
}

export const registersFor = (tape: Tape): Int32Array => new Int32Array(tape.inputs.length + tape.steps.length + 2);

/** The rank of one request of the word that was run last. */
export function rankIn(tape: Tape, registers: Int32Array, bit: number): number {
  const [low, middle, high] = tape.rank;
  return (
    (((registers[low] as number) >>> bit) & 1) |
    ((((registers[middle] as number) >>> bit) & 1) << 1) |
    ((((registers[high] as number) >>> bit) & 1) << 2)
  );
}

/** One changed answer: slot and new code (0: made unknown). */
export type Change = { readonly slot: number; readonly code: number };

/** The outcome of each hypothetical request: the given one with one answer changed. */
export type WhatIf = (codes: Codes, changes: readonly Change[]) => OutcomeName[];

export function whatIfFor(tape: Tape, slots: readonly Slot[]): WhatIf {
  const { inputs, bins, starts } = inputsBySlot(tape, slots.length);
  const [low, middle, high] = tape.rank;
  const registers = registersFor(tape);
  const program = programOf(tape, tape.rank);
  const base = new Int32Array(tape.inputs.length);
  const word = new Int32Array(tape.inputs.length);
  return (codes, changes) => {
    for (let slot = 0; slot < slots.length; slot++) {
      const code = codes[slot] as number;
      for (let i = starts[slot] as number; i < (starts[slot + 1] as number); i++)
        base[inputs[i] as number] = -(((bins[i] as number) >>> code) & 1);
    }
    const outcomes = new Array<OutcomeName>(changes.length);
    for (let from = 0; from < changes.length; from += 32) {
      word.set(base);
      const lanes = Math.min(32, changes.length - from);
      for (let lane = 0; lane < lanes; lane++) {
        const { slot, code } = changes[from + lane] as Change;
        const others = ~(1 << lane);
        for (let i = starts[slot] as number; i < (starts[slot + 1] as number); i++) {
          const input = inputs[i] as number;
          word[input] = ((word[input] as number) & others) | ((((bins[i] as number) >>> code) & 1) << lane);
        }
      }
      load(tape, word, 0, registers);
      runProgram(program, registers);
      const [a, b, c] = [registers[low] as number, registers[middle] as number, registers[high] as number];
      for (let lane = 0; lane < lanes; lane++) {
        const rank = ((a >>> lane) & 1) | (((b >>> lane) & 1) << 1) | (((c >>> lane) & 1) << 2);
        outcomes[from + lane] = OUTCOMES[rank] as OutcomeName;
      }
    }
    return outcomes;
  };
}

/** The inputs of each slot, one slot after the other; those of `slot` stand from `starts[slot]` up to the next start. */
function inputsBySlot(tape: Tape, slots: number): { inputs: Int32Array; bins: Int32Array; starts: Int32Array } {
  const bySlot: number[][] = Array.from({ length: slots }, () => []);
  tape.inputs.forEach((input, i) => {
    if (input.kind !== 'measure') bySlot[input.slot]?.push(i);
  });
  const starts = new Int32Array(slots + 1);
  bySlot.forEach((list, slot) => {
    starts[slot + 1] = (starts[slot] as number) + list.length;
  });
  const inputs = Int32Array.from(bySlot.flat());
  return { inputs, bins: Int32Array.from(inputs, (input) => binsOf(tape.inputs[input] as Input)), starts };
}
