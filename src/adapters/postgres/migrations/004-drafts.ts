// Drafts: forms of requests that somebody has begun and not handed in. They are their writer's own and leave no trace in a case.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table draft (
  id uuid primary key,
  person uuid not null references person,
  purpose text not null check (purpose in ('receive', 'draft', 'amend', 'supplement')),
  -- The case it changes, and the version of the content it was made from; a draft that opens a case has neither.
  case_id uuid references case_file,
  based_on integer,
  channel text not null check (channel in ('form', 'file', 'pdf', 'letter', 'api')),
  measure text,
  other_state text,
  instrument text,
  content jsonb not null,
  -- What was typed and could not be read yet, by the name of its control.
  unread jsonb not null,
  -- Files put down already, to become documents of the case.
  documents jsonb not null,
  version integer not null check (version > 0),
  changed_at timestamptz not null,
  check ((case_id is null) = (purpose in ('receive', 'draft'))),
  check ((case_id is null) = (based_on is null))
);
create unique index draft_one_a_case on draft (person, case_id, purpose) where case_id is not null;
create index draft_own on draft (person, changed_at desc) where case_id is null;

grant select, insert, update, delete on draft to rogatory_app;
alter table draft enable row level security;
alter table draft force row level security;
-- A copy of a case's words is out of reach as soon as the case is.
create policy own on draft
  using (person = (select rogatory_person())
    and (case_id is null or exists (select from case_file f where f.id = case_id)))
  with check (person = (select rogatory_person())
    and (case_id is null or exists (select from case_file f where f.id = case_id)));
`.execute(db);
}
