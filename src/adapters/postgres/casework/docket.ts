// Lists of cases: filters that narrow, keyset paging, and counts. Row-level security decides what is counted at all.

import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { CaseLine, DocketCounts, DocketPage, DocketQuery } from '../../../app/casework/ports.ts';
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
    sealed: row.sealed,
  }) as CaseLine;

/** Later than anything that falls due: where cases without a term sort. */
const NEVER = '9999-12-31T00:00:00.000Z';

export async function docket(tx: Kysely<Tables>, query: DocketQuery): Promise<DocketPage> {
  let found = narrowed(tx.selectFrom('case_file'), query);
  const [value, id] = (query.after ?? '').split(' ');
  if (query.sort === 'due') {
    // Two index ranges and not one expression: cases with a term, then those without.
    if (value && id) {
      found =
        value === NEVER
          ? found.where('due_at', 'is', null).where('id', '>', id)
          : found.where(sql<boolean>`(due_at, id) > (${value}::timestamptz, ${id}::uuid) or due_at is null`);
    }
    found = found.orderBy(sql`due_at asc nulls last`).orderBy('id');
  } else {
    if (value && id)
      found = found.where(
        sql<boolean>`(received_at < ${value}::timestamptz or (received_at = ${value}::timestamptz and id > ${id}::uuid))`,
      );
    found = found.orderBy('received_at', 'desc').orderBy('id');
  }
  const rows = await found
    .select(LINE)
    .limit(query.size + 1)
    .execute();
  const shown = rows.slice(0, query.size);
  const last = shown.at(-1);
  const key = last && (query.sort === 'due' ? (last.due_at ?? NEVER) : last.received_at);
  return { lines: shown.map(lineOf), next: rows.length > query.size && last ? `${key} ${last.id}` : null };
}

function narrowed(
  from: SelectQueryBuilder<Tables, 'case_file', object>,
  query: DocketQuery,
): SelectQueryBuilder<Tables, 'case_file', object> {
  let found = from.where('closed', '=', query.closed ?? false);
  const equal = {
    direction: query.direction,
    measure: query.measure,
    stage: query.stage,
    outcome: query.outcome,
    turn: query.turn,
    urgency: query.urgency,
    assignee: query.assignee,
  } as const;
  for (const [column, value] of Object.entries(equal))
    if (value !== undefined) found = found.where(column as keyof typeof equal, '=', value);
  if (query.state !== undefined) {
    const state = query.state;
    found = found.where((eb) => eb.or([eb('requesting_state', '=', state), eb('requested_state', '=', state)]));
  }
  if (query.dueBefore !== undefined) found = found.where('due_at', '<', query.dueBefore);
  if (query.words) found = found.where(sql<boolean>`search @@ plainto_tsquery('simple', ${query.words})`);
  return found;
}

/** One pass over the open cases. */
export async function counts(tx: Kysely<Tables>, now: Instant): Promise<DocketCounts> {
  const rows = await tx
    .selectFrom('case_file')
    .where('closed', '=', false)
    .groupBy(['stage', 'turn'])
    .select(({ fn }) => [
      'stage',
      'turn',
      fn.countAll<number>().as('all'),
      fn.countAll<number>().filterWhere('due_at', '<', now).as('overdue'),
      fn.countAll<number>().filterWhere('urgency', '=', 'emergency').as('emergency'),
    ])
    .execute();
  const byStage: Record<string, number> = {};
  const byTurn: Record<string, number> = {};
  let [total, overdue, emergency, unacknowledged] = [0, 0, 0, 0];
  for (const row of rows) {
    byStage[row.stage] = (byStage[row.stage] ?? 0) + row.all;
    byTurn[row.turn] = (byTurn[row.turn] ?? 0) + row.all;
    total += row.all;
    overdue += row.overdue;
    emergency += row.emergency;
    if (row.stage === 'received') unacknowledged += row.emergency;
  }
  return { total, byStage, byTurn, overdue, emergency, unacknowledged };
}
