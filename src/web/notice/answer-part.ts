// What the person can do: go to a court, complain or object here, and read what became of it.

import type { Complaint } from '../../app/casework/notifying.ts';
import { LONGEST_TEXT } from '../../app/notice/door.ts';
import { say } from '../../kernel/language.ts';
import { at, when } from '../casework/moments.ts';
import { fieldError } from '../components/error-summary.ts';
import { csrfField } from '../components/navigation.ts';
import { bdi, flag, type Html, html } from '../html.ts';
import type { StoryView } from './story-view.ts';

export const KINDS = ['complaint', 'objection'] as const;

export function answerPart(view: StoryView): Html {
  const { t, language } = view.page;
  const { remedies, complaints } = view.story;
  return html`<section id="do" aria-labelledby="todo"><h2 id="todo">${t('notice.todo.title')}</h2>
<p>${t('notice.todo.nothing')}</p>
<h3>${t('notice.remedy.title')}</h3>
${remedies.length === 0 && html`<p>${t('notice.remedy.none')}</p>`}${remedies.map(
  ({
    body,
    how,
    until,
    law,
  }) => html`<div class="story-remedy"><p><b>${say(body, language)}</b></p><p>${say(how, language)}</p>
${until !== null && html`<p>${t.rich('notice.remedy.until', { day: when(view, until) })}</p>`}<p class="cite">${bdi(law)}</p></div>`,
)}
<h3>${t('notice.answer.title')}</h3>
${complaints.length > 0 && html`<ul class="story-complaints">${complaints.map((one) => complaintItem(view, one))}</ul>`}
${form(view)}</section>`;
}

function form({ page: context, code, typed, errors }: StoryView): Html {
  const { t } = context;
  const wrong = errors.some(({ field }) => field === 'text');
  return html`<form method="post" action="/notice" id="answer" class="story-form no-print" novalidate autocomplete="off">${csrfField(context.session)}<input type="hidden" name="code" value="${code}">
<p>${t('notice.answer.lead')}</p>
<fieldset class="story-kinds"><legend>${t('notice.answer.kind')}</legend>${KINDS.map(
    (kind) => html`
<label class="choice"><input type="radio" name="kind" value="${kind}"${flag('checked', typed.kind === kind)}> <span>${t(`notice.answer.${kind}`)}</span></label>`,
  )}</fieldset>
<div class="field"><label for="text">${t('notice.answer.text')}</label><p class="help" id="text-help">${t('notice.answer.help', { most: LONGEST_TEXT })}</p>${fieldError(context, 'text', errors)}
<textarea class="ds-input" id="text" name="text" rows="8" dir="auto" aria-describedby="text-help${wrong && ' text-error'}"${wrong && html` aria-invalid="true"`}>${typed.text}</textarea></div>
<p class="buttons"><button class="ds-button" type="submit" name="do" value="complain">${t('notice.answer.do')}</button></p></form>`;
}

function complaintItem(view: StoryView, one: Omit<Complaint, 'notice'>): Html {
  const { t } = view.page;
  const { answer, kind = 'complaint', receivedOn, acknowledgedOn, answerBy, remediedOn } = one;
  return html`
<li><p><b>${t(`notice.complaint.${kind}`)}</b> ${bdi(`${view.story.reference}/${one.no}`)}</p>
<p>${t.rich('notice.complaint.received', { on: at(view, receivedOn) })}${acknowledgedOn && html` ${t.rich('notice.complaint.acknowledged', { on: at(view, acknowledgedOn) })}`}</p>
<blockquote>${bdi(one.text)}</blockquote>
${
  answer
    ? html`<p>${t.rich('notice.complaint.answered', { on: at(view, answer.on) })} <b>${t(`secrecy.outcome.${answer.outcome}`)}</b></p><blockquote>${bdi(answer.text)}</blockquote>${
        answer.remedyBy !== null &&
        html`<p>${t.rich(remediedOn ? 'notice.complaint.remedied' : 'notice.complaint.remedy', { on: when(view, remediedOn ?? answer.remedyBy) })} <q>${bdi(answer.remedy)}</q></p>`
      }`
    : html`<p>${t.rich('notice.complaint.answerBy', { on: when(view, answerBy.on) })}</p>`
}</li>`;
}
