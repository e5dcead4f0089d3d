// The tape as propositional formulas: the fourth back end. A request is a set of variables, one a bin of each fact.

import Logic, { type Formula, type Solution, type Solver } from 'logic-solver';
import type { FactValue, MeasureId } from '../provision.ts';
import type { Slot } from '../slots.ts';
import type { Register, Tape } from '../tape.ts';

/** One symbolic request: any measure, any partial answers. */
export type SymbolicRequest = {
  readonly name: string;
  /** The formula that a register of the tape computes for this request. */
  readonly at: (register: Register) => Formula;
  readonly known: (slot: number) => Formula;
  readonly bin: (slot: number, bin: number) => Formula;
};

/** Whether some input of the tape reads this slot. */
const readSlots = (tape: Tape): Set<number> =>
  new Set(tape.inputs.flatMap((input) => (input.kind === 'measure' ? [] : [input.slot])));

/**
 * Adds a request to the solver: each fact has at most one value, the request has one measure. The measure is shared by all
 * requests of one solver, since a completion asks for the same thing as what it completes.
 */
export function addRequest(solver: Solver, tape: Tape, slots: readonly Slot[], name: string): SymbolicRequest {
  const bin = (slot: number, i: number): Formula => `${name} ${slot} ${i}`;
  const known = new Map<number, Formula>();
  for (const slot of readSlots(tape)) {
    const bins = (slots[slot] as Slot).bins.map((_, i) => bin(slot, i));
    solver.require(Logic.atMostOne(...bins));
    known.set(slot, Logic.or(...bins));
  }
  const measures = tape.inputs.flatMap((input) => (input.kind === 'measure' ? [measureVariable(input.measure)] : []));
  if (measures.length > 0) solver.require(Logic.exactlyOne(...measures));

  const formulas: Formula[] = [Logic.FALSE, Logic.TRUE];
  for (const input of tape.inputs) {
    if (input.kind === 'measure') formulas.push(measureVariable(input.measure));
    else if (input.kind === 'known') formulas.push(known.get(input.slot) as Formula);
    else
      formulas.push(
        Logic.or(
          ...(slots[input.slot] as Slot).bins.flatMap((_, i) =>
            (input.bins >> (i + 1)) & 1 ? [bin(input.slot, i)] : [],
          ),
        ),
      );
  }
  for (const { op, a, b } of tape.steps) {
    const [x, y] = [formulas[a] as Formula, formulas[b] as Formula];
    formulas.push(
      op === 'and'
        ? Logic.and(x, y)
        : op === 'or'
          ? Logic.or(x, y)
          : op === 'andnot'
            ? Logic.and(x, Logic.not(y))
            : Logic.or(x, Logic.not(y)),
    );
  }
  return { name, at: (register) => formulas[register] as Formula, known: (slot) => known.get(slot) as Formula, bin };
}

const measureVariable = (measure: MeasureId): Formula => `measure ${measure}`;

/** Requires that `whole` answers everything and keeps every answer of `partial`. */
export function requireCompletion(
  solver: Solver,
  tape: Tape,
  slots: readonly Slot[],
  partial: SymbolicRequest,
  whole: SymbolicRequest,
): void {
  for (const slot of readSlots(tape)) {
    solver.require(whole.known(slot));
    (slots[slot] as Slot).bins.forEach((_, i) =>
      solver.require(Logic.implies(partial.bin(slot, i), whole.bin(slot, i))),
    );
  }
}

/** A model in facts: what a person can check by hand. */
export type Model = { readonly measure: MeasureId | null; readonly facts: { readonly [fact: string]: FactValue } };

export function modelOf(solution: Solution, tape: Tape, slots: readonly Slot[], request: SymbolicRequest): Model {
  const facts: Record<string, FactValue> = {};
  for (const at of readSlots(tape)) {
    const slot = slots[at] as Slot;
    slot.bins.forEach((value, i) => {
      if (solution.evaluate(request.bin(at, i))) facts[slot.fact] = value;
    });
  }
  const measure = tape.inputs.find(
    (input) => input.kind === 'measure' && solution.evaluate(measureVariable(input.measure)),
  );
  return { measure: measure?.kind === 'measure' ? measure.measure : null, facts };
}
