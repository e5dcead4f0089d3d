// The standing lists as they are read: candidates from the database, and from each case what belongs on the list. Whoever reads
// a list has read its cases, and that is on record.

import type { CaseFile, Reference } from '../../domain/docket/case-file.ts';
import { isContrary } from '../../domain/decisions/decide.ts';
import { dayIn } from '../../domain/calendar/moment.ts';
import { verifiedCall } from '../../domain/execution/emergency.ts';
import type { Proposed } from '../../domain/decisions/decision.ts';
import type { SecrecyOrder } from '../../domain/disclosure/disclosure.ts';
import type { Execution, Validation } from '../../domain/execution/execution.ts';
import type { Complaint, Notice } from '../../domain/notice/notice.ts';
import { may } from '../../domain/registry/policy.ts';
import { addDays, type Day, dayNumber } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Actor } from '../casework/ports.ts';
import type { AccessAct, Candidate, CaseList, Counting, OversightPorts } from './book-ports.ts';
import { countingOf, spanOf } from './counting.ts';

/** What stands on a list, of one case. */
export type Listed =
  | { readonly is: 'override'; readonly proposal: Proposed }
  | {
      readonly is: 'emergency';
      readonly calls: number;
      readonly verified: Execution['calls'][number] | null;
      readonly openedAt: Instant | null;
      readonly validation: Validation | null;
    }
  | {
      readonly is: 'late-notice';
      readonly notice: number;
      readonly dueOn: Day;
      /** Null while the person was not told. */
      readonly toldOn: Day | null;
      readonly days: number;
      readonly by: Notice['dutyBearer'];
    }
  | { readonly is: 'secrecy'; readonly order: SecrecyOrder; readonly days: number }
  | { readonly is: 'complaint'; readonly complaint: Complaint; readonly days: number }
  | { readonly is: 'sealed' | 'kept-back'; readonly at: Instant; readonly by: string; readonly reason: string };

export type ListedCase = { readonly file: CaseFile; readonly entries: readonly Listed[] };

export type ListAsked = {
  readonly from: Day | null;
  readonly to: Day | null;
  readonly after: string | null;
};

export type CasePage = { readonly cases: readonly ListedCase[]; readonly next: string | null };

const MOST = 50;
/** Beyond so many a file holds what was found first, and says so by ending with a full page. */
const MOST_IN_FILE = 1000;

/** A page of a list of cases; undefined for whoever it is not for. */
export async function casesOn(
  ports: OversightPorts,
  actor: Actor,
  list: CaseList,
  { from, to, after }: ListAsked,
): Promise<CasePage | undefined> {
  if (!may(actor.roles, 'oversight.read')) return undefined;
  const { work, lists } = ports;
  const counting = countingOf(work);
  const asked = { ...counting, ...spanOf(work, from, to), after, most: MOST + 1 };
  const found = await lists.candidates(actor.id, list, asked);
  const shown = found.slice(0, MOST);
  const cases: ListedCase[] = [];
  for (const one of shown) {
    const listed = await listedCase(ports, actor, list, one, counting);
    if (listed !== undefined) cases.push(listed);
  }
  const last = shown.at(-1);
  return { cases, next: found.length > MOST && last ? `${last.at}|${last.id}` : null };
}

/** The same from the first to the last, for a file. */
export async function* allCasesOn(
  ports: OversightPorts,
  actor: Actor,
  list: CaseList,
  asked: Omit<ListAsked, 'after'>,
): AsyncGenerator<ListedCase> {
  let after: string | null = null;
  for (let read = 0; read < MOST_IN_FILE; read += MOST) {
    const page: CasePage | undefined = await casesOn(ports, actor, list, { ...asked, after });
    if (page === undefined) return;
    yield* page.cases;
    after = page.next;
    if (after === null) return;
  }
}

async function listedCase(
  { work }: OversightPorts,
  actor: Actor,
  list: CaseList,
  { reference }: Candidate,
  counting: Counting,
): Promise<ListedCase | undefined> {
  const file = await work.store.read(actor.id, reference as Reference, `list-${list}`);
  if (file === undefined) return undefined;
  const { timeZone } = work.office().settings.calendar;
  const entries =
    list === 'sealed' || list === 'kept-back'
      ? (await work.store.history(actor.id, file.id, STEP_OF[list]))
          .slice(-1)
          .flatMap(({ at, by, event }): Listed[] => {
            if (event.type === 'case.sealed') return [{ is: 'sealed', at, by, reason: event.reason }];
            return event.type === 'evidence.kept-back' ? [{ is: 'kept-back', at, by, reason: event.reasons }] : [];
          })
      : entriesOf(list, file, { today: dayIn(counting.now, timeZone), longDays: counting.longDays, timeZone });
  return entries.length === 0 ? undefined : { file, entries };
}

/** Lists that one kind of step makes, and not the case as it stands. */
const STEP_OF = { sealed: 'case.sealed', 'kept-back': 'evidence.kept-back' } as const;

type On = { readonly today: Day; readonly longDays: number; readonly timeZone: string };

const daysFrom = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from);

/** What of a case belongs on a list that its own words decide. */
export function entriesOf(list: Exclude<CaseList, keyof typeof STEP_OF>, file: CaseFile, on: On): Listed[] {
  switch (list) {
    case 'overrides':
      return file.decisions.proposals
        .filter((one) => one.state === 'countersigned' && isContrary(one, one.outcome))
        .map((proposal) => ({ is: 'override', proposal }));
    case 'emergencies':
      return [emergencyOf(file)];
    case 'late-notices':
      return file.notice.notices.flatMap((notice) => lateOf(file, notice, on));
    case 'long-secrecy':
      return file.disclosure.secrecy
        .filter(({ end, from, until }) => end === null && daysFrom(from, until) > on.longDays)
        .map((order) => ({ is: 'secrecy', order, days: daysFrom(order.from, order.until) }));
    case 'complaints':
      return file.notice.complaints
        .filter(({ answer }) => answer === null)
        .map((complaint) => ({ is: 'complaint', complaint, days: daysFrom(complaint.receivedOn, on.today) }));
  }
}

function emergencyOf({ execution }: CaseFile): Listed {
  const opening = execution.openings.find(({ lane }) => lane === 'emergency');
  return {
    is: 'emergency',
    calls: execution.calls.length,
    verified: verifiedCall(execution) ?? null,
    openedAt: opening?.at ?? null,
    validation: opening?.validation ?? null,
  };
}

/** Told after its day, or past its day and not told. Orders as they stand say which day it was. */
function lateOf({ disclosure, decisions }: CaseFile, notice: Notice, { today, timeZone }: On): Listed[] {
  const decided = decisions.proposals.findLast(({ countersigned }) => countersigned !== null)?.countersigned;
  if (decided == null || notice.notNeeded !== null) return [];
  const told = notice.sendings.findLast(({ arrived }) => arrived !== 'no')?.on ?? null;
  const until = told ?? today;
  const kept = [
    ...disclosure.secrecy
      .filter(({ from }) => from <= until)
      .map(({ until: last, end }) => (end?.how === 'lifted' ? end.on : addDays(last, 1))),
    ...notice.delays.map(({ until: last, liftedOn }) => liftedOn ?? addDays(last, 1)),
  ];
  const dueOn = [notice.scheduledOn, dayIn(decided.at, timeZone), ...kept].toSorted().at(-1) ?? notice.scheduledOn;
  const days = daysFrom(dueOn, until);
  return days > 0 ? [{ is: 'late-notice', notice: notice.no, dueOn, toldOn: told, days, by: notice.dutyBearer }] : [];
}

export type AccessPage = { readonly acts: readonly AccessAct[]; readonly next: string | null };

/** Acts on roles, accounts and keys; undefined for whoever they are not for. */
export async function accessActs(
  { work, lists }: OversightPorts,
  actor: Actor,
  { from, to, after }: ListAsked,
  most = MOST,
): Promise<AccessPage | undefined> {
  if (!may(actor.roles, 'oversight.read')) return undefined;
  const found = await lists.access(actor.id, { ...spanOf(work, from, to), after, most: most + 1 });
  const acts = found.slice(0, most);
  const last = acts.at(-1);
  return { acts, next: found.length > most && last ? `${last.at}|${last.key}` : null };
}
