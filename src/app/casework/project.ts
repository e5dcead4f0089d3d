// What a step writes besides its events: the line in lists, the terms the clock watches, marks, and words to search by.

import type { Deadline } from '../../domain/preservation/deadline.ts';
import { latest } from '../../domain/assessment/assessment.ts';
import { type Clock, dueOn } from '../../domain/calendar/clock.ts';
import { standing } from '../../domain/decisions/decision.ts';
import { deadlines as disclosureDeadlines } from '../../domain/disclosure/due.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import { NEXT } from '../../domain/docket/next.ts';
import { SEARCHED_LENGTH, searchTerms } from '../../domain/docket/search.ts';
import { isUnread, mustCall, stageOf } from '../../domain/docket/standing.ts';
import { deadlines as executionDeadlines } from '../../domain/execution/due.ts';
import { deadlines as noticeDeadlines } from '../../domain/notice/due.ts';
import { deadlines as holdDeadlines } from '../../domain/preservation/due.ts';
import { dayIn, instantOf, type Moment } from '../../domain/calendar/moment.ts';
import { fingerprint } from '../../domain/requests/similar.ts';
import { addDays, type Day } from '../../kernel/calendar.ts';
import { type Instant, startOfDay } from '../../kernel/instant.ts';
import type { Casework } from './casework.ts';
import { nextIn } from './next-step.ts';
import { ruleFor, telling } from './terms.ts';
import type { Projection, Term } from './ports.ts';

type Needs = Pick<Casework, 'law' | 'office' | 'world'>;

/** Which form a case is projected in. Whoever changes what is made of a file counts it up: open cases are then written anew. */
export const PROJECTED = 4;

export function project(work: Needs, file: CaseFile): Omit<Projection, 'marks'> {
  const terms = isUnread(file) ? [toRead(file)] : termsOf(work, file);
  const [next, stage] = [nextIn(work, file), stageOf(file)];
  const ours = terms.find((term) => term.whose === 'office') ?? terms[0];
  const content = file.request.content;
  const counterpart = file.direction === 'incoming' ? content.requestingAuthority?.name : content.addressee?.name;
  return {
    line: {
      reference: file.reference,
      direction: file.direction,
      requestingState: file.requestingState,
      requestedState: file.requestedState,
      counterpart: file.sealed ? '' : (counterpart ?? ''),
      measure: file.measure,
      instrument: latest(file.assessment)?.instrument ?? file.instrument,
      stage,
      step: next.step === NEXT[stage].step ? null : next.step,
      urgency: content.urgency?.level ?? 'routine',
      turn: next.turn,
      assignee: file.assignee,
      receivedAt: file.receivedAt,
      dueAt: ours?.at ?? null,
      dueKind: ours?.kind ?? null,
      outcome: latest(file.assessment)?.outcome ?? null,
      disposition: standing(file.decisions)?.disposition ?? null,
      waiting: next.count ?? 0,
      barred: next.except ?? [],
      toCall: mustCall(file),
      sealed: file.sealed,
    },
    terms,
    words: file.sealed || isUnread(file) ? '' : wordsOf(file),
  };
}

/** By which the clock reads what nobody has read: at once. */
const toRead = ({ receivedAt }: CaseFile): Term => ({
  key: 'request.read',
  kind: 'read',
  whose: 'office',
  at: receivedAt,
});

const termsOf = (work: Needs, file: CaseFile): Term[] =>
  deadlinesOf(work, file)
    .map((due) => termOf(work, due))
    .sort((a, b) => (a.at < b.at ? -1 : 1));

/** A day is over when the next one begins where the office is. */
function termOf({ office }: Needs, { key, kind, whose, on }: Deadline): Term {
  if (on.length > 10) return { key, kind, whose, at: on as Instant };
  const next = addDays(on as Day, 1);
  const at = instantOf(`${next}T00:00` as Moment, office().settings.calendar.timeZone) ?? startOfDay(next);
  return { key, kind, whose, at };
}

/** Everything that falls due in a case, with the clock that can say how it was counted. */
export function deadlinesOf(work: Pick<Casework, 'law' | 'office'>, file: CaseFile): Deadline[] {
  if (file.closed || file.request.withdrawn) return [];
  const { settings } = work.office();
  const { calendar, alerts } = settings;
  return [
    ...ofOffice(work, file),
    ...holdDeadlines(file.preservation, { warnDays: alerts.soon, confirmWithin: null }, calendar),
    ...executionDeadlines(file.execution, { executeWithin: null, warnHours: 6 }, calendar),
    ...disclosureDeadlines(file.disclosure, { answerWithin: null, warnDays: alerts.soon }, calendar),
    ...noticeDeadlines(file.notice, file.disclosure, { tell: telling(work, file), proofWithin: null }, calendar),
  ];
}

/** What a page shows of the clocks of a case: what falls due, the nearest first, without the warnings; and what stands still. */
export const clocksOf = (work: Pick<Casework, 'law' | 'office'>, file: CaseFile) => ({
  due: deadlinesOf(work, file)
    .filter(({ kind }) => !kind.endsWith('-soon'))
    .sort((a, b) => (a.on < b.on ? -1 : 1)),
  still: officeClocks(work, file).filter(({ clock }) => dueOn(clock, work.office().settings.calendar) === null),
});

/** What the office owes the other State: a word that the request came, and an answer. A clock that stands still gives no day. */
function ofOffice(work: Pick<Casework, 'law' | 'office'>, file: CaseFile): Deadline[] {
  return officeClocks(work, file).flatMap(({ kind, clock }): Deadline[] => {
    const on = dueOn(clock, work.office().settings.calendar);
    return on === null ? [] : [{ key: `request.${kind}`, on, kind, whose: 'office', clock }];
  });
}

/** The clocks of what the office owes the other State, those that stand still among them. */
function officeClocks(
  work: Pick<Casework, 'law' | 'office'>,
  file: CaseFile,
): { readonly kind: 'acknowledge' | 'reply'; readonly clock: Clock }[] {
  if (file.direction === 'outgoing' || file.closed || file.request.withdrawn) return [];
  const { settings } = work.office();
  const emergency = file.request.content.urgency?.level === 'emergency';
  const clockFor = (kind: 'acknowledge' | 'reply') => {
    const name = emergency ? (`${kind}-emergency` as const) : kind;
    const rule = ruleFor(work, file, name);
    const { kind: unit } = rule;
    const { timeZone } = settings.calendar;
    if (unit === 'hours') {
      const pauses = file.request.returns.map(({ from, to }) => ({ from, ...(to ? { to } : {}), why: 'returned' }));
      return { kind, clock: { rule: { ...rule, kind: unit }, start: file.receivedAt, pauses } };
    }
    const pauses = file.request.returns.map(({ from, to }) => ({
      from: dayIn(from, timeZone),
      ...(to ? { to: dayIn(to, timeZone) } : {}),
      why: 'returned',
    }));
    return { kind, clock: { rule: { ...rule, kind: unit }, start: dayIn(file.receivedAt, timeZone), pauses } };
  };
  const answered = standing(file.decisions);
  return [
    ...(file.request.acknowledgedAt ? [] : [clockFor('acknowledge')]),
    ...(!answered || answered.disposition === 'postpone' ? [clockFor('reply')] : []),
  ];
}

/** Marks of what requests may share, hashed with the office's secret: an index of them is no list of accounts. */
export function marksOf({ world }: Needs, file: CaseFile): string[] {
  const { measure, requestingState, request } = file;
  const print = fingerprint({ measure, requestingState, content: request.content });
  const keys = [
    ...(print.identity ? [`identity ${print.identity}`] : []),
    ...print.subjects.map((one) => `subject ${one}`),
    ...print.references.map((one) => `reference ${one}`),
    ...print.cites.map((one) => `reference ${one}`),
  ];
  return [...new Set(keys)].map((key) => world.mark(key));
}

/** Marks that a step adds: those of each content that had not been read before it. Marks stay. */
export function marksAdded(work: Needs, before: CaseFile | null, after: CaseFile): string[] {
  if (isUnread(after)) return [];
  const since = before !== null && isUnread(before) ? [before, after] : [after];
  const changed = since.length > 1 || before?.request.contentVersion !== after.request.contentVersion;
  return changed ? [...new Set(since.flatMap((file) => marksOf(work, file)))] : [];
}

function wordsOf(file: CaseFile): string {
  const content = file.request.content;
  const said = [
    file.reference,
    content.caseReference,
    content.requestingAuthority?.name,
    content.requestingAuthority?.personInCharge,
    content.addressee?.name,
    content.proceeding?.subject,
    ...(content.offences ?? []).flatMap((offence) => [offence.title, offence.provision]),
    ...(content.targets ?? []).flatMap((target) => [target.service, target.identifierValue]),
    content.factsSummary,
  ];
  return searchTerms(said.filter(Boolean).join(' \n ').slice(0, SEARCHED_LENGTH));
}
