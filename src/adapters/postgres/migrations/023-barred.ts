// Lists of work offer nobody a step that they may not take because they took the one before it.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- Whoever may not take the next step. No case has anybody when it is opened; those that are open already are projected anew at the start.
alter table case_file add column barred uuid[] not null default '{}';
`.execute(db);
}
