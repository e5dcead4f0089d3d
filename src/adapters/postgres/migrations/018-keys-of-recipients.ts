// Whose key evidence is sealed to: entered by one person, confirmed by another; and objects of sealed cases, whose headers follow the seal.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- Two people stand for a key, held here as well as in the domain: whoever has the application's password still cannot confirm
-- their own, exchange one that was confirmed, or put down that something was sealed to a key nobody confirmed.
create table evidence_key (
  case_id uuid not null references case_file,
  no integer not null check (no > 0),
  fingerprint bytea not null check (length(fingerprint) = 32),
  entered_by uuid not null references person,
  confirmed_by uuid references person,
  confirmed_fingerprint bytea,
  primary key (case_id, no),
  constraint two_people_know_the_key check (confirmed_by <> entered_by),
  constraint confirmed_what_was_entered check (
    case when confirmed_by is null then confirmed_fingerprint is null
      else confirmed_fingerprint is not null and confirmed_fingerprint = fingerprint end)
);
create table evidence_sealing (
  case_id uuid not null,
  package_no integer not null check (package_no > 0),
  key_no integer not null,
  fingerprint bytea not null check (length(fingerprint) = 32),
  primary key (case_id, package_no, key_no),
  foreign key (case_id, key_no) references evidence_key (case_id, no)
);

create function rogatory_key_of_recipient_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (new.case_id, new.no) is distinct from (old.case_id, old.no) then
    raise exception 'a key keeps its number' using errcode = 'check_violation';
  end if;
  if new.confirmed_by is null then
    -- Entered, or another in its place: confirmed by nobody yet.
    if new.entered_by <> rogatory_person() or (tg_op = 'UPDATE' and new.fingerprint = old.fingerprint) then
      raise exception 'a key is entered by whoever writes it' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if tg_op = 'INSERT' then
    raise exception 'a key begins without confirmation' using errcode = 'check_violation';
  end if;
  if old.confirmed_by is not null or (new.fingerprint, new.entered_by) is distinct from (old.fingerprint, old.entered_by) then
    raise exception 'a key is confirmed once, as it was entered' using errcode = 'check_violation';
  end if;
  if new.confirmed_by <> rogatory_person() or not (rogatory_roles() && array['reviewer', 'approver']) then
    raise exception 'a key is confirmed by the reviewer or approver who writes it' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger evidence_key_guard before insert or update on evidence_key
  for each row execute function rogatory_key_of_recipient_guard();

create function rogatory_sealing_guard() returns trigger language plpgsql as $$
begin
  -- The row is locked: nobody exchanges the key while a package is put down as sealed to it.
  perform from evidence_key k where k.case_id = new.case_id and k.no = new.key_no and k.fingerprint = new.fingerprint
    and k.confirmed_by is not null for update;
  if not found then
    raise exception 'nothing is sealed to a key that a second person has not confirmed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger evidence_sealing_guard before insert on evidence_sealing
  for each row execute function rogatory_sealing_guard();
create trigger evidence_sealing_append_only before update or delete on evidence_sealing
  for each row execute function rogatory_append_only();
grant select, insert, update on evidence_key to rogatory_app;
grant select, insert on evidence_sealing to rogatory_app;

-- An object that came into a sealed case has its header sealed as files have: at once, or with the next minute.
create trigger event_moves_evidence after insert on event
  for each row when (new.sealed and new.type in ('evidence.received', 'evidence.redacted'))
  execute function rogatory_file_follows();
-- Objects of cases that were sealed before this version.
alter table case_file no force row level security;
insert into file_move (case_id) select id from case_file where sealed on conflict do nothing;
alter table case_file force row level security;

-- A file that comes with a form says how long it was once it is there.
grant update (size) on evidence_upload to rogatory_app;
create function rogatory_upload_guard() returns trigger language plpgsql as $$
begin
  if new.size > old.size then
    raise exception 'an upload is never longer than what was begun' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger evidence_upload_guard before update on evidence_upload
  for each row execute function rogatory_upload_guard();
`.execute(db);

  for (const table of ['evidence_key', 'evidence_sealing'])
    await sql`
alter table ${sql.raw(table)} enable row level security;
alter table ${sql.raw(table)} force row level security;
create policy seen on ${sql.raw(table)} for select using (exists (select from case_file f where f.id = case_id));
create policy added on ${sql.raw(table)} for insert with check (
  exists (select from case_file f where f.id = case_id)
  and (select rogatory_roles()) && array['duty-officer', 'reviewer', 'approver']);
create policy changed on ${sql.raw(table)} for update using (
  exists (select from case_file f where f.id = case_id)
  and (select rogatory_roles()) && array['duty-officer', 'reviewer', 'approver']);
`.execute(db);
}
