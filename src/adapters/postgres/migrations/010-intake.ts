// Intake in one statement: a new case with all that is written beside it, under the policies of whoever opens it.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- Who may see what is looked up with every transaction, by person.
create index conflict_of_interest_person on conflict_of_interest (person);
create index case_grant_person on case_grant (person);

-- PostgreSQL lets transactions that notify commit one at a time. Word of a new case, which no page can be showing yet, is
-- therefore given apart from its transaction, of many cases at once (adapters/postgres/casework/intake.ts).
drop trigger case_file_tells on case_file;
create trigger case_file_tells after update of version on case_file
  for each row execute function rogatory_tell();

-- Writes a new case and gives those it has something in common with, the newest first. It runs with the rights of whoever
-- calls it: every policy, trigger and constraint holds for each row as if it were written alone. In "bytes" stand the folded
-- state and the body of each event, one after the other; "opened" says where.
create function rogatory_open_case(who uuid, opened json, bytes bytea) returns text[]
language plpgsql set search_path = public, pg_temp as $$
declare
  new_id uuid := opened ->> 'id';
  at_moment timestamptz := opened ->> 'at';
  marks text[] := array(select json_array_elements_text(opened -> 'marks'));
  alike text[];
begin
  perform rogatory_enter(who);
  insert into case_file (id, reference, direction, requesting_state, requested_state, counterpart, measure, instrument,
      stage, urgency, turn, assignee, received_at, due_at, due_kind, outcome, disposition, waiting, to_call, version, state, search)
    select new_id, l.reference, l.direction, l.requesting_state, l.requested_state, l.counterpart, l.measure, l.instrument,
      l.stage, l.urgency, l.turn, l.assignee, l.received_at, l.due_at, l.due_kind, l.outcome, l.disposition, l.waiting, l.to_call,
      l.version, substr(bytes, 1, l.state_length), to_tsvector('simple', l.words)
    from json_to_record(opened -> 'line') as l (reference text, direction text, requesting_state text, requested_state text,
      counterpart text, measure text, instrument text, stage text, urgency text, turn text, assignee uuid, received_at timestamptz,
      due_at timestamptz, due_kind text, outcome text, disposition text, waiting integer, to_call boolean, version integer,
      state_length integer, words text);
  insert into event (case_id, seq, type, at, person, body)
    select new_id, e.seq, e.type, at_moment, nullif(who, '00000000-0000-0000-0000-000000000000'), substr(bytes, e.start, e.length)
    from json_to_recordset(opened -> 'events') as e (seq integer, type text, start integer, length integer);
  insert into commitment (value)
    select e.commitment from json_to_recordset(opened -> 'events') as e (commitment bytea);
  insert into opening (case_id, seq, commitment, salt, previous)
    select new_id, e.seq, e.commitment, e.salt, e.previous
    from json_to_recordset(opened -> 'events') as e (seq integer, commitment bytea, salt bytea, previous bytea);
  insert into assessment (case_id, no, outcome, made_at)
    select new_id, a.no, a.outcome, at_moment
    from json_to_recordset(opened -> 'assessments') as a (no integer, outcome text);
  insert into deadline (case_id, key, kind, whose, on_at)
    select new_id, t.key, t.kind, t.whose, t.at
    from json_to_recordset(opened -> 'terms') as t (key text, kind text, whose text, at timestamptz);
  insert into case_mark (case_id, mark) select new_id, unnest(marks);
  insert into document (case_id, id, kind, name, media_type, size, sha256, language, added_at, added_by)
    select new_id, d.id, d.kind, d.name, d.media_type, d.size, d.sha256, d.language, d.added_at, d.added_by
    from json_to_recordset(opened -> 'documents') as d (id uuid, kind text, name text, media_type text, size bigint, sha256 text,
      language text, added_at timestamptz, added_by uuid);
  insert into outbox (at, person, role, except_person, not_before)
    select at_moment, c.person, c.role, c.except, at_moment
    from json_to_recordset(opened -> 'calls') as c (person uuid, role text, "except" uuid);
  -- Materialized, so that marks are looked up by their index and the cases by theirs, whatever the statistics say.
  with hits as materialized (
    select distinct m.case_id from case_mark m where m.mark = any (marks) and m.case_id <> new_id limit 1000
  ), found as (
    select f.reference, f.received_at from hits cross join lateral (
      select c.reference, c.received_at from case_file c where c.id = hits.case_id offset 0) as f
    order by f.received_at desc limit 50
  )
  select array_agg(found.reference order by found.received_at desc) into alike from found;
  return coalesce(alike, '{}');
end $$;
revoke execute on function rogatory_open_case(uuid, json, bytea) from public;
grant execute on function rogatory_open_case(uuid, json, bytea) to rogatory_app;
`.execute(db);
}
