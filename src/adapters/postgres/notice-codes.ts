// Which notice a code stands for, asked by somebody who has no account here.

import type { FoundNotice, NoticeCodes } from '../../app/casework/notice-ports.ts';
import { asPerson } from './casework/store.ts';
import type { Db } from './connection.ts';

export const noticeCodes = (db: Db): NoticeCodes => ({
  // Nobody is signed in at that door; the clock sees every case, and of this one its id alone is told.
  find: (mark) =>
    asPerson(db, 'clock', async (tx) => {
      const row = await tx
        .selectFrom('notice_code')
        .innerJoin('case_file', 'case_file.id', 'notice_code.case_id')
        .select(['case_id as caseId', 'reference', 'notice'])
        .where('mark', '=', mark)
        .executeTakeFirst();
      return row as FoundNotice | undefined;
    }),
});
