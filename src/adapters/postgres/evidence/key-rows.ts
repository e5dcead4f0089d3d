// The rows of keys and of what was sealed to them: their constraints hold two people to a key whatever the program does.

import type { Kysely } from 'kysely';
import type { CaseEvent, CaseFile } from '../../../domain/docket/case-file.ts';
import type { By } from '../../../domain/registry/person.ts';
import type { Tables } from '../schema.ts';

/** `file` is the case after the step. */
export async function writeKeyRows(tx: Kysely<Tables>, { id, evidence }: CaseFile, event: CaseEvent, by: By) {
  const case_id = id;
  switch (event.type) {
    case 'evidence.key-entered': {
      const fingerprint = Buffer.from(event.fingerprint, 'hex');
      const entered = { fingerprint, entered_by: by, confirmed_by: null, confirmed_fingerprint: null };
      await tx
        .insertInto('evidence_key')
        .values({ case_id, no: event.no, ...entered })
        .onConflict((on) => on.columns(['case_id', 'no']).doUpdateSet(entered))
        .execute();
      return;
    }
    case 'evidence.key-confirmed':
      await tx
        .updateTable('evidence_key')
        .set({ confirmed_by: by, confirmed_fingerprint: Buffer.from(event.fingerprint, 'hex') })
        .where('case_id', '=', case_id)
        .where('no', '=', event.no)
        .execute();
      return;
    case 'evidence.packaged':
      await tx
        .insertInto('evidence_sealing')
        .values(
          event.fingerprints.map((fingerprint) => ({
            case_id,
            package_no: event.no,
            key_no: evidence.keys.find((key) => key.fingerprint === fingerprint)?.no ?? 0,
            fingerprint: Buffer.from(fingerprint, 'hex'),
          })),
        )
        .execute();
      return;
    default:
  }
}
