// Lists of cases: filters that narrow, keyset paging, and counts. Row-level security decides what is counted at all.

import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type {
  Away,
  CaseLine,
  DocketCounts,
  DocketFilter,
  DocketPage,
  DocketQuery,
  Falling,
} from '../../../app/casework/ports.ts';
import type { PersonId } from '../../../domain/registry/person.ts';
import type { Day } from '../../../kernel/calendar.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { Tables } from '../schema.ts';

const LINE = [
  'id',
  'reference',
  'direction',
  'requesting_state',
  'requested_state',
  'counterpart',
  'measure',
  'instrument',
  'stage',
  'urgency',
  'turn',
  'assignee',
  'received_at',
  'due_at',
  'due_kind',
  'outcome',
  'disposition',
  'waiting',
  'to_call',
  'sealed',
] as const;

type Row = { [K in (typeof LINE)[number]]: Tables['case_file'][K] };

const lineOf = (row: Row): CaseLine =>
  ({
    reference: row.reference,
    direction: row.direction,
    requestingState: row.requesting_state,
    requestedState: row.requested_state,
    counterpart: row.counterpart,
    measure: row.measure,
    instrument: row.instrument,
    stage: row.stage,
    urgency: row.urgency,
    turn: row.turn,
    assignee: row.assignee,
    receivedAt: row.received_at,
    dueAt: row.due_at,
    dueKind: row.due_kind,
    outcome: row.outcome,
    disposition: row.disposition,
    waiting: row.waiting,
    toCall: row.to_call,
    sealed: row.sealed,
  }) as CaseLine;

/** Later than anything that falls due: where cases without a term sort. */
const NEVER = '9999-12-31T00:00:00.000Z';

type Found = SelectQueryBuilder<Tables, 'case_file', object>;
type Place = { readonly value: string; readonly id: string };

export async function docket(tx: Kysely<Tables>, query: DocketQuery): Promise<DocketPage> {
  const found = narrowed(tx.selectFrom('case_file'), query);
  const most = query.size + 1;
  const rows =
    query.sort === 'due' ? await byDue(found, placeOf(query), most) : await byReceipt(found, placeOf(query), most);
  const shown = rows.slice(0, query.size);
  const last = shown.at(-1);
  const key = last && (query.sort === 'due' ? (last.due_at ?? NEVER) : last.received_at);
  return { lines: shown.map(lineOf), next: rows.length > query.size && last ? `${key} ${last.id}` : null };
}

function placeOf({ after = '' }: DocketQuery): Place | null {
  const [value, id] = after.split(' ');
  return value && id ? { value, id } : null;
}

/** Two index ranges and not one expression: cases with a term, then those without. */
async function byDue(found: Found, after: Place | null, most: number): Promise<Row[]> {
  const within = (range: Found, limit: number): Promise<Row[]> => range.select(LINE).limit(limit).execute();
  let dated: Row[] = [];
  if (after?.value !== NEVER) {
    let range = found.where('due_at', 'is not', null);
    if (after) range = range.where(sql<boolean>`(due_at, id) > (${after.value}::timestamptz, ${after.id}::uuid)`);
    dated = await within(range.orderBy('due_at').orderBy('id'), most);
  }
  if (dated.length === most) return dated;
  let range = found.where('due_at', 'is', null);
  if (after?.value === NEVER) range = range.where(sql<boolean>`id > ${after.id}::uuid`);
  return [...dated, ...(await within(range.orderBy('id'), most - dated.length))];
}

function byReceipt(found: Found, after: Place | null, most: number): Promise<Row[]> {
  let range = found;
  if (after)
    // The first condition bounds the index, the second tells apart what arrived at the same moment.
    range = range.where(
      sql<boolean>`received_at <= ${after.value}::timestamptz
        and (received_at < ${after.value}::timestamptz or id > ${after.id}::uuid)`,
    );
  return range.orderBy('received_at', 'desc').orderBy('id').select(LINE).limit(most).execute();
}

function narrowed(from: Found, filter: DocketFilter): Found {
  // Said as it is and not as a value: the indexes hold open cases alone, and a prepared plan must know that they will do.
  let found = from.where(filter.closed ? sql<boolean>`closed` : sql<boolean>`not closed`);
  const equal = {
    direction: filter.direction,
    measure: filter.measure,
    stage: filter.stage,
    outcome: filter.outcome,
    urgency: filter.urgency,
  } as const;
  for (const [column, value] of Object.entries(equal))
    if (value !== undefined) found = found.where(column as keyof typeof equal, '=', value);
  const { state, turns, notTurns, assignees, unassigned, freeFor, toCall, dueBefore, words } = filter;
  if (state !== undefined)
    found = found.where((eb) => eb.or([eb('requesting_state', '=', state), eb('requested_state', '=', state)]));
  if (turns !== undefined) found = found.where('turn', '=', sql<string>`any (${turns}::text[])`);
  if (notTurns !== undefined) found = found.where('turn', '<>', sql<string>`all (${notTurns}::text[])`);
  if (assignees !== undefined) found = found.where('assignee', '=', sql<string>`any (${assignees}::uuid[])`);
  if (unassigned) found = found.where('assignee', 'is', null);
  if (freeFor !== undefined)
    found = found.where(
      sql<boolean>`(assignee is null or assignee = any (${freeFor}::uuid[]) or not exists (
        select from person_role r where r.person = assignee and r.role = turn and r.taken_at is null))`,
    );
  if (toCall) found = found.where(sql<boolean>`to_call`);
  if (dueBefore !== undefined) found = found.where('due_at', '<', dueBefore);
  if (words) found = found.where(sql<boolean>`id in (select rogatory_found(${words}))`);
  return found;
}

/** One pass over what the filter leaves. */
export async function counts(tx: Kysely<Tables>, now: Instant, filter: DocketFilter = {}): Promise<DocketCounts> {
  const rows = await narrowed(tx.selectFrom('case_file'), filter)
    .groupBy('stage')
    .select(({ fn }) => [
      'stage',
      fn.countAll<number>().as('all'),
      fn.countAll<number>().filterWhere('due_at', '<', now).as('overdue'),
      fn.countAll<number>().filterWhere('urgency', '=', 'emergency').as('emergency'),
    ])
    .execute();
  const sum = (of: 'all' | 'overdue' | 'emergency'): number => rows.reduce((total, row) => total + row[of], 0);
  return {
    total: sum('all'),
    byStage: Object.fromEntries(rows.map((row) => [row.stage, row.all])),
    overdue: sum('overdue'),
    emergency: sum('emergency'),
  };
}

/** Terms of open cases that run out before a moment. */
export async function falling(tx: Kysely<Tables>, before: Instant, most: number, from?: Instant): Promise<Falling[]> {
  let found = tx
    .selectFrom('deadline')
    .innerJoin('case_file', 'case_file.id', 'deadline.case_id')
    .select(LINE.map((column) => `case_file.${column}` as const))
    .select(['deadline.key', 'deadline.kind', 'deadline.whose', 'deadline.on_at'])
    .where('deadline.on_at', '<', before)
    .where(sql<boolean>`not case_file.closed`);
  if (from !== undefined) found = found.where('deadline.on_at', '>=', from);
  const rows = await found.orderBy('deadline.on_at').orderBy('deadline.key').limit(most).execute();
  return rows.map(({ key, kind, whose, on_at, ...row }) => ({
    term: { key, kind, whose, at: on_at },
    line: lineOf(row as Row),
  }));
}

export async function awayFor(tx: Kysely<Tables>, deputy: PersonId, on: Day): Promise<Away[]> {
  const rows = await tx
    .selectFrom('absence')
    .select(['person', 'until_day'])
    .where('deputy', '=', deputy)
    .where('from_day', '<=', on)
    .where('until_day', '>=', on)
    .execute();
  return rows.map(({ person, until_day }) => ({ person: person as PersonId, until: until_day }));
}
