// Facts as small numbers: each fact's possible values cut into the bins that the law can tell apart.

import { addDays, dayNumber, type Day } from '../kernel/calendar.ts';
import type { FactId, FactValue } from './provision.ts';
import type { FactSpec } from './rule-set.ts';
import type { Codes } from './graph.ts';

/** One fact as the engine sees it. Code 0 is unknown; bin `i` has the code `i + 1`. */
export type Slot = {
  readonly fact: FactId;
  readonly spec: FactSpec;
  /** For each bin a value that stands for it: what a what-if puts in, and what a counterexample shows. */
  readonly bins: readonly FactValue[];
  /** Years and dates only: the numbers at which the law changes its mind, ascending. Nothing is below no years at all. */
  readonly cuts: readonly number[];
};

/** Most bins a slot can have: an atom is a 32-bit set of codes, and code 0 is taken. */
export const MAX_BINS = 30;

export function slotOf(spec: FactSpec, cuts: readonly number[]): Slot {
  const sorted = [...new Set(cuts)].filter((cut) => spec.type === 'date' || cut > 0).sort((a, b) => a - b);
  return { fact: spec.id, spec, cuts: sorted, bins: binsOf(spec, sorted) };
}

function binsOf(spec: FactSpec, cuts: readonly number[]): FactValue[] {
  if (spec.type === 'boolean') return [false, true];
  if (spec.type === 'choice') return spec.choices.map((choice) => choice.value);
  const first = cuts[0] ?? 1;
  if (spec.type === 'date') return [first - 1, ...cuts].map((at) => addDays(EPOCH, at));
  return [Math.max(0, first - 1), ...cuts];
}

const EPOCH = '1970-01-01' as Day;

/** The code of a value. The value fits the fact: requests are checked at the edge, worked cases when the pack is read. */
export function codeOf(slot: Slot, value: FactValue): number {
  const type = slot.spec.type;
  if (type === 'boolean') return value === true ? 2 : 1;
  if (type === 'choice') return slot.bins.indexOf(value) + 1;
  const number =
    type === 'date' ? dayNumber(value as Day) : value === 'life' ? Number.POSITIVE_INFINITY : (value as number);
  let code = 1;
  for (const cut of slot.cuts) if (number >= cut) code++;
  return code;
}

/** The bit set of the codes whose value reaches a number. */
export function binsFrom(slot: Slot, cut: number): number {
  let bins = slot.spec.type !== 'date' && cut <= 0 ? 1 << 1 : 0;
  slot.cuts.forEach((at, i) => {
    if (at >= cut) bins |= 1 << (i + 2);
  });
  return bins;
}

/** The bit set of every code that stands for a value. */
export const allBins = (slot: Slot): number => ((1 << slot.bins.length) - 1) << 1;

/** Facts as codes; a fact that no slot reads is left out. */
export function encode(
  slots: readonly Slot[],
  index: ReadonlyMap<FactId, number>,
  facts: { readonly [fact: FactId]: FactValue | null },
): Codes {
  const codes = new Uint8Array(slots.length);
  for (const fact in facts) {
    const at = index.get(fact);
    const value = facts[fact];
    if (at !== undefined && value !== null && value !== undefined) codes[at] = codeOf(slots[at] as Slot, value);
  }
  return codes;
}
