// The calendar of an office: its zone, its weekend and its holidays, kept as data because each office keeps its own.

import { addDays, type Day, dayNumber, parseDay } from '../../kernel/calendar.ts';
import { isLanguage, type Text } from '../../kernel/language.ts';
import { accept, Defect, type Fault, type Outcome, refuse } from '../../kernel/outcome.ts';
import { isTimeZone } from './moment.ts';

export type Holiday = { readonly day: Day; readonly name: Text | null };

export type OfficeCalendar = {
  /** An IANA name, such as `Africa/Nairobi`: where a day of this office begins. */
  readonly timeZone: string;
  /** Days of the week on which nobody works; 1 is Monday, 7 is Sunday. Never all seven. */
  readonly weekend: readonly number[];
  readonly holidays: readonly Holiday[];
};

/** The day of the week: 1 is Monday, 7 is Sunday (ISO 8601). 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;

export const isWeekend = (day: Day, calendar: OfficeCalendar): boolean => calendar.weekend.includes(weekdayOf(day));

/** The holiday on that day, if it is one. */
export const holidayOn = (day: Day, calendar: OfficeCalendar): Holiday | undefined =>
  calendar.holidays.find((holiday) => holiday.day === day);

export const isWorkingDay = (day: Day, calendar: OfficeCalendar): boolean =>
  !isWeekend(day, calendar) && holidayOn(day, calendar) === undefined;

/** The `count`-th working day after the day (before it, when negative); the day itself for 0, worked on or not. */
export function addWorkingDays(day: Day, count: number, calendar: OfficeCalendar): Day {
  if (new Set(calendar.weekend).size >= 7) throw new Defect('an office that never works has no working days to count');
  const step = Math.sign(count);
  let left = Math.abs(count);
  let at = day;
  while (left > 0) {
    at = addDays(at, step);
    if (isWorkingDay(at, calendar)) left--;
  }
  return at;
}

/** How many working days one must go from `from` to reach `to`: `to` counts and `from` does not. Negative backwards. */
export function workingDaysBetween(from: Day, to: Day, calendar: OfficeCalendar): number {
  const step = to < from ? -1 : 1;
  let count = 0;
  for (let at = from; at !== to; ) {
    at = addDays(at, step);
    if (isWorkingDay(at, calendar)) count += step;
  }
  return count;
}

const KEYS = ['timeZone', 'weekend', 'holidays'];
/** A century of holidays, many a year. */
const MAX_HOLIDAYS = 5_000;

/** Reads a calendar as an office hands it in; each fault with its place. */
export function readOfficeCalendar(input: unknown): Outcome<OfficeCalendar> {
  if (!isObject(input))
    return refuse({ pointer: '', detail: 'a calendar is an object with timeZone, weekend, holidays' });
  const faults: Fault[] = [];
  const fault = (pointer: string, detail: string): void => void faults.push({ pointer, detail });
  for (const key of Object.keys(input))
    if (!KEYS.includes(key)) fault('', `unknown key; a calendar has ${KEYS.join(', ')}`);
  const { timeZone, weekend, holidays } = input;
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone))
    fault('/timeZone', 'must be the name of a time zone, like Africa/Nairobi');
  if (!Array.isArray(weekend) || weekend.some((day) => !Number.isInteger(day) || day < 1 || day > 7))
    fault('/weekend', 'must be a list of days of the week, 1 for Monday to 7 for Sunday');
  else if (new Set(weekend).size >= 7) fault('/weekend', 'must leave at least one day to work on');
  const read: Holiday[] = [];
  if (!Array.isArray(holidays) || holidays.length > MAX_HOLIDAYS)
    fault('/holidays', `must be a list of at most ${MAX_HOLIDAYS} holidays`);
  else for (const [n, item] of holidays.entries()) readHoliday(item, `/holidays/${n}`, read, faults);
  if (faults.length > 0) return refuse(...faults);
  return accept({ timeZone: timeZone as string, weekend: weekend as number[], holidays: read });
}

function readHoliday(input: unknown, pointer: string, read: Holiday[], faults: Fault[]): void {
  if (!isObject(input)) {
    faults.push({ pointer, detail: 'must be an object with day and name' });
    return;
  }
  const day = parseDay(input['day'], `${pointer}/day`);
  const name = input['name'] ?? null;
  if (!day.ok) faults.push(...day.faults);
  else if (read.some((other) => other.day === day.value)) faults.push({ pointer, detail: `${day.value} stands twice` });
  if (name !== null && !isText(name))
    faults.push({ pointer: `${pointer}/name`, detail: 'must be null, or the name in en and ar at least' });
  else if (day.ok) read.push({ day: day.value, name });
}

const isText = (value: unknown): value is Text =>
  isObject(value) &&
  typeof value['en'] === 'string' &&
  typeof value['ar'] === 'string' &&
  Object.entries(value).every(([language, text]) => isLanguage(language) && typeof text === 'string');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
