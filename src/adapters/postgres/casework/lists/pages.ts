// Pages of the docket in the order of what is due or of what came in, each of which begins where the last one ended.

import { type Kysely, sql } from 'kysely';
import type { DocketCounts, DocketPage, DocketQuery, Listed } from '../../../../app/casework/ports.ts';
import type { Instant } from '../../../../kernel/instant.ts';
import type { Tables } from '../../schema.ts';
import { countsOf, MANY } from './counts.ts';
import { LINE, lineOf, type Row } from './line.ts';
import { areMany, type Found, type Hits, hitsOf, narrowed } from './narrowed.ts';

/** Later than anything that falls due: where cases without a term sort. */
const NEVER = '9999-12-31T00:00:00.000Z';

type Place = { readonly value: string; readonly id: string };

/** One page of what is asked for, with nothing counted. */
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
