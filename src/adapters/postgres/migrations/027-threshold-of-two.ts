// The threshold of public figures takes two people: one proposes another number, another confirms just that. Attacker: a registrar
// alone, who would lower it until a report tells of single cases; and whoever has the password of the application.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- Below which number figures are to be withheld, as one person proposed it. The latest counts; one of what holds already takes back
-- what was proposed before.
create table threshold_proposal (
  id bigint generated always as identity primary key,
  threshold integer not null check (threshold between 3 and 99),
  proposed_by uuid not null references person,
  proposed_at timestamptz not null,
  unique (id, proposed_by)
);
grant select, insert on threshold_proposal to rogatory_app;
create trigger threshold_proposal_append_only before update or delete on threshold_proposal
  for each row execute function rogatory_append_only();
create trigger threshold_proposal_is_never_emptied before truncate on threshold_proposal
  for each statement execute function rogatory_append_only();
alter table threshold_proposal enable row level security;
alter table threshold_proposal force row level security;
create policy seen on threshold_proposal for select using (
  (select rogatory_roles()) && array['clock', 'approver', 'registrar', 'oversight']);
create policy added on threshold_proposal for insert with check (
  (select rogatory_roles()) && array['approver', 'registrar'] and proposed_by = rogatory_person());

-- Changes from before were made by one person.
alter table office_event
  add column proposal bigint unique,
  add column proposed_by uuid,
  add constraint two_people_change check (proposed_by <> by_person),
  add foreign key (proposal, proposed_by) references threshold_proposal (id, proposed_by);

-- A change of the threshold is what was proposed last, confirmed by whoever is there and may.
create function rogatory_threshold_as_proposed() returns trigger language plpgsql as $$
begin
  if exists (
    select from jsonb_array_elements(new.changes) c where c ->> 'setting' = 'figures-least' and (
      new.proposed_by is null or new.by_person is distinct from rogatory_person()
      or not (rogatory_roles() && array['approver', 'registrar'])
      or c -> 'to' is distinct from (select to_jsonb(p.threshold) from threshold_proposal p where p.id = new.proposal))) then
    raise exception 'the threshold of figures takes two people' using errcode = 'check_violation';
  end if;
  if new.proposal <> (select max(id) from threshold_proposal) then
    raise exception 'another threshold was proposed since' using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger office_event_threshold_as_proposed before insert on office_event
  for each row execute function rogatory_threshold_as_proposed();

-- And the office has no other than the one whose change is on record.
create function rogatory_threshold_on_record() returns trigger language plpgsql as $$
begin
  if not exists (
    select from office_event e where e.version = new.version and e.changes @> jsonb_build_array(
      jsonb_build_object('setting', 'figures-least', 'to', new.settings #> '{settings,figures-least}'))) then
    raise exception 'the threshold of figures takes two people' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create constraint trigger office_threshold_on_record after update on office deferrable initially deferred for each row
  when (new.settings #> '{settings,figures-least}' is distinct from old.settings #> '{settings,figures-least}')
  execute function rogatory_threshold_on_record();
`.execute(db);
}
