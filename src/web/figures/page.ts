// /figures: the reports of this office, for anybody: charts with the tables beside them, what is withheld, files, and how to check.

import type { Report } from '../../app/reporting/report.ts';
import type { DrawChart } from '../../app/reporting/ports.ts';
import { dayIn } from '../../domain/calendar/moment.ts';
import { addDays } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { page } from '../components/layout.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { sayDay, sayNumber } from '../messages.ts';
import { figuresBody } from './sheets.ts';
import { periodText, type Told, withheldIn } from './view.ts';

export const FIGURES = '/figures';
export const reportPath = (period: string): string => `${FIGURES}/${period}`;

export type ReportView = {
  readonly report: Report;
  /** The periods of all reports, the latest first. */
  readonly periods: readonly string[];
  /** Its place in the public log; null while it waits. */
  readonly index: number | null;
  /** Of the node, for the command that fetches the file; empty where it has no address. */
  readonly origin: string;
  readonly timeZone: string;
  readonly draw: DrawChart;
  readonly mayHaveProofs: boolean;
};

export const noReports = (context: PageContext): Html =>
  page({
    context,
    title: context.t('figures.title'),
    description: context.t('figures.lead'),
    main: html`<h1>${context.t('figures.title')}</h1>
<p class="lead">${context.t('figures.none')}</p><p>${context.t('figures.none.text')}</p>`,
  });

export function reportPage(context: PageContext, view: ReportView): Html {
  const { t, language } = context;
  const { report, periods, timeZone } = view;
  const { name, from, to } = report.period;
  const dayOf = (at: Instant) => dayIn(at, timeZone);
  const said = {
    no: sayNumber(report.no, language),
    office: bdi(report.office.name),
    day: sayDay(dayOf(report.madeAt), language),
    from: sayDay(dayOf(from), language),
    until: sayDay(addDays(dayOf(to), -1), language),
  };
  return page({
    context,
    title: t('figures.titleOf', { period: periodText(context, name) }),
    description: t('figures.lead'),
    main: html`<div class="figures"><h1>${t('figures.titleOf', { period: periodText(context, name) })}</h1>
<p class="lead">${t('figures.lead')}</p>
<p class="cite">${t.rich('figures.made', said)}</p>
${periodList(context, periods, name)}
<div class="figures-ways no-print"><h2>${t('figures.download')}</h2><ul>${['pdf', 'csv', 'json'].map(
      (one) => html`
<li><a class="ds-link" href="${reportPath(name)}.${one}" download>${t(`figures.download.${one}`)}</a></li>`,
    )}${
      view.mayHaveProofs &&
      html`
<li><a class="ds-link" href="${reportPath(name)}/proofs.json" download>${t('figures.download.proofs')}</a></li>`
    }
</ul></div>
${withheldNote(context, report)}
${figuresBody(context, report, view.draw)}
${proof(context, view)}</div>`,
  });
}

/** What is withheld and why; the same words stand in a preview. */
export const withheldNote = (context: PageContext, told: Told): Html => {
  const { t, language } = context;
  return html`<section class="figures-note" aria-labelledby="s-withheld"><h2 id="s-withheld">${t('figures.withheld.title')}</h2>
<p>${t('figures.withheld.text', { most: sayNumber(told.threshold - 1, language), ...withheldIn(context, told) })}</p>
<p>${t('figures.withheld.sealed', { least: sayNumber(told.threshold, language) })}</p></section>`;
};

function periodList(context: PageContext, periods: readonly string[], shown: string): Html | false {
  const { t } = context;
  return (
    periods.length > 1 &&
    html`<nav class="figures-periods no-print" aria-label="${t('figures.periods')}"><ul>${periods.map(
      (one) => html`
<li><a class="ds-link" href="${reportPath(one)}"${one === shown && html` aria-current="page"`}>${periodText(context, one)}</a></li>`,
    )}
</ul></nav>`
  );
}

function proof({ t }: PageContext, { report, index, origin }: ReportView): Html {
  const { name } = report.period;
  return html`
<section class="figures-section" aria-labelledby="s-proof"><h2 id="s-proof">${t('figures.proof.title')}</h2>
<p>${index === null ? t('figures.proof.waiting') : t.rich('figures.proof.entry', { index: bdi(String(index)) })}</p>
<p>${t('figures.proof.text')}</p>
<pre class="command" dir="ltr" tabindex="0"><code>curl -sO ${origin}${reportPath(name)}.json
node verify/command.ts report ${name}.json</code></pre>
<p>${t('figures.proof.oversight')}</p></section>`;
}
