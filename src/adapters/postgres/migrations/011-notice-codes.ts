// Codes by which people concerned find their notice; and what oversight read, counted for whoever heads the office.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- The code itself is on a letter and nowhere here: its mark is keyed with the vault of the node. A new code takes the old one's place.
create table notice_code (
  case_id uuid not null references case_file,
  notice integer not null check (notice > 0),
  mark text not null unique check (length(mark) = 64),
  primary key (case_id, notice)
);
grant select, insert, update on notice_code to rogatory_app;
alter table notice_code enable row level security;
alter table notice_code force row level security;
create policy seen on notice_code for select using (exists (select from case_file f where f.id = case_id));
create policy added on notice_code for insert with check (
  exists (select from case_file f where f.id = case_id)
  and (select rogatory_roles()) && array['reviewer', 'approver']);
create policy changed on notice_code for update using (
  exists (select from case_file f where f.id = case_id)
  and (select rogatory_roles()) && array['reviewer', 'approver']);

create index reading_at on reading (at);
-- Whoever heads the office sees no case, so no case is named: who read on which day, in how many cases, and what of them.
-- An owner who is superuser is bound by no policy, so the function asks for the role itself.
create policy counted on reading for select using (
  current_user <> 'rogatory_app' and 'registrar' = any ((select rogatory_roles())::text[]));
create function rogatory_readings(since timestamptz, zone text)
  returns table (day date, person uuid, cases bigint, times bigint, parts text[])
  language sql stable security definer set search_path = public, pg_temp as $$
    select (r.at at time zone zone)::date, r.person, count(distinct r.case_id), count(*), array_agg(distinct r.part)
    from reading r where r.at >= since and rogatory_roles() && array['registrar', 'oversight'] group by 1, 2 order by 1 desc, 2 $$;
revoke execute on function rogatory_readings(timestamptz, text) from public;
grant execute on function rogatory_readings(timestamptz, text) to rogatory_app;
`.execute(db);
}
