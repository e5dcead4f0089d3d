// A deadline as every part of a case states its own: what falls due, when, whose turn it is, and how it was counted.

import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Defect } from '../../kernel/outcome.ts';
import { type Clock, type DayClock, dueOn } from '../calendar/clock.ts';
import type { OfficeCalendar } from '../calendar/office.ts';

/** Whose turn it is: this office, the requesting State, whoever holds the data, or the person concerned. */
export type Whose = 'office' | 'requesting' | 'holder' | 'person';

export type Deadline<Kind extends string = string> = {
  /** The same from one look to the next, so that one job and one line on a page stand for it. */
  readonly key: string;
  /** The last day, in the office's own zone, or the moment by which it must be done. */
  readonly on: Day | Instant;
  readonly kind: Kind;
  readonly whose: Whose;
  /** The clock that gave the day, which can explain itself; null where a person set the day. */
  readonly clock: Clock | null;
};

/** A number of days, calendar or working ones, and who says so. */
export type DayRule = DayClock['rule'];

/** A clock that starts on that day, and the last day it gives. */
export function lastDay(
  rule: DayRule,
  start: Day,
  office: OfficeCalendar,
): { readonly on: Day; readonly clock: DayClock } {
  const clock: DayClock = { rule, start, pauses: [] };
  const on = dueOn(clock, office);
  if (on === null) throw new Defect('a clock without pauses stands still');
  return { on, clock };
}

/** The latest of these days. */
export function latest(first: Day, ...others: readonly Day[]): Day {
  let last = first;
  for (const day of others) if (day > last) last = day;
  return last;
}
