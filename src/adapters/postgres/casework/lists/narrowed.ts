// What a list asks for, as conditions on cases; what it searches for is found first. Row-level security decides what is listed at all.

import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { type DocketFilter, MOST_COUNTED } from '../../../../app/casework/ports.ts';
import type { Tables } from '../../schema.ts';

export type Found = SelectQueryBuilder<Tables, 'case_file', object>;

/** What a search came to: the cases that have the words, or that too many have them. Null where nothing was searched for. */
export type Hits = readonly string[] | 'many' | null;

/** So many are put into order one by one; where there are more, a walk along the order of the list soon has a page of them. */
const MOST_FOUND = 2 * MOST_COUNTED;
export const areMany = (hits: Hits): boolean => hits === 'many' || (hits?.length ?? 0) > MOST_COUNTED;

/** The ids of cases that have the words that are searched for and may be seen, or that there are too many. */
export async function hitsOf(tx: Kysely<Tables>, filter: DocketFilter): Promise<Hits> {
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

/** `from` with what the filter asks for and among the hits of its search. */
export function narrowed(from: Found, filter: DocketFilter, hits: Hits): Found {
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
