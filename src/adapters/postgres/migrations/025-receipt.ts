// The receipt of requests in one statement, with nothing in it of what follows from them.

import { type Kysely, sql } from 'kysely';
import { KIND, kindOf } from './009-counts.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
drop function rogatory_open_cases(uuid, json, json, json, json, json, json, bytea);
drop function rogatory_write_cases(json, json, json, json, json, json, bytea);

-- What nobody has read yet is no more than its two or three events: they are folded when it is read.
alter table case_file alter column state set default '';

-- Rows that are never changed or deleted need not be locked by what refers to them: it is enough to see that they are there.
-- This is looked at once a statement and not once a row, each row by its key however many there are.
alter table event drop constraint event_case_id_fkey;
create or replace function rogatory_all_sealed_alike() returns trigger language plpgsql as $$
begin
  if exists (
    select from added a where a.sealed is distinct from (select f.sealed from case_file f where f.id = a.case_id)
  ) then
    raise exception 'what is written in a sealed case is sealed, and nothing else is' using errcode = 'check_violation';
  end if;
  return null;
end $$;
alter table opening drop constraint opening_commitment_fkey, drop constraint opening_case_id_seq_fkey;
create function rogatory_all_open_steps() returns trigger language plpgsql as $$
begin
  if exists (
    select from added a
    where (select e.seq from event e where e.case_id = a.case_id and e.seq = a.seq) is null
      or (select c.id from commitment c where c.value = a.commitment) is null
  ) then
    raise exception 'what opens a commitment is of a step and of a commitment that are there' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create trigger opening_opens_steps after insert on opening referencing new table as added
  for each statement execute function rogatory_all_open_steps();

-- What comes together is counted together.
drop trigger case_file_comes on case_file;
create function rogatory_count_new() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  oldest bigint;
  newest bigint;
begin
  with change as (
    insert into docket_change (${KIND}, n) select ${kindOf('a')}, count(*) from added a group by ${kindOf('a')} returning id
  )
  select min(id), max(id) into oldest, newest from change;
  if newest / 256 > (oldest - 1) / 256 then perform rogatory_add_up(); end if;
  return null;
end $$;
revoke execute on function rogatory_count_new() from public;
create trigger case_file_comes after insert on case_file referencing new table as added
  for each statement execute function rogatory_count_new();

-- Writes new cases as this person. Only what opens a case is written here, so the policies of its tables come down to two
-- questions: may this person open one, and is it theirs that the events say. "bytes" holds of each event salt, commitment and
-- body, where the lists say; a list without anything in it is null. What a program handed in
-- before under the same name fails on api_intake_pkey.
create function rogatory_receive(who uuid, cases json, events json, terms json, calls json, documents json, claims json, bytes bytea)
  returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  author uuid := nullif(who, '00000000-0000-0000-0000-000000000000');
begin
  perform rogatory_enter(who);
  if not rogatory_roles() && array['clock', 'duty-officer', 'reviewer'] then
    raise exception 'a case is opened by a duty officer or a reviewer' using errcode = 'insufficient_privilege';
  end if;
  insert into case_file (id, reference, direction, requesting_state, requested_state, counterpart, measure, instrument,
      stage, urgency, turn, assignee, received_at, due_at, due_kind, waiting, to_call, version)
    select c.id, c.reference, c.direction, c.requesting_state, c.requested_state, c.counterpart, c.measure, c.instrument,
      c.stage, c.urgency, c.turn, c.assignee, c.received_at, c.due_at, c.due_kind, c.waiting, c.to_call,
      c.version
    from json_to_recordset(cases) as c (id uuid, reference text, direction text, requesting_state text, requested_state text,
      counterpart text, measure text, instrument text, stage text, urgency text, turn text, assignee uuid, received_at timestamptz,
      due_at timestamptz, due_kind text, waiting integer, to_call boolean, version integer);
  with step as materialized (
    select e.case_id, e.seq, e.type, e.at, substr(bytes, e.start, 32) as salt,
      substr(bytes, e.start + 32, 32) as commitment, substr(bytes, e.before, 32) as previous,
      substr(bytes, e.start + 64, e.length) as body
    from json_to_recordset(events) as e (case_id uuid, seq integer, type text, at timestamptz, start integer, length integer,
      before integer)
  ), a as (
    insert into event (case_id, seq, type, at, person, body) select case_id, seq, type, at, author, body from step
  ), b as (
    insert into commitment (value) select commitment from step
  )
  insert into opening (case_id, seq, commitment, salt, previous) select case_id, seq, commitment, salt, previous from step;
  insert into deadline (case_id, key, kind, whose, on_at)
    select t.case_id, t.key, t.kind, t.whose, t.at
    from json_to_recordset(terms) as t (case_id uuid, key text, kind text, whose text, at timestamptz);
  if calls is not null then
    insert into outbox (at, person, role, except_person, not_before)
      select c.at, c.person, c.role, c.except, c.at
      from json_to_recordset(calls) as c (at timestamptz, person uuid, role text, "except" uuid);
  end if;
  if documents is not null then
    insert into document (case_id, id, kind, name, media_type, size, sha256, language, added_at, added_by)
      select d.case_id, d.id, d.kind, d.name, d.media_type, d.size, d.sha256, d.language, d.added_at, author
      from json_to_recordset(documents) as d (case_id uuid, id uuid, kind text, name text, media_type text, size bigint,
        sha256 text, language text, added_at timestamptz);
  end if;
  if claims is not null then
    insert into api_intake (api_key, repetition, body_sha256, at, case_id, reference)
      select c.api_key, c.repetition, decode(c.body, 'hex'), c.at, c.case_id, c.reference
      from json_to_recordset(claims) as c (api_key uuid, repetition text, body text, at timestamptz, case_id uuid, reference text);
  end if;
end $$;
revoke execute on function rogatory_receive(uuid, json, json, json, json, json, json, bytea) from public;
grant execute on function rogatory_receive(uuid, json, json, json, json, json, json, bytea) to rogatory_app;
`)
    .execute(db);
}
