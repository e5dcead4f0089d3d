// What a duty officer must see at once is found without walking past everything else that is due.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- Few of the cases that are open wait to be acknowledged or called about; most of what is due before them waits for something else.
create index case_file_new on case_file (due_at nulls last, id)
  include (direction, requesting_state, requested_state, measure, outcome, turn, urgency, assignee, to_call, sealed, executing, barred)
  where stage = 'received' and not closed;
drop index case_file_to_call;
create index case_file_to_call on case_file (due_at nulls last, id) include (sealed, executing) where to_call and not closed;

-- Lists of work ask for whom a step is barred too.
drop index case_file_open_due;
create index case_file_open_due on case_file (due_at nulls last, id)
  include (direction, requesting_state, requested_state, measure, stage, outcome, turn, urgency, assignee, to_call, sealed, executing, barred)
  where not closed;
`.execute(db);
}
