// How many steps of a case the public log holds.

import type { CaseId } from '../../../domain/docket/case-file.ts';
import { asPerson } from '../casework/store.ts';
import type { Db } from '../connection.ts';

/** The last step of the case among the first `size` entries; entries of one case stand there in the order of its steps. 0: none. */
export const lastStepIn = (db: Db, size: number, id: CaseId): Promise<number> =>
  asPerson(db, 'clock', async (tx) => {
    const row = await tx
      .selectFrom('opening')
      .innerJoin('log_entry', 'log_entry.commitment', 'opening.entry')
      .select('opening.seq')
      .where('opening.case_id', '=', id)
      .where('log_entry.index', '<', size)
      .orderBy('opening.seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row?.seq ?? 0;
  });
