// People and access: what they sign in with, their sessions, what may be used once, counted failures, keys, and every act about them.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table login (
  person uuid primary key references person,
  name text not null unique check (length(name) between 2 and 64),
  password text,
  totp bytea,
  totp_step bigint not null default 0
);
grant select, insert, update on login to rogatory_app;

create table passkey (
  id text primary key,
  person uuid not null references person,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  device_bound boolean not null,
  label text not null check (length(label) between 1 and 100),
  added_at timestamptz not null,
  used_at timestamptz
);
create index passkey_person on passkey (person);
grant select, insert, update, delete on passkey to rogatory_app;

create table recovery_code (
  hash text primary key,
  person uuid not null references person,
  made_at timestamptz not null,
  used_at timestamptz
);
create index recovery_code_person on recovery_code (person);
grant select, insert, update, delete on recovery_code to rogatory_app;

-- Who a ministry's identity provider knows by which subject. A link is made by a person, never by signing in.
create table federated_identity (
  issuer text not null,
  subject text not null,
  person uuid not null references person,
  primary key (issuer, subject)
);
grant select, insert, delete on federated_identity to rogatory_app;

-- The key is the SHA-256 of the cookie: whoever reads this table holds no session.
create table session (
  id text primary key,
  person uuid not null references person,
  credential text not null,
  csrf text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  address text not null,
  ended_at timestamptz,
  ended_why text,
  check ((ended_at is null) = (ended_why is null))
);
create index session_person on session (person) where ended_at is null;
grant select, insert, update on session to rogatory_app;

create table one_time (
  hash text primary key,
  kind text not null,
  person uuid references person,
  facts jsonb not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index one_time_expires on one_time (expires_at);
grant select, insert, update, delete on one_time to rogatory_app;

create table attempt (
  key text primary key,
  failures integer not null,
  last_at timestamptz,
  blocked_until timestamptz
);
grant select, insert, update, delete on attempt to rogatory_app;

-- The recovery of an account waits here for a registrar who did not open it.
create table recovery (
  person uuid primary key references person,
  opened_by uuid not null references person,
  opened_at timestamptz not null,
  check (opened_by <> person)
);
grant select, insert, update, delete on recovery to rogatory_app;

create table person_key (
  recipient text primary key,
  person uuid not null references person,
  made_at timestamptz not null,
  sealed bytea not null
);
create index person_key_person on person_key (person, made_at);
grant select, insert on person_key to rogatory_app;

create table person_event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  by_person uuid references person,
  person uuid references person,
  what text not null,
  facts jsonb not null
);
create index person_event_person on person_event (person, id);
grant select, insert on person_event to rogatory_app;
create trigger person_event_only_grows before update or delete on person_event
  for each row execute function rogatory_append_only();
create trigger person_event_is_never_emptied before truncate on person_event
  for each statement execute function rogatory_append_only();
`.execute(db);
}
