// /oversight/lists/<list>: a standing list with its count, a line a case, links, a file for a spreadsheet, and a print view.

import { type CaseList, STANDING, type Standing } from '../../app/oversight/book-ports.ts';
import { longDaysOf } from '../../app/oversight/counting.ts';
import type { AccessPage, CasePage } from '../../app/oversight/lists.ts';
import type { Day } from '../../kernel/calendar.ts';
import type { Desk } from '../casework/context.ts';
import { whenShort } from '../casework/moments.ts';
import { errorSummary, type FieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { sayDay } from '../messages.ts';
import { sayRoles } from '../people/words.ts';
import { rowsOf, columnsOf } from './list-rows.ts';
import { crumbs, field, listPath, table, type TypedFields } from './parts.ts';

export type Asked = { readonly from: Day | null; readonly to: Day | null; readonly after: string | null };

export type ListView = {
  readonly list: Standing;
  readonly asked: Asked;
  readonly typed: TypedFields;
  readonly errors: readonly FieldError[];
  readonly cases: CasePage | null;
  readonly access: AccessPage | null;
  /** How many there are in all; null for a list that is asked for a period. */
  readonly count: number | null;
  readonly nameOf: (person: string | null) => string;
};

export function listPage(desk: Desk, view: ListView): Html {
  const { page: context } = desk;
  const { t, language } = context;
  const { list, errors, asked, count } = view;
  const title = t(`oversight.list.${list}`);
  const days = longDaysOf(desk.work);
  return page({
    context,
    title,
    hasErrors: errors.length > 0,
    main: html`${crumbs(desk)}${errorSummary(context, errors)}<h1>${title}</h1>
<p class="lead">${t(`oversight.list.${list}.about`, { days, since: asked.from === null ? '' : sayDay(asked.from, language) })}</p>
<p>${count !== null && html`<strong>${t('oversight.list.count', { count })}</strong> `}${t(`oversight.list.${list}.how`, { days })}</p>
<nav class="book-tabs no-print" aria-label="${t('oversight.lists')}">${STANDING.map(
      (one) =>
        html`<a href="${listPath(one)}"${one === list && html` aria-current="page"`}>${t(`oversight.list.${one}`)}</a>`,
    )}</nav>
<form method="get" action="${listPath(list)}" class="book-line no-print" novalidate>
${field(desk, { id: 'from', label: t(`oversight.list.from`), value: view.typed['from'] ?? '', kind: 'date' }, errors)}
${field(desk, { id: 'to', label: t(`oversight.list.to`), value: view.typed['to'] ?? '', kind: 'date' }, errors)}
<button class="ds-button" data-variant="secondary" type="submit">${t('oversight.list.show')}</button></form>
${view.cases !== null && casesTable(desk, view, list as CaseList)}${view.access !== null && accessTable(desk, view)}
${paging(desk, view)}
${view.cases !== null && html`<p class="cite">${t('oversight.list.recorded')}</p>`}`,
  });
}

function casesTable(desk: Desk, { cases, nameOf }: ListView, list: CaseList): Html {
  const { t } = desk.page;
  const rows = (cases?.cases ?? []).flatMap((one) => rowsOf(desk, one, nameOf));
  return rows.length === 0
    ? html`<p class="note">${t(`oversight.list.${list}.none`)}</p>`
    : table(t(`oversight.list.${list}`), columnsOf(desk, list), rows, `list-${list}`);
}

function accessTable(desk: Desk, { access, nameOf }: ListView): Html {
  const { t } = desk.page;
  const acts = access?.acts ?? [];
  if (acts.length === 0) return html`<p class="note">${t('oversight.list.access.none')}</p>`;
  const columns = ['act', 'whom', 'by', 'when'].map((key) => ({ key, label: t(`oversight.column.${key}`) }));
  const rows = acts.map(({ at, by, person, what, facts }): Fragment[] => [
    t.has(`oversight.act.${what}`) ? t(`oversight.act.${what}`) : t(`people.event.${what}`),
    html`${person === null ? bdi(facts['office'] ?? '') : bdi(nameOf(person))}${roleChanges(desk, facts)}`,
    by === null ? t('people.somebody') : bdi(nameOf(by)),
    whenShort(desk, at),
  ]);
  return table(t('oversight.list.access'), columns, rows, 'list-access');
}

/** The roles that were given and taken with an act. */
function roleChanges({ page }: Desk, facts: { readonly [name: string]: string }): Html {
  const said = (['roles', 'given', 'taken'] as const).flatMap((name) => {
    const roles = (facts[name] ?? '').split(' ').filter(Boolean);
    return roles.length === 0
      ? []
      : [page.t(`people.events.${name === 'taken' ? 'taken' : 'given'}`, { roles: sayRoles(page, roles) })];
  });
  return html`${said.map((one) => html`<span class="cite book-under">${one}</span>`)}`;
}

function paging({ page: { t } }: Desk, { list, cases, access, typed }: ListView): Html {
  const next = cases?.next ?? access?.next ?? null;
  const period = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ''));
  const query = (more: { readonly [name: string]: string }): string => {
    const all = new URLSearchParams({ ...period, ...more }).toString();
    return all === '' ? '' : `?${all}`;
  };
  return html`<p class="paging no-print">${next !== null && html`<a class="ds-link" rel="next" href="${listPath(list)}${query({ after: next })}">${t('oversight.list.next')}</a> `}<a class="ds-link" href="${listPath(list)}.csv${query({})}">${t('oversight.list.csv')}</a></p>`;
}
