// Moments of time as values: UTC text of one fixed form, so that plain comparison is order in time, and no clock in sight.

import { addDays, type Day, dayNumber, parseDay } from './calendar.ts';
import { accept, type Outcome, refuse } from './outcome.ts';

/** A moment as `YYYY-MM-DDTHH:MM:SS.mmmZ` (RFC 3339, UTC, milliseconds). Plain strings of this form sort by time. */
export type Instant = string & { readonly __brand: 'Instant' };

const FORM = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,3})\d*)?Z$/;
const MS_OF_DAY = 86_400_000;

/** Reads a moment in UTC; fractions finer than a millisecond are cut off. */
export function parseInstant(text: unknown, pointer = ''): Outcome<Instant> {
  const found = typeof text === 'string' ? FORM.exec(text) : null;
  if (!found || !parseDay(found[1]).ok)
    return refuse({ pointer, detail: 'must be a moment in UTC, like 2028-03-01T09:30:00Z' });
  return accept(`${found[1]}T${found[2]}:${found[3]}:${found[4]}.${(found[5] ?? '').padEnd(3, '0')}Z` as Instant);
}

/** The calendar day in UTC on which the moment falls. */
export const dayOf = (instant: Instant): Day => instant.slice(0, 10) as Day;

/** The first moment of a day, in UTC. */
export const startOfDay = (day: Day): Instant => `${day}T00:00:00.000Z` as Instant;

/** Milliseconds since 1970-01-01T00:00:00Z. */
export function millisecondsOf(instant: Instant): number {
  const minutes = digitsAt(instant, 11, 2) * 60 + digitsAt(instant, 14, 2);
  const thousandths = digitsAt(instant, 17, 2) * 1000 + digitsAt(instant, 20, 3);
  return dayNumber(dayOf(instant)) * MS_OF_DAY + minutes * 60_000 + thousandths;
}
/** Read digit by digit: lists ask it hundreds of times a page. */
function digitsAt(text: string, from: number, count: number): number {
  let value = 0;
  for (let n = from; n < from + count; n++) value = value * 10 + text.charCodeAt(n) - 48;
  return value;
}

/** The moment so many milliseconds after 1970-01-01T00:00:00Z. */
export function instantAt(milliseconds: number): Instant {
  const days = Math.floor(milliseconds / MS_OF_DAY);
  const rest = milliseconds - days * MS_OF_DAY;
  const [hours, minutes, seconds] = [
    digits(rest / 3_600_000),
    digits((rest / 60_000) % 60),
    digits((rest / 1000) % 60),
  ];
  return `${addDays(FIRST_DAY, days)}T${hours}:${minutes}:${seconds}.${digits(rest % 1000, 3)}Z` as Instant;
}
const FIRST_DAY = '1970-01-01' as Day;
const digits = (value: number, length = 2): string => String(Math.floor(value)).padStart(length, '0');

export const addHours = (instant: Instant, hours: number): Instant =>
  instantAt(millisecondsOf(instant) + hours * 3_600_000);
export const addMinutes = (instant: Instant, minutes: number): Instant =>
  instantAt(millisecondsOf(instant) + minutes * 60_000);
/** The same time of day, so many days later (or earlier, when negative). */
export const laterBy = (instant: Instant, days: number): Instant =>
  `${addDays(dayOf(instant), days)}${instant.slice(10)}` as Instant;
