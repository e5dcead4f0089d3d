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
  const [hours, minutes, seconds, fraction] = [11, 14, 17, 20].map((at, n) =>
    Number(instant.slice(at, at + (n === 3 ? 3 : 2))),
  ) as [number, number, number, number];
  return dayNumber(dayOf(instant)) * MS_OF_DAY + ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
}

/** The moment so many milliseconds after 1970-01-01T00:00:00Z. */
export function instantAt(milliseconds: number): Instant {
  const days = Math.floor(milliseconds / MS_OF_DAY);
  const rest = milliseconds - days * MS_OF_DAY;
  const digits = (value: number, length = 2) => String(Math.floor(value)).padStart(length, '0');
  const time = [rest / 3_600_000, (rest / 60_000) % 60, (rest / 1000) % 60].map((part) => digits(part)).join(':');
  return `${addDays('1970-01-01' as Day, days)}T${time}.${digits(rest % 1000, 3)}Z` as Instant;
}

export const addHours = (instant: Instant, hours: number): Instant =>
  instantAt(millisecondsOf(instant) + hours * 3_600_000);
export const addMinutes = (instant: Instant, minutes: number): Instant =>
  instantAt(millisecondsOf(instant) + minutes * 60_000);
/** The same time of day, so many days later (or earlier, when negative). */
export const laterBy = (instant: Instant, days: number): Instant =>
  `${addDays(dayOf(instant), days)}${instant.slice(10)}` as Instant;
