// A closed law as a list of bit operations: the form that columns, generated code and clauses share.
// Each truth value is two bits, "certainly true" and "possibly true"; and and or act on both alike, not swaps and inverts.

import type { ClosedLaw, ClosedProvision } from './close.ts';
import type { Node } from './graph.ts';
import { isRequirement, type MeasureId } from './provision.ts';
import { OUTCOMES } from './verdict.ts';

/** Register numbers: 0 holds no request, 1 every request; then the inputs, then one a step. */
export type Register = number;

export type Input =
  | { readonly kind: 'known'; readonly slot: number }
  | { readonly kind: 'atom'; readonly slot: number; readonly bins: number }
  | { readonly kind: 'measure'; readonly measure: MeasureId };

export type Step = { readonly op: 'and' | 'or' | 'andnot' | 'ornot'; readonly a: Register; readonly b: Register };

/** What a provision's verdict is, as registers that hold one bit a request. */
export type VerdictBits = {
  readonly id: string;
  readonly met: Register;
  readonly notMet: Register;
  readonly open: Register;
};

export type Tape = {
  readonly inputs: readonly Input[];
  readonly steps: readonly Step[];
  readonly verdicts: readonly VerdictBits[];
  /** For each outcome, the requests that something calls to it (not yet exclusive), may-execute excepted. */
  readonly calls: readonly Register[];
  /** The outcome's rank as three bits, lowest first. */
  readonly rank: readonly [Register, Register, Register];
};

export const FALSE_REGISTER = 0;
export const TRUE_REGISTER = 1;

/** Builds a tape; equal steps are shared, constants folded. */
export class TapeBuilder {
  readonly inputs: Input[] = [];
  readonly steps: Step[] = [];
  readonly #known = new Map<string, Register>();
  readonly #limit: number;

  /** All inputs must be declared before the first step, since steps are numbered after them. */
  constructor(inputs: readonly Input[]) {
    this.inputs.push(...inputs);
    this.#limit = inputs.length + 2;
    inputs.forEach((input, i) => this.#known.set(keyOf(input), i + 2));
  }
  input(input: Input): Register {
    return this.#known.get(keyOf(input)) as Register;
  }
  and(a: Register, b: Register): Register {
    if (a === FALSE_REGISTER || b === FALSE_REGISTER) return FALSE_REGISTER;
    if (a === TRUE_REGISTER || a === b) return b;
    return b === TRUE_REGISTER ? a : this.#step('and', Math.min(a, b), Math.max(a, b));
  }
  or(a: Register, b: Register): Register {
    if (a === TRUE_REGISTER || b === TRUE_REGISTER) return TRUE_REGISTER;
    if (a === FALSE_REGISTER || a === b) return b;
    return b === FALSE_REGISTER ? a : this.#step('or', Math.min(a, b), Math.max(a, b));
  }
  /** a and not b. */
  andnot(a: Register, b: Register): Register {
    if (a === FALSE_REGISTER || b === TRUE_REGISTER || a === b) return FALSE_REGISTER;
    return b === FALSE_REGISTER ? a : this.#step('andnot', a, b);
  }
  /** a or not b. */
  ornot(a: Register, b: Register): Register {
    if (a === TRUE_REGISTER || b === FALSE_REGISTER || a === b) return TRUE_REGISTER;
    return b === TRUE_REGISTER ? a : this.#step('ornot', a, b);
  }
  not(a: Register): Register {
    return this.andnot(TRUE_REGISTER, a);
  }
  anyOf(registers: readonly Register[]): Register {
    return registers.reduce((sum, one) => this.or(sum, one), FALSE_REGISTER);
  }
  #step(op: Step['op'], a: Register, b: Register): Register {
    const key = `${op} ${a} ${b}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const register = this.#limit + this.steps.push({ op, a, b }) - 1;
    this.#known.set(key, register);
    return register;
  }
}

const keyOf = (input: Input): string =>
  input.kind === 'known'
    ? `k${input.slot}`
    : input.kind === 'atom'
      ? `a${input.slot}/${input.bins}`
      : `m${input.measure}`;

/** Certainly true, possibly true. */
type Pair = readonly [certain: Register, possible: Register];

/** The tape of one closed law, or of the same law closed for several measures, which then become inputs of their own. */
export function tapeOf(laws: readonly ClosedLaw[], combine: Combiner = callOutcomes): Tape {
  const build = new TapeBuilder(inputsOf(laws));
  const calls: Register[][] = OUTCOMES.map(() => []);
  const verdicts = groupsOf(laws).map(({ id, variants }): VerdictBits => {
    const bits = variants.map((variant) => {
      const concerned =
        laws.length === 1
          ? TRUE_REGISTER
          : build.anyOf(variant.measures.map((measure) => build.input({ kind: 'measure', measure })));
      const found = verdictBits(build, variant.closed, concerned);
      combine(variant.closed, found, calls);
      return found;
    });
    return {
      id,
      met: build.anyOf(bits.map((b) => b.met)),
      notMet: build.anyOf(bits.map((b) => b.notMet)),
      open: build.anyOf(bits.map((b) => b.open)),
    };
  });
  const called = calls.slice(0, 5).map((list) => build.anyOf(list));
  return { inputs: build.inputs, steps: build.steps, verdicts, calls: called, rank: rankBits(build, called) };
}

function inputsOf(laws: readonly ClosedLaw[]): Input[] {
  const atoms = new Map<string, Input>();
  const visit = (node: Node): void => {
    if (node.op === 'atom') {
      for (const input of [
        { kind: 'known', slot: node.slot },
        { kind: 'atom', slot: node.slot, bins: node.bins },
      ] as const)
        atoms.set(keyOf(input), input);
    } else if (node.op === 'not') visit(node.of);
    else if (node.op !== 'const') node.of.forEach(visit);
  };
  for (const law of laws) {
    for (const closed of law.provisions) {
      visit(closed.gate);
      visit(closed.when);
    }
  }
  const measures: Input[] = laws.length === 1 ? [] : laws.map((law) => ({ kind: 'measure', measure: law.measure }));
  return [...measures, ...atoms.values()];
}

type Variant = { readonly closed: ClosedProvision; readonly measures: MeasureId[] };

/** Each provision with the measures for which it stands alike put together. */
function groupsOf(laws: readonly ClosedLaw[]): { id: string; variants: Variant[] }[] {
  const groups = new Map<string, Map<string, Variant>>();
  for (const law of laws) {
    for (const closed of law.provisions) {
      const variants = groups.get(closed.provision.id) ?? new Map<string, Variant>();
      groups.set(closed.provision.id, variants);
      if (closed.outside) continue;
      const key = JSON.stringify([closed.effect, closed.strength, closed.gate, closed.when]);
      const variant = variants.get(key) ?? { closed, measures: [] };
      variant.measures.push(law.measure);
      variants.set(key, variant);
    }
  }
  return [...groups].map(([id, variants]) => ({ id, variants: [...variants.values()] }));
}

/** The verdict table of the contract on two-bit values (verdict.ts says it in words). */
function verdictBits(build: TapeBuilder, closed: ClosedProvision, concerned: Register): Omit<VerdictBits, 'id'> {
  const [gateSure, gateMaybe] = pair(build, closed.gate);
  const [sure, maybe] = pair(build, closed.when);
  const open = build.and(concerned, gateMaybe);
  if (isRequirement(closed.effect)) {
    const met = build.and(open, sure);
    const notMet = build.andnot(build.and(concerned, gateSure), maybe);
    return { met, notMet, open: build.andnot(build.andnot(open, sure), build.andnot(gateSure, maybe)) };
  }
  const met = build.and(build.and(concerned, gateSure), sure);
  const notMet = build.andnot(open, maybe);
  return { met, notMet, open: build.andnot(build.and(open, maybe), build.and(gateSure, sure)) };
}

function pair(build: TapeBuilder, node: Node): Pair {
  switch (node.op) {
    case 'const':
      return node.value ? [TRUE_REGISTER, TRUE_REGISTER] : [FALSE_REGISTER, FALSE_REGISTER];
    case 'atom': {
      const value = build.input({ kind: 'atom', slot: node.slot, bins: node.bins });
      return [value, build.ornot(value, build.input({ kind: 'known', slot: node.slot }))];
    }
    case 'not': {
      const [sure, maybe] = pair(build, node.of);
      return [build.not(maybe), build.not(sure)];
    }
    case 'all':
      return node.of
        .map((part) => pair(build, part))
        .reduce<Pair>(([s, m], [s2, m2]) => [build.and(s, s2), build.and(m, m2)], [TRUE_REGISTER, TRUE_REGISTER]);
    case 'any':
      return node.of
        .map((part) => pair(build, part))
        .reduce<Pair>(([s, m], [s2, m2]) => [build.or(s, s2), build.or(m, m2)], [FALSE_REGISTER, FALSE_REGISTER]);
  }
}

const NO_BASIS = 0;
const MUST = 1;
const MAY = 2;
const INFORMATION = 3;
const CONDITIONS = 4;

/** Adds what a provision's verdicts call for; a parameter of `tapeOf` only so that a test can hand in a faulty one and see the proof fail. */
export type Combiner = (closed: ClosedProvision, bits: Omit<VerdictBits, 'id'>, calls: Register[][]) => void;

export function callOutcomes(closed: ClosedProvision, bits: Omit<VerdictBits, 'id'>, calls: Register[][]): void {
  const call = (rank: number, register: Register) => calls[rank]?.push(register);
  switch (closed.effect) {
    case 'scope':
      call(NO_BASIS, bits.notMet);
      break;
    case 'form':
      call(INFORMATION, bits.notMet);
      break;
    case 'refuse-must':
      call(MUST, bits.met);
      break;
    case 'refuse-may':
      call(MAY, bits.met);
      break;
    case 'safeguard':
      call(closed.strength === 'required' ? MUST : MAY, bits.notMet);
      break;
    case 'condition':
      call(CONDITIONS, bits.met);
      break;
    default:
      return;
  }
  call(INFORMATION, bits.open);
}

/** The first outcome that is called, as a number in three bits. */
function rankBits(build: TapeBuilder, called: readonly Register[]): [Register, Register, Register] {
  const [n, m, y, i, c] = called as [Register, Register, Register, Register, Register];
  const stopped2 = build.or(n, m);
  const stopped3 = build.or(stopped2, y);
  const stopped4 = build.or(stopped3, i);
  const must = build.andnot(m, n);
  const may = build.andnot(y, stopped2);
  const info = build.andnot(i, stopped3);
  const late = build.not(stopped4); // needs-conditions or may-execute: 4 or 5
  return [build.or(build.or(must, info), build.andnot(late, c)), build.or(may, info), late];
}

/** The registers that must be known to know these. */
export function neededBy(tape: Tape, roots: readonly Register[]): Set<number> {
  const used = new Set<number>();
  const visit = (register: Register): void => {
    if (used.has(register)) return;
    used.add(register);
    const step = tape.steps[register - tape.inputs.length - 2];
    if (step) {
      visit(step.a);
      visit(step.b);
    }
  };
  roots.forEach(visit);
  return used;
}
