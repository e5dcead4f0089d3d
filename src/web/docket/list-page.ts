// /docket: all requests of the office; filters as a sentence, counts that add up, a table that a phone reads as cards.

import type { Colleague } from '../../app/casework/assign.ts';
import { keepsOutcomes } from '../../app/casework/blinding.ts';
import { type CaseLine, type Listed, MOST_COUNTED, type SavedView } from '../../app/casework/ports.ts';
import { formKey } from '../casework/answers.ts';
import { can, type Desk } from '../casework/context.ts';
import { whenShort } from '../casework/moments.ts';
import { errorSummary, type FieldError, fieldError } from '../components/error-summary.ts';
import { pair } from '../components/joined.ts';
import { page } from '../components/layout.ts';
import { outcomeTag } from '../components/outcome.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import type { OutcomeName } from '../../law/verdict.ts';
import { filterForm, stageCounts } from './filters.ts';
import { caseLink, dueText, marks, measureOf, otherSide, stageText, stepText, turnText } from './lines.ts';
import { changedNote } from './live.ts';
import { addressOf, type Asked, sayFilters } from './query.ts';

export type ListParts = {
  readonly asked: Asked;
  readonly listed: Listed;
  readonly views: readonly SavedView[];
  readonly people: readonly Colleague[];
  readonly nameOf: (id: string | null) => string;
  readonly errors?: readonly FieldError[];
  /** The name that was typed for a view and could not be taken. */
  readonly viewName?: string;
};

export function listPage(desk: Desk, parts: ListParts): Html {
  const { page: context } = desk;
  const { t } = context;
  const { asked, listed, people, nameOf, errors = asked.errors } = parts;
  const { counts, count, page: found } = listed;
  const { fields } = asked;
  const what = sayFilters(desk, asked, nameOf(fields.assignee ?? null));
  const order = t(`casework.list.sort.${fields.sort ?? 'due'}`);
  return page({
    context,
    title: t('casework.list.title'),
    hasErrors: errors.length > 0,
    scripts: ['live'],
    main: html`${errorSummary(context, errors)}<div class="page-head"><h1>${t('casework.list.title')}</h1>
${can(desk, 'request.receive') && html`<a class="ds-button no-print" href="/requests/new">${t('casework.list.new')}</a>`}</div>
${changedNote(desk, { here: addressOf(fields) })}
<p class="lead docket-sentence">${
      count === null
        ? t('casework.list.sentence.many', { count: MOST_COUNTED, what, order })
        : t('casework.list.sentence', { count, what, order })
    }</p>
${fields.outcome !== undefined && keepsOutcomes(desk.actor) && html`<p class="note">${t('casework.list.outcomeKept')}</p>`}
${filterForm(desk, asked, people)}
${stageCounts(desk, asked, counts)}
${found.lines.length === 0 ? none(desk, parts) : table(desk, found.lines, nameOf)}
${paging(desk, parts)}
${savedViews(desk, { ...parts, errors })}`,
  });
}

function none({ page: { t } }: Desk, { asked }: ListParts): Html {
  const narrowed = Object.keys(asked.fields).some((field) => field !== 'sort');
  return html`<p class="note">${t(narrowed ? 'casework.list.none' : 'casework.list.empty')}</p>`;
}

/** The roles are said again because a phone shows the table as cards, and some browsers then forget that it is one. */
function table(desk: Desk, lines: readonly CaseLine[], nameOf: (id: string | null) => string): Html {
  const { t } = desk.page;
  const head = ['reference', 'asks', 'next', 'due', 'assignee'] as const;
  const names = new Map(head.map((key) => [key, t(`casework.column.${key}`)]));
  const cell = (key: (typeof head)[number], content: Fragment): Html =>
    html`<td role="cell" data-label="${names.get(key)}" class="col-${key}"><div>${content}</div></td>`;
  return html`<table class="ds-table docket" role="table"><thead role="rowgroup"><tr role="row">${head.map(
    (key) => html`<th scope="col" role="columnheader" class="col-${key}">${names.get(key)}</th>`,
  )}</tr></thead><tbody role="rowgroup">${lines.map(
    (line) => html`
<tr role="row"><th scope="row" role="rowheader" class="col-reference">${caseLink(line)} ${marks(desk, line)}<span class="cite received">${t.rich(line.direction === 'incoming' ? 'casework.desk.receivedAt' : 'casework.line.begun', { when: whenShort(desk, line.receivedAt) })}</span></th>
${cell('asks', html`${measureOf(desk, line.measure)}<br><span class="cite other">${otherSide(desk, line)}</span>`)}
${cell('next', html`${pair(desk.page, turnText(desk, line.turn, line.barred), stepText(desk, line))}<br><span class="cite">${stands(desk, line)}</span>`)}
${cell('due', dueText(desk, line))}
${cell('assignee', line.assignee === null ? html`<span class="cite">${t('casework.line.nobody')}</span>` : line.assignee === desk.actor.id ? t('casework.line.you') : bdi(nameOf(line.assignee)))}</tr>`,
  )}
</tbody></table>`;
}

/** The stage, and what the law says of the request, where this reader may know it. */
function stands(desk: Desk, line: CaseLine): Html {
  const stage = html`<span class="stage">${stageText(desk, line)}</span>`;
  return line.outcome !== null && line.direction === 'incoming'
    ? html`${stage} · ${outcomeTag(desk.page, line.outcome as OutcomeName)}`
    : stage;
}

function paging({ page: { t } }: Desk, { asked, listed }: ListParts): Html {
  const { next, lines } = listed.page;
  const { fields, query } = asked;
  return html`<p class="paging no-print">${query.after !== undefined && html`<a class="ds-link" href="${addressOf(fields)}">${t('casework.list.first')}</a> `}${
    next !== null &&
    html`<a class="ds-link" rel="next" href="${addressOf(fields, { after: next })}">${t('casework.list.next')}</a> `
  }${lines.length > 0 && html`<a class="ds-link" href="${addressOf(fields, {}, '/docket.csv')}">${t('casework.list.csv')}</a>`}</p>`;
}

function savedViews(desk: Desk, { asked, views, errors = [], viewName = '' }: ListParts): Html {
  const { page: context } = desk;
  const { t } = context;
  const current = addressOf(asked.fields).split('?')[1] ?? '';
  const wrong = errors.some(({ field }) => field === 'view-name');
  return html`<section class="views no-print" aria-labelledby="views-title"><h2 id="views-title">${t('casework.views.title')}</h2>
${
  views.length === 0
    ? html`<p class="cite">${t('casework.views.none')}</p>`
    : html`<ul>${views.map(
        ({ name, query }) => html`
<li><a class="ds-link" href="/docket?${query}"${query === current && html` aria-current="true"`}>${bdi(name)}</a>
<form method="post" action="/docket/views/drop">${formKey(desk)}<input type="hidden" name="name" value="${name}"><input type="hidden" name="query" value="${current}"><button class="as-link" type="submit" aria-label="${t('casework.views.drop.full', { name })}">${t('casework.views.drop')}</button></form></li>`,
      )}</ul>`
}
${
  current !== '' &&
  html`<form method="post" action="/docket/views" class="view-form" novalidate>${formKey(desk)}<input type="hidden" name="query" value="${current}">
<div class="filter"><label for="view-name">${t('casework.views.name')}</label>${fieldError(context, 'view-name', errors)}<input class="ds-input" id="view-name" name="name" value="${viewName}" maxlength="80"${wrong && html` aria-invalid="true" aria-describedby="view-name-error"`}></div>
<button class="ds-button" data-variant="secondary" type="submit">${t('casework.views.save')}</button></form>`
}</section>`;
}
