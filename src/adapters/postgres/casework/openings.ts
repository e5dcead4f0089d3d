// The steps of a case with what opens their commitments, as they are stored: nothing is checked here that outsiders are to check.

import { createHash } from 'node:crypto';
import type { OpenedStep } from '../../../app/casework/export-ports.ts';
import type { CaseKeys } from '../../../app/casework/sealing-ports.ts';
import type { CaseId } from '../../../domain/docket/case-file.ts';
import type { By } from '../../../domain/registry/person.ts';
import type { Db } from '../connection.ts';
import { eventFrom, keyOf } from './sealed.ts';
import { asPerson } from './store.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export const openedSteps = (db: Db, keys: CaseKeys, by: By, id: CaseId): Promise<OpenedStep[]> =>
  asPerson(db, by, async (tx) => {
    const rows = await tx
      .selectFrom('event')
      .innerJoin('opening', (on) =>
        on.onRef('opening.case_id', '=', 'event.case_id').onRef('opening.seq', '=', 'event.seq'),
      )
      .select(['event.seq', 'type', 'at', 'person', 'body', 'sealed', 'salt', 'previous', 'commitment'])
      .where('event.case_id', '=', id)
      .orderBy('event.seq')
      .execute();
    const key = rows[0]?.sealed ? await keyOf(tx, keys, by, id) : null;
    return rows.map(({ seq, type, at, person, previous, commitment, ...kept }) => {
      const { body, salt } = eventFrom(keys, key, id, seq, kept.body);
      const opens = salt ?? kept.salt;
      return {
        seq,
        at,
        actor: (person ?? 'clock') as By,
        type,
        previous: previous && hex(previous),
        body: Buffer.from(body).toString('utf8'),
        bodyHash: createHash('sha256').update(body).digest('hex'),
        salt: opens && hex(opens),
        commitment: hex(commitment),
      };
    });
  });
