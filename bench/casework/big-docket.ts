// A docket of any size, always the same for the same size: real cases made by the use cases, then multiplied in SQL.

import pg from 'pg';
import type { ConnectionSettings } from '../../src/adapters/postgres/connection.ts';

export type Size = { readonly cases: number; readonly events: number };

/** Events a case has on average. */
export const EVENTS_A_CASE = 10;

/**
 * Multiplies the cases that are there until there are so many, with at least `EVENTS_A_CASE` events each on average: short
 * cases and long ones are copied as often as that takes. Ids, references and commitments are worked out from the copied
 * case and the number of the copy. Times are spread, each copy has words of its own to be found by, one in a hundred is
 * sealed and given to nobody, and every reviewer has a conflict of interest in some.
 */
export async function multiply(owner: ConnectionSettings, cases: number): Promise<Size> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    // The guards of decisions and tasks speak of who is asking; a bulk load is asked by nobody, so they stand aside.
    await client.query(
      "set session_replication_role = 'replica'; set work_mem = '256MB'; set synchronous_commit = off; set timezone = 'UTC'",
    );
    const { rows: base } = await client.query<{ id: string; events: number }>(
      'select case_id as id, count(*)::int as events from event group by 1 order by 2, 1',
    );
    const times = timesToCopy(
      base.map(({ events }) => events),
      cases,
    );
    await client.query(
      `create temp table copy as
       select f.id as old, f.reference as old_reference, md5(f.id::text || n)::uuid as id, n, all_n,
         split_part(f.reference, '-', 1) || '-' || split_part(f.reference, '-', 2) || '-' ||
           lpad((100000 + all_n)::text, 6, '0') as reference,
         all_n % 100 = 99 as dark
       from (select id, n, row_number() over (order by n, id) as all_n
             from unnest($1::uuid[], $2::int[]) as t (id, times), generate_series(1, times) n) one
       join case_file f using (id)`,
      [base.map(({ id }) => id), times],
    );
    for (const statement of STATEMENTS) await client.query(statement);
    const counted = await client.query<{ cases: number; events: number }>(
      'select (select count(*)::int from case_file) as cases, (select count(*)::int from event) as events',
    );
    return counted.rows[0] as Size;
  } finally {
    await client.end();
  }
}

/** How often each case is copied, by how many events it has, in the same order; they come sorted. */
function timesToCopy(events: readonly number[], cases: number): number[] {
  const short = events.filter((many) => many <= EVENTS_A_CASE);
  const long = events.slice(short.length);
  const mean = (list: readonly number[]): number =>
    list.reduce((sum, many) => sum + many, 0) / Math.max(1, list.length);
  const wanted = Math.max(0, cases - events.length);
  const missing = EVENTS_A_CASE * cases - events.reduce((sum, many) => sum + many, 0);
  const share = (missing - mean(short) * wanted) / Math.max(1, mean(long) - mean(short));
  // One round more of the long ones: what rounding takes away is a whole case at most.
  const ofLong = Math.min(wanted, Math.max(0, Math.ceil(share) + long.length));
  const spread = (total: number, over: number): number[] =>
    Array.from({ length: over }, (_, place) => Math.floor((total + over - 1 - place) / over));
  return [...spread(wanted - ofLong, short.length), ...spread(ofLong, long.length)];
}

const BACK = 'make_interval(mins => c.n * 7)';
/** Into the weeks to come, so that something falls due each day. */
const AHEAD = 'make_interval(days => c.n % 40, mins => c.n % 1440)';
const RENAMED = (bytes: string) =>
  `convert_to(replace(replace(convert_from(${bytes}, 'UTF8'), c.old::text, c.id::text), c.old_reference, c.reference), 'UTF8')`;
const WORDS = `c.reference || ' word' || lpad((c.all_n % 977)::text, 3, '0') || ' rare' || lpad((c.all_n % 40009)::text, 5, '0') ||
  ' often' || (c.all_n % 7)`;

const STATEMENTS = [
  `insert into case_file (id, reference, direction, requesting_state, requested_state, counterpart, measure, instrument, stage,
     urgency, turn, assignee, received_at, due_at, due_kind, outcome, disposition, waiting, to_call, executing, closed, sealed,
     version, state, search)
   select c.id, c.reference, direction, requesting_state, requested_state, case when c.dark then '' else counterpart end, measure,
     instrument, stage, urgency, turn, assignee, received_at - ${BACK}, due_at + ${AHEAD}, due_kind, outcome, disposition, waiting,
     to_call, executing, closed, c.dark, version, ${RENAMED('state')},
     case when c.dark then '' else search || to_tsvector('simple', ${WORDS}) end
   from copy c join case_file f on f.id = c.old`,
  `insert into event (case_id, seq, type, at, person, body, sealed)
   select c.id, seq, type, at - ${BACK}, person, ${RENAMED('body')}, c.dark from copy c join event e on e.case_id = c.old`,
  `with made as (
     select c.id as case_id, seq, sha256((c.id::text || seq)::bytea) as value, case when c.dark then null else salt end as salt, previous
     from copy c join opening o on o.case_id = c.old
   ), entered as (insert into commitment (value) select value from made returning id, value)
   insert into opening (case_id, seq, commitment, salt, previous, entry)
   select case_id, seq, value, salt, previous, entered.id from made join entered using (value)`,
  // What has run out was looked at then: the clock of the node has the work of a day before it, and not that of years.
  `insert into deadline (case_id, key, kind, whose, on_at, done)
   select c.id, key, kind, whose, on_at + ${AHEAD}, done or on_at + ${AHEAD} < now() from copy c join deadline d on d.case_id = c.old`,
  `insert into case_mark (case_id, mark) select c.id, md5(mark || c.n) from copy c join case_mark m on m.case_id = c.old`,
  `insert into assessment (case_id, no, outcome, made_at)
   select c.id, no, outcome, made_at - ${BACK} from copy c join assessment a on a.case_id = c.old`,
  `insert into decision (case_id, no, disposition, assessment_no, outcome, hash, state, proposed_by, countersigned_by, countersigned_hash)
   select c.id, no, disposition, assessment_no, outcome, hash, state, proposed_by, countersigned_by, countersigned_hash
   from copy c join decision d on d.case_id = c.old`,
  `insert into execution_task (case_id, id, decision_no, status)
   select c.id, t.id, decision_no, status from copy c join execution_task t on t.case_id = c.old`,
  `insert into conflict_of_interest (case_id, person, declared_at)
   select c.id, r.person, now() from copy c, person_role r where r.role = 'reviewer' and c.all_n % 4001 = 7`,
  'select rogatory_count_anew()',
  'vacuum analyze',
];
