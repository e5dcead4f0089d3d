// /oversight: what to do next, a case to prove, the standing lists with how much is on each, samples and findings.

import type { Home, Next } from '../../app/oversight/home.ts';

import { STANDING, type Standing } from '../../app/oversight/book-ports.ts';
import { longDaysOf } from '../../app/oversight/counting.ts';
import type { Desk } from '../casework/context.ts';
import { when } from '../casework/moments.ts';
import { errorSummary, type FieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { bdi, type Html, html } from '../html.ts';
import { sayDay, sayNumber } from '../messages.ts';
import { findingPath, findingRows, findingColumns } from './findings-page.ts';
import { field, listPath, OVERSIGHT, samplePath, table } from './parts.ts';
import { sampleColumns, sampleRows } from './samples-page.ts';

export type HomeView = { readonly home: Home; readonly errors: readonly FieldError[]; readonly reference: string };

/** So many samples and findings stand on the first page; the others on their own. */
const SHOWN = 5;

export function homePage(desk: Desk, { home, errors, reference }: HomeView): Html {
  const { page: context } = desk;
  const { t } = context;
  return page({
    context,
    title: t('oversight.title'),
    hasErrors: errors.length > 0,
    main: html`${errorSummary(context, errors)}<h1>${t('oversight.title')}</h1>
<p class="lead">${t('oversight.lead')}</p>
<section class="book-next" aria-labelledby="next-title"><h2 id="next-title">${t('oversight.next')}</h2>
<ul>${home.next.map((one) => html`<li>${nextLine(desk, one)}</li>`)}</ul></section>
<section aria-labelledby="prove-title"><h2 id="prove-title">${t('oversight.prove.any')}</h2>
<form method="get" action="${OVERSIGHT}/cases" class="book-line no-print" novalidate>
${field(desk, { id: 'reference', label: t('oversight.prove.reference'), value: reference, help: t('oversight.prove.reference.help'), kind: 'code' }, errors)}
<button class="ds-button" data-variant="secondary" type="submit">${t('oversight.prove.do')}</button></form></section>
<section aria-labelledby="lists-title"><h2 id="lists-title">${t('oversight.lists')}</h2>
<p>${t('oversight.lists.lead')}</p>
<ul class="book-lists">${STANDING.map((list) => html`<li>${listLine(desk, home, list)}</li>`)}</ul></section>
<section aria-labelledby="samples-title"><div class="page-head"><h2 id="samples-title">${t('oversight.samples')}</h2>
<a class="ds-button no-print" data-variant="secondary" href="${samplePath('new')}">${t('oversight.sample.new')}</a></div>
${
  home.samples.length === 0
    ? html`<p class="note">${t('oversight.samples.none')}</p>`
    : html`${table(t('oversight.samples'), sampleColumns(desk), sampleRows(desk, home.samples.slice(0, SHOWN)))}
<p class="no-print"><a class="ds-link" href="${OVERSIGHT}/samples">${t('oversight.samples.all', { count: home.samples.length })}</a></p>`
}</section>
<section aria-labelledby="findings-title"><div class="page-head"><h2 id="findings-title">${t('oversight.findings')}</h2>
<a class="ds-button no-print" data-variant="secondary" href="${findingPath(desk, 'new')}">${t('oversight.finding.new')}</a></div>
${
  home.findings.length === 0
    ? html`<p class="note">${t('oversight.findings.none')}</p>`
    : html`${table(t('oversight.findings'), findingColumns(desk), findingRows(desk, home.findings.slice(0, SHOWN)))}
<p class="no-print"><a class="ds-link" href="${OVERSIGHT}/findings">${t('oversight.findings.all', { count: home.findings.length })}</a></p>`
}</section>
<section class="no-print" aria-labelledby="more-title"><h2 id="more-title">${t('oversight.more')}</h2>
<ul class="plain-links"><li><a class="ds-link" href="${OVERSIGHT}/report">${t('oversight.report.title')}</a></li>
<li><a class="ds-link" href="${OVERSIGHT}/log">${t('audit.title')}</a></li>
<li><a class="ds-link" href="${OVERSIGHT}/readings">${t('office.readings.title')}</a></li>
<li><a class="ds-link" href="/docket">${t('casework.list.title')}</a></li></ul></section>`,
  });
}

function nextLine(desk: Desk, next: Next): Html {
  const { t } = desk.page;
  switch (next.is) {
    case 'begin':
      return html`<a class="ds-link" href="${samplePath('new')}">${t('oversight.next.begin')}</a>`;
    case 'draw':
    case 'wait':
    case 'look':
      return html`<a class="ds-link" href="${samplePath(next.sample.no)}">${t(`oversight.next.${next.is}`, {
        no: next.sample.no,
        count: leftOf(next),
      })}</a>`;
    default: {
      const { finding, on } = next;
      const link = html`<a class="ds-link" href="${findingPath(desk, finding.no)}">${t(`oversight.next.${next.is}`, { no: finding.no })}</a>`;
      return html`${link}<span class="cite"> ${bdi(finding.title)}${on !== null && html` · ${when(desk, on)}`}</span>`;
    }
  }
}

function leftOf({ sample }: Extract<Next, { readonly is: 'draw' | 'wait' | 'look' }>): number {
  const drawn = sample.drawn?.drawn ?? [];
  return drawn.filter(({ reference }) => sample.looks[reference] === undefined).length;
}

function listLine(desk: Desk, { counts, access }: Home, list: Standing): Html {
  const { t, language } = desk.page;
  const count = list === 'access' ? access.count : counts[list];
  const days = longDaysOf(desk.work);
  const about = t(`oversight.list.${list}.about`, { days, since: sayDay(access.since, language) });
  return html`<a href="${listPath(list)}"><span class="book-count">${sayNumber(count, language)}</span> <span class="book-name">${t(`oversight.list.${list}`)}</span></a>
<p class="cite">${about}</p>`;
}
