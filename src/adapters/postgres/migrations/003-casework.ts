// Casework: events are the record; current rows, commitments, deadlines and what is searched are written beside them.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create sequence case_number;
grant usage on sequence case_number to rogatory_app;

create table case_file (
  id uuid primary key,
  reference text not null unique,
  direction text not null check (direction in ('incoming', 'outgoing')),
  requesting_state text not null,
  requested_state text not null,
  counterpart text not null,
  measure text not null,
  instrument text,
  stage text not null,
  urgency text not null check (urgency in ('routine', 'expedited', 'emergency')),
  -- Whose turn it is: a role of the office, or somebody outside it.
  turn text not null,
  assignee uuid references person,
  received_at timestamptz not null,
  due_at timestamptz,
  due_kind text,
  outcome text,
  disposition text,
  executing boolean not null default false,
  closed boolean not null default false,
  sealed boolean not null default false,
  version integer not null,
  -- Canonical JSON of the folded events; under the case key when the case is sealed.
  state bytea not null,
  search tsvector not null default ''
);
create index case_file_open_due on case_file (due_at nulls last, id) where not closed;
create index case_file_received on case_file (received_at desc, id);
create index case_file_assignee on case_file (assignee, due_at) where not closed;
create index case_file_turn on case_file (turn, due_at) where not closed;
create index case_file_stage on case_file (stage, received_at desc);
create index case_file_parties on case_file (requesting_state, received_at desc);
create index case_file_search on case_file using gin (search);

-- What two requests may have in common: an account, a file number. Hashed, so that an index is no list of accounts.
create table case_mark (
  case_id uuid not null references case_file,
  mark text not null,
  primary key (case_id, mark)
);
create index case_mark_mark on case_mark (mark);

create table event (
  case_id uuid not null references case_file,
  seq integer not null check (seq > 0),
  type text not null,
  at timestamptz not null,
  -- Null is the clock.
  person uuid references person,
  -- The exact bytes that are committed to.
  body bytea not null,
  sealed boolean not null default false,
  primary key (case_id, seq)
);

-- The public mark of each event, and apart from it the salt that opens it. Destroying the salt leaves the mark meaningless.
create table commitment (
  id bigint generated always as identity primary key,
  value bytea not null unique check (length(value) = 32)
);
create table opening (
  case_id uuid not null,
  seq integer not null,
  commitment bytea not null references commitment (value),
  salt bytea not null check (length(salt) = 32),
  previous bytea check (length(previous) = 32),
  primary key (case_id, seq),
  foreign key (case_id, seq) references event (case_id, seq)
);

create table deadline (
  case_id uuid not null references case_file,
  key text not null,
  kind text not null,
  whose text not null,
  on_at timestamptz not null,
  done boolean not null default false,
  primary key (case_id, key)
);
create index deadline_due on deadline (on_at) where not done;

create table assessment (
  case_id uuid not null references case_file,
  no integer not null,
  outcome text not null check (outcome in ('no-basis', 'must-refuse', 'may-refuse', 'needs-information', 'needs-conditions', 'may-execute')),
  made_at timestamptz not null,
  primary key (case_id, no),
  unique (case_id, no, outcome)
);

-- Four eyes and the mandatory result, held here as well as in the domain: whoever has the application's password still
-- cannot write a decision that the law's answer forbids, or countersign their own.
create table decision (
  case_id uuid not null,
  no integer not null,
  disposition text not null check (disposition in
    ('execute', 'execute-in-part', 'execute-with-conditions', 'postpone', 'refuse', 'return', 'pass-on')),
  assessment_no integer not null,
  outcome text not null,
  hash bytea not null check (length(hash) = 32),
  state text not null check (state in ('open', 'sent-back', 'void', 'withdrawn', 'countersigned')),
  proposed_by uuid not null references person,
  countersigned_by uuid references person,
  countersigned_hash bytea,
  primary key (case_id, no),
  foreign key (case_id, assessment_no, outcome) references assessment (case_id, no, outcome),
  constraint two_people check (countersigned_by <> proposed_by),
  constraint countersigned_what_was_read check (
    case when state = 'countersigned'
      then countersigned_by is not null and countersigned_hash is not null and countersigned_hash = hash
      else countersigned_by is null and countersigned_hash is null end),
  constraint mandatory_result_holds check (
    disposition not in ('execute', 'execute-in-part', 'execute-with-conditions')
    or outcome not in ('no-basis', 'must-refuse', 'needs-information')),
  constraint conditions_hold check (disposition <> 'execute' or outcome <> 'needs-conditions')
);
create unique index decision_one_open on decision (case_id) where state = 'open';

create function rogatory_decision_guard() returns trigger language plpgsql as $$
declare newest integer;
begin
  select max(no) into newest from assessment where case_id = new.case_id;
  if tg_op = 'INSERT' then
    if new.state <> 'open' then
      raise exception 'a decision begins as a proposal' using errcode = 'check_violation';
    end if;
    if new.proposed_by <> rogatory_person() then
      raise exception 'a decision is proposed by whoever writes it' using errcode = 'check_violation';
    end if;
    if new.assessment_no <> newest then
      raise exception 'a decision rests on the latest assessment' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if old.state <> 'open' or (new.case_id, new.no, new.disposition, new.assessment_no, new.outcome, new.hash, new.proposed_by)
      is distinct from (old.case_id, old.no, old.disposition, old.assessment_no, old.outcome, old.hash, old.proposed_by) then
    raise exception 'a decision is never rewritten' using errcode = 'check_violation';
  end if;
  if new.state = 'countersigned' then
    if new.countersigned_by <> rogatory_person() then
      raise exception 'a decision is countersigned by whoever writes it' using errcode = 'check_violation';
    end if;
    if not ('approver' = any (rogatory_roles())) then
      raise exception 'an approver countersigns' using errcode = 'check_violation';
    end if;
    if new.assessment_no <> newest then
      raise exception 'the assessment has changed since the proposal' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger decision_guard before insert or update on decision for each row execute function rogatory_decision_guard();

-- What is to be produced. No row without a countersigned decision that executes.
create table execution_task (
  case_id uuid not null,
  id text not null,
  decision_no integer not null,
  status text not null,
  primary key (case_id, id),
  foreign key (case_id, decision_no) references decision (case_id, no)
);
create function rogatory_task_guard() returns trigger language plpgsql as $$
begin
  if not exists (select from decision d where d.case_id = new.case_id and d.no = new.decision_no and d.state = 'countersigned'
      and d.disposition in ('execute', 'execute-in-part', 'execute-with-conditions')) then
    raise exception 'nothing is produced without a countersigned decision' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger execution_task_guard before insert or update on execution_task
  for each row execute function rogatory_task_guard();

-- Letters and what came with requests; the bytes are in the content-addressed store.
create table document (
  case_id uuid not null references case_file,
  id uuid not null,
  kind text not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  sha256 text not null,
  language text,
  added_at timestamptz not null,
  added_by uuid references person,
  primary key (case_id, id)
);

create table conflict_of_interest (
  case_id uuid not null references case_file,
  person uuid not null references person,
  reason text not null,
  declared_at timestamptz not null,
  primary key (case_id, person)
);

-- Who may see a sealed case, each with the case key wrapped to them.
create table case_grant (
  case_id uuid not null references case_file,
  person uuid not null references person,
  wrapped_key bytea not null,
  granted_by uuid references person,
  granted_at timestamptz not null,
  primary key (case_id, person)
);

-- What oversight read, and when.
create table reading (
  id bigint generated always as identity primary key,
  case_id uuid not null references case_file,
  person uuid not null references person,
  part text not null,
  at timestamptz not null
);

create table saved_view (
  person uuid not null references person,
  name text not null check (length(name) between 1 and 80),
  query text not null check (length(query) <= 2000),
  primary key (person, name)
);

create function rogatory_conflicts() returns uuid[] language sql stable parallel safe
  as $$ select current_setting('rogatory.conflicts')::uuid[] $$;
create function rogatory_granted() returns uuid[] language sql stable parallel safe
  as $$ select current_setting('rogatory.granted')::uuid[] $$;

-- Says for this transaction who asks, and finds out what they are and may see. The nil UUID is the clock: work that a term
-- and no person causes.
create function rogatory_enter(who uuid) returns void language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  perform set_config('rogatory.person', who::text, true),
    set_config('rogatory.roles', (case when who = '00000000-0000-0000-0000-000000000000' then array['clock']
      else coalesce((
        select array_agg(r.role) from person_role r join person p on p.id = r.person
        where r.person = who and r.taken_at is null and p.disabled_at is null), '{}') end)::text, true),
    set_config('rogatory.conflicts',
      coalesce((select array_agg(case_id) from conflict_of_interest where person = who), '{}')::text, true),
    set_config('rogatory.granted', coalesce((select array_agg(case_id) from case_grant where person = who), '{}')::text, true);
end $$;
grant execute on function rogatory_conflicts(), rogatory_granted(), rogatory_enter(uuid) to rogatory_app;

grant select, insert, update on case_file, deadline, decision, execution_task to rogatory_app;
grant select, insert on event, commitment, assessment, document, conflict_of_interest, case_grant, reading to rogatory_app;
grant select, insert, delete on opening, case_mark, saved_view to rogatory_app;
grant delete on case_grant, deadline to rogatory_app;
grant update on saved_view to rogatory_app;
revoke delete on opening from rogatory_app;
`.execute(db);

  for (const table of ['event', 'commitment', 'assessment', 'document', 'conflict_of_interest', 'reading'])
    await sql`create trigger ${sql.raw(table)}_append_only before update or delete on ${sql.raw(table)}
      for each row execute function rogatory_append_only()`.execute(db);

  await sql`
alter table case_file enable row level security;
alter table case_file force row level security;
-- The sub-selects are worked out once a query and not once a row.
create policy seen on case_file for select using (
  id <> all ((select rogatory_conflicts())::uuid[])
  and (
    (select rogatory_roles()) && array['clock', 'oversight']
    or (
      ((select rogatory_roles()) && array['duty-officer', 'reviewer', 'approver']
        or (executing and 'executing-unit' = any ((select rogatory_roles())::text[])))
      and (not sealed or id = any ((select rogatory_granted())::uuid[]))
    )
  )
);
create policy opened on case_file for insert with check (
  (select rogatory_roles()) && array['clock', 'duty-officer', 'reviewer']
);
create policy worked_on on case_file for update using (
  (select rogatory_roles()) && array['clock', 'duty-officer', 'reviewer', 'approver', 'executing-unit']
) with check (true);
`.execute(db);

  // Everything of a case is seen by whoever sees the case, and written by whoever works on it.
  for (const table of [
    'event',
    'opening',
    'deadline',
    'assessment',
    'decision',
    'execution_task',
    'document',
    'case_mark',
    'case_grant',
    'conflict_of_interest',
  ])
    await sql`
alter table ${sql.raw(table)} enable row level security;
alter table ${sql.raw(table)} force row level security;
create policy seen on ${sql.raw(table)} for select using (exists (select from case_file f where f.id = case_id));
create policy added on ${sql.raw(table)} for insert with check (
  exists (select from case_file f where f.id = case_id)
  and (select rogatory_roles()) && array['clock', 'duty-officer', 'reviewer', 'approver', 'executing-unit']);
create policy changed on ${sql.raw(table)} for update using (
  exists (select from case_file f where f.id = case_id)
  and (select rogatory_roles()) && array['clock', 'duty-officer', 'reviewer', 'approver', 'executing-unit']);
create policy taken on ${sql.raw(table)} for delete using (
  exists (select from case_file f where f.id = case_id)
  and (select rogatory_roles()) && array['clock', 'duty-officer', 'reviewer', 'approver']);
`.execute(db);
  await sql`
-- The policy of case_file asks these two through functions of the owner; forced on the owner, each would ask the other for ever.
alter table conflict_of_interest no force row level security;
alter table case_grant no force row level security;
-- Whoever writes an event writes it as themselves.
create policy as_oneself on event as restrictive for insert with check (
  coalesce(person, '00000000-0000-0000-0000-000000000000') = (select rogatory_person()));
alter table reading enable row level security;
alter table reading force row level security;
create policy seen on reading for select using ((select rogatory_roles()) && array['oversight']);
create policy added on reading for insert with check (person = (select rogatory_person()));
alter table saved_view enable row level security;
alter table saved_view force row level security;
create policy own on saved_view using (person = (select rogatory_person())) with check (person = (select rogatory_person()));
`.execute(db);
}
