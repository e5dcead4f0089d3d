// When execution falls due: tasks to hand out and to answer, emergencies to validate, data to be deleted.

import { addHours, type Instant } from '../../kernel/instant.ts';
import { dayIn } from '../calendar/moment.ts';
import type { OfficeCalendar } from '../calendar/office.ts';
import { type DayRule, type Deadline, lastDay } from '../preservation/deadline.ts';
import { type Execution, isFinal, type Opening, type Validation } from './execution.ts';

export type ExecutionDeadline = Deadline<
  | 'give-task'
  | 'produce'
  /** A word before the hours are over. */
  | 'validate-soon'
  | 'validate'
  | 'delete'
  /** The recipient will not delete: the office asks again, or takes it further. */
  | 'deletion-refused'
>;

/** How long execution may take, null where nothing is set; and how many hours before a validation is due to say so. */
export type ExecutionRules = { readonly executeWithin: DayRule | null; readonly warnHours: number };

/** What is due in execution; nothing of a task that came to its end. */
export function deadlines(state: Execution, rules: ExecutionRules, office: OfficeCalendar): ExecutionDeadline[] {
  return state.openings.flatMap((opening) => [
    ...ofTasks(state, opening, rules, office),
    ...(opening.validation ? ofValidation(opening.decisionNo, opening.at, opening.validation, rules) : []),
  ]);
}

function ofTasks(state: Execution, opening: Opening, { executeWithin }: ExecutionRules, office: OfficeCalendar) {
  const opened = dayIn(opening.at, office.timeZone);
  return state.tasks.flatMap((task): ExecutionDeadline[] => {
    if (task.decisionNo !== opening.decisionNo || isFinal(task)) return [];
    const key = `execution.task.${task.no}`;
    if (task.status === 'open') {
      return [{ key: `${key}.give`, on: opened, kind: 'give-task', whose: 'office', clock: null }];
    }
    if (executeWithin === null) return [];
    const { on, clock } = lastDay(executeWithin, opened, office);
    return [{ key: `${key}.produce`, on, kind: 'produce', whose: 'holder', clock }];
  });
}

function ofValidation(
  decisionNo: number,
  opened: Instant,
  { dueAt, clock, answer, deletion }: Validation,
  { warnHours }: ExecutionRules,
): ExecutionDeadline[] {
  const key = (kind: string): string => `execution.emergency.${decisionNo}.${kind}`;
  const due: ExecutionDeadline[] = [];
  if (!answer) {
    const warned = addHours(dueAt, -warnHours);
    const soon = warned > opened ? warned : opened;
    due.push({ key: key('validate-soon'), on: soon, kind: 'validate-soon', whose: 'office', clock: null });
    due.push({ key: key('validate'), on: dueAt, kind: 'validate', whose: 'office', clock });
  }
  if (deletion?.state === 'demanded') {
    due.push({
      key: key(`delete.${deletion.demands}`),
      on: deletion.dueOn,
      kind: 'delete',
      whose: 'requesting',
      clock: deletion.clock,
    });
  }
  if (deletion?.state === 'refused') {
    const again = key(`deletion-refused.${deletion.demands}`);
    due.push({ key: again, on: deletion.dueOn, kind: 'deletion-refused', whose: 'office', clock: null });
  }
  return due;
}
