// A search is quick right after many requests came in, and for a word that many cases have.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- What is not in the index yet lies in a list beside it (in kB) that every search reads from end to end.
alter index case_file_search set (gin_pending_list_limit = 1024);
-- To the planner the first thousand of many cases seemed near at hand in the table itself; looking at the words of each of the
-- ten thousand before them took four times as long as the index does.
alter function rogatory_found(text, integer, boolean, text, text, text, text, text, text[], text, boolean, uuid[], timestamptz)
  set enable_seqscan = off;
`.execute(db);
}
