// Use cases of what goes with disclosed data: conditions, assurances, limits of use, onward transfer, and secrecy.

import * as disclosure from '../../domain/disclosure/decide.ts';
import * as secrecy from '../../domain/disclosure/secrecy.ts';
import type { Day } from '../../kernel/calendar.ts';
import { act, calendarOf, type Step, stepOn } from './act.ts';
import { daysFor } from './terms.ts';

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

export const askAssurance = stepOn('disclosure.conditions', 'disclosure', disclosure.askAssurance);

export const giveAssurance = stepOn('disclosure.conditions', 'disclosure', disclosure.giveAssurance);

export const judgeAssurance = stepOn('disclosure.conditions', 'disclosure', disclosure.judgeAssurance);

export const withdrawAssurance = stepOn('disclosure.conditions', 'disclosure', disclosure.withdrawAssurance);

export const limitUse = stepOn('disclosure.conditions', 'disclosure', disclosure.limitUse);

/** Taking down what the recipient asks is clerical; ruling on it is for an approver. */
export const askOtherUse = stepOn('disclosure.conditions', 'disclosure', disclosure.askOtherUse);

export const ruleOtherUse = stepOn('disclosure.other-use', 'disclosure', disclosure.ruleOtherUse);

export const askTransfer = stepOn('disclosure.conditions', 'disclosure', disclosure.askTransfer);

export const ruleTransfer = stepOn('disclosure.other-use', 'disclosure', disclosure.ruleTransfer);

type Until = { readonly reasons: string; readonly until: Day; readonly reviewOn: Day };

/** What the request wishes orders nothing: secrecy here rests on a named approver's reasons, and ends. */
export const orderSecrecy: Step<Until & { readonly ground: string }> = (work, actor, target, input) =>
  act(work, actor, 'secrecy.order', target, (file, at) => {
    const rules = { longest: daysFor(work, file, 'secrecy-longest') };
    return secrecy.orderSecrecy(file.disclosure, { ...input, rules }, actor.id, at, calendarOf(work));
  });

export const reviewSecrecy = stepOn('secrecy.order', 'disclosure', secrecy.reviewSecrecy);

export const renewSecrecy: Step<Until & { readonly order: number }> = (work, actor, target, input) =>
  act(work, actor, 'secrecy.order', target, (file, at) => {
    const rules = { longest: daysFor(work, file, 'secrecy-longest') };
    return secrecy.renewSecrecy(file.disclosure, { ...input, rules }, actor.id, at, calendarOf(work));
  });

export const liftSecrecy = stepOn('secrecy.order', 'disclosure', secrecy.liftSecrecy);

export { CONDITION_MOVES } from '../../domain/disclosure/decide.ts';
export {
  ASSURANCE_KINDS,
  type Assurance,
  type Condition,
  type Ruling,
  type SecrecyOrder,
  standsInTheWay,
} from '../../domain/disclosure/disclosure.ts';
