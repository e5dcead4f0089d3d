// Lists say what really comes next in a case that is decided and carried out: what keeps it open comes before its close.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- The code of the next step, where it is another one than the stage of the case says. No case has one when it is opened, and
-- those that are open already are projected anew at the start.
alter table case_file add column step text;
`.execute(db);
}
