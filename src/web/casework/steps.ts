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

/** Steps in the order given, those together in which one person answered one question after the other. */
export function runsOf(steps: readonly Step[]): Step[][] {
  const runs: Step[][] = [];
  for (const step of steps) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && isAnswer(step) && isAnswer(before) && before.act.by === step.act.by) run.push(step);
    else runs.push([step]);
  }
  return runs;
}

const isAnswer = ({ act: { by, event } }: Step): boolean =>
  by !== 'clock' && (event.type === 'question.answered' || event.type === 'facts.stated');

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
