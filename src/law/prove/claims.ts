// What must hold of the law over all partial answers and all their completions, proved by a SAT solver; a failed claim shows facts.

import Logic, { type Formula } from 'logic-solver';
import type { ClosedLaw } from '../close.ts';
import { type Register, type Tape, tapeOf } from '../tape.ts';
import { addRequest, type Model, modelOf, requireCompletion, type SymbolicRequest } from './clauses.ts';

export type ClaimResult = {
  readonly claim: string;
  readonly holds: boolean;
  /** How a claim fails: facts known so far, and the answers that then come. */
  readonly counterexample: { readonly given: Model; readonly completed: Model | null } | null;
};

/** The ranks of verdict.ts as formulas over the three rank bits. */
function hasRank(request: SymbolicRequest, tape: Tape, rank: number): Formula {
  return Logic.and(
    ...tape.rank.map((register, bit) => ((rank >> bit) & 1 ? request.at(register) : Logic.not(request.at(register)))),
  );
}

const NO_BASIS = 0;
const MUST_REFUSE = 1;
const NEEDS_INFORMATION = 3;
const NEEDS_CONDITIONS = 4;
const MAY_EXECUTE = 5;

/** Proves every claim for one instrument; `laws` is the same law closed for each measure. */
export function proveClaims(laws: readonly ClosedLaw[], tape: Tape = tapeOf(laws)): ClaimResult[] {
  const slots = laws[0]?.slots ?? [];
  const effects = new Map(
    laws.flatMap((law) => law.provisions.map((closed) => [closed.provision.id, closed] as const)),
  );
  const bitsOf = (effect: string) => tape.verdicts.filter((bits) => effects.get(bits.id)?.effect === effect);
  const solver = new Logic.Solver();
  const given = addRequest(solver, tape, slots, 'given');
  const whole = addRequest(solver, tape, slots, 'whole');
  requireCompletion(solver, tape, slots, given, whole);

  const never = (claim: string, ...formulas: Formula[]): ClaimResult => {
    const solution = solver.solveAssuming(Logic.and(...formulas));
    if (!solution) return { claim, holds: true, counterexample: null };
    return {
      claim,
      holds: false,
      counterexample: {
        given: modelOf(solution, tape, slots, given),
        completed: modelOf(solution, tape, slots, whole),
      },
    };
  };
  const stays = (name: string, rank: number, ...more: Formula[]): ClaimResult =>
    never(`${name} is stable`, hasRank(given, tape, rank), ...more, Logic.not(hasRank(whole, tape, rank)));
  const at = (request: SymbolicRequest, registers: readonly Register[]): Formula =>
    Logic.or(Logic.FALSE, ...registers.map(request.at));

  return [
    never(
      'no outcome lets a request pass while some completion makes a mandatory ground present or a required safeguard fail',
      Logic.or(hasRank(given, tape, NEEDS_CONDITIONS), hasRank(given, tape, MAY_EXECUTE)),
      whole.at(tape.calls[MUST_REFUSE] as Register),
    ),
    stays('no-basis', NO_BASIS),
    stays(
      'must-refuse, once the scope is established,',
      MUST_REFUSE,
      Logic.not(
        at(
          given,
          bitsOf('scope').map((bits) => bits.open),
        ),
      ),
    ),
    stays('needs-conditions', NEEDS_CONDITIONS),
    stays('may-execute', MAY_EXECUTE),
    never(
      'no provision is both met and not met, or settled and open',
      Logic.or(
        ...tape.verdicts.flatMap(({ met, notMet, open }) => [
          Logic.and(given.at(met), given.at(notMet)),
          Logic.and(given.at(met), given.at(open)),
          Logic.and(given.at(notMet), given.at(open)),
        ]),
      ),
    ),
    never(
      'a settled verdict never turns into its opposite',
      Logic.or(
        ...tape.verdicts.flatMap(({ met, notMet }) => [
          Logic.and(given.at(met), whole.at(notMet)),
          Logic.and(given.at(notMet), whole.at(met)),
        ]),
      ),
    ),
    never(
      'complete answers never need information, unless the request itself lacks a required part',
      hasRank(whole, tape, NEEDS_INFORMATION),
      Logic.not(
        at(
          whole,
          bitsOf('form').map((bits) => bits.notMet),
        ),
      ),
    ),
    never(
      'complete answers leave no provision open',
      at(
        whole,
        tape.verdicts.map((bits) => bits.open),
      ),
    ),
  ];
}

/** Whether some complete answers make a provision met, and some make it fail; one whose condition is "always" cannot fail. */
export type Liveness = { readonly provision: string; readonly canBeMet: boolean; readonly canFail: boolean };

export function findLiving(laws: readonly ClosedLaw[], tape: Tape = tapeOf(laws)): Liveness[] {
  const slots = laws[0]?.slots ?? [];
  const always = new Set(
    laws.flatMap((law) =>
      law.provisions.filter((closed) => closed.provision.when.op === 'always').map((closed) => closed.provision.id),
    ),
  );
  const solver = new Logic.Solver();
  const whole = addRequest(solver, tape, slots, 'whole');
  const can = (register: Register): boolean => solver.solveAssuming(whole.at(register)) !== null;
  return tape.verdicts.map(({ id, met, notMet }) => ({
    provision: id,
    canBeMet: can(met),
    canFail: always.has(id) || can(notMet),
  }));
}
