// Beside the form: its parts by name with how far each is, and what is still missing on this one.

import type { StepProgress, StepState } from '../../app/casework/drafts.ts';
import type { Missing } from '../../domain/requests/completeness.ts';
import type { LawContext } from '../context.ts';
import { type Fragment, type Html, html } from '../html.ts';
import { type FormDesk, formPath, summaryPath } from './form-desk.ts';
import { idOf, nameMissing } from './words.ts';
import { nameOf } from '../../app/casework/drafts.ts';

/** The parts and what is missing; `here` is the part on this page. Scripts put a new one in its place while somebody types. */
export function progress(desk: FormDesk, pages: readonly StepProgress[], here?: string): Html {
  const { t } = desk.page;
  const current = pages.find(({ step }) => step === here);
  return html`<div id="progress" data-live>
${current && missingHere(desk, current)}
<nav class="form-steps" id="steps" aria-label="${t('intake.steps')}"><h2>${t('intake.steps')}</h2>
<ol>${pages.map(
    (one) => html`
<li data-state="${one.state}"><a href="${formPath(desk, one.step)}"${one.step === here && html` aria-current="step"`}>${t(`request.step.${one.step}`)}</a> ${stateTag(desk.page, one.state, one.missing)}</li>`,
  )}
<li class="form-end"><a href="${summaryPath(desk)}"${here === 'summary' && html` aria-current="step"`}>${t(`intake.end.${desk.draft.purpose}`)}</a></li>
</ol></nav></div>`;
}

function missingHere(desk: FormDesk, { missing }: StepProgress): Html {
  const { t } = desk.page;
  return html`<section class="missing" aria-labelledby="missing-title"><h2 id="missing-title">${t('intake.missing.here', { count: missing.length })}</h2>
${missing.length > 0 && missingList(desk, missing, '')}</section>`;
}

/** What is missing as links to where it can be mended: on this page, or on the page of its part. */
export function missingList(desk: FormDesk, missing: readonly Missing[], page: string): Html {
  return html`<ul class="missing-list">${missing.map(
    (one) => html`
<li data-weight="${one.weight}"><a class="ds-link" href="${page}#${idOf(nameOf(one.pointer))}">${nameMissing(desk.page, one)}</a>${weightNote(desk.page, one)}</li>`,
  )}</ul>`;
}

/** Said only of what is not compulsory: everything else must be there. */
export const weightNote = ({ t }: Pick<LawContext, 't'>, { weight }: Missing): Fragment =>
  weight === 'should' && html` <span class="cite">${t('request.weight.should')}</span>`;

/** The shape repeats the word beside it. */
const SHAPES: { readonly [S in StepState]: string } = {
  done: '✓',
  missing: '!',
  unread: '!',
  'to-do': '○',
  optional: '·',
};

export function stateTag({ t }: Pick<LawContext, 't'>, state: StepState, missing: readonly Missing[] = []): Html {
  const count = missing.filter(({ weight }) => weight === 'must').length;
  return html`<span class="step-state" data-state="${state}"><span aria-hidden="true">${SHAPES[state]}</span> ${t(`intake.state.${state}`, { count })}</span>`;
}
