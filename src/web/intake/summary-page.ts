// The last page of a form: everything that was said, what is missing, what is like it, and the one act that hands it in.

import { isOpen, type StepProgress } from '../../app/casework/drafts.ts';
import type { Draft } from '../../app/casework/ports.ts';
import type { Alike } from '../../app/casework/front-desk.ts';
import { formKey } from '../casework/answers.ts';
import type { Desk } from '../casework/context.ts';
import { at } from '../casework/moments.ts';
import { errorSummary, type FieldError, fieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { stateText } from '../check/words.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { answersOf } from './answers-view.ts';
import { documentsOfDraft } from './documents-view.ts';
import { type FormDesk, formLine, formPath, summaryPath } from './form-desk.ts';
import { missingList, progress, stateTag } from './progress.ts';
import { measureText } from './words.ts';

export type SummaryParts = {
  readonly desk: FormDesk;
  readonly pages: readonly StepProgress[];
  readonly alike: readonly Alike[];
  readonly errors: readonly FieldError[];
  /** The reason typed for a correction. */
  readonly reason?: string;
  /** Whether the case has newer words than the ones this change was made from. */
  readonly overtaken?: boolean;
};

export function summaryPage({ desk, pages, alike, errors, reason = '', overtaken = false }: SummaryParts): Html {
  const { page: context, draft } = desk;
  const { t } = context;
  const title = t(`intake.end.${draft.purpose}`);
  const missing = pages.flatMap((one) => one.missing);
  const editable = isOpen(draft);
  return page({
    context,
    title,
    hasErrors: errors.length > 0,
    main: html`<p class="cite crumbs">${formLine(desk)}</p>
<h1>${title}</h1>
${errorSummary(context, errors)}
<p class="lead">${t(`intake.lead.${editable ? draft.purpose : 'file'}`)}</p>
<div class="two-parts"><div>
${alikeSection(desk, alike)}
${draft.documents.length > 0 && html`<section class="said-part"><h2>${t('intake.documents')}</h2>${documentsOfDraft(desk)}</section>`}
${pages.map((one) => part(desk, one, editable))}
${handIn({ desk, pages, alike, errors, reason, overtaken })}
</div>
<aside class="beside" aria-label="${t('intake.beside')}">
<section class="missing" aria-labelledby="missing-title"><h2 id="missing-title">${t('intake.missing.title', { count: missing.length })}</h2>
${missing.length === 0 && html`<p>${t('intake.missing.none')}</p>`}
${pages
  .filter((one) => one.missing.length > 0)
  .map(
    (one) =>
      html`<h3>${t(`request.step.${one.step}`)}</h3>${missingList(desk, one.missing, editable ? formPath(desk, one.step) : '')}`,
  )}</section>
${editable && progress(desk, pages, 'summary')}</aside></div>`,
  });
}

function part(desk: FormDesk, one: StepProgress, editable: boolean): Html {
  const { t } = desk.page;
  const name = t(`request.step.${one.step}`);
  return html`<section class="said-part" aria-labelledby="said-${one.step}"><div class="said-head"><h2 id="said-${one.step}">${name}</h2>${stateTag(desk.page, one.state, one.missing)}
${editable && html`<a class="ds-link no-print" href="${formPath(desk, one.step)}">${t('intake.change')}<span class="ds-sr-only"> ${name}</span></a>`}</div>
${answersOf(desk.page, one.fields, name)}</section>`;
}

/** Requests with something in common, before one more is opened. */
function alikeSection(desk: FormDesk, alike: readonly Alike[]): Fragment {
  const { t } = desk.page;
  return (
    alike.length > 0 &&
    html`<section class="note alike" aria-labelledby="alike-title"><h2 id="alike-title">${t('intake.alike.title', { count: alike.length })}</h2>
<p>${t('intake.alike.before')}</p>${alikeList(desk, alike)}</section>`
  );
}

/** `more` adds to each what can be done with it. */
export const alikeList = (
  desk: Pick<FormDesk, 'page' | 'work'>,
  alike: readonly Alike[],
  more: (one: Alike) => Fragment = () => null,
): Html =>
  html`<ul class="alike-list">${alike.map(
    (one) =>
      html`<li><p><a class="ds-link" href="/requests/${one.reference}">${bdi(one.reference)}</a> <b>${desk.page.t(`intake.tie.${one.tie}`)}</b></p>
<p class="cite">${desk.page.t.rich('intake.alike.what', { measure: measureText(desk.page, one.measure), state: bdi(stateText(one.requestingState, desk.page.language)), when: at(desk, one.receivedAt) })}</p>${more(one)}</li>`,
  )}</ul>`;

function handIn({ desk, errors, reason = '', overtaken = false }: SummaryParts): Html {
  const { page: context, draft } = desk;
  const { t } = context;
  const key = formKey(desk, draft.version);
  // A change that says nothing is none; its first answer or file keeps it.
  if (draft.version === 0)
    return html`<p class="note">${t(`intake.nothingYet.${draft.purpose}`)}</p>${draft.purpose === 'supplement' && addDocument(desk)}`;
  return html`${
    overtaken &&
    html`<div class="note"><p>${t('intake.overtaken')}</p>
<form method="post" action="${formPath(desk)}">${key}<button class="ds-button" data-variant="secondary" type="submit" name="do" value="rebase">${t('intake.rebase')}</button></form></div>`
  }
${draft.purpose === 'supplement' && addDocument(desk)}
<form method="post" action="${summaryPath(desk)}" class="hand-in no-print">${key}
${draft.purpose === 'amend' && reasonField(desk, errors, reason)}
<div class="buttons"><button class="ds-button" type="submit" name="do" value="hand-in">${t(`intake.handIn.${draft.purpose}`)}</button>
<a class="ds-link" href="${formPath(desk, 'discard')}">${t('intake.discard')}</a></div></form>`;
}

function reasonField({ page: context }: FormDesk, errors: readonly FieldError[], reason: string): Html {
  const { t } = context;
  const wrong = errors.some((error) => error.field === 'reason');
  return html`<div class="field"><label for="reason">${t('intake.reason.amend')}</label><p class="help" id="reason-help">${t('intake.reason.amendHelp')}</p>
${fieldError(context, 'reason', errors)}<textarea class="ds-input" id="reason" name="reason" rows="3" dir="auto" aria-describedby="reason-help${wrong && ' reason-error'}"${wrong && html` aria-invalid="true"`}>${reason}</textarea></div>`;
}

/** What came with a supplement, kept as it came. */
function addDocument(desk: FormDesk): Html {
  const { t } = desk.page;
  return html`<form method="post" action="${formPath(desk, 'file')}" enctype="multipart/form-data" class="said-part no-print">${formKey(desk, desk.draft.version)}
<div class="field"><label for="file">${t('intake.supplement.file')}</label><p class="help" id="file-help">${t('intake.upload.help')}</p>
<input class="file-input" type="file" id="file" name="file" aria-describedby="file-help"></div>
<button class="ds-button" data-variant="secondary" type="submit">${t('intake.supplement.add')}</button></form>`;
}

/** Asked once more, since what is discarded cannot be had back. */
export function discardPage(desk: Desk, draft: Draft, path: string, back: string): Html {
  const { page: context } = desk;
  const { t } = context;
  return page({
    context,
    title: t('intake.discard.title'),
    main: html`<h1>${t('intake.discard.title')}</h1>
<p class="lead">${t('intake.discard.text')}</p>
<form method="post" action="${path}">${formKey(desk, draft.version)}
<div class="buttons"><button class="ds-button" data-color="danger" type="submit">${t('intake.discard.do')}</button>
<a class="ds-link" href="${back}">${t('intake.notNow')}</a></div></form>`,
  });
}
