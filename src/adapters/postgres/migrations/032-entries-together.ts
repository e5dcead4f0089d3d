// What the entries of a batch refer to is looked at once a batch and not once an entry.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Commitments and slots are never changed or deleted, so that they need not be locked by what refers to them.
  await sql`
alter table log_entry drop constraint log_entry_commitment_fkey, drop constraint log_entry_slot_fkey;
create or replace function rogatory_entry_follows() returns trigger language plpgsql as $$
declare
  first bigint;
  last bigint;
  entries bigint;
begin
  select min(index), max(index), count(*) into first, last, entries from log_entry_new;
  -- One look by the key, however long the log is.
  if entries <> last - first + 1 or (first > 0 and not exists (select from log_entry where index = first - 1)) then
    raise exception 'an entry of the log follows another' using errcode = 'check_violation';
  end if;
  if exists (
    select from log_entry_new n
    where n.commitment is not null and (select c.id from commitment c where c.id = n.commitment) is null
  ) or exists (
    select from (select distinct slot from log_entry_new where slot is not null) as n
    where (select s.slot from log_slot s where s.slot = n.slot) is null
  ) then
    raise exception 'an entry of the log is of a commitment and of a slot that are there' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$`.execute(db);
}
