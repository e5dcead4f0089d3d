// The part of /office/figures that says below which number figures are withheld: what holds, what is proposed and by whom, and the next step.

import type { ThresholdNow } from '../../app/reporting/threshold.ts';
import { LARGEST_THRESHOLD, SMALLEST_THRESHOLD } from '../../domain/reporting/proposal.ts';
import { formKey } from '../casework/answers.ts';
import type { Desk } from '../casework/context.ts';
import { when } from '../casework/moments.ts';
import type { FieldError } from '../components/error-summary.ts';
import { bdi, type Html, html } from '../html.ts';
import { inputField } from '../people/fields.ts';

export const THRESHOLD = '/office/figures/threshold';

export type ThresholdView = {
  readonly now: ThresholdNow;
  /** Who proposed another one. */
  readonly proposer: string;
  /** What was typed, where it was refused. */
  readonly typed: string;
};

export function thresholdSection(desk: Desk, view: ThresholdView, errors: readonly FieldError[]): Html {
  const { page: context } = desk;
  const { t } = context;
  const limits = { least: SMALLEST_THRESHOLD, most: LARGEST_THRESHOLD };
  const help = t('figures.threshold.number.help', limits);
  return html`<section class="figures-section" aria-labelledby="threshold-title"><h2 id="threshold-title">${t('figures.threshold.title')}</h2>
<p>${t('figures.threshold.holds', { holds: view.now.holds })}</p>
<p>${t('figures.threshold.two')}</p>
${proposal(desk, view)}
<form method="post" action="${THRESHOLD}" class="no-print" novalidate autocomplete="off">${formKey(desk)}
${inputField(context, { id: 'threshold', value: view.typed, numeric: true, label: t('figures.threshold.number'), help }, errors)}
<button class="ds-button" data-variant="secondary" type="submit" name="do" value="propose">${t('figures.threshold.propose')}</button></form></section>`;
}

/** What is proposed. Whoever proposed it can take it back; anybody else confirms it, or leaves what holds. */
function proposal(desk: Desk, { now: { holds, proposed }, proposer }: ThresholdView): Html | false {
  if (proposed === undefined) return false;
  const { t } = desk.page;
  const { what } = proposed;
  const own = proposed.by === desk.actor.id;
  const said = { name: bdi(proposer), what, when: when(desk, proposed.at) };
  const form = (threshold: number, act: 'confirm' | 'propose', button: Html): Html =>
    html`<form method="post" action="${THRESHOLD}">${formKey(desk)}<input type="hidden" name="threshold" value="${threshold}">
<button class="ds-button"${act === 'propose' && html` data-variant="secondary"`} type="submit" name="do" value="${act}">${button}</button></form>`;
  return html`<p class="note">${t.rich(`figures.threshold.${own ? 'waits' : 'proposed'}`, said)}</p>
${!own && html`<p>${t('figures.threshold.confirm.text', { what })}</p>`}
<div class="buttons no-print">${!own && form(what, 'confirm', html`${t('figures.threshold.confirm', { what })}`)}
${form(holds, 'propose', html`${t(`figures.threshold.${own ? 'back' : 'leave'}`, { holds })}`)}</div>`;
}
