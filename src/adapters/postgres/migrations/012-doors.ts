// Doors: keys by which programs of other offices hand in requests, and files that go under the seal of their case and out of it.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- A key lets a program of one office hand in requests of one State and ask what became of them: nothing else. The key itself
-- is shown once; whoever reads this table holds none.
create table api_key (
  id uuid primary key,
  office text not null check (length(office) between 1 and 200),
  state text not null check (state ~ '^[A-Z]{2}$'),
  hash text not null unique check (hash ~ '^[0-9a-f]{64}$'),
  made_at timestamptz not null,
  made_by uuid not null references person,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid references person,
  used_at timestamptz,
  -- How often it was used since the last window began.
  window_at timestamptz,
  window_uses integer not null default 0,
  check (expires_at > made_at),
  check ((revoked_at is null) = (revoked_by is null))
);
grant select, insert, update on api_key to rogatory_app;

create function rogatory_key_guard() returns trigger language plpgsql as $$
begin
  if (new.id, new.office, new.state, new.hash, new.made_at, new.made_by, new.expires_at)
      is distinct from (old.id, old.office, old.state, old.hash, old.made_at, old.made_by, old.expires_at)
    or (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at) then
    raise exception 'a key is used and revoked, and never changed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger api_key_guard before update on api_key for each row execute function rogatory_key_guard();

-- What was handed in under which of the sender's own keys of repetition: the same again is the same case, and not another.
create table api_intake (
  api_key uuid not null references api_key,
  repetition text not null check (length(repetition) between 1 and 255),
  body_sha256 bytea not null check (length(body_sha256) = 32),
  at timestamptz not null,
  case_id uuid unique references case_file,
  reference text,
  primary key (api_key, repetition)
);
grant select, insert, update on api_intake to rogatory_app;
alter table api_intake enable row level security;
alter table api_intake force row level security;
create policy by_itself on api_intake using ('clock' = any ((select rogatory_roles())::text[]))
  with check ('clock' = any ((select rogatory_roles())::text[]));

-- Cases whose files still have to follow a seal that was put on or taken off, and files that perhaps nobody needs in the clear
-- any more. Written with the step itself, so that a node that dies in between goes on where it was.
create table file_move (
  case_id uuid primary key references case_file,
  since timestamptz not null default now()
);
create table file_left (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  since timestamptz not null default now()
);
grant select, insert, update, delete on file_move, file_left to rogatory_app;
alter table file_move enable row level security;
alter table file_move force row level security;
create policy moved on file_move using (exists (select from case_file f where f.id = case_id))
  with check (exists (select from case_file f where f.id = case_id));
create index document_sha256 on document (sha256);

create function rogatory_files_follow() returns trigger language plpgsql as $$
begin
  insert into file_move (case_id) values (new.id) on conflict do nothing;
  return null;
end $$;
create trigger case_file_moves_files after update of sealed on case_file
  for each row when (old.sealed is distinct from new.sealed) execute function rogatory_files_follow();
-- A file may have been put down before the seal, and named after it.
create function rogatory_file_follows() returns trigger language plpgsql as $$
begin
  insert into file_move (case_id) values (new.case_id) on conflict do nothing;
  return null;
end $$;
create trigger document_moves after insert on document
  for each row when (new.sealed) execute function rogatory_file_follows();

-- What came with a form that is gone: kept where a case took it over, and otherwise not.
create function rogatory_files_left() returns trigger language plpgsql as $$
begin
  -- Under the seal of a case the list is one enciphered text, and so were the files.
  if jsonb_typeof(old.documents) = 'array' then
    insert into file_left (sha256) select distinct one ->> 'sha256' from jsonb_array_elements(old.documents) as one
      on conflict do nothing;
  end if;
  return null;
end $$;
create trigger draft_leaves_files after delete on draft for each row execute function rogatory_files_left();

-- Whether a file must still lie in the clear: for a case that is not sealed, for one whose own copy is not made yet, for a form.
create policy of_any on draft for select using (current_user <> 'rogatory_app');
create function rogatory_needed_plain(hash text) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select exists (
        select from document d join case_file f on f.id = d.case_id
        where d.sha256 = hash and (not f.sealed or exists (select from file_move m where m.case_id = f.id)))
      or exists (select from draft where documents @> jsonb_build_array(jsonb_build_object('sha256', hash)))
  $$;
revoke execute on function rogatory_needed_plain(text) from public;
grant execute on function rogatory_needed_plain(text) to rogatory_app;

-- Cases that were sealed before this version.
alter table case_file no force row level security;
insert into file_move (case_id) select id from case_file where sealed;
alter table case_file force row level security;
`.execute(db);
}
