// Lists say what really comes next in a case that is decided and carried out: what keeps it open comes before its close.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- The code of the next step, where it is another one than the stage of the case says. No case has one when it is opened.
alter table case_file add column step text;

-- Cases that are there already; their next step writes it anew. An owner whom policies bind would find none of them.
alter table case_file no force row level security;
update case_file f set step = 'secrecy-ends', turn = 'nobody'
  where stage in ('executed', 'refused', 'passed-on') and not closed
    and exists (select from deadline d where d.case_id = f.id and d.kind = 'secrecy-ends');
update case_file f set step = 'tell'
  where stage in ('executed', 'refused', 'passed-on') and not closed and step is null
    and exists (select from deadline d where d.case_id = f.id and d.kind = 'tell-person' and d.whose = 'office');
alter table case_file force row level security;
`.execute(db);
}
