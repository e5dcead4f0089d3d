// How many cases there are of what a list asks for: from the counts that are kept, or one by one up to a number.

import { type Kysely, sql } from 'kysely';
import { type DocketCounts, type DocketFilter, MOST_COUNTED } from '../../../../app/casework/ports.ts';
import type { Stage } from '../../../../domain/docket/standing.ts';
import type { Instant } from '../../../../kernel/instant.ts';
import type { Tables } from '../../schema.ts';
import { type Hits, hitsOf, narrowed } from './narrowed.ts';

/** How many at each stage, how many of them overdue and urgent; of what is not kept count of, no more than a number. */
export async function counts(tx: Kysely<Tables>, now: Instant, filter: DocketFilter = {}): Promise<DocketCounts> {
  return countsOf(tx, now, filter, await hitsOf(tx, filter));
}

export const MANY: DocketCounts = { total: MOST_COUNTED, byStage: {}, overdue: 0, emergency: 0, many: true };

/** The same where what is searched for was found already. */
export async function countsOf(
  tx: Kysely<Tables>,
  now: Instant,
  filter: DocketFilter,
  hits: Hits,
): Promise<DocketCounts> {
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
    with counted as materialized (
      select stage, urgency, n from rogatory_counted(${closed}, ${direction}, ${state}, ${measure}, ${outcome}, ${turns}, ${urgency},
        ${unassigned ? false : null})
    )
    select stage, urgency, n from counted
    -- Where there is no case at all, none is looked for among those that are due.
    union all select null, '', count(*) from ${late} as late where exists (select from counted)`.execute(tx);
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
