// Changes of counts are added up in time, whichever of a writer's rows happens to be the one that asks for it.

import { type Kysely, sql } from 'kysely';
import { KIND, kindOf } from './009-counts.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
-- A case that moves leaves two rows, out of one kind and into another. The old rule looked at the second alone, so that where the
-- rows that came before were odd in number, none was ever the one, and every count read all changes there had been.
create or replace function rogatory_count_case() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  oldest bigint;
  newest bigint;
begin
  if tg_op <> 'INSERT' then
    insert into docket_change (${KIND}, n) values (${kindOf('old')}, -1) returning id into oldest;
    newest := oldest;
  end if;
  if tg_op <> 'DELETE' then
    insert into docket_change (${KIND}, n) values (${kindOf('new')}, 1) returning id into newest;
    oldest := coalesce(oldest, newest);
  end if;
  if newest / 256 > (oldest - 1) / 256 then perform rogatory_add_up(); end if;
  return null;
end $$;

select rogatory_add_up();
`)
    .execute(db);
}
