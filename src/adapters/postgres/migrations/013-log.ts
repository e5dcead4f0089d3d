// The public log: its entries with what opens padding, its slots and signed heads, the logs of others that this node
// witnesses, and whose salts were destroyed.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- Whose log this database is of: the key that signs it. A process with other keys publishes nothing.
create table log_identity (
  one boolean primary key default true check (one),
  origin text not null,
  vkey text not null
);

-- A batch. All commitments up to "settled" had their place when it was made, or had never been written.
create table log_slot (
  slot timestamptz primary key,
  first bigint not null unique check (first >= 0),
  places integer not null check (places > 0),
  settled bigint not null
);

-- An entry is a step's commitment; or padding, with what opens it; or neither, where a backup older than the log was restored
-- and what the entry stood for is lost.
create table log_entry (
  index bigint primary key check (index >= 0),
  value bytea not null check (length(value) = 32),
  commitment bigint unique references commitment,
  slot timestamptz references log_slot,
  padding_salt bytea check (length(padding_salt) = 32),
  check (commitment is null or padding_salt is null),
  check ((commitment is null and padding_salt is null) = (slot is null))
);

-- Every tree that was signed.
create table log_head (
  size bigint primary key check (size > 0),
  root bytea not null check (length(root) = 32),
  signed_at timestamptz not null
);

-- The last tree of each log of others that this node cosigned. The checkpoint is kept with all signatures, for monitors.
create table witnessed_log (
  origin text primary key,
  size bigint not null,
  root bytea not null check (length(root) = 32),
  checkpoint text not null,
  at timestamptz not null
);

-- Cases whose salts and key were destroyed. Their entries in the log mean nothing any more.
create table case_erasure (
  case_id uuid primary key references case_file,
  at timestamptz not null,
  by_person uuid references person
);

-- Emergencies that are under way are few; the sequencer asks for their steps in every slot.
create index case_file_emergencies on case_file (id) where urgency = 'emergency' and not closed;

grant select, insert on log_identity, log_slot, log_entry, log_head, witnessed_log, case_erasure to rogatory_app;
grant update on witnessed_log to rogatory_app;

-- A witness never goes back.
create function rogatory_witness_guard() returns trigger language plpgsql as $$
begin
  if new.origin <> old.origin or new.size < old.size or (new.size = old.size and new.root <> old.root) then
    raise exception 'a witness does not go back' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger witnessed_log_guard before update on witnessed_log
  for each row execute function rogatory_witness_guard();
create trigger witnessed_log_stays before delete on witnessed_log
  for each row execute function rogatory_append_only();
create trigger witnessed_log_is_never_emptied before truncate on witnessed_log
  for each statement execute function rogatory_append_only();

-- Entries follow one another without a gap, and a head is of entries that are there.
create function rogatory_entry_follows() returns trigger language plpgsql as $$
declare
  first bigint;
  last bigint;
  entries bigint;
begin
  select min(index), max(index), count(*) into first, last, entries from log_entry_new;
  -- One look by the key, however long the log is.
  if entries <> last - first + 1 or (first > 0 and not exists (select from log_entry where index = first - 1)) then
    raise exception 'an entry of the log follows another' using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger log_entry_follows after insert on log_entry referencing new table as log_entry_new
  for each statement execute function rogatory_entry_follows();

-- Destroys what opens the commitments of a case: its salts, and where it is sealed the keys under which they lie. The case stays
-- in the docket; whether its words stay is for other rules.
create function rogatory_erase_salts(of_case uuid, at_moment timestamptz, by_whom uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not ('clock' = any (rogatory_roles())) then
    raise exception 'salts are destroyed by the node itself' using errcode = 'insufficient_privilege';
  end if;
  insert into case_erasure (case_id, at, by_person) values (of_case, at_moment, by_whom);
  update opening set salt = null where case_id = of_case;
  delete from case_grant where case_id = of_case;
  delete from case_key where case_id = of_case;
end $$;
revoke execute on function rogatory_erase_salts(uuid, timestamptz, uuid) from public;
grant execute on function rogatory_erase_salts(uuid, timestamptz, uuid) to rogatory_app;
-- The function runs as the owner, whom forced policies bind; the application's role may not delete a key without a role for it.
create policy erased on case_key for delete using (current_user <> 'rogatory_app');
`.execute(db);

  for (const table of ['log_identity', 'log_slot', 'log_entry', 'log_head', 'case_erasure'])
    await sql`
create trigger ${sql.raw(table)}_append_only before update or delete on ${sql.raw(table)}
  for each row execute function rogatory_append_only();
create trigger ${sql.raw(table)}_is_never_emptied before truncate on ${sql.raw(table)}
  for each statement execute function rogatory_append_only();
`.execute(db);

  // Which entry is whose step would tell who looks when something happened: only the node itself and oversight see it.
  for (const table of ['log_identity', 'log_slot', 'log_entry', 'log_head', 'witnessed_log', 'case_erasure'])
    await sql`
alter table ${sql.raw(table)} enable row level security;
alter table ${sql.raw(table)} force row level security;
create policy seen on ${sql.raw(table)} for select using ((select rogatory_roles()) && array['clock', 'oversight']);
create policy added on ${sql.raw(table)} for insert with check ('clock' = any ((select rogatory_roles())::text[]));
`.execute(db);
  await sql`create policy moved_on on witnessed_log for update using ('clock' = any ((select rogatory_roles())::text[]))`.execute(
    db,
  );
}
