// /office/figures: which periods can be published, what a report would say, and the one button that publishes it.

import type { Choice } from '../../app/reporting/publish.ts';
import { formKey } from '../casework/answers.ts';
import type { Desk } from '../casework/context.ts';
import { errorSummary, type FieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { type Html, html } from '../html.ts';
import { reportPath, withheldNote } from './page.ts';
import { figuresBody } from './sheets.ts';
import { periodText, type Told, withheldIn } from './view.ts';

export const OFFICE_FIGURES = '/office/figures';

export function choicesPage(desk: Desk, choices: readonly Choice[]): Html {
  const { page: context } = desk;
  const { t } = context;
  const columns = ['period', 'state'].map((one) => t(`figures.office.${one}`));
  return page({
    context,
    title: t('figures.office.title'),
    main: html`<h1>${t('figures.office.title')}</h1>
<p class="lead">${t('figures.office.lead')}</p>
${
  choices.length === 0
    ? html`<p class="note">${t('figures.office.none')}</p>`
    : html`<table class="ds-table figures-table choices-table" role="table"><thead role="rowgroup"><tr role="row">${columns.map((one) => html`<th scope="col" role="columnheader">${one}</th>`)}</tr></thead>
<tbody role="rowgroup">${choices.map(({ period, published }) => {
        const said = periodText(context, period.name);
        const [path, key] = published
          ? [reportPath(period.name), 'read']
          : [`${OFFICE_FIGURES}/${period.name}`, 'look'];
        return html`
<tr role="row"><th scope="row" role="rowheader">${said}</th><td role="cell" data-label="${columns[1] ?? ''}">${t(`figures.office.${published ? 'published' : 'open'}`)} · <a class="ds-link" href="${path}">${t(`figures.office.${key}`)}<span class="ds-sr-only">: ${said}</span></a></td></tr>`;
      })}
</tbody></table>`
}`,
  });
}

export function previewPage(desk: Desk, period: string, told: Told | undefined, errors: readonly FieldError[]): Html {
  const { page: context } = desk;
  const { t } = context;
  const title = t('figures.office.preview', { period: periodText(context, period) });
  const received = told?.figures.find(({ of, at }) => of === 'received' && Object.keys(at).length === 0);
  return page({
    context,
    title,
    hasErrors: errors.length > 0,
    main: html`<div class="figures"><p class="cite no-print"><a class="ds-link" href="${OFFICE_FIGURES}">${t('figures.office.back')}</a></p>
${errorSummary(context, errors)}<h1>${title}</h1>
${
  told !== undefined &&
  html`<p class="lead">${t('figures.office.preview.text', withheldIn(context, told))}</p>
${received?.n === null && html`<p class="note">${t('figures.office.preview.small')}</p>`}
<form method="post" action="${OFFICE_FIGURES}/${period}" class="no-print">${formKey(desk)}<p>${t('figures.office.publish.text')}</p>
<button class="ds-button" type="submit">${t('figures.office.publish')}</button></form>
${withheldNote(context, told)}
${figuresBody(context, told)}`
}</div>`,
  });
}
