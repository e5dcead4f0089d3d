// The frame of every page of one case: its head, which says where it stands and what comes next, and the tabs.

import { nextSeenBy } from '../../app/casework/blinding.ts';
import { clocksOf } from '../../app/casework/project.ts';
import type { Deadline } from '../../domain/preservation/deadline.ts';
import { standing } from '../../domain/decisions/decision.ts';
import { latest } from '../../domain/assessment/assessment.ts';
import type { NextStep } from '../../domain/docket/next.ts';
import { stageOf } from '../../domain/docket/standing.ts';
import type { Action } from '../../domain/registry/policy.ts';
import { say } from '../../kernel/language.ts';
import type { FieldError } from '../components/error-summary.ts';
import { errorSummary } from '../components/error-summary.ts';
import { citePlace } from '../components/cite.ts';
import { joined, pair } from '../components/joined.ts';
import { page } from '../components/layout.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { stateText } from '../check/words.ts';
import { changedNote } from '../docket/live.ts';
import { turnText } from '../docket/lines.ts';
import { can, type CaseDesk } from './context.ts';
import { nearness, when } from './moments.ts';

/** The tabs of a case, in the order of its life; each is a plain link. */
export const TABS = [
  'request',
  'assessment',
  'decision',
  'execution',
  'evidence',
  'secrecy',
  'letters',
  'timeline',
  'people',
] as const;
export type Tab = (typeof TABS)[number];

export const casePath = (reference: string, tab: Tab | '' = ''): string =>
  `/requests/${reference}${tab === '' || tab === 'request' ? '' : `/${tab}`}`;

export type CasePageParts = {
  readonly desk: CaseDesk;
  readonly tab: Tab;
  /** The name of the page after the reference of the case; the tab's own where it is left out. */
  readonly title?: string;
  readonly errors?: readonly FieldError[];
  readonly main: Html;
  /** Beside the main part: clocks stand here of themselves, after this. */
  readonly aside?: Fragment;
  readonly scripts?: readonly string[];
};

export function casePage({ desk, tab, title, errors = [], main, aside, scripts = [] }: CasePageParts): Html {
  const { page: context, file } = desk;
  const { t } = context;
  return page({
    context,
    title: `${file.reference} · ${title ?? t(`casework.tab.${tab}`)}`,
    hasErrors: errors.length > 0,
    scripts: [...scripts, 'live'],
    main: html`<p class="cite crumbs">${listOf(desk)} › ${t(`casework.direction.${file.direction}`)}</p>
<h1>${bdi(file.reference)}</h1>
${changedNote(desk, { file, here: casePath(file.reference, tab) })}
${head(desk)}
${can(desk, 'case.export') && html`<p class="cite no-print"><a class="ds-link" href="${casePath(file.reference)}/export">${t('export.link')}</a></p>`}
<nav class="tabs no-print" aria-label="${t('casework.tabs')}">${TABS.map((one) => tabLink(desk, one, tab))}</nav>
${errorSummary(context, errors)}
<div class="two"><div class="case-main">${main}</div>
<aside class="case-aside" aria-label="${t('casework.clocks')}">${aside}${clocks(desk)}</aside></div>`,
  });
}

/** The list that this person came from: the docket, or where that is not theirs, their work. */
const listOf = (desk: CaseDesk): Html =>
  can(desk, 'docket.read')
    ? html`<a href="/docket">${desk.page.t('casework.docket')}</a>`
    : html`<a href="/work">${desk.page.t('casework.nav.work')}</a>`;

/** From whom, what for, under what, where it stands, what is next, who has it. */
function head(desk: CaseDesk): Html {
  const { page: context, file } = desk;
  const { t, book, language } = context;
  const instrument = latest(file.assessment)?.instrument ?? file.instrument;
  const pack = book.rules.packs.find((one) => one.id === instrument);
  const measure = book.rules.measures.find((one) => one.id === file.measure);
  const { content } = file.request;
  const incoming = file.direction === 'incoming';
  const other = incoming ? content.requestingAuthority?.name : content.addressee?.name;
  const state = incoming ? file.requestingState : file.requestedState;
  const next = nextSeenBy(desk.work, file, desk.actor);
  const emergency = content.urgency?.level === 'emergency';
  const line = (key: string, value: Fragment) =>
    html`<div><dt>${t(`casework.head.${key}`)}</dt><dd>${value}</dd></div>`;
  return html`<dl class="case-head">
${line(incoming ? 'from' : 'to', other ? joined(context, bdi(stateText(state, language)), bdi(other)) : bdi(stateText(state, language)))}
${line('asks', measure ? say(measure.title, language) : bdi(file.measure))}
${line('under', pack ? say(pack.short, language) : t('casework.head.noInstrument'))}
${line('stands', html`${emergency && html`<span class="ds-tag" data-color="danger">${t('casework.emergency')}</span> `}${t(`casework.stage.${stageOf(file)}`)}`)}
${line(
  'next',
  html`${pair(context, turnText(desk, next.turn, next.except), nextText(desk, next))}<span class="quiet">${
    file.assignee === null
      ? t('casework.people.unassigned')
      : t.rich('casework.people.assigned', { name: bdi(desk.nameOf(file.assignee)) })
  }</span>`,
)}
</dl>`;
}

/** Where each next step is taken, for whoever may take it; what is waited for, and the first tab, have no line. */
const PLACES: { readonly [step: string]: readonly [action: Action, tab: Tab, section?: string] } = {
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

function tabLink(desk: CaseDesk, tab: Tab, current: Tab): Html {
  const { t } = desk.page;
  const count = countOf(desk, tab);
  return html`<a href="${casePath(desk.file.reference, tab)}"${tab === current && html` aria-current="page"`}>${t(`casework.tab.${tab}`)}${
    count > 0 && html` <span class="n">${t(`casework.tabCount.${tab}`, { count })}</span>`
  }</a>`;
}

/** What waits under a tab. */
function countOf({ file }: CaseDesk, tab: Tab): number {
  if (tab === 'assessment') return latest(file.assessment)?.open ?? 0;
  if (tab === 'letters') return file.letters.length;
  if (tab === 'execution') return file.execution.tasks.length;
  if (tab === 'evidence') return file.evidence.objects.length;
  if (tab === 'decision')
    return standing(file.decisions) ? 0 : file.decisions.proposals.filter((p) => p.state === 'open').length;
  return 0;
}

/** Beyond so many clocks the timeline tells the rest. */
const CLOCKS = 5;

/** What falls due, the nearest first; warnings that something ends are left to the clock of what ends. */
function clocks(desk: CaseDesk): Html {
  const { t } = desk.page;
  const { due: all, still } = clocksOf(desk.work, desk.file);
  const due = together(all);
  if (due.length + still.length === 0) return html`<p class="cite">${t('casework.noClocks')}</p>`;
  return html`${still.map(
    ({ kind }) => html`
<div class="clock"><p class="cite">${t(`casework.due.${kind}`)}</p><p><b>${t('casework.standsStill')}</b></p></div>`,
  )}${due.slice(0, CLOCKS).map(
    ({ kind, on, whose, clock, times }) => html`
<div class="clock" data-near="${nearness(desk, on)}"><p class="cite">${said(desk, kind, times)}</p>
<p>${when(desk, on)}</p>
<p class="cite">${t(`casework.whose.${whose}`)}${clock && html` · ${clockSource(desk, clock.rule)}`}</p></div>`,
  )}
<p class="no-print"><a class="ds-link" href="${casePath(desk.file.reference, 'timeline')}#clocks">${t('casework.explainClocks')}</a>${
    due.length > CLOCKS && html` <span class="cite">${t('casework.moreClocks', { count: due.length - CLOCKS })}</span>`
  }</p>`;
}

function said({ page: { t } }: CaseDesk, kind: string, times: number): string {
  const what = t(`casework.due.${kind}`);
  return times === 1 ? what : t('casework.times', { what, count: times });
}

/** The nearest first; what is the same and falls on the same day is said once, with how often. */
function together(due: readonly Deadline[]): (Deadline & { readonly times: number })[] {
  const found = new Map<string, Deadline & { readonly times: number }>();
  for (const one of due) {
    const key = `${one.kind} ${one.on} ${one.whose}`;
    found.set(key, { ...one, times: (found.get(key)?.times ?? 0) + 1 });
  }
  return [...found.values()];
}

/** How long the term is and who says so. */
export function clockSource(
  { page: context }: Pick<CaseDesk, 'page'>,
  { kind, count, source, citation }: { kind: string; count: number; source: string; citation?: string },
): Html {
  const { t } = context;
  const who = t(`casework.source.${source}`);
  const says = citation === undefined ? who : pair(context, who, citePlace(context, citation));
  return joined(context, t(`casework.unit.${kind}`, { count }), says);
}
