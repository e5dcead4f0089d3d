// One question to one person: what is asked, where each answer leads, room for reasons; others' answers only after one's own.

import { actionFor, assessmentOf, judgementOf, knownFacts } from '../../app/casework/assessing.ts';
import { seenBy } from '../../app/casework/blinding.ts';
import { say } from '../../kernel/language.ts';
import type { FactSpec } from '../../law/rule-set.ts';
import { type Draft, draftOf } from '../check/form.ts';
import { answersLead } from '../check/what-if.ts';
import { formKey } from '../casework/answers.ts';
import { casePage } from '../casework/case-page.ts';
import { casePath } from '../casework/tabs.ts';
import { can, type CaseDesk } from '../casework/context.ts';
import { citeLink } from '../components/cite.ts';
import { fieldError, type FieldError } from '../components/error-summary.ts';
import { outcomeTag } from '../components/outcome.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { FACT_FIELD, factInput } from './fact-input.ts';
import { answerInFull } from './judgement.ts';
import { originText } from './known.ts';
import { questionPath } from './paths.ts';

export type Asked = {
  readonly spec: FactSpec;
  readonly errors: readonly FieldError[];
  /** What was typed; undefined where the page is opened. */
  readonly typed?: { readonly draft: Draft; readonly reasons: string };
};

export function questionPage(desk: CaseDesk, { spec, errors, typed }: Asked): Html {
  const { page, file, actor } = desk;
  const { t, language } = page;
  const { mine, others, differ, hidden } = judgementOf(file, spec.id, actor);
  const stated = file.assessment.stated[spec.id];
  const saysSo = stated?.from.startsWith('/') === true && !spec.judgement;
  const draft = typed?.draft ?? draftOf(spec, spec.judgement ? mine?.value : saysSo ? null : stated?.value);
  const reasons = typed?.reasons ?? (spec.judgement ? mine?.reasons : stated?.basis) ?? '';
  const open = can(desk, actionFor(spec)) && !file.closed && !file.request.withdrawn && !saysSo;
  return casePage({
    desk,
    tab: 'assessment',
    title: say(spec.label, language),
    errors,
    main: html`<p class="cite no-print"><a class="ds-link" href="${casePath(file.reference, 'assessment')}">${t('assessment.back')}</a></p>
<h2 class="question-title" id="question">${say(spec.question, language)}</h2>
<p class="help" id="help">${say(spec.help, language)}</p>
${leads(desk, spec)}
${saysSo ? fromRequest(desk, spec) : null}
${open ? form(desk, { spec, draft, reasons, errors }) : !saysSo && html`<p class="note">${t(spec.judgement ? 'assessment.waitsForReviewers' : 'assessment.waitsForOfficers')}</p>`}
${differ && html`<p class="note" data-tone="maybe">${t(mine ? 'assessment.youDiffer' : 'assessment.theyDiffer')}</p>`}
${
  others.length > 0 &&
  html`<section class="others"><h3>${t('assessment.others')}</h3>${
    hidden
      ? html`<p>${t.rich('assessment.othersHidden', { names: html`${others.map(({ by }, i) => [i > 0 && ' · ', bdi(desk.nameOf(by))])}`, count: others.length })}</p>`
      : others.map((answer) => answerInFull(desk, spec, answer))
  }</section>`
}
${mine && html`<section class="others"><h3>${t('assessment.yours')}</h3>${answerInFull(desk, spec, mine)}</section>`}`,
  });
}

/** Where each answer leads, and which checks it settles. */
function leads(desk: CaseDesk, spec: FactSpec): Fragment {
  const { page, work, file } = desk;
  const { t } = page;
  const found = assessmentOf(work, seenBy(file, desk.actor), page.language);
  if (!found) return null;
  const { assessed } = found;
  const next = assessed.assessment.askNext.find(({ fact }) => fact === spec.id);
  // As the file stands: the policy of the case's office, not whichever the page was rendered with.
  const to = answersLead({ ...page, policy: work.law.policy }, assessed, spec.id);
  const decides = next?.decides ?? [];
  if (to.length === 0 && decides.length === 0 && (next?.couldReach.length ?? 0) === 0) return null;
  return html`<div class="leads"><h3>${t('assessment.leads')}</h3><ul>
${to.map(({ value, outcome }) => html`<li>${t.rich('check.leads', { answer: html`<strong>${t(`site.answer.${value}`)}</strong>`, outcome: outcomeTag(page, outcome) })}</li>`)}
${to.length === 0 && (next?.couldReach.length ?? 0) > 0 && html`<li>${t.rich('check.canReach', { outcomes: html`${next?.couldReach.map((one, i) => [i > 0 && ' · ', outcomeTag(page, one)])}` })}</li>`}
${decides.length > 0 && html`<li>${t.rich('check.settles', { count: decides.length, provisions: html`${decides.slice(0, 3).map((id, i) => [i > 0 && ' · ', citeLink(page, id)])}`, more: Math.max(0, decides.length - 3) })}</li>`}
<li>${t('assessment.unansweredLeads')}</li></ul></div>`;
}

function form(
  desk: CaseDesk,
  { spec, draft, reasons, errors }: Required<Pick<Asked, 'spec' | 'errors'>> & { draft: Draft; reasons: string },
): Html {
  const { page, file } = desk;
  const { t } = page;
  const kind = spec.judgement ? 'reasons' : 'source';
  const wrong = errors.some(({ field }) => field === 'reasons');
  return html`<form method="post" action="${questionPath(file.reference, spec.id)}" class="question-form no-print" novalidate autocomplete="off">${formKey(desk, file.version)}
<fieldset class="question" id="${FACT_FIELD}" tabindex="-1" aria-describedby="help"><legend>${t(spec.judgement ? 'assessment.yourAnswer' : 'assessment.whatIsSo')}</legend>
${factInput(page, spec, draft, errors, t('assessment.notYetChoice'))}</fieldset>
<div class="field"><label for="reasons">${t(`assessment.${kind}`)}</label><p class="help" id="reasons-help">${t(`assessment.${kind}Help`)}</p>
${fieldError(page, 'reasons', errors)}<textarea class="ds-input" id="reasons" name="reasons" rows="${spec.judgement ? 5 : 2}" dir="auto" aria-describedby="reasons-help${wrong && ' reasons-error'}"${wrong && html` aria-invalid="true"`}>${reasons}</textarea></div>
<div class="buttons"><button class="ds-button" type="submit" name="do" value="next">${t('assessment.answerAndGoOn')}</button>
<button class="ds-button" data-variant="secondary" type="submit" name="do" value="back">${t('assessment.answerAndBack')}</button></div>
<p class="cite">${t(spec.judgement ? 'assessment.signed' : 'assessment.statedNote')}</p></form>`;
}

function fromRequest(desk: CaseDesk, spec: FactSpec): Fragment {
  const { page, work, file } = desk;
  const found = assessmentOf(work, file, page.language);
  const known = found && knownFacts(work.law, file, found.assessed).find((one) => one.spec.id === spec.id);
  return known && html`<p class="note">${originText(desk, known)} ${page.t('assessment.fromRequestNote')}</p>`;
}
