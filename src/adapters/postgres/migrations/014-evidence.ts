// Uploads of evidence that are under way: how far each has come, and what each part hashed to. No word of the case stands here.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table evidence_upload (
  -- Becomes the id of the object.
  id uuid primary key,
  case_id uuid not null references case_file,
  person uuid not null references person,
  size bigint not null check (size > 0),
  part_size integer not null check (part_size > 0),
  begun_at timestamptz not null
);
create index evidence_upload_of_person on evidence_upload (person, case_id);

-- Put down before a part is sealed: the same place of an object is never sealed twice from different bytes under one key.
create table evidence_part (
  upload uuid not null references evidence_upload on delete cascade,
  no integer not null check (no >= 0),
  sha256 bytea not null check (length(sha256) = 32),
  written boolean not null default false,
  primary key (upload, no)
);
grant select, insert, delete on evidence_upload to rogatory_app;
grant select, insert, update (written) on evidence_part to rogatory_app;

alter table evidence_upload enable row level security;
alter table evidence_upload force row level security;
create policy own on evidence_upload
  using (person = (select rogatory_person()) and exists (select from case_file f where f.id = case_id))
  with check (person = (select rogatory_person()) and exists (select from case_file f where f.id = case_id));
-- What was begun and left is cleared away by the clock.
create policy left_behind on evidence_upload for delete using ('clock' = any ((select rogatory_roles())::text[]));
create policy left_seen on evidence_upload for select using ('clock' = any ((select rogatory_roles())::text[]));
alter table evidence_part enable row level security;
alter table evidence_part force row level security;
create policy own on evidence_part
  using (exists (select from evidence_upload u where u.id = upload))
  with check (exists (select from evidence_upload u where u.id = upload));
`.execute(db);
}
