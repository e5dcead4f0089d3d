// Provisions that never bite unless another of their kind bites too: worth a jurist's look, no fault.

import Logic from 'logic-solver';
import type { ClosedLaw } from '../close.ts';
import { emptyColumns, registersFor, runWord, setRow } from '../columns.ts';
import { isRequirement } from '../provision.ts';
import { type Register, type Tape, tapeOf } from '../tape.ts';
import { addRequest } from './clauses.ts';

export type Implied = { readonly provision: string; readonly by: string };

/** Words of random complete requests that are tried before the solver is asked; most pairs fall here. */
const TRIAL_WORDS = 128;

export function findImplied(laws: readonly ClosedLaw[], tape: Tape = tapeOf(laws)): Implied[] {
  const slots = laws[0]?.slots ?? [];
  const kinds = new Map<string, string>();
  for (const law of laws)
    for (const closed of law.provisions)
      if (!closed.outside) kinds.set(closed.provision.id, `${closed.effect} ${closed.strength}`);
  const bites = tape.verdicts.flatMap((bits) => {
    const kind = kinds.get(bits.id);
    const effect = kind?.split(' ')[0] ?? '';
    if (!kind || ['option', 'duty', 'bar-to-refusal'].includes(effect)) return [];
    return [{ id: bits.id, kind, register: isRequirement(effect as 'scope') ? bits.notMet : bits.met }];
  });
  const refuted = refuteByTrial(laws, tape, bites);
  const solver = new Logic.Solver();
  const request = addRequest(solver, tape, slots, 'whole');
  return bites.flatMap((one) =>
    bites
      .filter((other) => other !== one && other.kind === one.kind && !refuted(one.register, other.register))
      // One that can never bite at all implies nothing worth saying.
      .filter(() => solver.solveAssuming(request.at(one.register)))
      .filter(
        (other) => !solver.solveAssuming(Logic.and(request.at(one.register), Logic.not(request.at(other.register)))),
      )
      .map((other) => ({ provision: one.id, by: other.id })),
  );
}

/** Pairs of registers for which a random request shows that the one can be true without the other. */
function refuteByTrial(
  laws: readonly ClosedLaw[],
  tape: Tape,
  bites: readonly { register: Register }[],
): (a: Register, b: Register) => boolean {
  const slots = laws[0]?.slots ?? [];
  const columns = emptyColumns(tape, TRIAL_WORDS * 32);
  const next = generator(0x5eed);
  for (let row = 0; row < columns.rows; row++) {
    const codes = Uint8Array.from(slots, (slot) => 1 + (next() % slot.bins.length));
    setRow(tape, columns, row, codes, laws[next() % laws.length]?.measure ?? null);
  }
  const seen = new Map(bites.map(({ register }) => [register, new Int32Array(TRIAL_WORDS)]));
  const registers = registersFor(tape);
  for (let word = 0; word < TRIAL_WORDS; word++) {
    runWord(tape, columns.data, word * columns.width, registers);
    for (const [register, words] of seen) words[word] = registers[register] as number;
  }
  return (a, b) => {
    const [one, other] = [seen.get(a), seen.get(b)];
    return one?.some((word, i) => (word & ~(other?.[i] as number)) !== 0) ?? false;
  };
}

/** A small fixed generator (mulberry32): the same trial every time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}
