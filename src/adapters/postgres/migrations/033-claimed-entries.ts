// Entries of the log that no step claims are found by going through all openings for many entries at once, by no index: it was
// three more random places to write for each request that came in, and was looked into once a day.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
drop index opening_commitment;

-- As the owner: of a million openings row-level security would look up the case of each.
create function rogatory_unclaimed(first bigint, after bigint) returns setof bigint
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not rogatory_roles() && array['clock', 'oversight'] then
    return;
  end if;
  return query
    with page as materialized (
      select e.index, c.value from log_entry e join commitment c on c.id = e.commitment where e.index >= first and e.index < after
    ), claimed as (
      select o.commitment from opening o where o.commitment in (select value from page)
      union all select v.commitment from oversight_event v
      union all select r.commitment from report r
      union all select h.commitment from held_step h
    )
    select page.index from page where not exists (select from claimed where claimed.commitment = page.value) order by 1;
end $$;
revoke execute on function rogatory_unclaimed(bigint, bigint) from public;
grant execute on function rogatory_unclaimed(bigint, bigint) to rogatory_app;
`.execute(db);
}
