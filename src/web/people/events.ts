// The record of acts about people, as a list in words: who did what to whom, and when.

import type { PersonEvent } from '../../app/people/ports.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { moment, sayRoles } from './words.ts';

/** `names` of people by id; `whom` says whether the list is of everybody. */
export function eventList(
  context: PageContext,
  events: readonly PersonEvent[],
  now: Instant,
  names: ReadonlyMap<string, string>,
  whom: boolean,
): Html {
  const { t, language } = context;
  if (events.length === 0) return html`<p>${t('people.events.none')}</p>`;
  const nameOf = (id: string | null) => bdi((id !== null && names.get(id)) || t('people.somebody'));
  return html`<ol class="people-events">${events.map(
    (one) => html`
<li><p class="people-what">${t(`people.event.${one.what}`)}${whom && one.person !== null && html` <span class="people-whom">${nameOf(one.person)}</span>`}</p>
<p class="help">${moment(one.at, now, language)}${one.by !== null && one.by !== one.person && html` · ${t.rich('people.events.by', { name: nameOf(one.by) })}`}${details(context, one)}</p></li>`,
  )}
</ol>`;
}

function details(context: PageContext, { facts }: PersonEvent): Html | false {
  const { t } = context;
  const roles = (text: string | undefined) => (text ?? '').split(' ').filter(Boolean);
  const parts = [
    roles(facts['roles']).length > 0 && t('people.events.given', { roles: sayRoles(context, roles(facts['roles'])) }),
    roles(facts['given']).length > 0 && t('people.events.given', { roles: sayRoles(context, roles(facts['given'])) }),
    roles(facts['taken']).length > 0 && t('people.events.taken', { roles: sayRoles(context, roles(facts['taken'])) }),
    facts['how'] !== undefined && t(`people.credential.${facts['how']}`),
    facts['recovery'] !== undefined && t('people.events.recovery'),
    facts['address'] !== undefined && bdi(facts['address']),
    Number(facts['failures'] ?? 0) > 0 && t('people.events.failures', { count: Number(facts['failures']) }),
  ].filter((part) => part !== false);
  return parts.length > 0 && html`${parts.map((part) => html` · ${part}`)}`;
}
