// Beside a decision: what the assessment says for and against it, and the consultations that were held.

import { joined } from '../components/joined.ts';
import { adviceOn } from '../../app/casework/deciding.ts';
import { assessmentOf } from '../../app/casework/assessing.ts';
import { seenBy } from '../../app/casework/blinding.ts';
import { type Day, parseDay } from '../../kernel/calendar.ts';
import { grouped } from '../check/groups.ts';
import { formKey } from '../casework/answers.ts';
import { casePath } from '../casework/tabs.ts';
import { can, type CaseDesk } from '../casework/context.ts';
import { sayAt } from '../casework/moments.ts';
import { citeLink } from '../components/cite.ts';
import { fieldError, type FieldError } from '../components/error-summary.ts';
import { outcomeTag, shape, type Tone } from '../components/outcome.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';

/** The advice in short: the outcome, what stops or may stop it, what may be no ground for refusal. */
export function assessmentSays(desk: CaseDesk): Fragment {
  const { t } = desk.page;
  const found = assessmentOf(desk.work, seenBy(desk.file, desk.actor), desk.page.language);
  if (!found) return null;
  const { assessment } = found.assessed;
  const groups = grouped(assessment.findings);
  const list = (tone: Tone, rows: readonly { readonly id: string; readonly text: string }[]): Fragment =>
    rows.length > 0 &&
    html`<ul class="says">${rows.map(({ id, text }) => html`<li data-tone="${tone}">${shape(tone)}<span>${text} <span class="cite">${citeLink(desk.page, id)}</span></span></li>`)}</ul>`;
  const titles = (name: 'stops' | 'may-stop' | 'conditions') =>
    groups[name].map(({ provision, title }) => ({ id: provision, text: title }));
  return html`<section class="clock" aria-labelledby="says"><h2 class="aside-title" id="says">${t('decision.assessmentSays')}</h2>
<p>${outcomeTag(desk.page, assessment.outcome)}</p>
${list('stop', titles('stops'))}${list('maybe', titles('may-stop'))}${list('conditions', titles('conditions'))}
${
  assessment.barsToRefusal.length > 0 &&
  html`<p class="cite">${t('check.follows.bars')}</p>${list(
    'go',
    assessment.barsToRefusal.map(({ provision, what }) => ({ id: provision, text: what })),
  )}`
}
<p><a class="ds-link" href="${casePath(desk.file.reference, 'assessment')}">${t('decision.toAssessment')}</a></p></section>`;
}

/** Whether the law wants the other side consulted before a refusal, and nobody has yet. */
export const mustConsult = ({ work, file }: CaseDesk): boolean =>
  file.decisions.consultations.length === 0 && adviceOn(work, file)?.consultFirst === true;

/** Consultations on record, and the form for one more: open where one is `wanted` before anything else. */
export function consultationPart(
  desk: CaseDesk,
  wanted: boolean,
  errors: readonly FieldError[],
  typed = { with: '', on: '', result: '' },
): Fragment {
  const { t } = desk.page;
  const { consultations } = desk.file.decisions;
  const may = can(desk, 'decision.consult');
  const wrong = errors.some(({ field }) => field === 'consultation');
  if (consultations.length === 0 && !may) return null;
  return html`<section id="consultations"><h2>${t('decision.consultations')}</h2>
${consultations.length > 0 && html`<ul class="history">${consultations.map((one) => html`<li><p>${joined(desk.page, html`<b>${bdi(one.with)}</b>`, dayText(desk, one.on))}</p><p class="lines" dir="auto">${one.result}</p><p class="cite">${t.rich('decision.recordedBy', { name: bdi(desk.nameOf(one.by)) })}</p></li>`)}</ul>`}
${wanted && html`<p class="note">${t('decision.consultFirst')}</p>`}
${
  may &&
  html`<details class="fold case-fold no-print" id="consultation"${(wanted || wrong) && html` open`}><summary>${t('decision.recordConsultation')}</summary>
${fieldError(desk.page, 'consultation', errors)}
<form method="post" action="${casePath(desk.file.reference, 'decision')}" novalidate autocomplete="off">${formKey(desk, desk.file.version)}
<div class="field"><label for="with">${t('decision.consult.with')}</label><input class="ds-input" id="with" name="with" value="${typed.with}"></div>
<div class="field"><label for="on">${t('decision.consult.on')}</label><input class="ds-input date" type="date" id="on" name="on" value="${typed.on}"></div>
<div class="field"><label for="result">${t('decision.consult.result')}</label><textarea class="ds-input" id="result" name="result" rows="3" dir="auto">${typed.result}</textarea></div>
<div class="buttons"><button class="ds-button"${!wanted && html` data-variant="secondary"`} type="submit" name="do" value="consult">${t('decision.consult.record')}</button></div></form></details>`
}</section>`;
}

function dayText(desk: CaseDesk, on: string): Html {
  const day = parseDay(on);
  return day.ok ? html`<time datetime="${on}">${sayAt(desk, day.value as Day)}</time>` : bdi(on);
}
