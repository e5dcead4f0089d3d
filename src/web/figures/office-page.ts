// /office/figures: which periods can be published, below which number figures are withheld, and for each period what its report
// would say, with the one button that proposes or publishes it.

import type { Share } from '../../app/reporting/publish.ts';
import type { Choice, Preview } from '../../app/reporting/publish.ts';
import { formKey } from '../casework/answers.ts';
import type { Desk } from '../casework/context.ts';
import { when } from '../casework/moments.ts';
import { errorSummary, type FieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { localeOf } from '../messages.ts';
import { reportPath, withheldNote } from './page.ts';
import { figuresBody } from './sheets.ts';
import { thresholdSection, type ThresholdView } from './threshold.ts';
import { periodText, withheldIn } from './view.ts';

export const OFFICE_FIGURES = '/office/figures';

export type ChoicesView = {
  readonly choices: readonly Choice[];
  /** Whether the report of a period is being made. */
  readonly isMade: (period: string) => boolean;
  readonly threshold: ThresholdView;
  readonly errors: readonly FieldError[];
};

export function choicesPage(desk: Desk, { choices, isMade, threshold, errors }: ChoicesView): Html {
  const { page: context } = desk;
  const { t } = context;
  const columns = ['period', 'state'].map((one) => t(`figures.office.${one}`));
  return page({
    context,
    title: t('figures.office.title'),
    hasErrors: errors.length > 0,
    main: html`${errorSummary(context, errors)}<h1>${t('figures.office.title')}</h1>
<p class="lead">${t('figures.office.lead')}</p>
${
  choices.length === 0
    ? html`<p class="note">${t('figures.office.none')}</p>`
    : html`<table class="ds-table figures-table choices-table" role="table"><thead role="rowgroup"><tr role="row">${columns.map((one) => html`<th scope="col" role="columnheader">${one}</th>`)}</tr></thead>
<tbody role="rowgroup">${choices.map(({ period, published, proposed }) => {
        const said = periodText(context, period.name);
        const [path, key] = published
          ? [reportPath(period.name), 'read']
          : [`${OFFICE_FIGURES}/${period.name}`, 'look'];
        const state = published
          ? 'published'
          : isMade(period.name)
            ? 'making'
            : proposed === undefined
              ? 'open'
              : proposed.by === desk.actor.id
                ? 'proposed'
                : 'yours';
        return html`
<tr role="row"><th scope="row" role="rowheader">${said}</th><td role="cell" data-label="${columns[1] ?? ''}">${t(`figures.office.${state}`)} · <a class="ds-link" href="${path}">${t(`figures.office.${key}`)}<span class="ds-sr-only">: ${said}</span></a></td></tr>`;
      })}
</tbody></table>`
}
${thresholdSection(desk, threshold, errors)}`,
  });
}

/** Seconds between two looks of a reader without script. */
const LOOK_AGAIN = 3;

/** While the report is being made. */
export function makingPage({ page: context }: Desk, period: string, share: Share): Html {
  const { t } = context;
  const title = t('figures.making', { period: periodText(context, period) });
  const { says, share: done } = sayShare(context, share);
  const here = `${OFFICE_FIGURES}/${period}`;
  return page({
    context,
    title,
    scripts: ['live'],
    refreshAfter: LOOK_AGAIN,
    main: html`<div class="figures"><p class="cite no-print"><a class="ds-link" href="${OFFICE_FIGURES}">${t('figures.office.back')}</a></p>
<h1>${title}</h1>
<p class="lead">${t('figures.making.lead')}</p>
<p>${says}</p><progress data-live max="1" value="${done}" aria-label="${title}"></progress>
<div class="changed no-print" role="status" data-events="${here}/events"><template><p>${t('figures.making.over')} <a class="ds-link" href="${here}">${t('figures.making.see')}</a></p></template></div></div>`,
  });
}

/** How far it is, from 0 to 1, and in words. */
export function sayShare({ t, language }: PageContext, { done, total }: Share) {
  const share = total === 0 ? 0 : Math.floor((100 * done) / total) / 100;
  const percent = new Intl.NumberFormat(localeOf(language), { style: 'percent' }).format(share);
  return { share, says: t(`figures.making.${total === 0 ? 'counting' : 'proving'}`, { share: percent }) };
}

export type PreviewView = {
  readonly period: string;
  readonly seen: Preview | undefined;
  /** Who proposed it. */
  readonly proposer: string;
  readonly errors: readonly FieldError[];
};

export function previewPage(desk: Desk, { period, seen, proposer, errors }: PreviewView): Html {
  const { page: context } = desk;
  const { t } = context;
  const told = seen?.shown;
  const title = t('figures.office.preview', { period: periodText(context, period) });
  const received = told?.figures.find(({ of, at }) => of === 'received' && Object.keys(at).length === 0);
  return page({
    context,
    title,
    hasErrors: errors.length > 0,
    main: html`<div class="figures"><p class="cite no-print"><a class="ds-link" href="${OFFICE_FIGURES}">${t('figures.office.back')}</a></p>
${errorSummary(context, errors)}<h1>${title}</h1>
${
  seen !== undefined &&
  told !== undefined &&
  html`<p class="lead">${t('figures.office.preview.text', withheldIn(context, told))}</p>
${received?.n === null && html`<p class="note">${t('figures.office.preview.small')}</p>`}
${nextStep(desk, seen, proposer)}
${withheldNote(context, told)}
${figuresBody(context, told)}`
}</div>`,
  });
}

/** What the reader can do with the report as it is: propose it, wait for somebody else, or publish what somebody else proposed. */
function nextStep(desk: Desk, { period, hash, proposed }: Preview, proposer: string): Html {
  const { t } = desk.page;
  const stands = proposed?.what === hash;
  const said = proposed && { name: bdi(proposer), when: when(desk, proposed.at) };
  if (said && stands && proposed.by === desk.actor.id)
    return html`<p class="note">${t.rich('figures.office.waits', { when: said.when })}</p>`;
  const act = stands ? 'publish' : 'propose';
  return html`${said && html`<p class="note">${t.rich(`figures.office.${stands ? 'proposedBy' : 'outdated'}`, said)}</p>`}
<form method="post" action="${OFFICE_FIGURES}/${period.name}" class="no-print">${formKey(desk)}<input type="hidden" name="read" value="${hash}">
<p>${t(`figures.office.${act}.text`)}</p>
<button class="ds-button" type="submit" name="do" value="${act}">${t(`figures.office.${act}`)}</button></form>`;
}
