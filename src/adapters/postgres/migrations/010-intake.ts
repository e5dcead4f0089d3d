// Intake in one statement: new cases with all that is written beside them, and word of them apart from their transaction.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- What a person may see is looked up with every transaction.
create index conflict_of_interest_person on conflict_of_interest (person);
create index case_grant_person on case_grant (person);

-- PostgreSQL lets transactions that notify commit one at a time. Word of a new case, which no page can be showing yet, is
-- therefore given apart from its transaction, of many cases at once (adapters/postgres/casework/intake.ts).
drop trigger case_file_tells on case_file;
create trigger case_file_tells after update of version on case_file
  for each row execute function rogatory_tell();

-- The same rule as in 007, looked at once a statement and not once a row.
create function rogatory_all_sealed_alike() returns trigger language plpgsql as $$
begin
  if exists (
    select from added a left join case_file f on f.id = a.case_id where a.sealed is distinct from f.sealed
  ) then
    raise exception 'what is written in a sealed case is sealed, and nothing else is' using errcode = 'check_violation';
  end if;
  return null;
end $$;
drop trigger event_sealed_alike on event;
create trigger event_sealed_alike after insert on event referencing new table as added
  for each statement execute function rogatory_all_sealed_alike();

-- Writes new cases as whoever has entered, and gives which other cases have a mark in common with them. Only what opens a case
-- is written here, so the policies of its tables come down to two questions: may this person open one, and is it theirs that the
-- events say. "bytes" holds of each case the folded state, and of each event salt, commitment and body, where the lists say.
create function rogatory_write_cases(cases json, events json, terms json, marks json, calls json, documents json, bytes bytea)
  returns table (opened uuid, other uuid)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  author uuid := nullif(rogatory_person(), '00000000-0000-0000-0000-000000000000');
begin
  if not rogatory_roles() && array['clock', 'duty-officer', 'reviewer'] then
    raise exception 'a case is opened by a duty officer or a reviewer' using errcode = 'insufficient_privilege';
  end if;
  insert into case_file (id, reference, direction, requesting_state, requested_state, counterpart, measure, instrument,
      stage, urgency, turn, assignee, received_at, due_at, due_kind, outcome, disposition, waiting, to_call, version, state, search)
    select c.id, c.reference, c.direction, c.requesting_state, c.requested_state, c.counterpart, c.measure, c.instrument,
      c.stage, c.urgency, c.turn, c.assignee, c.received_at, c.due_at, c.due_kind, c.outcome, c.disposition, c.waiting, c.to_call,
      c.version, substr(bytes, c.start, c.length), to_tsvector('simple', c.words)
    from json_to_recordset(cases) as c (id uuid, reference text, direction text, requesting_state text, requested_state text,
      counterpart text, measure text, instrument text, stage text, urgency text, turn text, assignee uuid, received_at timestamptz,
      due_at timestamptz, due_kind text, outcome text, disposition text, waiting integer, to_call boolean, version integer,
      start integer, length integer, words text);
  with step as materialized (
    select e.case_id, e.seq, e.type, e.at, e.assessment, e.outcome, substr(bytes, e.start, 32) as salt,
      substr(bytes, e.start + 32, 32) as commitment, substr(bytes, e.before, 32) as previous,
      substr(bytes, e.start + 64, e.length) as body
    from json_to_recordset(events) as e (case_id uuid, seq integer, type text, at timestamptz, start integer, length integer,
      before integer, assessment integer, outcome text)
  ), a as (
    insert into event (case_id, seq, type, at, person, body) select case_id, seq, type, at, author, body from step
  ), b as (
    insert into commitment (value) select commitment from step
  ), c as (
    insert into opening (case_id, seq, commitment, salt, previous) select case_id, seq, commitment, salt, previous from step
  )
  insert into assessment (case_id, no, outcome, made_at)
    select case_id, assessment, outcome, at from step where assessment is not null;
  insert into deadline (case_id, key, kind, whose, on_at)
    select t.case_id, t.key, t.kind, t.whose, t.at
    from json_to_recordset(terms) as t (case_id uuid, key text, kind text, whose text, at timestamptz);
  insert into outbox (at, person, role, except_person, not_before)
    select c.at, c.person, c.role, c.except, c.at
    from json_to_recordset(calls) as c (at timestamptz, person uuid, role text, "except" uuid);
  if documents is not null then
    insert into document (case_id, id, kind, name, media_type, size, sha256, language, added_at, added_by)
      select d.case_id, d.id, d.kind, d.name, d.media_type, d.size, d.sha256, d.language, d.added_at, author
      from json_to_recordset(documents) as d (case_id uuid, id uuid, kind text, name text, media_type text, size bigint,
        sha256 text, language text, added_at timestamptz);
  end if;
  insert into case_mark (case_id, mark) select m.case_id, m.mark from json_to_recordset(marks) as m (case_id uuid, mark text);
  return query
    select distinct mine.case_id, hit.case_id from json_to_recordset(marks) as mine (case_id uuid, mark text)
    cross join lateral (
      select m.case_id from case_mark m where m.mark = mine.mark and m.case_id <> mine.case_id limit 1000) as hit;
end $$;

-- What rogatory_write_cases does, for this person, and of the cases it finds those that they may see, the newest first.
create function rogatory_open_cases(who uuid, cases json, events json, terms json, marks json, calls json, documents json, bytes bytea)
  returns table (opened uuid, alike text[])
  language plpgsql set search_path = public, pg_temp as $$
begin
  perform rogatory_enter(who);
  return query
    with hit as materialized (select w.opened, w.other from rogatory_write_cases(cases, events, terms, marks, calls, documents, bytes) as w)
    select hit.opened, (array_agg(f.reference order by f.received_at desc))[1:50]
    from hit cross join lateral (
      select c.reference, c.received_at from case_file c where c.id = hit.other offset 0) as f
    group by hit.opened;
end $$;
revoke execute on function rogatory_write_cases(json, json, json, json, json, json, bytea) from public;
revoke execute on function rogatory_open_cases(uuid, json, json, json, json, json, json, bytea) from public;
grant execute on function rogatory_write_cases(json, json, json, json, json, json, bytea) to rogatory_app;
grant execute on function rogatory_open_cases(uuid, json, json, json, json, json, json, bytea) to rogatory_app;

-- States and bodies are written once and read often: where the server can, with the compression that costs the writer least.
do $$ begin
  alter table case_file alter column state set compression lz4;
  alter table event alter column body set compression lz4;
exception when feature_not_supported then null;
end $$;
`.execute(db);
}
