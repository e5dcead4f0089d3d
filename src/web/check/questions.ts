// The questions now on the page, the answers given so far, and the buttons below them.

import { say } from '../../kernel/language.ts';
import type { FactSpec } from '../../law/rule-set.ts';
import { citeLink } from '../components/cite.ts';
import { fieldError } from '../components/error-summary.ts';
import { outcomeTag } from '../components/outcome.ts';
import type { LawContext } from '../context.ts';
import { bdi, flag, type Fragment, type Html, html } from '../html.ts';
import { sayDay, sayNumber } from '../messages.ts';
import { BASICS, UNKNOWN, written } from './form.ts';
import type { AnswerView, Question } from './view.ts';
import { answersLead } from './what-if.ts';
import { valueText } from './words.ts';

/** The form of this page; buttons outside it name it. */
export const FORM = 'check-form';
/** Provisions named in "why this is asked". */
const NAMED = 3;
/** Up to so many answers are shown unfolded: more would push the questions off the page. */
const UNFOLDED = 6;

/** What the Enter key does: the first button that belongs to a form is pressed, wherever it stands. */
export const defaultButton = (): Html =>
  html`<button class="ds-sr-only" type="submit" form="${FORM}" name="do" value="next" tabindex="-1" aria-hidden="true"></button>`;

/** The request in one sentence, with the way to change it. */
export function requestLine(context: LawContext, { request, basics }: AnswerView): Html {
  const { t, language, book } = context;
  const measure = book.rules.measures.find((one) => one.id === request.measure);
  return html`<p class="request-line">${t.rich('check.request', {
    measure: html`<strong>${measure ? say(measure.title, language) : request.measure}</strong>`,
    requesting: bdi(basics.requestingState),
    requested: bdi(basics.requestedState),
    day: html`<time datetime="${request.receivedOn}">${sayDay(request.receivedOn, language)}</time>`,
  })} <button class="as-link no-print" type="submit" form="${FORM}" name="do" value="change-request" formnovalidate>${t('check.changeRequest')}</button></p>`;
}

/** Everything a person fills in while answering. */
export function questionsForm(context: LawContext, view: AnswerView): Html {
  const { t } = context;
  return html`<form id="${FORM}" method="post" action="/check" novalidate autocomplete="off">
${BASICS.map((name) => html`<input type="hidden" name="${name}" value="${view.basics[name]}">`)}
${Object.entries(view.kept).map(([fact, value]) => html`<input type="hidden" name="f.${fact}" value="${written(value)}">`)}
${view.changing !== null && html`<input type="hidden" name="changing" value="${view.changing}">`}
${answers(context, view)}
${reservations(context, view)}
<h2 id="questions" tabindex="-1">${view.questions.length === 0 ? t('check.noQuestions.title') : view.changing !== null ? t('check.questions.change') : t('check.questions.title')}</h2>
${view.questions.length === 0 && html`<p>${t('check.noQuestions.text')}</p>`}
${view.questions.map((question) => questionField(context, view, question))}
<div class="buttons no-print">
${view.questions.length > 0 && html`<button class="ds-button" type="submit" name="do" value="next">${t(view.left > 0 ? 'check.next' : 'check.finish')}</button>`}
<button class="ds-button"${view.questions.length > 0 && html` data-variant="secondary"`} type="submit" name="do" value="download">${t('check.download')}</button>
<button class="as-link" type="submit" name="do" value="again">${t('check.again')}</button>
</div>
${view.left > 0 && html`<p class="left">${t('check.left', { count: view.left })}</p>`}
</form>`;
}

/** What was answered, in the order of the catalogue, and what the register supplied. */
function answers(context: LawContext, { kept, assessed }: AnswerView): Fragment {
  const { t, language, book } = context;
  const rows = book.rules.facts.flatMap((spec) => {
    const supplied = Object.hasOwn(assessed.fromRegister, spec.id);
    if (!supplied && !Object.hasOwn(kept, spec.id)) return [];
    return [
      { spec, supplied, value: supplied ? (assessed.fromRegister[spec.id] as boolean) : (kept[spec.id] ?? null) },
    ];
  });
  if (rows.length === 0) return null;
  return html`<details class="answers" id="answers"${flag('open', rows.length <= UNFOLDED)}><summary>${t('check.answers.title')} <span class="count">${sayNumber(rows.length, language)}</span></summary>
<dl>${rows.map(
    ({ spec, supplied, value }) => html`
<div><dt>${say(spec.label, language)}</dt><dd>${valueText(context, spec, value)}${supplied && html` <span class="cite">${t('check.fromRegister')}</span>`}</dd>
<dd class="no-print"><button class="as-link" type="submit" name="do" value="change:${spec.id}" formnovalidate>${t('check.change')}<span class="ds-sr-only"> ${say(spec.label, language)}</span></button></dd></div>`,
  )}
</dl></details>`;
}

/** What the State of this office declared when it joined: a hint, for the person who answers. */
function reservations(context: LawContext, { request }: AnswerView): Fragment {
  const { t, policy, language, book } = context;
  const { profile } = policy;
  if (!profile || profile.state !== request.requestedState) return null;
  const concerned = profile.reservations.filter(
    ({ provision, since }) =>
      since <= request.receivedOn &&
      book.rules.provisions.some((one) => one.id === provision && Object.hasOwn(one.concerns, request.measure)),
  );
  return (
    concerned.length > 0 &&
    html`<div class="note"><h3>${t.rich('check.reservations', { state: bdi(profile.state) })}</h3>
<ul>${concerned.map(({ provision, text }) => html`<li>${say(text, language)} <span class="cite">${citeLink(context, provision)}</span></li>`)}</ul></div>`
  );
}

function questionField(context: LawContext, view: AnswerView, question: Question): Html {
  const { language } = context;
  const { spec } = question;
  const id = `q-${spec.id}`;
  const wrong = view.errors.some((error) => error.field === id || error.field === `n-${spec.id}`);
  return html`<fieldset class="question" id="${id}" tabindex="-1" data-fact="${spec.id}" aria-describedby="${id}-help${wrong && ` ${id}-error`}"${wrong && html` data-wrong`}>
<legend>${say(spec.question, language)}</legend>
<p class="help" id="${id}-help">${say(spec.help, language)}</p>
${fieldError(context, id, view.errors)}
${inputs(context, view, question)}
${why(context, view, question)}
</fieldset>`;
}

function inputs(context: LawContext, view: AnswerView, { spec, draft }: Question): Html {
  const { t, language } = context;
  const radio = (value: string, label: string): Html =>
    html`<label class="choice"><input type="radio" name="q.${spec.id}" value="${value}"${flag('checked', draft.choice === value)}> <span>${label}</span></label>`;
  switch (spec.type) {
    case 'boolean':
      return html`<div class="choices">${radio('true', t('site.answer.true'))}${radio('false', t('site.answer.false'))}${radio(UNKNOWN, t('site.answer.unknown'))}</div>`;
    case 'years':
      return yearsInput(context, view, spec, draft.number, radio);
    case 'choice':
      return html`<select class="ds-input" name="q.${spec.id}" aria-label="${say(spec.label, language)}">
<option value="${UNKNOWN}"${flag('selected', draft.choice === UNKNOWN)}>${t('site.answer.unknown')}</option>
${spec.choices.map((choice) => html`<option value="${choice.value}"${flag('selected', draft.choice === choice.value)}>${say(choice.label, language)}</option>`)}
</select>`;
    case 'date':
      return html`<input class="ds-input" type="date" name="q.${spec.id}" value="${draft.choice === UNKNOWN ? '' : draft.choice}" aria-label="${say(spec.label, language)}">`;
  }
}

/** A number of years, or for life, or not known. The number is text: a person may write it in the digits of their language. */
function yearsInput(
  context: LawContext,
  { errors }: AnswerView,
  spec: FactSpec,
  number: string,
  radio: (value: string, label: string) => Html,
): Html {
  const { t, language } = context;
  const field = `n-${spec.id}`;
  const wrong = errors.some((error) => error.field === field);
  return html`${fieldError(context, field, errors)}<div class="choices">
<span class="years">${radio('years', t('check.years.number'))}
<input class="ds-input years-number" id="${field}" name="n.${spec.id}" value="${number}" inputmode="decimal" size="5" aria-label="${t('check.years.field', { label: say(spec.label, language) })}"${wrong && html` aria-invalid="true" aria-describedby="${field}-error"`}></span>
${radio('life', t('check.years.life'))}${radio(UNKNOWN, t('site.answer.unknown'))}</div>`;
}

/** Why this is asked: where each answer leads, what one answer settles, and who may answer it. */
function why(context: LawContext, view: AnswerView, { spec, next }: Question): Html {
  const { t } = context;
  const leads = answersLead(context, view.assessed, spec.id);
  const decides = next?.decides ?? [];
  return html`<p class="why">${leads.map(({ value, outcome }) => html`${t.rich('check.leads', { answer: html`<strong>${t(`site.answer.${value}`)}</strong>`, outcome: outcomeTag(context, outcome) })} `)}
${leads.length === 0 && (next?.couldReach.length ?? 0) > 0 && html`${t.rich('check.canReach', { outcomes: html`${next?.couldReach.map((outcome, i) => [i > 0 && ' · ', outcomeTag(context, outcome)])}` })} `}
${decides.length > 0 && html`${t.rich('check.settles', { count: decides.length, provisions: html`${decides.slice(0, NAMED).map((id, i) => [i > 0 && ' · ', citeLink(context, id)])}`, more: Math.max(0, decides.length - NAMED) })} `}
${spec.judgement && html`<span class="judgement">${t('check.judgement')}</span>`}</p>`;
}
