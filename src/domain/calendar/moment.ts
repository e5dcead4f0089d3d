// A moment as a request states it: a day, a day and a time, with or without its distance from UTC; and where days begin.

import { addDays, type Day, dayNumber, parseDay } from '../../kernel/calendar.ts';
import { type Instant, instantAt, millisecondsOf } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

/** `YYYY-MM-DD`, or that with `THH:MM`, seconds and milliseconds, and `Z` or `+HH:MM` if the writer knew it. */
export type Moment = string & { readonly __brand: 'Moment' };

const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?(?:Z|([+-])(0\d|1[0-4]):([0-5]\d))?$/;
const EXPECTED = 'must be a day, or a day and a time, like 2028-03-01T14:05:00 or 2028-03-01T14:05:00+03:00';
const MINUTE = 60_000;
const MS_OF_DAY = 86_400_000;

/** Reads a moment and keeps it as it was written: evidence is asked for in the words of the one who asks. */
export function parseMoment(text: unknown, pointer = ''): Outcome<Moment> {
  if (typeof text !== 'string') return refuse({ pointer, detail: EXPECTED });
  const [day, time, ...rest] = text.split('T');
  if (rest.length > 0 || (time !== undefined && !TIME.test(time))) return refuse({ pointer, detail: EXPECTED });
  const parsed = parseDay(day, pointer);
  return parsed.ok ? accept(text as Moment) : parsed;
}

/** Whether the moment says a time, and not the day alone. */
export const hasTime = (moment: Moment): boolean => moment.length > 10;
/** Whether the moment itself says how far from UTC it is. */
export const hasOffset = (moment: Moment): boolean => /(?:Z|[+-]\d\d:\d\d)$/.test(moment.slice(10));
export const dayOfMoment = (moment: Moment): Day => moment.slice(0, 10) as Day;

/**
 * The instant that is meant. A moment without distance from UTC is read in the zone; a day alone begins at midnight.
 * Undefined where neither the moment nor a known zone says it. A time that a change of clocks left out or doubled is
 * read with the distance that held before the change.
 */
export function instantOf(moment: Moment, timeZone: string | undefined): Instant | undefined {
  const found = TIME.exec(moment.slice(11));
  const [hours, minutes, seconds] = [found?.[1], found?.[2], found?.[3]].map((part) => Number(part ?? 0)) as Three;
  const fraction = Number((found?.[4] ?? '').padEnd(3, '0'));
  const wall = dayNumber(dayOfMoment(moment)) * MS_OF_DAY + ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
  if (found && hasOffset(moment)) {
    const distance = (Number(found[6] ?? 0) * 60 + Number(found[7] ?? 0)) * MINUTE;
    return instantAt(found[5] === '-' ? wall + distance : wall - distance);
  }
  if (timeZone === undefined || !isTimeZone(timeZone)) return undefined;
  return instantAt(wall - distanceFromUtc(wall - distanceFromUtc(wall - MS_OF_DAY, timeZone), timeZone));
}
type Three = [number, number, number];

/** Whether this machine knows the zone: an IANA name, or a distance such as `+03:00`. */
export function isTimeZone(text: string): boolean {
  try {
    clockIn(text);
    return true;
  } catch {
    // Intl has no other way to say that it does not know a zone.
    return false;
  }
}

/** The day it is in that zone at that instant: the day on which a request arrives at an office. */
export const dayIn = (instant: Instant, timeZone: string): Day => {
  const at = millisecondsOf(instant);
  return addDays(FIRST_DAY, Math.floor((at + distanceFromUtc(at, timeZone)) / MS_OF_DAY));
};
const FIRST_DAY = '1970-01-01' as Day;

/** The day that is over in that zone at just that instant; undefined where a day has been running for a while. */
export function dayEndingAt(instant: Instant, timeZone: string): Day | undefined {
  const at = millisecondsOf(instant);
  const days = (at + distanceFromUtc(at, timeZone)) / MS_OF_DAY;
  return Number.isInteger(days) ? addDays(FIRST_DAY, days - 1) : undefined;
}

/** Milliseconds by which clocks in the zone are ahead of UTC at that time. */
function distanceFromUtc(milliseconds: number, timeZone: string): number {
  const day = Math.floor(milliseconds / MS_OF_DAY);
  const distance = distanceAsOf(day, timeZone);
  // No zone sets its clocks forth and back within a day.
  return distance === distanceAsOf(day + 1, timeZone) ? distance : distanceAt(milliseconds, timeZone);
}

/** The same when a day begins in UTC, by its number: to ask the formatter costs more than all else, and it is asked of the same days. */
function distanceAsOf(day: number, timeZone: string): number {
  let known = DISTANCES.get(timeZone);
  if (known === undefined || known.size >= MOST_DAYS) {
    known = new Map();
    DISTANCES.set(timeZone, known);
  }
  let distance = known.get(day);
  if (distance === undefined) {
    distance = distanceAt(day * MS_OF_DAY, timeZone);
    known.set(day, distance);
  }
  return distance;
}
const MOST_DAYS = 4096;
const DISTANCES = new Map<string, Map<number, number>>();
const distanceAt = (milliseconds: number, timeZone: string): number =>
  wallOf(milliseconds, timeZone) - Math.floor(milliseconds / 1000) * 1000;

/** Making one costs far more than asking it, and there are only so many zones. */
const CLOCKS = new Map<string, Intl.DateTimeFormat>();
function clockIn(timeZone: string): Intl.DateTimeFormat {
  const known = CLOCKS.get(timeZone);
  if (known) return known;
  const [two, numeric] = ['2-digit', 'numeric'] as const;
  const parts = { year: numeric, month: two, day: two, hour: two, minute: two, second: two };
  const clock = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', { timeZone, hourCycle: 'h23', ...parts });
  CLOCKS.set(timeZone, clock);
  return clock;
}

/** What clocks in the zone show, to the second, as if it were UTC. */
function wallOf(milliseconds: number, timeZone: string): number {
  const parts = clockIn(timeZone).formatToParts(milliseconds);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  const day = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}` as Day;
  const seconds = (Number(part('hour')) * 60 + Number(part('minute'))) * 60 + Number(part('second'));
  return dayNumber(day) * MS_OF_DAY + seconds * 1000;
}
