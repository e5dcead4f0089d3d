// The frame of every page of one case: its head, which says where it stands and what comes next, and the tabs.

import { clocksOf } from '../../app/casework/project.ts';
import type { Deadline } from '../../domain/preservation/deadline.ts';
import { standing } from '../../domain/decisions/decision.ts';
import { latest } from '../../domain/assessment/assessment.ts';
import { type Stage, stageOf } from '../../domain/docket/standing.ts';
import type { FieldError } from '../components/error-summary.ts';
import { errorSummary } from '../components/error-summary.ts';
import { citePlace } from '../components/cite.ts';
import { joined, pair } from '../components/joined.ts';
import { page } from '../components/layout.ts';
import { type Fragment, type Html, html } from '../html.ts';
import { changedNote } from '../docket/live.ts';
import { overdueTag } from '../docket/lines.ts';
import { caseHead } from './case-head.ts';
import { can, type CaseDesk } from './context.ts';
import { nearness, when } from './moments.ts';
import { casePath, type Tab, TABS } from './tabs.ts';

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
  const { page: context, file, work } = desk;
  const { t } = context;
  const clocked = clocksOf(work, file);
  return page({
    context,
    title: `${file.reference} · ${title ?? t(`casework.tab.${tab}`)}`,
    hasErrors: errors.length > 0,
    scripts: [...scripts, 'live'],
    main: html`<div class="page-head cite"><p class="crumbs">${listOf(desk)} › ${t(`casework.direction.${file.direction}`)}</p>
${can(desk, 'case.export') && html`<p class="no-print"><a class="ds-link" href="${casePath(file.reference)}/export">${t('export.link')}</a></p>`}</div>
${changedNote(desk, { file, here: casePath(file.reference, tab) })}
${caseHead(desk, clocked.due[0])}
<nav class="tabs no-print" aria-label="${t('casework.tabs')}">${TABS.map((one) => tabLink(desk, one, tab))}</nav>
${errorSummary(context, errors)}
<div class="two"><div class="case-main">${main}</div>
<aside class="case-aside" aria-label="${t('casework.clocks')}">${aside}${clocks(desk, clocked)}</aside></div>`,
  });
}

/** The list that this person came from: the docket, or where that is not theirs, their work. */
const listOf = (desk: CaseDesk): Html =>
  can(desk, 'docket.read')
    ? html`<a href="/docket">${desk.page.t('casework.docket')}</a>`
    : html`<a href="/work">${desk.page.t('casework.nav.work')}</a>`;

function tabLink(desk: CaseDesk, tab: Tab, current: Tab): Html {
  const { t } = desk.page;
  const count = countOf(desk, tab);
  return html`<a href="${casePath(desk.file.reference, tab)}"${tab === current && html` aria-current="page"`}>${t(`casework.tab.${tab}`)}${
    count > 0 && html` <span class="n">${t(`casework.tabCount.${tab}`, { count })}</span>`
  }</a>`;
}

/** Once it is decided, no question waits for an answer any more. */
const UNDECIDED: ReadonlySet<Stage> = new Set([
  'draft',
  'received',
  'returned',
  'assessing',
  'ready',
  'proposed',
  'postponed',
]);

/** What waits under a tab. */
function countOf({ file }: CaseDesk, tab: Tab): number {
  if (tab === 'assessment') return UNDECIDED.has(stageOf(file)) ? (latest(file.assessment)?.open ?? 0) : 0;
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
function clocks(desk: CaseDesk, { due: all, still }: ReturnType<typeof clocksOf>): Html {
  const { t } = desk.page;
  const due = together(all);
  if (due.length + still.length === 0) return html`<p class="cite">${t('casework.noClocks')}</p>`;
  return html`${still.map(
    ({ kind }) => html`
<div class="clock"><p class="cite">${t(`casework.due.${kind}`)}</p><p><b>${t('casework.standsStill')}</b></p></div>`,
  )}${due.slice(0, CLOCKS).map(
    ({ kind, on, whose, clock, times }) => html`
<div class="clock" data-near="${nearness(desk, on)}"><p class="cite">${said(desk, kind, times)} ${overdueTag(desk, on)}</p>
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
