// Use cases of what goes with disclosed data: conditions, assurances, limits of use, onward transfer, and secrecy.

import * as disclosure from '../../domain/disclosure/decide.ts';
import type { AssuranceKind } from '../../domain/disclosure/disclosure.ts';
import * as secrecy from '../../domain/disclosure/secrecy.ts';
import type { Day } from '../../kernel/calendar.ts';
import { type Acted, act, type Casework, type Target } from './act.ts';
import type { Actor } from './ports.ts';
import { daysFor } from './terms.ts';

type Step<Input> = (work: Casework, actor: Actor, target: Target, input: Input) => Promise<Acted>;
const calendarOf = (work: Casework) => work.office().settings.calendar;

export const proposeCondition: Step<{ readonly text: string; readonly dueOn: Day | null }> = (
  work,
  actor,
  target,
  input,
) =>
  act(work, actor, 'disclosure.conditions', target, (file, at) =>
    disclosure.proposeCondition(file.disclosure, { ...input, decisionNo: null }, actor.id, at, calendarOf(work)),
  );

type ConditionMove = { readonly condition: number; readonly answeredBy: string; readonly remarks: string };
export const CONDITION_ENDS = ['accepted', 'not-accepted', 'fulfilled', 'breached', 'withdrawn'] as const;

/** What became of a condition. */
export const moveCondition: Step<ConditionMove & { readonly to: (typeof CONDITION_ENDS)[number] }> = (
  work,
  actor,
  target,
  input,
) =>
  act(work, actor, 'disclosure.conditions', target, ({ disclosure: state }, at) => {
    const { to } = input;
    if (to === 'accepted') return disclosure.acceptCondition(state, input, actor.id, at);
    if (to === 'not-accepted') return disclosure.doNotAcceptCondition(state, input, actor.id, at);
    return disclosure.closeCondition(state, { ...input, to }, actor.id, at);
  });

export const askAssurance: Step<{
  readonly kind: AssuranceKind;
  readonly asked: string;
  readonly dueOn: Day | null;
}> = (work, actor, target, input) =>
  act(work, actor, 'disclosure.conditions', target, (file, at) =>
    disclosure.askAssurance(file.disclosure, input, actor.id, at, calendarOf(work)),
  );

export const giveAssurance: Step<{ readonly assurance: number; readonly text: string; readonly signedBy: string }> = (
  work,
  actor,
  target,
  input,
) =>
  act(work, actor, 'disclosure.conditions', target, (file, at) =>
    disclosure.giveAssurance(file.disclosure, input, actor.id, at, calendarOf(work)),
  );

export const judgeAssurance: Step<{
  readonly assurance: number;
  readonly credible: boolean;
  readonly reasons: string;
}> = (work, actor, target, input) =>
  act(work, actor, 'disclosure.conditions', target, (file, at) =>
    disclosure.judgeAssurance(file.disclosure, input, actor.id, at),
  );

export const withdrawAssurance: Step<{ readonly assurance: number; readonly reasons: string }> = (
  work,
  actor,
  target,
  input,
) =>
  act(work, actor, 'disclosure.conditions', target, (file, at) =>
    disclosure.withdrawAssurance(file.disclosure, input, actor.id, at),
  );

export const limitUse: Step<{ readonly text: string; readonly until: Day | null }> = (work, actor, target, input) =>
  act(work, actor, 'disclosure.conditions', target, (file, at) =>
    disclosure.limitUse(file.disclosure, input, actor.id, at),
  );

/** Taking down what the recipient asks is clerical; ruling on it is for an approver. */
export const askOtherUse: Step<{ readonly askedBy: string; readonly purpose: string }> = (work, actor, target, input) =>
  act(work, actor, 'disclosure.conditions', target, (file, at) =>
    disclosure.askOtherUse(file.disclosure, input, actor.id, at, calendarOf(work)),
  );

export const ruleOtherUse: Step<{ readonly use: number; readonly allowed: boolean; readonly reasons: string }> = (
  work,
  actor,
  target,
  input,
) =>
  act(work, actor, 'disclosure.other-use', target, (file, at) =>
    disclosure.ruleOtherUse(file.disclosure, input, actor.id, at),
  );

export const askTransfer: Step<disclosure.TransferAsked> = (work, actor, target, input) =>
  act(work, actor, 'disclosure.conditions', target, (file, at) =>
    disclosure.askTransfer(file.disclosure, input, actor.id, at, calendarOf(work)),
  );

export const ruleTransfer: Step<{ readonly transfer: number; readonly consent: boolean; readonly reasons: string }> = (
  work,
  actor,
  target,
  input,
) =>
  act(work, actor, 'disclosure.other-use', target, (file, at) =>
    disclosure.ruleTransfer(file.disclosure, input, actor.id, at),
  );

type Until = { readonly reasons: string; readonly until: Day; readonly reviewOn: Day };

/** What the request wishes orders nothing: secrecy here rests on a named approver's reasons, and ends. */
export const orderSecrecy: Step<Until & { readonly ground: string }> = (work, actor, target, input) =>
  act(work, actor, 'secrecy.order', target, (file, at) => {
    const rules = { longest: daysFor(work, file, 'secrecy-longest') };
    return secrecy.orderSecrecy(file.disclosure, { ...input, rules }, actor.id, at, calendarOf(work));
  });

export const reviewSecrecy: Step<{ readonly order: number; readonly reasons: string; readonly reviewOn: Day }> = (
  work,
  actor,
  target,
  input,
) =>
  act(work, actor, 'secrecy.order', target, (file, at) =>
    secrecy.reviewSecrecy(file.disclosure, input, actor.id, at, calendarOf(work)),
  );

export const renewSecrecy: Step<Until & { readonly order: number }> = (work, actor, target, input) =>
  act(work, actor, 'secrecy.order', target, (file, at) => {
    const rules = { longest: daysFor(work, file, 'secrecy-longest') };
    return secrecy.renewSecrecy(file.disclosure, { ...input, rules }, actor.id, at, calendarOf(work));
  });

export const liftSecrecy: Step<{ readonly order: number; readonly reasons: string }> = (work, actor, target, input) =>
  act(work, actor, 'secrecy.order', target, (file, at) =>
    secrecy.liftSecrecy(file.disclosure, input, actor.id, at, calendarOf(work)),
  );

export { CONDITION_MOVES } from '../../domain/disclosure/decide.ts';
export {
  ASSURANCE_KINDS,
  type Assurance,
  type Condition,
  type Ruling,
  type SecrecyOrder,
  standsInTheWay,
} from '../../domain/disclosure/disclosure.ts';
