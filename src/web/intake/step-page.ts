// One part of the form on a page: its questions, what is wrong with the answers, and the parts beside it.

import type { StepProgress } from '../../app/casework/drafts.ts';
import { formKey } from '../casework/answers.ts';
import { type FieldError, errorSummary } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { type Fragment, type Html, html } from '../html.ts';
import { controls, languageList } from './controls.ts';
import { documentsOfDraft } from './documents-view.ts';
import { type FormDesk, formLine, formPath } from './form-desk.ts';
import { progress } from './progress.ts';

export type StepPageParts = {
  readonly desk: FormDesk;
  readonly pages: readonly StepProgress[];
  readonly step: string;
  readonly errors: readonly FieldError[];
  /** Said above the questions: that more are asked now, that another window was first. */
  readonly note?: string | undefined;
};

/** What the Enter key does: the first button of a form is pressed, wherever it stands. */
const defaultButton = html`<button class="ds-sr-only" type="submit" name="do" value="next" tabindex="-1" aria-hidden="true"></button>`;

export function stepPage({ desk, pages, step, errors, note }: StepPageParts): Html {
  const { page: context, draft } = desk;
  const { t } = context;
  const title = t(`request.step.${step}`);
  const fields = pages.find((one) => one.step === step)?.fields ?? [];
  return page({
    context,
    title,
    hasErrors: errors.length > 0,
    scripts: ['intake'],
    main: html`<p class="cite crumbs">${formLine(desk)}</p>
<h1>${title}</h1>
${errorSummary(context, errors)}
${note !== undefined && html`<div class="note" role="status"><p>${note}</p></div>`}
<div class="two-parts"><div>
<p class="to-steps no-print"><a class="ds-link" href="#steps">${t('intake.toSteps')}</a></p>
<form id="form" class="request-form" method="post" action="${formPath(desk, step)}" novalidate autocomplete="off" data-progress="${formPath(desk, step)}/progress">
${formKey(desk, draft.version)}${defaultButton}
${controls({ context, errors }, fields)}
${languageList(context)}
<div class="buttons"><button class="ds-button" type="submit" name="do" value="next">${t('intake.next')}</button>
<button class="as-link" type="submit" name="do" value="stop">${t('intake.stop')}</button></div>
</form></div>
<aside class="beside" aria-label="${t('intake.beside')}">${letterBeside(desk)}${progress(desk, pages, step)}</aside></div>`,
  });
}

/** While a letter is keyed in, the letter is at hand. */
const letterBeside = (desk: FormDesk): Fragment =>
  desk.draft.documents.length > 0 &&
  html`<section class="letter-beside"><h2>${desk.page.t('intake.letter.beside')}</h2>${documentsOfDraft(desk)}</section>`;
