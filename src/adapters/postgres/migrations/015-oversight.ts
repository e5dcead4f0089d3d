// Oversight's own book: samples and findings, each a chain of events of its own, with commitments like those of cases.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- One sample or one finding. Numbers of a kind follow one another, so that none can be drawn, disliked and left out.
create table oversight_file (
  id uuid primary key,
  kind text not null check (kind in ('sample', 'finding')),
  no integer not null check (no > 0),
  -- Whose answer a finding asks for; a sample is for oversight alone.
  addressed_to text check (addressed_to in ('approver', 'registrar')),
  -- The cases that a finding names: whoever may not see one of them does not see the finding.
  cases uuid[] not null default '{}',
  made_at timestamptz not null,
  unique (kind, no),
  check ((kind = 'finding') = (addressed_to is not null)),
  -- Whoever heads the office sees no case.
  check (addressed_to is distinct from 'registrar' or cases = '{}')
);

create table oversight_event (
  file uuid not null references oversight_file,
  seq integer not null check (seq > 0),
  type text not null,
  at timestamptz not null,
  person uuid not null references person,
  body bytea not null,
  commitment bytea not null unique references commitment (value),
  salt bytea not null check (length(salt) = 32),
  previous bytea check (length(previous) = 32),
  primary key (file, seq),
  check ((seq = 1) = (previous is null))
);

-- The cases among which a sample is drawn, in the bytes whose hash was committed to before the draw.
create table oversight_population (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  body text not null
);
grant select, insert on oversight_file, oversight_event, oversight_population to rogatory_app;

create function rogatory_oversight_number_follows() returns trigger language plpgsql as $$
begin
  if new.no <> 1 + coalesce((select max(no) from oversight_file where kind = new.kind), 0) then
    raise exception 'numbers of oversight follow one another' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger oversight_number_follows before insert on oversight_file
  for each row execute function rogatory_oversight_number_follows();

create function rogatory_oversight_step_follows() returns trigger language plpgsql as $$
begin
  if new.seq > 1 and not exists (
      select from oversight_event e where e.file = new.file and e.seq = new.seq - 1 and e.commitment = new.previous) then
    raise exception 'a step of oversight follows another' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger oversight_step_follows before insert on oversight_event
  for each row execute function rogatory_oversight_step_follows();

-- What oversight lists: by kind of step and time, for cases of every seal.
create index event_of_kind on event (type, at) where type in (
  'decision.countersigned', 'execution.called-back', 'execution.validated', 'execution.validation-overdue',
  'execution.validation-failed', 'disclosure.secrecy-ordered', 'disclosure.secrecy-renewed', 'disclosure.secrecy-lifted',
  'disclosure.secrecy-ended', 'notice.sent', 'notice.complaint-received', 'notice.complaint-answered', 'case.sealed', 'case.unsealed');
create index case_file_emergency on case_file (received_at) where urgency = 'emergency';
create index case_file_sealed on case_file (received_at) where sealed;
create index person_event_at on person_event (at);
`.execute(db);

  for (const table of ['oversight_file', 'oversight_event', 'oversight_population'])
    await sql`
create trigger ${sql.raw(table)}_append_only before update or delete on ${sql.raw(table)}
  for each row execute function rogatory_append_only();
create trigger ${sql.raw(table)}_is_never_emptied before truncate on ${sql.raw(table)}
  for each statement execute function rogatory_append_only();
alter table ${sql.raw(table)} enable row level security;
alter table ${sql.raw(table)} force row level security;
`.execute(db);

  await sql`
-- The node itself holds the log against these rows. Whom a finding is addressed to sees it if they see every case in it.
create policy seen on oversight_file for select using (
  (select rogatory_roles()) && array['oversight', 'clock']
  or (
    addressed_to = any ((select rogatory_roles())::text[])
    and not exists (select from unnest(cases) as named (id) where not exists (select from case_file f where f.id = named.id))
  )
);
create policy begun on oversight_file for insert with check ('oversight' = any ((select rogatory_roles())::text[]));
create policy seen on oversight_event for select using (exists (select from oversight_file f where f.id = file));
-- The office answers a finding that is addressed to it, and nobody answers for it.
create policy added on oversight_event for insert with check (
  person = (select rogatory_person())
  and exists (
    select from oversight_file f where f.id = file
    and case when type = 'finding.replied'
      then f.addressed_to = any ((select rogatory_roles())::text[])
      else 'oversight' = any ((select rogatory_roles())::text[]) end)
);
create policy seen on oversight_population for select using ('oversight' = any ((select rogatory_roles())::text[]));
create policy added on oversight_population for insert with check ('oversight' = any ((select rogatory_roles())::text[]));
`.execute(db);
}
