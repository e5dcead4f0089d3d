// A deadline as data: the rule, when it began, when it stood still; so that it can always say how it came about.

import { addDays, type Day, dayNumber } from '../../kernel/calendar.ts';
import { type Instant, instantAt, millisecondsOf } from '../../kernel/instant.ts';
import type { Text } from '../../kernel/language.ts';
import { Defect } from '../../kernel/outcome.ts';
import { holidayOn, isWeekend, type OfficeCalendar } from './office.ts';

/** How long, counted in what, and who says so: a provision of the law, the profile of a State, or an office's setting. */
export type ClockRule = {
  readonly kind: 'calendar-days' | 'working-days' | 'hours';
  /** A whole number, not negative. */
  readonly count: number;
  /** The provision, such as `pack:article`, where the law sets the number. */
  readonly citation?: string;
  readonly source: 'law' | 'profile' | 'setting';
};

/**
 * A time in which the clock stands still: from the first day (moment) that does not count to the first that counts
 * again; without `to` it stands still until further notice. `why` is a code for the catalogue.
 */
export type Pause<At> = { readonly from: At; readonly to?: At; readonly why: string };

/** Days are counted from the day after `start`, hours from the moment itself. */
export type DayClock = {
  readonly rule: ClockRule & { readonly kind: 'calendar-days' | 'working-days' };
  readonly start: Day;
  readonly pauses: readonly Pause<Day>[];
};
export type HourClock = {
  readonly rule: ClockRule & { readonly kind: 'hours' };
  readonly start: Instant;
  readonly pauses: readonly Pause<Instant>[];
};
export type Clock = DayClock | HourClock;

/** One line of the account a deadline gives of itself: a code for the catalogue, and its values. */
export type ClockStep =
  | { readonly code: 'started'; readonly at: Day | Instant }
  | {
      readonly code: 'counted';
      readonly kind: ClockRule['kind'];
      readonly count: number;
      readonly source: ClockRule['source'];
      readonly citation?: string;
    }
  /** Days of the weekend that did not count, between the start and the end. */
  | { readonly code: 'weekend-skipped'; readonly days: number }
  | { readonly code: 'holiday-skipped'; readonly day: Day; readonly name: Text | null }
  /** How much of a pause made a difference: days or hours that would have counted. */
  | {
      readonly code: 'paused';
      readonly from: Day | Instant;
      readonly to: Day | Instant;
      readonly unit: 'days' | 'hours';
      readonly lost: number;
      readonly why: string;
    }
  | { readonly code: 'standing-still'; readonly from: Day | Instant; readonly why: string }
  | { readonly code: 'ends'; readonly on: Day | Instant };

/** The last day (or the moment) of the deadline; null while the clock stands still and nobody knows for how long. */
export function dueOn(clock: DayClock, calendar: OfficeCalendar): Day | null;
export function dueOn(clock: HourClock, calendar: OfficeCalendar): Instant | null;
export function dueOn(clock: Clock, calendar: OfficeCalendar): Day | Instant | null;
export function dueOn(clock: Clock, calendar: OfficeCalendar): Day | Instant | null {
  const end = explain(clock, calendar).at(-1);
  return end?.code === 'ends' ? end.on : null;
}

/** How the deadline came about, in the order of time; the last step is its end, or that it stands still. */
export function explain(clock: Clock, calendar: OfficeCalendar): readonly ClockStep[] {
  const { kind, count, source, citation } = clock.rule;
  if (!Number.isSafeInteger(count) || count < 0) throw new Defect(`a deadline of ${count} ${kind}`);
  return [
    { code: 'started', at: clock.start },
    { code: 'counted', kind, count, source, ...(citation === undefined ? {} : { citation }) },
    ...(isHours(clock) ? hoursOf(clock) : daysOf(clock, calendar)),
  ];
}

const isHours = (clock: Clock): clock is HourClock => clock.rule.kind === 'hours';

/** One after the other, each beginning no earlier than the one before it ends: no time is lost twice. */
function inOrder<At extends string>(pauses: readonly Pause<At>[]): Pause<At>[] {
  const ordered: Pause<At>[] = [];
  for (const pause of [...pauses].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const before = ordered.at(-1);
    if (before && before.to === undefined) break;
    const from = before?.to !== undefined && before.to > pause.from ? before.to : pause.from;
    if (pause.to === undefined || pause.to > from) ordered.push({ ...pause, from });
  }
  return ordered;
}

function daysOf(clock: DayClock, calendar: OfficeCalendar): ClockStep[] {
  const steps: ClockStep[] = [];
  const pauses = inOrder(clock.pauses);
  const working = clock.rule.kind === 'working-days';
  if (working && new Set(calendar.weekend).size >= 7) throw new Defect('an office that never works');
  const counts = (day: Day): boolean => !working || !(isWeekend(day, calendar) || holidayOn(day, calendar));
  let weekend = 0;
  let left = clock.rule.count;
  let at = clock.start;
  while (left > 0) {
    at = addDays(at, 1);
    const pause = pauses.find((one) => one.from <= at && (one.to === undefined || at < one.to));
    if (pause?.to === undefined && pause)
      return [...steps, { code: 'standing-still', from: pause.from, why: pause.why }];
    if (pause?.to !== undefined) {
      let lost = 0;
      for (; at < pause.to; at = addDays(at, 1)) if (counts(at)) lost++;
      at = addDays(at, -1);
      steps.push({ code: 'paused', from: pause.from, to: pause.to, unit: 'days', lost, why: pause.why });
    } else if (counts(at)) left--;
    else if (isWeekend(at, calendar)) weekend++;
    else steps.push({ code: 'holiday-skipped', day: at, name: holidayOn(at, calendar)?.name ?? null });
  }
  if (weekend > 0) steps.push({ code: 'weekend-skipped', days: weekend });
  return [...steps, { code: 'ends', on: at }];
}

function hoursOf(clock: HourClock): ClockStep[] {
  const steps: ClockStep[] = [];
  let end = millisecondsOf(clock.start) + clock.rule.count * HOUR;
  for (const { from, to, why } of inOrder(clock.pauses)) {
    const begins = Math.max(millisecondsOf(from), millisecondsOf(clock.start));
    if (begins >= end) break;
    if (to === undefined) return [...steps, { code: 'standing-still', from, why }];
    const lost = millisecondsOf(to) - begins;
    if (lost <= 0) continue;
    end += lost;
    steps.push({ code: 'paused', from, to, unit: 'hours', lost: lost / HOUR, why });
  }
  return [...steps, { code: 'ends', on: instantAt(end) }];
}
const HOUR = 3_600_000;

/** Days from one day to another; negative when it has passed. What a list of deadlines shows beside each. */
export const daysLeft = (today: Day, due: Day): number => dayNumber(due) - dayNumber(today);
