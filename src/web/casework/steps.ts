// The history of a case as steps: what somebody did, and what followed of itself in the same moment.

import { dayIn } from '../../domain/calendar/moment.ts';
import type { Recorded } from '../../domain/docket/case-file.ts';
import type { Day } from '../../kernel/calendar.ts';

export type Step = { readonly act: Recorded; readonly followed: readonly Recorded[] };

/** Events of one step bear one moment and one name, and stand one after the other; the first is what was done. */
export function stepsOf(history: readonly Recorded[]): Step[] {
  const steps: { act: Recorded; followed: Recorded[] }[] = [];
  for (const event of history) {
    const last = steps.at(-1);
    if (last && last.act.at === event.at && last.act.by === event.by) last.followed.push(event);
    else steps.push({ act: event, followed: [] });
  }
  return steps;
}

/** Steps by the day on which they were taken, in the office's own zone; days and steps in the order given. */
export function byDay(steps: readonly Step[], timeZone: string): { readonly day: Day; readonly steps: Step[] }[] {
  const days: { day: Day; steps: Step[] }[] = [];
  for (const step of steps) {
    const day = dayIn(step.act.at, timeZone);
    const last = days.at(-1);
    if (last?.day === day) last.steps.push(step);
    else days.push({ day, steps: [step] });
  }
  return days;
}
