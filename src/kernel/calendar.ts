// Calendar days as values: no clock, no time zone, no surprise. The law counts in days of the Gregorian calendar.

import { accept, type Outcome, refuse } from './outcome.ts';

/** A day as `YYYY-MM-DD` (ISO 8601, RFC 3339 full-date). Plain strings of this form sort by time. */
export type Day = string & { readonly __brand: 'Day' };

const FORM = /^(\d{4})-(\d{2})-(\d{2})$/;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const lengthOf = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (LENGTHS[month - 1] ?? 0);

/** Reads a day; an impossible one (30 February) is refused, never rolled over into the next month. */
export function parseDay(text: unknown, pointer = ''): Outcome<Day> {
  const wrong = (detail: string) => refuse({ pointer, detail });
  if (typeof text !== 'string') return wrong('must be a date written as text, like 2028-03-01');
  const found = FORM.exec(text);
  if (!found) return wrong(`"${clip(text)}" is not a date; write year-month-day, like 2028-03-01`);
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > lengthOf(year, month)) {
    return wrong(`${text} does not exist in the calendar`);
  }
  return accept(text as Day);
}

/** Days since 1970-01-01, negative before it. */
export function dayNumber(day: Day): number {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
  const leap = month > 2 && isLeap(year) ? 1 : 0;
  return daysBefore(year) + (DAYS_BEFORE[month - 1] as number) + leap + date - 1 - EPOCH;
}

/** Days from 0001-01-01 to 1970-01-01, and to the first day of a year. */
const EPOCH = 719_162;
const daysBefore = (year: number): number => {
  const before = year - 1;
  return before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
};
/** Days of a common year before each month. */
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

/** The day `count` days after (or before, when negative) `day`. */
export function addDays(day: Day, count: number): Day {
  let rest = dayNumber(day) + count + EPOCH;
  // 400 years always have the same length, so the year is this one or the one before it.
  let year = Math.max(1, Math.floor((rest * 400) / 146_097) + 1);
  while (year > 1 && daysBefore(year) > rest) year--;
  while (daysBefore(year + 1) <= rest) year++;
  rest -= daysBefore(year);
  let month = 1;
  while (rest >= lengthOf(year, month)) rest -= lengthOf(year, month++);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(rest + 1)}` as Day;
}

const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
