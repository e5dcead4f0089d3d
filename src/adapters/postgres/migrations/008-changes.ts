// Word to whoever listens that a case changed: its id, which says nothing, when the step is committed and not before.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create function rogatory_tell() returns trigger language plpgsql as $$
begin
  perform pg_notify('rogatory_case', new.id::text);
  return null;
end $$;
create trigger case_file_tells after insert or update of version on case_file
  for each row execute function rogatory_tell();
`.execute(db);
}
