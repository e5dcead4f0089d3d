// Sealed cases, and the office's own settings: what is sealed after the fact, by one function alone; and a record of changes.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- The salt of a sealed event lies with its body under the case key: with the salt at hand a short body could be guessed.
alter table opening alter column salt drop not null;
-- The name of a document of a sealed case is sealed, in base64.
alter table document add column sealed boolean not null default false;
-- Reasons are words of the case; they stand in its events and nowhere else.
alter table conflict_of_interest drop column reason;

-- The case key as the node opens it, for the clock and for oversight. Without the vault it opens nothing.
create table case_key (
  case_id uuid primary key references case_file,
  wrapped bytea not null
);
grant select, insert, delete on case_key to rogatory_app;
alter table case_key enable row level security;
alter table case_key force row level security;
create policy seen on case_key for select using (exists (select from case_file f where f.id = case_id));
create policy added on case_key for insert with check (
  exists (select from case_file f where f.id = case_id) and 'approver' = any ((select rogatory_roles())::text[]));
create policy taken on case_key for delete using (
  exists (select from case_file f where f.id = case_id) and 'approver' = any ((select rogatory_roles())::text[]));

-- Events and documents stay as they were written, but for this: with the seal of their case they are sealed or opened.
-- What an event commits to is its plain body, so opened bytes that are not those of old do not fit their commitment.
create function rogatory_append_or_seal() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.sealed <> old.sealed
      and to_jsonb(new) - array['body', 'name', 'sealed'] = to_jsonb(old) - array['body', 'name', 'sealed'] then
      if new.sealed = (select f.sealed from case_file f where f.id = new.case_id) then
        return new;
      end if;
    end if;
  end if;
  raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'insufficient_privilege';
end $$;

-- Nothing plain is written into a sealed case, nor anything sealed into another.
create function rogatory_sealed_alike() returns trigger language plpgsql as $$
begin
  if new.sealed is distinct from (select f.sealed from case_file f where f.id = new.case_id) then
    raise exception 'what is written in a sealed case is sealed, and nothing else is' using errcode = 'check_violation';
  end if;
  return new;
end $$;
`.execute(db);

  for (const table of ['event', 'document'])
    await sql`
drop trigger ${sql.raw(table)}_append_only on ${sql.raw(table)};
create trigger ${sql.raw(table)}_append_only before update or delete on ${sql.raw(table)}
  for each row execute function rogatory_append_or_seal();
create trigger ${sql.raw(table)}_sealed_alike before insert on ${sql.raw(table)}
  for each row execute function rogatory_sealed_alike();
`.execute(db);

  await sql`
-- Puts what stood in a case before it was sealed, or unsealed, into the form it must have now: all of it or nothing.
create function rogatory_reseal(of_case uuid, seqs integer[], bodies bytea[], salts bytea[], documents uuid[], names text[])
  returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare now_sealed boolean;
begin
  select f.sealed into now_sealed from case_file f where f.id = of_case;
  if now_sealed is null or not ('approver' = any (rogatory_roles())) or not (of_case = any (rogatory_granted()::uuid[])) then
    raise exception 'a case is sealed and unsealed by an approver who may open it' using errcode = 'insufficient_privilege';
  end if;
  update event e set body = u.body, sealed = now_sealed
    from unnest(seqs, bodies) as u (seq, body) where e.case_id = of_case and e.seq = u.seq;
  update opening o set salt = u.salt
    from unnest(seqs, salts) as u (seq, salt) where o.case_id = of_case and o.seq = u.seq;
  update document d set name = u.name, sealed = now_sealed
    from unnest(documents, names) as u (id, name) where d.case_id = of_case and d.id = u.id;
  -- Unfinished changes hold the words of the case, each under its writer's eyes alone.
  delete from draft where case_id = of_case;
  if exists (select from event e where e.case_id = of_case and e.sealed <> now_sealed)
    or exists (select from document d where d.case_id = of_case and d.sealed <> now_sealed)
    or exists (select from opening o where o.case_id = of_case and (o.salt is null) <> now_sealed) then
    raise exception 'a case is sealed and unsealed as a whole' using errcode = 'check_violation';
  end if;
end $$;
revoke execute on function rogatory_reseal(uuid, integer[], bytea[], bytea[], uuid[], text[]) from public;
grant execute on function rogatory_reseal(uuid, integer[], bytea[], bytea[], uuid[], text[]) to rogatory_app;
-- The function runs as the owner, whom forced policies bind; it alone reaches the drafts of others.
create policy with_their_case on draft using (current_user <> 'rogatory_app' and case_id is not null)
  with check (false);

-- Terms of open cases are counted anew after a change of the office: under which version they all are, and how far it got.
alter table office
  add column changed_at timestamptz,
  add column counted integer not null default 1,
  add column counted_to uuid;
create table office_event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  by_person uuid references person,
  version integer not null unique,
  -- What was changed: each setting with what it was and what it is.
  changes jsonb not null
);
grant select, insert on office_event to rogatory_app;
create trigger office_event_only_grows before update or delete on office_event
  for each row execute function rogatory_append_only();
create trigger office_event_is_never_emptied before truncate on office_event
  for each statement execute function rogatory_append_only();
`.execute(db);
}
