// What lists say of a case: its name, the other side, where it stands, what is next and by when.

import type { CaseLine } from '../../app/casework/ports.ts';
import { dayEndingAt } from '../../domain/calendar/moment.ts';
import { NEXT } from '../../domain/docket/next.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Day } from '../../kernel/calendar.ts';
import { say } from '../../kernel/language.ts';
import type { Desk } from '../casework/context.ts';
import { nearness, whenShort } from '../casework/moments.ts';
import { joined } from '../components/joined.ts';
import { stateText } from '../check/words.ts';
import { bdi, type Html, html } from '../html.ts';

/** A term as a person says it: its last day where it is counted in days, else the moment. */
export function lastOf({ work }: Pick<Desk, 'work'>, at: Instant): Day | Instant {
  // What runs out exactly at midnight ran until the end of the day before.
  return dayEndingAt(at, work.office().settings.calendar.timeZone) ?? at;
}

export const caseLink = ({ reference }: CaseLine): Html =>
  html`<a class="ds-link case-link" href="/requests/${reference}">${bdi(reference)}</a>`;

export const otherState = (line: CaseLine): string =>
  line.direction === 'incoming' ? line.requestingState : line.requestedState;

/** "from AA, Office of the Prosecutor General". */
export const otherSide = (desk: Pick<Desk, 'page'>, line: CaseLine): Html =>
  line.counterpart === '' ? otherEnd(desk, line) : joined(desk.page, otherEnd(desk, line), bdi(line.counterpart));

/** "from AA". */
export function otherEnd({ page: { t, language } }: Pick<Desk, 'page'>, line: CaseLine): Html {
  const state = bdi(stateText(otherState(line), language));
  return t.rich(`casework.line.${line.direction === 'incoming' ? 'from' : 'to'}`, { state });
}

export function measureOf({ page: { book, language } }: Pick<Desk, 'page'>, id: string): string {
  const measure = book.rules.measures.find((one) => one.id === id);
  return measure ? say(measure.title, language) : id;
}

/** Words that a list must not let anybody miss. */
export const marks = (
  { page: { t } }: Pick<Desk, 'page'>,
  { urgency, sealed }: { readonly urgency: string | undefined; readonly sealed: boolean },
): Html =>
  html`${urgency === 'emergency' && html`<span class="ds-tag" data-color="danger">${t('casework.emergency')}</span> `}${
    sealed && html`<span class="ds-tag" data-color="neutral">${t('casework.sealed')}</span> `
  }`;

export const stageText = ({ page: { t } }: Pick<Desk, 'page'>, { stage }: CaseLine): string =>
  t(`casework.stage.${stage}`);

/** What comes next, without whose turn it is. */
export const stepText = ({ page: { t } }: Pick<Desk, 'page'>, { stage, step, waiting }: CaseLine): string =>
  t(`casework.next.${step ?? NEXT[stage].step}`, { count: waiting });

/** Whether it is the turn of a role of the reader, and the reader is not one of those who may not. */
export const isYours = ({ actor }: Pick<Desk, 'actor'>, turn: string, except: readonly PersonId[] = []): boolean =>
  (actor.roles as readonly string[]).includes(turn) && !except.includes(actor.id);

/** Whose turn it is; "you" when it is the reader's, and somebody else of that role when the reader may not. */
export function turnText(desk: Pick<Desk, 'page' | 'actor'>, turn: string, except: readonly PersonId[] = []): string {
  const { t } = desk.page;
  if (isYours(desk, turn, except)) return t('casework.turn.you');
  const role = t(`casework.turn.${turn}`);
  return isYours(desk, turn) ? t('casework.turn.notYou', { turn: role }) : role;
}

/** What is over is said in a word, beside how long ago that was. */
export const overdueTag = (desk: Desk, last: Day | Instant): Html | false =>
  nearness(desk, last) === 'over' &&
  html`<span class="ds-tag over" data-color="danger" data-variant="outline">${desk.page.t('casework.line.overdue')}</span> `;

/** By when, and what for; over and close are said in words, and shown by a shape beside them. */
export function dueText(desk: Desk, { dueAt, dueKind }: CaseLine): Html {
  const { t } = desk.page;
  if (dueAt === null) return html`<span class="cite">${t('casework.line.noDue')}</span>`;
  const last = lastOf(desk, dueAt);
  return html`<span class="due" data-near="${nearness(desk, last)}">${overdueTag(desk, last)}${whenShort(desk, last)}</span>${
    dueKind !== null && html` <span class="cite due-kind">${t(`casework.due.${dueKind}`)}</span>`
  }`;
}
