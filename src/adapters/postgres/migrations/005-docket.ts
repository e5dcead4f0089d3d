// The docket: how much of the next step waits, which emergencies still need their call, and a search that an index answers.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table case_file
  add column waiting integer not null default 0 check (waiting >= 0),
  add column to_call boolean not null default false;
create index case_file_to_call on case_file (received_at) where to_call and not closed;

-- Under row-level security an index answers only leakproof operators, and @@ is none. This gives ids alone, and whoever asks
-- joins them to the cases they may see. The last word may be unfinished.
create function rogatory_found(asked text) returns setof uuid
  language sql stable security definer rows 100 set search_path = public, pg_temp
  as $$
    select id from case_file, (
      select case when plain = ''::tsquery then plain else (plain::text || ':*')::tsquery end as wanted
      from plainto_tsquery('simple', asked) as plain
    ) as question
    where not sealed and search @@ wanted
  $$;
revoke execute on function rogatory_found(text) from public;
grant execute on function rogatory_found(text) to rogatory_app;
`.execute(db);
}
