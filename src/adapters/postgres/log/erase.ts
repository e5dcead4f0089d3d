// Destroys what opens the commitments of a case, once and for good. Who may order it, and when, the database asks too (migration 017).

import { type Kysely, sql } from 'kysely';
import type { CaseKeys } from '../../../app/casework/sealing-ports.ts';
import type { CaseFile } from '../../../domain/docket/case-file.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { Defect } from '../../../kernel/outcome.ts';
import { caseEventFrom, committed, keyOf } from '../casework/sealed.ts';
import type { Tables } from '../schema.ts';

/**
 * Takes the salts of a case away and, where it is sealed, every copy of its key that the database has. What opens the last step,
 * which says so, is kept with the record of it. A case whose steps do not all open is not erased: that would hide why. Backups
 * that were made before still hold what is gone here.
 */
export async function eraseSalts(tx: Kysely<Tables>, keys: CaseKeys, file: CaseFile, at: Instant): Promise<void> {
  const { id, sealed, version } = file;
  const steps = await committed(tx, keys, id, sealed ? await keyOf(tx, keys, 'clock', id) : null);
  const last = steps.at(-1);
  const event = last && caseEventFrom(last.body);
  if (last === undefined || event?.type !== 'case.erased') throw new Defect(`no step of ${file.reference} erases it`);
  await sql`select rogatory_erase_salts(${id}, ${at}::timestamptz, ${version}, ${Buffer.from(last.salt)}, ${event.reason}, ${event.orderedBy})`.execute(
    tx,
  );
}
