// Lists of cases: filters that narrow, keyset paging, and counts. Row-level security decides what is listed and counted at all.

import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import {
  type Away,
  type CaseLine,
  type DocketCounts,
  type DocketFilter,
  type DocketPage,
  type DocketQuery,
  type Falling,
  type Listed,
  MOST_COUNTED,
} from '../../../app/casework/ports.ts';
import type { Stage } from '../../../domain/docket/standing.ts';
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
  'step',
  'urgency',
  'turn',
  'assignee',
  'received_at',
  'due_at',
  'due_kind',
  'outcome',
  'disposition',
  'waiting',
  'barred',
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
    step: row.step,
    urgency: row.urgency,
    turn: row.turn,
    assignee: row.assignee,
    receivedAt: row.received_at,
    dueAt: row.due_at,
    dueKind: row.due_kind,
    outcome: row.outcome,
    disposition: row.disposition,
    waiting: row.waiting,
    barred: row.barred,
    toCall: row.to_call,
    sealed: row.sealed,
  }) as CaseLine;

/** Later than anything that falls due: where cases without a term sort. */
const NEVER = '9999-12-31T00:00:00.000Z';

type Found = SelectQueryBuilder<Tables, 'case_file', object>;
type Place = { readonly value: string; readonly id: string };

/** What a search came to: the cases that have the words, or that too many have them. Null where nothing was searched for. */
type Hits = readonly string[] | 'many' | null;

/** So many are put into order one by one; where there are more, a walk along the order of the list soon has a page of them. */
const MOST_FOUND = 2 * MOST_COUNTED;
const areMany = (hits: Hits): boolean => hits === 'many' || (hits?.length ?? 0) > MOST_COUNTED;

export async function docket(tx: Kysely<Tables>, query: DocketQuery): Promise<DocketPage> {
  return pageOf(tx, query, await hitsOf(tx, query));
}

/** A page and its counts in one go: what is searched for is found once, and what is known not to be there is not looked for. */
export async function list(tx: Kysely<Tables>, now: Instant, query: DocketQuery): Promise<Listed> {
  const { stage, ...everywhere } = query;
  if (isWhole(query)) {
    // Nothing needs to be known of what is there to ask for both.
    const [counts, page] = await Promise.all([countsOf(tx, now, everywhere, null), pageOf(tx, query, null)]);
    return { page, counts, count: counts.total };
  }
  const hits = await hitsOf(tx, everywhere);
  const counts = areMany(hits) ? MANY : await countsOf(tx, now, everywhere, hits);
  if (stage === undefined) return paged(tx, query, hits, counts, counts.many ? null : counts.total);
  if (!counts.many) return paged(tx, query, hits, counts, counts.byStage[stage] ?? 0);
  // What is too much at all stages may be little enough at one.
  const narrow = hits === 'many' ? await hitsOf(tx, query) : hits;
  const here = await countsOf(tx, now, query, narrow);
  return paged(tx, query, narrow, counts, here.many ? null : here.total);
}

/** Whether nothing narrows it: whatever there is, is on the first page. */
const isWhole = ({ closed: _, sort: __, size: ___, after: ____, ...narrowing }: DocketQuery): boolean =>
  Object.values(narrowing).every((one) => one === undefined);

async function paged(
  tx: Kysely<Tables>,
  query: DocketQuery,
  hits: Hits,
  counts: DocketCounts,
  count: number | null,
): Promise<Listed> {
  return { page: count === 0 ? { lines: [], next: null } : await pageOf(tx, query, hits), counts, count };
}

async function hitsOf(tx: Kysely<Tables>, filter: DocketFilter): Promise<Hits> {
  if (!filter.words) return null;
  const { closed = false, direction, state, measure, stage, turns, urgency, unassigned, assignees } = filter;
  // How many there are must not tell what is kept from whoever asks.
  const outcome = filter.notStages === undefined ? filter.outcome : undefined;
  const { rows } = await sql<{ found: string[] }>`select rogatory_found(${filter.words}, ${MOST_FOUND + 1}, ${closed},
    ${direction}, ${state}, ${measure}, ${stage}, ${outcome}, ${turns}, ${urgency}, ${unassigned ? false : null}, ${assignees},
    ${filter.dueBefore}) as found`.execute(tx);
  const found = rows[0]?.found ?? [];
  return found.length > MOST_FOUND ? 'many' : found;
}

async function pageOf(tx: Kysely<Tables>, query: DocketQuery, hits: Hits): Promise<DocketPage> {
  if (hits === 'many')
    // Whatever the planner fears of it.
    await sql`select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
      set_config('enable_sort', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`.execute(tx);
  const found = narrowed(tx.selectFrom('case_file'), query, hits);
  const most = query.size + 1;
  const rows =
    query.sort === 'due' ? await byDue(tx, found, placeOf(query), most) : await byReceipt(found, placeOf(query), most);
  const shown = rows.slice(0, query.size);
  const last = shown.at(-1);
  const key = last && (query.sort === 'due' ? (last.due_at ?? NEVER) : last.received_at);
  return { lines: shown.map(lineOf), next: rows.length > query.size && last ? `${key} ${last.id}` : null };
}

function placeOf({ after = '' }: DocketQuery): Place | null {
  const [value, id] = after.split(' ');
  return value && id ? { value, id } : null;
}

/** Cases with a term, then those without; beyond the first page two ranges of the index and not one expression. */
async function byDue(tx: Kysely<Tables>, found: Found, after: Place | null, most: number): Promise<Row[]> {
  const within = (range: Found, limit: number): Promise<Row[]> => {
    // Which cases, from the index alone; then what lists show of those few.
    const ids = range.orderBy('due_at').orderBy('id').limit(limit).select('id');
    return tx.selectFrom('case_file').where('id', 'in', ids).orderBy('due_at').orderBy('id').select(LINE).execute();
  };
  if (after === null) return within(found, most);
  if (after.value === NEVER) return within(found.where('due_at', 'is', null).where('id', '>', after.id), most);
  const later = sql<boolean>`(due_at, id) > (${after.value}::timestamptz, ${after.id}::uuid)`;
  const dated = await within(found.where('due_at', 'is not', null).where(later), most);
  if (dated.length === most) return dated;
  return [...dated, ...(await within(found.where('due_at', 'is', null), most - dated.length))];
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

function narrowed(from: Found, filter: DocketFilter, hits: Hits): Found {
  // Said as it is and not as a value: the indexes hold open cases alone, and a prepared plan must know that they will do.
  let found = from.where(filter.closed ? sql<boolean>`closed` : sql<boolean>`not closed`);
  const equal = {
    direction: filter.direction,
    measure: filter.measure,
    outcome: filter.outcome,
    urgency: filter.urgency,
  } as const;
  for (const [column, value] of Object.entries(equal))
    if (value !== undefined) found = found.where(column as keyof typeof equal, '=', value);
  const {
    state,
    stage,
    notStages,
    turns,
    mayTake,
    waitsForOthers,
    assignees,
    unassigned,
    freeFor,
    toCall,
    dueBefore,
    words,
  } = filter;
  // Said as it is for the same reason: there is an index of those alone that wait to be acknowledged.
  if (stage !== undefined) found = found.where(sql<boolean>`stage = ${sql.lit(stage)}`);
  if (notStages !== undefined) found = found.where('stage', '<>', sql<string>`all (${notStages}::text[])`);
  if (state !== undefined)
    found = found.where((eb) => eb.or([eb('requesting_state', '=', state), eb('requested_state', '=', state)]));
  if (turns !== undefined) found = found.where('turn', '=', sql<string>`any (${turns}::text[])`);
  if (mayTake !== undefined) found = found.where(sql<boolean>`${mayTake}::uuid <> all (barred)`);
  if (waitsForOthers !== undefined)
    found = found.where(
      sql<boolean>`(turn <> all (${waitsForOthers.than}::text[]) or ${waitsForOthers.person}::uuid = any (barred))`,
    );
  if (assignees !== undefined) found = found.where('assignee', '=', sql<string>`any (${assignees}::uuid[])`);
  if (unassigned) found = found.where('assignee', 'is', null);
  if (freeFor !== undefined)
    found = found.where(
      sql<boolean>`(assignee is null or assignee = any (${freeFor}::uuid[]) or assignee = any (barred) or not exists (
        select from person_role r where r.person = assignee and r.role = turn and r.taken_at is null))`,
    );
  if (toCall) found = found.where(sql<boolean>`to_call`);
  if (dueBefore !== undefined) found = found.where('due_at', '<', dueBefore);
  if (hits === 'many') found = found.where(sql<boolean>`not sealed and search @@ rogatory_wanted(${words})`);
  else if (hits !== null) found = found.where('id', '=', sql<string>`any (${hits}::uuid[])`);
  return found;
}

export async function counts(tx: Kysely<Tables>, now: Instant, filter: DocketFilter = {}): Promise<DocketCounts> {
  return countsOf(tx, now, filter, await hitsOf(tx, filter));
}

const MANY: DocketCounts = { total: MOST_COUNTED, byStage: {}, overdue: 0, emergency: 0, many: true };

async function countsOf(tx: Kysely<Tables>, now: Instant, filter: DocketFilter, hits: Hits): Promise<DocketCounts> {
  if (hits === 'many') return MANY;
  return isKept(filter) ? kept(tx, now, filter) : oneByOne(tx, now, filter, hits);
}

/** What counts are kept by; whoever asks for anything else has the cases counted, up to a number. */
const isKept = ({
  words,
  dueBefore,
  assignees,
  freeFor,
  toCall,
  mayTake,
  waitsForOthers,
  stage,
}: DocketFilter): boolean =>
  !words &&
  !toCall &&
  [dueBefore, assignees, freeFor, mayTake, waitsForOthers, stage].every((one) => one === undefined);

/** The kept counts, as far as whoever asks may see the cases; what is overdue changes with every moment and is counted now. */
async function kept(tx: Kysely<Tables>, now: Instant, filter: DocketFilter): Promise<DocketCounts> {
  const { closed = false, direction, state, measure, outcome, notStages = [], turns, urgency, unassigned } = filter;
  const late = narrowed(tx.selectFrom('case_file'), filter, null)
    .where('due_at', '<', now)
    .select(sql`1`.as('one'))
    .limit(MOST_COUNTED + 1);
  // One question for both: with twenty people asking, a round trip costs more than the counting.
  const { rows } = await sql<{ stage: string | null; urgency: string; n: number }>`
    select stage, urgency, n from rogatory_counted(${closed}, ${direction}, ${state}, ${measure}, ${outcome}, ${turns}, ${urgency},
      ${unassigned ? false : null})
    union all select null, '', count(*) from ${late} as late`.execute(tx);
  const byStage: { [stage: string]: number } = {};
  const counts = { total: 0, byStage, overdue: 0, emergency: 0, many: false };
  for (const { stage, urgency: how, n } of rows) {
    if (stage === null) {
      counts.overdue = n;
      continue;
    }
    if (notStages.includes(stage as Stage)) continue;
    counts.total += n;
    byStage[stage] = (byStage[stage] ?? 0) + n;
    if (how === 'emergency') counts.emergency += n;
  }
  return counts;
}

async function oneByOne(tx: Kysely<Tables>, now: Instant, filter: DocketFilter, hits: Hits): Promise<DocketCounts> {
  const some = narrowed(tx.selectFrom('case_file'), filter, hits)
    .select(['stage', 'due_at', 'urgency'])
    .limit(MOST_COUNTED + 1);
  const rows = await tx
    .selectFrom(some.as('some'))
    .groupBy('stage')
    .select(({ fn }) => [
      'stage',
      fn.countAll<number>().as('all'),
      fn.countAll<number>().filterWhere('due_at', '<', now).as('overdue'),
      fn.countAll<number>().filterWhere('urgency', '=', 'emergency').as('emergency'),
    ])
    .execute();
  const sum = (of: 'all' | 'overdue' | 'emergency'): number => rows.reduce((total, row) => total + row[of], 0);
  if (sum('all') > MOST_COUNTED) return MANY;
  return {
    total: sum('all'),
    byStage: Object.fromEntries(rows.map((row) => [row.stage, row.all])),
    overdue: sum('overdue'),
    emergency: sum('emergency'),
    many: false,
  };
}

/** Terms of open cases that run out before a moment. */
export async function falling(tx: Kysely<Tables>, before: Instant, most: number, from?: Instant): Promise<Falling[]> {
  let terms = tx
    .selectFrom('deadline')
    .select(['case_id', 'key', 'kind', 'whose', 'on_at'])
    .where('on_at', '<', before);
  // What is still to come was not settled yet, and of those there is an index.
  if (from !== undefined) terms = terms.where('on_at', '>=', from).where(sql<boolean>`not done`);
  const rows = await tx
    .selectFrom(terms.orderBy('on_at').orderBy('key').limit(most).as('term'))
    .innerJoin('case_file', 'case_file.id', 'term.case_id')
    .select(LINE.map((column) => `case_file.${column}` as const))
    .select(['term.key', 'term.kind', 'term.whose', 'term.on_at'])
    .where(sql<boolean>`not case_file.closed`)
    .orderBy('term.on_at')
    .orderBy('term.key')
    .execute();
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
