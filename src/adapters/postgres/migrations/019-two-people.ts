// Where one person is not enough: a sealed case always has an approver who may open it, whoever leaves the office or the case, and a
// report is published by somebody other than who proposed it. Attacker: a registrar, two acts at once, and whoever has the password
// of the application.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- Approvers who may open a sealed case: with its key, and without a conflict of interest.
create view case_approver as
  select g.case_id, g.person from case_grant g
  join person p on p.id = g.person and p.disabled_at is null
  join person_role r on r.person = g.person and r.role = 'approver' and r.taken_at is null
  where not exists (select from conflict_of_interest c where c.case_id = g.case_id and c.person = g.person);

-- Whether this person is the last of them in a case; where of_case is null, in any. Of two who ask the second waits until the
-- first is done, so that the answer holds as long as the transaction.
create function rogatory_last_approver(who uuid, of_case uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('rogatory_last_approver'));
  return exists (
    select from case_approver own where own.person = who and own.case_id = coalesce(of_case, own.case_id)
    and not exists (select from case_approver other where other.case_id = own.case_id and other.person <> who));
end $$;
revoke execute on function rogatory_last_approver(uuid, uuid) from public;
grant execute on function rogatory_last_approver(uuid, uuid) to rogatory_app;

create function rogatory_approver_stays() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare last boolean;
begin
  case tg_table_name
    when 'person' then last := rogatory_last_approver(new.id, null);
    when 'person_role' then last := rogatory_last_approver(old.person, null);
    when 'conflict_of_interest' then last := rogatory_last_approver(new.person, new.case_id);
    -- With its seal, or the salts of its steps, the keys of a case go too.
    else last := rogatory_last_approver(old.person, old.case_id)
      and exists (select from case_file f where f.id = old.case_id and f.sealed)
      and not exists (select from case_erasure e where e.case_id = old.case_id);
  end case;
  if last then
    raise exception 'a sealed case keeps an approver who may open it' using errcode = 'check_violation';
  end if;
  return coalesce(new, old);
end $$;
create trigger person_leaves_an_approver before update on person for each row
  when (old.disabled_at is null and new.disabled_at is not null) execute function rogatory_approver_stays();
create trigger person_role_leaves_an_approver before update on person_role for each row
  when (old.role = 'approver' and old.taken_at is null
    and (new.role, new.person, new.taken_at) is distinct from (old.role, old.person, old.taken_at))
  execute function rogatory_approver_stays();
create trigger conflict_leaves_an_approver before insert on conflict_of_interest for each row
  execute function rogatory_approver_stays();
create trigger case_grant_leaves_an_approver before update or delete on case_grant for each row
  execute function rogatory_approver_stays();

-- All that a report will show, as one person proposed it. Of a period the latest counts.
create table report_proposal (
  id bigint generated always as identity primary key,
  period text not null check (period ~ '^\\d{4}(-Q[1-4])?$'),
  proposed_by uuid not null references person,
  proposed_at timestamptz not null,
  body text not null,
  hash bytea not null check (hash = sha256(convert_to(body, 'UTF8'))),
  unique (id, proposed_by)
);
grant select, insert on report_proposal to rogatory_app;
create trigger report_proposal_append_only before update or delete on report_proposal
  for each row execute function rogatory_append_only();
create trigger report_proposal_is_never_emptied before truncate on report_proposal
  for each statement execute function rogatory_append_only();
alter table report_proposal enable row level security;
alter table report_proposal force row level security;
create policy seen on report_proposal for select using (
  (select rogatory_roles()) && array['clock', 'approver', 'registrar', 'oversight']);
create policy added on report_proposal for insert with check (
  (select rogatory_roles()) && array['approver', 'registrar'] and proposed_by = rogatory_person());

-- Reports from before were published by one person.
alter table report
  add column proposal bigint,
  add column proposed_by uuid,
  add constraint two_people_publish check (proposed_by <> made_by),
  add foreign key (proposal, proposed_by) references report_proposal (id, proposed_by);

-- What is published is what was proposed: nothing besides but its number, its moment, the proofs and the state of the log.
create function rogatory_report_as_proposed() returns trigger language plpgsql as $$
declare
  made jsonb := new.body::jsonb;
  meant jsonb := (select p.body::jsonb from report_proposal p where p.id = new.proposal and p.period = new.period);
begin
  if new.proposed_by is null or meant is null
    or made - array['no', 'madeAt', 'log', 'figures'] <> meant - 'figures'
    or (select coalesce(jsonb_agg(f.value - 'proof' order by f.ordinality), '[]')
        from jsonb_array_elements(made -> 'figures') with ordinality f) <> meant -> 'figures' then
    raise exception 'a report is published as it was proposed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger report_as_proposed after insert on report for each row execute function rogatory_report_as_proposed();
`.execute(db);
}
