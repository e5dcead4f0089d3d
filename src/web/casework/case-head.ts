// The head of a case: its name, what comes next and whose turn it is, and what the request is about.

import { nextSeenBy } from '../../app/casework/blinding.ts';
import { latest } from '../../domain/assessment/assessment.ts';
import type { NextStep } from '../../domain/docket/next.ts';
import { stageOf } from '../../domain/docket/standing.ts';
import type { Deadline } from '../../domain/preservation/deadline.ts';
import type { Action } from '../../domain/registry/policy.ts';
import { say } from '../../kernel/language.ts';
import { stateText } from '../check/words.ts';
import { joined, pair } from '../components/joined.ts';
import { isYours, marks, overdueTag, turnText } from '../docket/lines.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { can, type CaseDesk } from './context.ts';
import { nearness, when, whenShort } from './moments.ts';
import { casePath, type Tab } from './tabs.ts';

/** What comes next stands right after the name: on a phone it is then read before all else. `due` falls due first. */
export function caseHead(desk: CaseDesk, due: Deadline | undefined): Html {
  const { file } = desk;
  const urgency = file.request.content.urgency?.level;
  return html`<div class="case-top"><div class="case-name"><h1>${bdi(file.reference)}</h1>${marks(desk, { urgency, sealed: file.sealed })}</div>
${nextCard(desk, due)}
${about(desk)}</div>`;
}

/** From whom, what for, under what, where it stands. */
function about(desk: CaseDesk): Html {
  const { page: context, file } = desk;
  const { t, book, language } = context;
  const instrument = latest(file.assessment)?.instrument ?? file.instrument;
  const pack = book.rules.packs.find((one) => one.id === instrument);
  const measure = book.rules.measures.find((one) => one.id === file.measure);
  const { content } = file.request;
  const incoming = file.direction === 'incoming';
  const other = incoming ? content.requestingAuthority?.name : content.addressee?.name;
  const state = bdi(stateText(incoming ? file.requestingState : file.requestedState, language));
  const line = (key: string, value: Fragment) =>
    html`<div><dt>${t(`casework.head.${key}`)}</dt><dd>${value}</dd></div>`;
  return html`<dl class="case-head">
${line(incoming ? 'from' : 'to', other ? joined(context, state, bdi(other)) : state)}
${line('asks', measure ? say(measure.title, language) : bdi(file.measure))}
${line('under', pack ? say(pack.short, language) : t('casework.head.noInstrument'))}
${line('stands', t(`casework.stage.${stageOf(file)}`))}
</dl>`;
}

/** Whose turn it is, for what, who has taken it; and what is due, where that is near or over. */
function nextCard(desk: CaseDesk, due: Deadline | undefined): Html {
  const { page: context, file, work, actor } = desk;
  const { t } = context;
  const next = nextSeenBy(work, file, actor);
  return html`<section class="case-next" aria-labelledby="case-next"${isYours(desk, next.turn, next.except) && html` data-mine`}><h2 id="case-next">${t('casework.head.next')}</h2>
<p class="case-step">${pair(context, turnText(desk, next.turn, next.except), nextText(desk, next))}</p>
${
  due &&
  nearness(desk, due.on) !== 'far' &&
  html`<p data-near="${nearness(desk, due.on)}">${pair(context, t(`casework.due.${due.kind}`), html`${overdueTag(desk, due.on)}${whenShort(desk, due.on)}`)}</p>`
}<p class="cite">${
    file.assignee === null
      ? t('casework.people.unassigned')
      : t.rich('casework.people.assigned', { name: bdi(desk.nameOf(file.assignee)) })
  }</p></section>`;
}

/** Where each next step is taken, for whoever may take it; what is waited for has no line. */
const PLACES: { readonly [step: string]: readonly [action: Action, tab: Tab, section?: string] } = {
  'finish-draft': ['request.amend', 'request', 'first-act'],
  acknowledge: ['request.receive', 'request', 'first-act'],
  'answer-questions': ['assessment.answer', 'assessment'],
  consult: ['decision.consult', 'decision', 'consultations'],
  propose: ['decision.propose', 'decision'],
  countersign: ['decision.countersign', 'decision'],
  resume: ['decision.propose', 'decision'],
  'call-back': ['emergency.call-back', 'execution', 'emergency'],
  validate: ['emergency.validate', 'execution', 'emergency'],
  'hand-out': ['execution.assign', 'execution', 'tasks'],
  produce: ['execution.report', 'execution', 'tasks'],
  'hand-over': ['evidence.hand-over', 'evidence'],
  rule: ['disclosure.other-use', 'execution', 'use'],
  'release-hold': ['hold.release', 'execution', 'hold'],
  tell: ['notice.send', 'secrecy', 'notice'],
  'tell-later': ['notice.send', 'secrecy', 'notice'],
  'acknowledge-complaint': ['complaint.record', 'secrecy', 'complaints'],
  'answer-complaint': ['complaint.answer', 'secrecy', 'complaints'],
  'put-right': ['complaint.answer', 'secrecy', 'complaints'],
  'decide-review': ['decision.review', 'secrecy', 'reviews'],
};

/** What comes next, and where it is done; the end of a case has a page that no tab leads to. */
function nextText(desk: CaseDesk, { step, count = 0, until, except }: NextStep): Fragment {
  const { page: context, file } = desk;
  const text = context.t(`casework.next.${step}`, { count });
  const [action, tab, section] = PLACES[step] ?? [];
  if (step === 'close' && can(desk, 'case.close'))
    return html`<a class="ds-link" href="${casePath(file.reference)}/close">${text}</a>`;
  const what =
    action && tab && can(desk, action) && !except?.includes(desk.actor.id)
      ? html`<a class="ds-link" href="${casePath(file.reference, tab)}${section && `#${section}`}">${text}</a>`
      : text;
  return until === undefined ? what : joined(context, what, when(desk, until));
}
