// The whole of the page below its title: the same markup from the server and in the browser.

import { errorSummary } from '../components/error-summary.ts';
import type { LawContext } from '../context.ts';
import { type Html, html } from '../html.ts';
import { followUp, verdictCard } from './assessment.ts';
import { defaultButton, questionsForm, requestLine } from './questions.ts';
import { startForm } from './start.ts';
import type { View } from './view.ts';

/** Either the start, or the questions with the living assessment beside them. */
export function checkRegion(context: LawContext, view: View, examples: readonly string[]): Html {
  const { t } = context;
  if (view.stage === 'start') {
    return html`${errorSummary(context, view.errors)}
<p class="lead">${t('check.lead')}</p>
${startForm(context, view, examples)}`;
  }
  return html`${defaultButton()}${errorSummary(context, view.errors)}
${requestLine(context, view)}
<div class="check-grid">
<section class="card" id="verdict" tabindex="0" aria-label="${t('check.assessment')}">${verdictCard(context, view)}</section>
<div class="questions">${questionsForm(context, view)}</div>
<div class="follow" id="follow">${followUp(context, view)}</div>
</div>`;
}
