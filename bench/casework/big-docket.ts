// A docket of any size, always the same for the same size: real cases made by the use cases, then multiplied in SQL.

import pg from 'pg';
import type { ConnectionSettings } from '../../src/adapters/postgres/connection.ts';

export type Size = { readonly cases: number; readonly events: number };

/**
 * Multiplies the cases that are there until there are about so many. Ids, references and commitments are worked out from
 * the copied case and the number of the copy; times go back minute by minute; each copy has words of its own to be found by.
 */
export async function multiply(owner: ConnectionSettings, cases: number): Promise<Size> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from case_file');
    const copies = Math.max(0, Math.floor(cases / (rows[0]?.n ?? 1)) - 1);
    // The guards of decisions and tasks speak of who is asking; a bulk load is asked by nobody, so they stand aside.
    await client.query(
      "set session_replication_role = 'replica'; set work_mem = '256MB'; set synchronous_commit = off",
    );
    await client.query(
      `create temp table copy as
       select f.id as old, f.reference as old_reference, md5(f.id::text || n)::uuid as id, n,
         split_part(f.reference, '-', 1) || '-' || split_part(f.reference, '-', 2) || '-' ||
           lpad((100000 + row_number() over (order by f.reference, n))::text, 6, '0') as reference
       from case_file f, generate_series(1, $1::int) n`,
      [copies],
    );
    for (const statement of STATEMENTS) await client.query(statement);
    await client.query('analyze');
    const counted = await client.query<{ cases: number; events: number }>(
      'select (select count(*)::int from case_file) as cases, (select count(*)::int from event) as events',
    );
    return counted.rows[0] as Size;
  } finally {
    await client.end();
  }
}

const BACK = 'make_interval(mins => c.n * 7)';
const RENAMED = (bytes: string) =>
  `convert_to(replace(replace(convert_from(${bytes}, 'UTF8'), c.old::text, c.id::text), c.old_reference, c.reference), 'UTF8')`;

const STATEMENTS = [
  `insert into case_file (id, reference, direction, requesting_state, requested_state, counterpart, measure, instrument, stage,
     urgency, turn, assignee, received_at, due_at, due_kind, outcome, disposition, executing, closed, sealed, version, state, search)
   select c.id, c.reference, direction, requesting_state, requested_state, counterpart, measure, instrument, stage, urgency,
     turn, assignee, received_at - ${BACK}, due_at + make_interval(mins => c.n), due_kind, outcome, disposition, executing,
     closed, sealed, version, ${RENAMED('state')},
     search || to_tsvector('simple', c.reference || ' word' || (c.n % 977) || ' rare' || (c.n % 40009) || ' often' || (c.n % 7))
   from copy c join case_file f on f.id = c.old`,
  `insert into event (case_id, seq, type, at, person, body, sealed)
   select c.id, seq, type, at - ${BACK}, person, ${RENAMED('body')}, sealed from copy c join event e on e.case_id = c.old`,
  `insert into commitment (value) select sha256((c.id::text || o.seq)::bytea) from copy c join opening o on o.case_id = c.old`,
  `insert into opening (case_id, seq, commitment, salt, previous)
   select c.id, seq, sha256((c.id::text || seq)::bytea), salt, previous from copy c join opening o on o.case_id = c.old`,
  `insert into deadline (case_id, key, kind, whose, on_at, done)
   select c.id, key, kind, whose, on_at + make_interval(mins => c.n), done from copy c join deadline d on d.case_id = c.old`,
  `insert into case_mark (case_id, mark) select c.id, md5(mark || c.n) from copy c join case_mark m on m.case_id = c.old`,
  `insert into assessment (case_id, no, outcome, made_at)
   select c.id, no, outcome, made_at - ${BACK} from copy c join assessment a on a.case_id = c.old`,
];
