// The ground: the application's role, which owns nothing, the office, its people and their roles, and who is asking.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
do $$ begin
  if not exists (select from pg_roles where rolname = 'rogatory_app') then
    create role rogatory_app login nosuperuser nocreatedb nocreaterole nobypassrls;
  end if;
end $$;
revoke create on schema public from public;
grant usage on schema public to rogatory_app;

-- What an office sets for itself; one row.
create table office (
  one boolean primary key default true check (one),
  state text not null,
  name text not null,
  settings jsonb not null,
  version integer not null default 1,
  demonstration boolean not null default false
);
grant select, insert, update on office to rogatory_app;

create table person (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  language text not null,
  created_at timestamptz not null,
  disabled_at timestamptz
);
grant select, insert, update on person to rogatory_app;

create table person_role (
  person uuid not null references person,
  role text not null check (role in ('duty-officer', 'reviewer', 'approver', 'executing-unit', 'oversight', 'registrar')),
  given_at timestamptz not null,
  given_by uuid references person,
  taken_at timestamptz,
  taken_by uuid references person,
  primary key (person, role, given_at)
);
create unique index person_role_held on person_role (person, role) where taken_at is null;
grant select, insert, update on person_role to rogatory_app;

create table absence (
  id uuid primary key,
  person uuid not null references person,
  deputy uuid references person,
  from_day date not null,
  until_day date not null,
  check (until_day >= from_day),
  check (deputy <> person)
);
grant select, insert, update, delete on absence to rogatory_app;

-- Who is asking is said once a transaction. Without it this raises an error, so a query that forgot it fails closed.
create function rogatory_person() returns uuid language sql stable parallel safe
  as $$ select current_setting('rogatory.person')::uuid $$;

-- What rogatory_enter (migration 003) found out about them, once a transaction. Whoever could forge these settings could as
-- well say that they are somebody else: the application's role is trusted to say who asks, and with nothing more.
create function rogatory_roles() returns text[] language sql stable parallel safe
  as $$ select current_setting('rogatory.roles')::text[] $$;
grant execute on function rogatory_person(), rogatory_roles() to rogatory_app;

-- For tables that only grow: whoever may insert, nobody may change or delete, the owner included.
create function rogatory_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'insufficient_privilege';
end $$;
`.execute(db);
}
