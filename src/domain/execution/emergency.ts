// The emergency lane: the call back before anything is executed, the validation afterwards, and deletion when it fails.

import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import { dayIn } from '../calendar/moment.ts';
import type { OfficeCalendar } from '../calendar/office.ts';
import { type DayRule, lastDay } from '../preservation/deadline.ts';
import type { PersonId } from '../registry/person.ts';
import { type CallBack, type Execution, type ExecutionEvent, isFinal, type Opening } from './execution.ts';

type Decided = Outcome<ExecutionEvent[], Refusal>;

/** Records a call to a number on file. Every call is kept, also the one that nobody answered. */
export function callBack(state: Execution, call: CallBack, _by: PersonId, at: Instant): Decided {
  const { number, numberFrom, calledAt, answeredBy, outcome, remarks } = call;
  if (number.trim() === '') return no('execution.number-missing');
  // A number out of the request itself is the attacker's own telephone.
  if (numberFrom.trim() === '') return no('execution.number-not-on-file');
  if (calledAt > at) return no('execution.call-in-the-future');
  const last = state.calls.at(-1);
  if (last && calledAt < last.calledAt) return no('execution.call-out-of-order');
  if (outcome === 'no-answer' && answeredBy.trim() !== '') return no('execution.nobody-answered');
  if (outcome !== 'no-answer' && answeredBy.trim() === '') return no('execution.answered-by-missing');
  if (outcome === 'not-verified' && remarks.trim() === '') return no('execution.reasons-missing');
  return accept([
    {
      type: 'execution.called-back',
      number: number.trim(),
      numberFrom: numberFrom.trim(),
      calledAt,
      answeredBy: answeredBy.trim(),
      outcome,
      remarks: remarks.trim(),
    },
  ]);
}

/** The call that carries an emergency: the last one somebody answered, if it showed that the request is genuine. */
export function verifiedCall(state: Execution): Execution['calls'][number] | undefined {
  const last = state.calls.findLast(({ outcome }) => outcome !== 'no-answer');
  return last?.outcome === 'verified' ? last : undefined;
}

/** Validations whose hours are over and that nobody answered. The clock says so; what follows, a person decides. */
export function noteOverdue(state: Execution, _by: 'clock', at: Instant): Decided {
  return accept(
    state.openings
      .filter(({ validation }) => validation?.state === 'awaited' && at > validation.dueAt)
      .map(({ decisionNo }) => ({ type: 'execution.validation-overdue', decisionNo })),
  );
}

type Answer = { readonly decisionNo: number; readonly authority: string; readonly reasons: string };

/** The emergency is found to have been one, by somebody other than who ordered the execution; late is better than never. */
export function validate(state: Execution, answer: Answer, by: PersonId, _at: Instant): Decided {
  const found = answerable(state, answer);
  if (!found.ok) return found;
  if (found.value.by === by) return no('execution.same-person');
  const { decisionNo, authority, reasons } = answer;
  return accept([{ type: 'execution.validated', decisionNo, authority: authority.trim(), reasons: reasons.trim() }]);
}

/** It was none: what still runs is cancelled, and the recipient is asked to delete what they got. */
export function failValidation(
  state: Execution,
  answer: Answer & { readonly recipient: string; readonly deleteWithin: DayRule },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const found = answerable(state, answer);
  if (!found.ok) return found;
  const { decisionNo, deleteWithin } = answer;
  const [authority, reasons, recipient] = [answer.authority.trim(), answer.reasons.trim(), answer.recipient.trim()];
  if (recipient === '') return no('execution.recipient-missing');
  const { on: dueOn, clock } = lastDay(deleteWithin, dayIn(at, office.timeZone), office);
  const running = state.tasks.filter((task) => !isFinal(task));
  const cancelled = running.filter((task) => task.decisionNo === decisionNo);
  const completes = cancelled.length > 0 && cancelled.length === running.length;
  return accept([
    { type: 'execution.validation-failed', decisionNo, authority, reasons },
    ...cancelled.map(({ no: task }) => ({ type: 'execution.cancelled' as const, task, reasons })),
    ...(completes ? [{ type: 'execution.completed' as const }] : []),
    { type: 'execution.deletion-demanded', decisionNo, recipient, dueOn, clock },
  ]);
}

function answerable(state: Execution, { decisionNo, authority, reasons }: Answer): Outcome<Opening, Refusal> {
  const opening = state.openings.find((one) => one.decisionNo === decisionNo);
  if (!opening?.validation) return no('execution.no-such-emergency', { decision: decisionNo });
  if (opening.validation.answer) return no('execution.already-validated', { decision: decisionNo });
  if (authority.trim() === '') return no('execution.authority-missing');
  if (reasons.trim() === '') return no('execution.reasons-missing');
  return accept(opening);
}

type Reply = { readonly decisionNo: number; readonly answer: string };

/** The recipient says, and shows, that the data are deleted. */
export const confirmDeletion = (state: Execution, reply: Reply, _by: PersonId, _at: Instant): Decided =>
  answerDeletion(state, reply, 'confirmed');

/** The recipient will not delete. The demand stays open until it is met. */
export const refuseDeletion = (state: Execution, reply: Reply, _by: PersonId, _at: Instant): Decided =>
  answerDeletion(state, reply, 'refused');

function answerDeletion(state: Execution, { decisionNo, answer }: Reply, to: 'confirmed' | 'refused'): Decided {
  const deletion = deletionOf(state, decisionNo);
  if (!deletion) return no('execution.no-deletion-demanded', { decision: decisionNo });
  if (deletion.state === 'confirmed') return no('execution.already-deleted', { decision: decisionNo });
  if (answer.trim() === '') return no('execution.answer-missing');
  return accept([{ type: `execution.deletion-${to}`, decisionNo, answer: answer.trim() }]);
}

/** Asks again, with a new day, of a recipient who refused or let the day pass. */
export function demandDeletionAgain(
  state: Execution,
  { decisionNo, deleteWithin }: { readonly decisionNo: number; readonly deleteWithin: DayRule },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const deletion = deletionOf(state, decisionNo);
  if (!deletion) return no('execution.no-deletion-demanded', { decision: decisionNo });
  if (deletion.state === 'confirmed') return no('execution.already-deleted', { decision: decisionNo });
  const today = dayIn(at, office.timeZone);
  if (deletion.state === 'demanded' && today <= deletion.dueOn) {
    return no('execution.deletion-not-due', { until: deletion.dueOn });
  }
  const { on: dueOn, clock } = lastDay(deleteWithin, today, office);
  return accept([{ type: 'execution.deletion-demanded', decisionNo, recipient: deletion.recipient, dueOn, clock }]);
}

const deletionOf = (state: Execution, decisionNo: number) =>
  state.openings.find((one) => one.decisionNo === decisionNo)?.validation?.deletion;
