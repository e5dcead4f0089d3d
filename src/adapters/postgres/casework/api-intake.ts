// What programs handed in, over PostgreSQL: seen by nobody but the node itself.

import type { IntakeRecords } from '../../../app/casework/intake-ports.ts';
import type { Reference } from '../../../domain/docket/case-file.ts';
import type { Db } from '../connection.ts';
import { asPerson } from './store.ts';

export const intakeRecords = (db: Db): IntakeRecords => ({
  find: (key, repetition) =>
    asPerson(db, 'clock', async (tx) => {
      const row = await tx
        .selectFrom('api_intake')
        .select(['body_sha256', 'at', 'reference'])
        .where('api_key', '=', key)
        .where('repetition', '=', repetition)
        .executeTakeFirst();
      if (row?.reference == null) return undefined;
      const bodyHash = Buffer.from(row.body_sha256).toString('hex');
      return { bodyHash, at: row.at, reference: row.reference as Reference };
    }),
  isOf: ({ office, state }, reference) =>
    asPerson(db, 'clock', async (tx) => {
      const row = await tx
        .selectFrom('api_intake')
        .innerJoin('api_key', 'api_key.id', 'api_intake.api_key')
        .select('reference')
        .where('reference', '=', reference)
        .where('office', '=', office)
        .where('state', '=', state)
        .executeTakeFirst();
      return row !== undefined;
    }),
});
