// The clock and its word to people: who is to be told that something waits, and where their mail goes. No case stands here.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- Written in the transaction of the step that makes somebody's turn; it names a person or a role and nothing else.
create table outbox (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  person uuid references person,
  role text,
  -- Who took the step: they know already.
  except_person uuid references person,
  tries integer not null default 0,
  not_before timestamptz not null,
  check ((person is null) <> (role is null))
);
create index outbox_next on outbox (not_before);
grant select, insert, update, delete on outbox to rogatory_app;

create table mail_address (
  person uuid primary key references person,
  address text not null check (length(address) between 3 and 254 and address not like '% %')
);
grant select, insert, update, delete on mail_address to rogatory_app;
`.execute(db);
}
