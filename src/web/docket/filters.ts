// The filters of the docket as a plain form that asks by address, and the counts beside them as links.

import type { Colleague } from '../../app/casework/assign.ts';
import { DUE_WITHIN } from '../../app/casework/docket.ts';
import { type DocketCounts, MOST_COUNTED } from '../../app/casework/ports.ts';
import { STAGES } from '../../domain/docket/standing.ts';
import { OUTCOMES } from '../../law/verdict.ts';
import type { Desk } from '../casework/context.ts';
import { stateList } from '../check/words.ts';
import { fieldError } from '../components/error-summary.ts';
import { flag, type Fragment, type Html, html } from '../html.ts';
import { sayNumber } from '../messages.ts';
import { measureOf } from './lines.ts';
import { addressOf, type Asked, type Field, TURNS, URGENCIES } from './query.ts';

type Choice = readonly [value: string, text: string];

export function filterForm(desk: Desk, asked: Asked, people: readonly Colleague[]): Html {
  const { page: context, actor } = desk;
  const { t, book, language } = context;
  const { fields, errors } = asked;
  const choose = (field: Field, choices: readonly Choice[]): Html => select(desk, field, fields[field] ?? '', choices);
  const any = (field: Field): Choice => ['', t(`casework.list.${field}.any`)];
  const wrong = errors.some(({ field }) => field === 'state');
  const narrowed = wrong || Object.keys(fields).some((one) => one !== 'q' && one !== 'stage');
  return html`<form class="filters no-print" method="get" action="/docket" role="search" aria-label="${t('casework.list.filters')}">
<div class="filter-words">
${field('q', t('casework.list.q'), html`<input class="ds-input" type="search" id="q" name="q" value="${fields.q ?? ''}" maxlength="200" aria-describedby="q-help">`, t('casework.list.q.help'))}
<p class="filter-do"><button class="ds-button" data-variant="secondary" type="submit">${t('casework.list.show')}</button>
${Object.keys(fields).length > 0 && html`<a class="ds-link" href="/docket">${t('casework.list.clear')}</a>`}</p></div>
<details class="more-filters"${flag('open', narrowed)}><summary>${t('casework.list.more')}</summary>
<div class="filter-row">
${choose('direction', [any('direction'), ['incoming', t('casework.direction.incoming')], ['outgoing', t('casework.direction.outgoing')]])}
${field(
  'state',
  t('casework.list.state'),
  html`${fieldError(context, 'state', errors)}<input class="ds-input" id="state" name="state" list="states" value="${asked.typedState}" autocomplete="off" aria-describedby="state-help${wrong && ' state-error'}"${wrong && html` aria-invalid="true"`}>`,
  t('casework.list.state.help'),
)}
${choose('stage', [any('stage'), ...STAGES.map((one): Choice => [one, t(`casework.stage.${one}`)])])}
${choose('due', [any('due'), ...Object.keys(DUE_WITHIN).map((one): Choice => [one, t(`casework.list.due.${one}`)])])}
${choose('measure', [any('measure'), ...book.rules.measures.map(({ id }): Choice => [id, measureOf(desk, id)])])}
${choose('outcome', [any('outcome'), ...OUTCOMES.map((one): Choice => [one, t(`site.outcome.${one}`)])])}
${choose('turn', [any('turn'), ...TURNS.map((one): Choice => [one, t(`casework.turn.${one}`)])])}
${choose('urgency', [any('urgency'), ...URGENCIES.map((one): Choice => [one, t(`casework.list.urgency.${one}`)])])}
${choose('assignee', [
  any('assignee'),
  ['me', t('casework.list.assignee.me')],
  ['nobody', t('casework.list.assignee.nobody')],
  ...people.filter(({ id }) => id !== actor.id).map(({ id, name }): Choice => [id, name]),
])}
${choose('closed', [
  ['', t('casework.list.closed.no')],
  ['yes', t('casework.list.closed.yes')],
])}
${choose('sort', [
  ['', t('casework.list.sort.due')],
  ['received', t('casework.list.sort.received')],
])}
</div></details>
${stateList(language)}
</form>`;
}

function select(desk: Desk, name: Field, current: string, choices: readonly Choice[]): Html {
  return field(
    name,
    desk.page.t(`casework.list.${name}`),
    html`<select class="ds-input" id="${name}" name="${name}">${choices.map(
      ([value, text]) => html`<option value="${value}"${flag('selected', value === current)}>${text}</option>`,
    )}</select>`,
  );
}

const field = (name: string, label: string, input: Fragment, help?: string): Html =>
  html`<div class="filter filter-${name}"><label for="${name}">${label}</label>${input}${
    help !== undefined && html`<span class="cite" id="${name}-help">${help}</span>`
  }</div>`;

/** How many stand where; each a link that narrows to it. The numbers add up to the first, and are left out where nobody counted. */
export function stageCounts(desk: Desk, { fields }: Asked, counts: DocketCounts): Html | false {
  const { t, language } = desk.page;
  const { total, byStage, overdue, emergency, many } = counts;
  if (total === 0) return false;
  const link = (stage: string, text: string, count: number): Html =>
    html`<li><a href="${addressOf(fields, { stage })}"${(fields.stage ?? '') === stage && html` aria-current="true"`}>${text}${
      !many && html` <span class="n">${sayNumber(count, language)}</span>`
    }</a></li>`;
  return html`<nav class="stages no-print" aria-label="${t('casework.list.stages')}"><ul>
${link('', t('casework.list.stages.all'), total)}
${STAGES.flatMap((stage) => {
  const count = byStage[stage] ?? 0;
  return count === 0 && !many ? [] : [link(stage, t(`casework.stage.${stage}`), count)];
})}</ul>
${
  !many &&
  html`<p><a class="ds-link" href="${addressOf(fields, { due: 'overdue', stage: '' })}">${sayOverdue(desk, overdue)}</a> · <a class="ds-link" href="${addressOf(fields, { urgency: 'emergency', stage: '' })}">${t('casework.list.emergencies', { count: emergency })}</a></p>`
}</nav>`;
}

export const sayOverdue = ({ page: { t } }: Pick<Desk, 'page'>, count: number): string =>
  count > MOST_COUNTED
    ? t('casework.list.overdue.many', { count: MOST_COUNTED })
    : t('casework.list.overdue', { count });
