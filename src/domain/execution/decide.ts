// What may be done in execution: put a countersigned decision into tasks, hand them out, and report what came of each.

import { addHours, type Instant } from '../../kernel/instant.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import type { HourClock } from '../calendar/clock.ts';
import { type Countersigned, executes } from '../decisions/decision.ts';
import type { PersonId } from '../registry/person.ts';
import type { Action } from '../registry/policy.ts';
import { type Execution, type ExecutionEvent, isFinal, type Task, type TaskStatus } from './execution.ts';
import { verifiedCall } from './emergency.ts';

export type Decided = Outcome<ExecutionEvent[], Refusal>;

/** From which status a task may come to which: what is final stays, and nobody reports on what was given to nobody. */
export const MOVES: { readonly [S in TaskStatus]: readonly TaskStatus[] } = {
  open: ['given', 'cancelled'],
  given: ['given', 'partly-produced', 'produced', 'not-held', 'impossible', 'cancelled'],
  'partly-produced': ['partly-produced', 'produced', 'not-held', 'impossible', 'cancelled'],
  produced: [],
  'not-held': [],
  impossible: [],
  cancelled: [],
};

/** Who may bring a task to a status, as the act that the office's table of roles names. */
export const MOVE_NEEDS: { readonly [S in Exclude<TaskStatus, 'open'>]: Action } = {
  given: 'execution.assign',
  cancelled: 'execution.assign',
  'partly-produced': 'execution.report',
  produced: 'execution.report',
  'not-held': 'execution.report',
  impossible: 'execution.report',
};

/** How the decision is executed; in an emergency, with the hours within which it is validated afterwards. */
export type LaneChoice =
  | { readonly lane: 'ordinary' }
  | { readonly lane: 'emergency'; readonly validateWithin: HourClock['rule'] };

/** Opens one task for each account and category. Only a decision of two people gets here; its type says so. */
export function open(
  state: Execution,
  { decision, choice }: { readonly decision: Countersigned; readonly choice: LaneChoice },
  _by: PersonId,
  at: Instant,
): Decided {
  const { no: decisionNo, items } = decision;
  if (!executes(decision.disposition)) return no('execution.not-ordered', { decision: decisionNo });
  if (state.openings.some((one) => one.decisionNo === decisionNo)) {
    return no('execution.already-open', { decision: decisionNo });
  }
  const names = new Set(items.map(({ target, category }) => JSON.stringify([target, category])));
  if (items.length === 0) return no('execution.items-missing');
  if (names.size < items.length) return no('execution.item-twice');
  if (choice.lane === 'emergency' && !verifiedCall(state)) return no('execution.not-called-back');
  const first = state.tasks.length + 1;
  const tasks = items.map(({ target, category }, n) => ({ task: first + n, target, category }));
  const validation = choice.lane === 'emergency' ? dueAfter(choice.validateWithin, at) : null;
  return accept([{ type: 'execution.opened', decisionNo, lane: choice.lane, tasks, validation }]);
}

function dueAfter(rule: HourClock['rule'], at: Instant) {
  return { dueAt: addHours(at, rule.count), clock: { rule, start: at, pauses: [] } };
}

/** Gives a task to the unit or provider that executes it, or to another one. */
export function give(
  state: Execution,
  { task, unit }: { readonly task: number; readonly unit: string },
  _by: PersonId,
  _at: Instant,
): Decided {
  const found = movable(state, task, 'given');
  if (!found.ok) return found;
  if (unit.trim() === '') return no('execution.unit-missing');
  const { decisionNo } = found.value;
  const opening = state.openings.find((one) => one.decisionNo === decisionNo);
  // What was executed on trust in an emergency is not widened after the trust ran out.
  if (opening?.validation?.state === 'overdue') return no('execution.validation-overdue', { decision: decisionNo });
  return accept([{ type: 'execution.given', task, unit: unit.trim() }]);
}

type Delivery = { readonly task: number; readonly count: number; readonly hashes: readonly string[] };
const SHA256 = /^[0-9a-f]{64}$/;

/** All that was ordered has come: how many objects, and the SHA-256 of each file. */
export function produce(state: Execution, delivery: Delivery, _by: PersonId, _at: Instant): Decided {
  const refused = unfit(state, delivery, 'produced');
  if (refused) return refused;
  const { task, count, hashes } = delivery;
  return finished(state, { type: 'execution.produced', task, count, hashes });
}

/** Some of it has come; `reasons` says what is missing. */
export function producePartly(
  state: Execution,
  { reasons, ...delivery }: Delivery & { readonly reasons: string },
  _by: PersonId,
  _at: Instant,
): Decided {
  const refused = unfit(state, delivery, 'partly-produced');
  if (refused) return refused;
  if (reasons.trim() === '') return no('execution.reasons-missing');
  const { task, count, hashes } = delivery;
  return accept([{ type: 'execution.partly-produced', task, count, hashes, reasons: reasons.trim() }]);
}

type Ending = { readonly task: number; readonly reasons: string };

/** The holder does not have it, or has no more than it delivered. */
export const notHeld = (state: Execution, ending: Ending, _by: PersonId, _at: Instant): Decided =>
  endWithout(state, ending, 'not-held');

/** It cannot be done, or not more of it than was. */
export const impossible = (state: Execution, ending: Ending, _by: PersonId, _at: Instant): Decided =>
  endWithout(state, ending, 'impossible');

/** It is no longer to be done. */
export const cancel = (state: Execution, ending: Ending, _by: PersonId, _at: Instant): Decided =>
  endWithout(state, ending, 'cancelled');

function endWithout(state: Execution, { task, reasons }: Ending, to: 'not-held' | 'impossible' | 'cancelled'): Decided {
  const found = movable(state, task, to);
  if (!found.ok) return found;
  if (reasons.trim() === '') return no('execution.reasons-missing');
  return finished(state, { type: `execution.${to}`, task, reasons: reasons.trim() });
}

/** The end of one task, and of the execution if it was the last. */
function finished(state: Execution, event: ExecutionEvent & { readonly task: number }): Decided {
  const others = state.tasks.filter(({ no }) => no !== event.task);
  return accept(others.every(isFinal) ? [event, { type: 'execution.completed' }] : [event]);
}

function movable(state: Execution, task: number, to: TaskStatus): Outcome<Task, Refusal> {
  const found = state.tasks.find((one) => one.no === task);
  if (!found) return no('execution.no-such-task', { task });
  return MOVES[found.status].includes(to)
    ? accept(found)
    : no('execution.cannot-move', { task, from: found.status, to });
}

function unfit(state: Execution, { task, count, hashes }: Delivery, to: TaskStatus) {
  const found = movable(state, task, to);
  if (!found.ok) return found;
  if (!Number.isSafeInteger(count) || count < 1) return no('execution.count-missing');
  if (hashes.length === 0 || !hashes.every((hash) => SHA256.test(hash))) return no('execution.hashes-missing');
  return undefined;
}
