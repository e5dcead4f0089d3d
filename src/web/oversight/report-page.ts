// /oversight/report: what oversight reports for a period, as a page that can be printed and filed, and as files.

import { FIGURES, type OversightReport, type ReportedFinding } from '../../app/oversight/report.ts';
import { STANDING, type CaseList } from '../../app/oversight/book-ports.ts';
import type { Desk } from '../casework/context.ts';
import { at } from '../casework/moments.ts';
import { errorSummary, type FieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { bdi, type Html, html } from '../html.ts';
import { sayDay, sayNumber } from '../messages.ts';
import { csvLine, CSV_MARK } from './list-rows.ts';
import { crumbs, field, OVERSIGHT, samplePath, state, table, type TypedFields } from './parts.ts';

export type ReportView = {
  readonly report: OversightReport | null;
  readonly typed: TypedFields;
  readonly errors: readonly FieldError[];
};

const CASE_LISTS = STANDING.filter((one): one is CaseList => one !== 'access');

export function reportPage(desk: Desk, { report, typed, errors }: ReportView): Html {
  const { page: context } = desk;
  const { t, language } = context;
  return page({
    context,
    title: t('oversight.report.title'),
    hasErrors: errors.length > 0,
    main: html`${crumbs(desk)}${errorSummary(context, errors)}<h1>${t('oversight.report.title')}</h1>
<form method="get" action="${OVERSIGHT}/report" class="book-line no-print" novalidate>
${field(desk, { id: 'from', label: t('oversight.list.from'), value: typed['from'] ?? '', kind: 'date' }, errors)}
${field(desk, { id: 'to', label: t('oversight.list.to'), value: typed['to'] ?? '', kind: 'date' }, errors)}
<button class="ds-button" data-variant="secondary" type="submit">${t('oversight.list.show')}</button></form>
${
  report !== null &&
  html`<p class="lead">${t.rich('oversight.report.lead', { office: bdi(report.office.name), state: bdi(report.office.state), from: sayDay(report.from, language), to: sayDay(report.to, language) })}</p>
<p class="cite">${t.rich('oversight.report.made', { at: at(desk, report.madeAt) })}</p>
<p class="no-print paging">${['csv', 'json'].map((one) => html`<a class="ds-link" href="${OVERSIGHT}/report.${one}?${new URLSearchParams({ from: report.from, to: report.to }).toString()}">${t(`oversight.report.${one}`)}</a> `)}</p>
${figures(desk, report)}${standing(desk, report)}${samples(desk, report)}${findings(desk, report)}
<section aria-labelledby="how-title"><h2 id="how-title">${t('oversight.report.how')}</h2><p>${t('oversight.report.how.text')}</p></section>`
}`,
  });
}

function figures(desk: Desk, { figures: all }: OversightReport): Html {
  const { t, language } = desk.page;
  const title = t('oversight.report.figures');
  return html`<section aria-labelledby="figures-title"><h2 id="figures-title">${title}</h2>
${table(
  title,
  [
    { key: 'what', label: t('oversight.column.what') },
    { key: 'count', label: t('oversight.column.count') },
  ],
  FIGURES.map((one) => [t(`oversight.figure.${one}`), sayNumber(all[one], language)]),
  'book-figures',
)}</section>`;
}

function standing(desk: Desk, { standing: counts, longSecrecyDays }: OversightReport): Html {
  const { t, language } = desk.page;
  const title = t('oversight.report.standing');
  return html`<section aria-labelledby="standing-title"><h2 id="standing-title">${title}</h2>
<p>${t('oversight.report.standing.about')}</p>
${table(
  title,
  [
    { key: 'what', label: t('oversight.column.what') },
    { key: 'count', label: t('oversight.column.count') },
  ],
  CASE_LISTS.map((one) => [
    html`${t(`oversight.list.${one}`)}<span class="cite book-under">${t(`oversight.list.${one}.about`, { days: longSecrecyDays, since: '' })}</span>`,
    sayNumber(counts[one], language),
  ]),
  'book-figures',
)}</section>`;
}

function samples(desk: Desk, { samples: all }: OversightReport): Html {
  const { t, language } = desk.page;
  const title = t('oversight.samples');
  const columns = ['sample', 'kind', 'population', 'inOrder', 'withFinding'] as const;
  return html`<section aria-labelledby="samples-title"><h2 id="samples-title">${title}</h2>
${
  all.length === 0
    ? html`<p>${t('oversight.report.none')}</p>`
    : table(
        title,
        columns.map((key) => ({ key, label: t(`oversight.column.${key}`) })),
        all.map((one) => [
          html`<a href="${samplePath(one.no)}">${t('oversight.sample.title', { no: one.no })}</a><span class="cite book-under">${at(desk, one.fixedAt)}</span>`,
          html`${t(`oversight.kind.${one.kind}`)}${one.stage === 'lapsed' && html` ${state(t('oversight.stage.lapsed', { left: 0 }), 'stop')}`}`,
          t('oversight.sample.ofCases', {
            count: sayNumber(one.drawn, language),
            cases: sayNumber(one.population, language),
          }),
          sayNumber(one.inOrder, language),
          sayNumber(one.withFinding, language),
        ]),
      )
}</section>`;
}

const TONE: { readonly [S in ReportedFinding['state']]: Parameters<typeof state>[1] } = {
  'waits-for-office': 'open',
  'office-late': 'stop',
  'with-oversight': 'maybe',
  closed: 'go',
};

function findings(desk: Desk, { findings: all }: OversightReport): Html {
  const { t } = desk.page;
  const title = t('oversight.findings');
  const columns = ['finding', 'to', 'made', 'answer', 'stands'] as const;
  return html`<section aria-labelledby="findings-title"><h2 id="findings-title">${title}</h2>
${
  all.length === 0
    ? html`<p>${t('oversight.report.none')}</p>`
    : table(
        title,
        columns.map((key) => ({ key, label: t(`oversight.column.${key}`) })),
        all.map((one) => [
          html`<a href="${OVERSIGHT}/findings/${one.no}">${t('oversight.finding.title', { no: one.no })}</a><span class="cite book-under">${bdi(one.title)}</span>`,
          t(`oversight.to.${one.to}`),
          at(desk, one.madeAt),
          one.stance === null ? t('oversight.report.noAnswer') : t(`oversight.stance.${one.stance}`),
          state(t(`oversight.state.${one.state}`), TONE[one.state]),
        ]),
      )
}</section>`;
}

/** The report as lines of four: which part, what, what of it, and the number or word. */
export function reportFile(report: OversightReport): string {
  const { from, to, madeAt, office, figures: counts, standing: now, samples: drawn, findings: made } = report;
  const lines: (string | number | null)[][] = [
    ['report', report.form, 'office', office.name],
    ['report', report.form, 'state', office.state],
    ['report', report.form, 'from', from],
    ['report', report.form, 'to', to],
    ['report', report.form, 'madeAt', madeAt],
    ...FIGURES.map((one) => ['figures', one, '', counts[one]]),
    ...CASE_LISTS.map((one) => ['standing', one, '', now[one]]),
    ['standing', 'long-secrecy', 'days', report.longSecrecyDays],
    ...drawn.flatMap(({ no, ...facts }) =>
      Object.entries(facts).map(([name, value]) => ['sample', String(no), name, value]),
    ),
    ...made.flatMap(({ no, ...facts }) =>
      Object.entries(facts).map(([name, value]) => [
        'finding',
        String(no),
        name,
        typeof value === 'boolean' ? (value ? 'yes' : 'no') : value,
      ]),
    ),
  ];
  return `${CSV_MARK}${csvLine(['part', 'name', 'of', 'value'])}${lines.map(csvLine).join('')}`;
}
