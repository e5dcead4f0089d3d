// Moments as people say them: a day in full, the time where it matters, and how far away it is.

import { dayIn } from '../../domain/calendar/moment.ts';
import { daysLeft } from '../../domain/calendar/clock.ts';
import type { Day } from '../../kernel/calendar.ts';
import { type Instant, millisecondsOf } from '../../kernel/instant.ts';
import { joined } from '../components/joined.ts';
import { type Html, html } from '../html.ts';
import { keptWords, madeOnce, sayDay, withFirst } from '../messages.ts';
import type { Desk } from './context.ts';

type Where = Pick<Desk, 'page' | 'work'>;

const momentFormat = madeOnce(
  (locale, timeZone) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone }),
);
const distanceFormat = madeOnce((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
const shortFormat = madeOnce(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC', calendar: 'gregory' }),
);

const shortDay = keptWords((language, day) =>
  withFirst(language, shortFormat(language).format(new Date(`${day}T00:00:00Z`))),
);
const distance = (unit: 'minute' | 'hour' | 'day') =>
  keptWords((language, count) => distanceFormat(language).format(Number(count), unit));
const DISTANCE = { minute: distance('minute'), hour: distance('hour'), day: distance('day') } as const;

/** A page is of one moment: what it says of two terms fits together, however long it takes to make. */
function momentOf({ page, work: { world } }: Where): { readonly now: Instant; readonly today: Day } {
  let moment = MOMENTS.get(page);
  if (moment === undefined) {
    moment = { now: world.now(), today: world.today() };
    MOMENTS.set(page, moment);
  }
  return moment;
}
const MOMENTS = new WeakMap<Where['page'], { readonly now: Instant; readonly today: Day }>();

const zoneOf = ({ work }: Where): string => work.office().settings.calendar.timeZone;
const isDay = (at: Day | Instant): at is Day => at.length === 10;

/** The day and, for a moment, the time, in the office's own zone. */
export function sayAt(where: Where, at: Day | Instant): string {
  const { language } = where.page;
  if (isDay(at)) return sayDay(at, language);
  return withFirst(language, momentFormat(language, zoneOf(where)).format(new Date(millisecondsOf(at))));
}

/** How far away it is, in words: "tomorrow", "two hours ago". */
export function sayDistance(where: Where, at: Day | Instant): string {
  const { page } = where;
  const { now, today } = momentOf(where);
  const say = (count: number, unit: keyof typeof DISTANCE): string => DISTANCE[unit](page.language, String(count));
  if (!isDay(at)) {
    const hours = (millisecondsOf(at) - millisecondsOf(now)) / 3_600_000;
    if (Math.abs(hours) < 1) return say(Math.round(hours * 60), 'minute');
    if (Math.abs(hours) < 48) return say(Math.round(hours), 'hour');
  }
  const day = isDay(at) ? at : dayIn(at, zoneOf(where));
  return say(daysLeft(today, day), 'day');
}

/** The same for lists: the distance, and the day as short as it can be said. */
export function whenShort(where: Where, at: Day | Instant): Html {
  const day = isDay(at) ? at : dayIn(at, zoneOf(where));
  const said = shortDay(where.page.language, day);
  return html`<time datetime="${at}">${joined(where.page, html`<b>${sayDistance(where, at)}</b>`, html`<span class="day">${said}</span>`)}</time>`;
}

/** A point in time with its distance, marked up for machines. */
export const when = (where: Where, at: Day | Instant): Html =>
  html`<time datetime="${at}">${joined(where.page, html`<b>${sayDistance(where, at)}</b>`, sayAt(where, at))}</time>`;

/** A point in time without its distance. */
export const at = (where: Where, moment: Day | Instant): Html =>
  html`<time datetime="${moment}">${sayAt(where, moment)}</time>`;

// Sweden writes moments as fields of a form do, but for the T.
const typedFormat = madeOnce(
  (_, timeZone) => new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone }),
);
/** A moment as a field for one holds it, to the minute, in the office's own zone. */
export const toType = (where: Where, moment: Instant): string =>
  typedFormat(where.page.language, zoneOf(where)).format(new Date(moment)).replace(' ', 'T');

/** Whether it is over, close, or far: what a clock's colour and shape say besides its words. */
export function nearness(where: Where, moment: Day | Instant): 'over' | 'soon' | 'far' {
  const { now, today } = momentOf(where);
  const day = isDay(moment) ? moment : dayIn(moment, zoneOf(where));
  const left = daysLeft(today, day);
  if (isDay(moment) ? left < 0 : moment < now) return 'over';
  return left <= where.work.office().settings.alerts.soon ? 'soon' : 'far';
}
