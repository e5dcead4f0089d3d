// /desk: what cannot wait until morning, in large type, and in the dark where the device or the reader asks for it.

import type { AtTheDesk } from '../../app/casework/docket.ts';
import type { CaseLine, DocketPage, Falling } from '../../app/casework/ports.ts';
import type { Desk } from '../casework/context.ts';
import { sayAt, when } from '../casework/moments.ts';
import { joined, pair } from '../components/joined.ts';
import { page } from '../components/layout.ts';
import { type Fragment, type Html, html } from '../html.ts';
import { sayNumber } from '../messages.ts';
import { sayOverdue } from './filters.ts';
import { caseLink, dueText, lastOf, marks, measureOf, otherSide } from './lines.ts';
import { changedNote } from './live.ts';

export const SCHEMES = ['auto', 'dark', 'light'] as const;
export type Scheme = (typeof SCHEMES)[number];

const addressIn = (scheme: Scheme): string => (scheme === 'auto' ? '/desk' : `/desk?scheme=${scheme}`);

/** Beyond this many lines of a kind the desk leads to the docket. */
const SHOWN = 20;

export function deskPage(
  desk: Desk,
  { emergencies, calls, unacknowledged, falling, overdue }: AtTheDesk,
  scheme: Scheme,
): Html {
  const { page: context, work } = desk;
  const { t } = context;
  const quiet = [emergencies.lines, calls.lines, unacknowledged.lines, falling].every((list) => list.length === 0);
  // Whoever takes up an emergency calls about it too: both stand in one place.
  const above = new Set(emergencies.lines.map(({ reference }) => reference));
  const toCall = new Set(calls.lines.map(({ reference }) => reference));
  const otherCalls = { ...calls, lines: calls.lines.filter(({ reference }) => !above.has(reference)) };
  return page({
    context,
    title: t('casework.desk.title'),
    scheme,
    size: 'lg',
    scripts: ['live'],
    main: html`<div class="desk"><div class="page-head"><h1>${t('casework.desk.title')}</h1>
<p class="desk-now">${sayAt(desk, work.world.now())}</p></div>
${changedNote(desk, { here: addressIn(scheme) })}
${quiet && html`<p class="desk-quiet">${t('casework.desk.quiet')}</p>`}
${section(desk, 'emergencies', emergencies, 'stage=received&urgency=emergency', (line) => html`${acknowledge(desk, line)} ${toCall.has(line.reference) && html`${call(desk, line)}${callHelp(desk)}`}`)}
${(otherCalls.lines.length > 0 || calls.lines.length === 0) && section(desk, 'calls', otherCalls, 'urgency=emergency', (line) => html`${call(desk, line)}${callHelp(desk)}`)}
${section(desk, 'unacknowledged', unacknowledged, 'stage=received', (line) => acknowledge(desk, line))}
${ending(desk, falling)}
${overdue > 0 && html`<p class="desk-overdue"><a class="ds-link" href="/docket?due=overdue">${sayOverdue(desk, overdue)}</a></p>`}
<nav class="desk-scheme no-print" aria-label="${t('casework.desk.scheme')}"><p>${pair(context, t('casework.desk.scheme'), '')}</p><ul>${SCHEMES.map(
      (one) =>
        html`<li><a class="ds-link" href="${addressIn(one)}"${one === scheme && html` aria-current="true"`}>${t(`casework.desk.scheme.${one}`)}</a></li>`,
    )}</ul></nav></div>`,
  });
}

const step = (address: string, text: string, { reference }: CaseLine): Html =>
  html`<a class="ds-button" data-variant="secondary" href="${address}">${text}<span class="ds-sr-only"> ${reference}</span></a>`;

const acknowledge = ({ page: { t } }: Desk, line: CaseLine): Html =>
  step(`/requests/${line.reference}#first-act`, t('casework.desk.acknowledge'), line);

const call = ({ page: { t } }: Desk, line: CaseLine): Html =>
  step(`/requests/${line.reference}/execution#emergency`, t('casework.desk.call'), line);

const callHelp = ({ page: { t } }: Desk): Html => html`<p class="cite">${t('casework.desk.calls.help')}</p>`;

function section(
  desk: Desk,
  which: 'emergencies' | 'calls' | 'unacknowledged',
  { lines, next }: DocketPage,
  address: string,
  act: (line: CaseLine) => Html,
): Html {
  const { t } = desk.page;
  return framed(
    desk,
    which,
    lines.length,
    html`<ul class="desk-lines">${lines.slice(0, SHOWN).map(
      (line) => html`
<li${line.urgency === 'emergency' && html` data-urgent="true"`}><p>${caseLink(line)} ${marks(desk, line)}</p><p>${joined(desk.page, measureOf(desk, line.measure), otherSide(desk, line))}</p>${
        which !== 'calls' &&
        html`<p class="cite">${t.rich('casework.desk.receivedAt', { when: when(desk, line.receivedAt) })}</p><p>${dueText(desk, line)}</p>`
      }<div class="desk-acts no-print">${act(line)}</div></li>`,
    )}</ul>${(next !== null || lines.length > SHOWN) && html`<p><a class="ds-link" href="/docket?${address}">${t('casework.desk.more')}</a></p>`}`,
  );
}

function ending(desk: Desk, falling: readonly Falling[]): Html {
  const { t } = desk.page;
  return framed(
    desk,
    'falling',
    falling.length,
    html`<ul class="desk-lines">${falling.map(
      ({ term, line }) => html`
<li><p><strong>${t(`casework.due.${term.kind}`)}</strong></p><p>${when(desk, lastOf(desk, term.at))}</p>
<p>${caseLink(line)} ${marks(desk, line)}${otherSide(desk, line)}</p>${term.whose !== 'office' && html`<p class="cite">${t(`casework.whose.${term.whose}`)}</p>`}</li>`,
    )}</ul>`,
  );
}

const framed = ({ page: { t, language } }: Desk, which: string, count: number, content: Fragment): Html =>
  html`<section aria-labelledby="${which}"><h2 id="${which}">${t(`casework.desk.${which}`)} <span class="n">${sayNumber(count, language)}</span></h2>
${count === 0 ? html`<p class="cite">${t(`casework.desk.none.${which}`)}</p>` : content}</section>`;
