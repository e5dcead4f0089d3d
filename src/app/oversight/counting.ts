// What time it is where the office is, and from how many days on secrecy counts as long: by these the lists count.

import { instantOf, type Moment } from '../../domain/calendar/moment.ts';
import { addDays, type Day } from '../../kernel/calendar.ts';
import { type Instant, startOfDay } from '../../kernel/instant.ts';
import type { Casework } from '../casework/casework.ts';
import { LONG_SECRECY } from '../casework/office.ts';
import type { Counting, Span } from './book-ports.ts';

export const longDaysOf = ({ office }: Pick<Casework, 'office'>): number =>
  office().settings.alerts['long-secrecy'] ?? LONG_SECRECY;

export const countingOf = (work: Pick<Casework, 'office' | 'world'>): Counting => ({
  now: work.world.now(),
  longDays: longDaysOf(work),
});

/** Whole days of the office's own calendar. */
export function spanOf({ office }: Pick<Casework, 'office'>, from: Day | null, to: Day | null): Span {
  const { timeZone } = office().settings.calendar;
  const begin = (day: Day): Instant => instantOf(`${day}T00:00` as Moment, timeZone) ?? startOfDay(day);
  return { since: from && begin(from), before: to && begin(addDays(to, 1)) };
}
