// A receipt asks once for what each of its rows asked, and keeps no index that nothing looks into.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
-- Lists by turn walk the index of all that is open, and a State is looked for on both sides of a request.
drop index case_file_turn;
drop index case_file_parties;

-- The body of a step stays beside the rest of it, compressed where it is long: whoever reads the step reads its body too.
alter table event alter column body set storage main;

-- The same as before, asked once for each case and not for each of its steps.
create or replace function rogatory_all_sealed_alike() returns trigger language plpgsql as $$
begin
  if exists (
    select from (select distinct case_id, sealed from added) a
    where a.sealed is distinct from (select f.sealed from case_file f where f.id = a.case_id)
  ) then
    raise exception 'what is written in a sealed case is sealed, and nothing else is' using errcode = 'check_violation';
  end if;
  return null;
end $$;

-- What programs handed in is written by rogatory_receive alone, and neither keys nor cases are ever deleted: to lock the one
-- key of a program for each of its requests made those that came in together wait for each other.
revoke insert, update on api_intake from rogatory_app;
alter table api_intake drop constraint api_intake_api_key_fkey, drop constraint api_intake_case_id_fkey;
create function rogatory_all_handed_in() returns trigger language plpgsql as $$
begin
  if exists (select from (select distinct api_key from added) a where not exists (select from api_key k where k.id = a.api_key))
    or exists (select from added a where not exists (select from case_file f where f.id = a.case_id)) then
    raise exception 'what was handed in is a case, and came with a key' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create trigger api_intake_of_key_and_case after insert on api_intake referencing new table as added
  for each statement execute function rogatory_all_handed_in();
`)
    .execute(db);
}
