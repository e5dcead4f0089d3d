// How pages about people say refusals, moments, roles and acts.

import type { Problem } from '../../app/people/ports.ts';
import { ROLES } from '../../app/people/roles.ts';
import { type Instant, millisecondsOf } from '../../kernel/instant.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { PageContext } from '../context.ts';
import { type Html, html } from '../html.ts';
import { localeOf, type PageLanguage, sayList } from '../messages.ts';

/** Refusals as things to mend, each beside its field. */
export const errorsOf = ({ t }: Pick<PageContext, 't'>, faults: readonly Problem[]): readonly FieldError[] =>
  faults.map(({ code, field, facts }) => ({ field, message: t(code.replace('people.', 'people.refusal.'), facts) }));

/** Roles in the order of the office. */
export const sayRoles = ({ t, language }: Pick<PageContext, 't' | 'language'>, roles: readonly string[]): string =>
  roles.length === 0
    ? t('people.role.none')
    : sayList(
        ROLES.filter((role) => roles.includes(role)).map((role) => t(`people.role.${role}`)),
        language,
      );

/** A moment in words, in UTC and saying so. */
export function sayMoment(at: Instant, language: PageLanguage): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: 'UTC',
    calendar: 'gregory',
  }).format(new Date(at));
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How far away a moment is: "2 hours ago". */
export function sayAway(at: Instant, now: Instant, language: PageLanguage): string {
  const away = millisecondsOf(at) - millisecondsOf(now);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(away) >= length) ?? (['second', 1000] as const);
  return new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto' }).format(Math.trunc(away / size), unit);
}

/** Both, as an element. */
export const moment = (at: Instant, now: Instant, language: PageLanguage): Html =>
  html`<time datetime="${at}">${sayMoment(at, language)}</time> <span class="people-away">${sayAway(at, now, language)}</span>`;
