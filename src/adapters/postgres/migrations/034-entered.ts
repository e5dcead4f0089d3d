// A step says by which number its commitment is queued for the log, so that no receipt writes to a random place of an index of
// all commitments; and terms are held to their cases once a statement.

import { type Kysely, sql } from 'kysely';

const CHAINS = ['opening', 'oversight_event', 'held_step', 'report'];

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create function rogatory_queued(mark bytea) returns bigint language sql stable as $$ select id from commitment where value = mark $$;
`.execute(db);
  for (const table of CHAINS)
    await sql`
alter table ${sql.table(table)} add column entry bigint;
-- Written anew, and not updated: what was written is never changed, and each row is of a case that somebody would have to see.
alter table ${sql.table(table)} alter column entry type bigint using rogatory_queued(commitment);
create unique index ${sql.raw(`${table}_entry`)} on ${sql.table(table)} (entry);
`.execute(db);
  await sql`
drop function rogatory_queued(bytea);
-- What referred to it by its value refers to it by its number now. Two with one value would be two entries of the log, of which
-- nobody claims the second.
alter table commitment drop constraint commitment_value_key cascade;

-- Queues a commitment for the log, and gives the number by which its step refers to it.
create function rogatory_commit(mark bytea) returns bigint language sql volatile as $$
  insert into commitment (value) values (mark) returning id
$$;

create or replace function rogatory_all_open_steps() returns trigger language plpgsql as $$
begin
  if exists (
    select from added a
    where (select e.seq from event e where e.case_id = a.case_id and e.seq = a.seq) is null
      or (select c.value from commitment c where c.id = a.entry) is distinct from a.commitment
  ) then
    raise exception 'what opens a commitment is of a step and of a commitment that are there' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create function rogatory_all_committed() returns trigger language plpgsql as $$
begin
  if exists (
    select from added a where (select c.value from commitment c where c.id = a.entry) is distinct from a.commitment
  ) then
    raise exception 'a step refers to its own commitment' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
`.execute(db);
  for (const table of CHAINS.slice(1))
    await sql`
create trigger ${sql.raw(`${table}_is_committed`)} after insert on ${sql.table(table)} referencing new table as added
  for each statement execute function rogatory_all_committed();
`.execute(db);
  await sql
    .raw(`
create or replace function rogatory_unclaimed(first bigint, after bigint) returns setof bigint
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not rogatory_roles() && array['clock', 'oversight'] then
    return;
  end if;
  return query
    select e.index from log_entry e join commitment c on c.id = e.commitment
    where e.index >= first and e.index < after
      ${CHAINS.map((table) => `and not exists (select from ${table} s where s.entry = c.id and s.commitment = c.value)`).join('\n      ')}
    order by 1;
end $$;

-- Cases are never deleted, so they need not be locked by their terms: each receipt wrote a lock into the case it had just made.
alter table deadline drop constraint deadline_case_id_fkey;
create function rogatory_all_of_cases() returns trigger language plpgsql as $$
begin
  if exists (select from added a where (select f.id from case_file f where f.id = a.case_id) is null) then
    raise exception 'a term is of a case that is there' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create trigger deadline_is_of_a_case after insert on deadline referencing new table as added
  for each statement execute function rogatory_all_of_cases();

-- Writes new cases as this person. Only what opens a case is written here, so the policies of its tables come down to two
-- questions: may this person open one, and is it theirs that the events say. "bytes" holds of each event salt, commitment and
-- body, where the lists say; a list without anything in it is null. What a program handed in
-- before under the same name fails on api_intake_pkey.
create or replace function rogatory_receive(who uuid, cases json, events json, terms json, calls json, documents json, claims json, bytes bytea)
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
    insert into commitment (value) select commitment from step returning id, value
  )
  insert into opening (case_id, seq, commitment, salt, previous, entry)
    select case_id, seq, commitment, salt, previous, b.id from step join b on b.value = step.commitment;
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
`)
    .execute(db);
}
