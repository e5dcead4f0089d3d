// Destroys what opens the commitments of a case, once and for good. Who may order it, and when, is not decided here.

import { sql } from 'kysely';
import type { CaseId } from '../../../domain/docket/case-file.ts';
import type { PersonId } from '../../../domain/registry/person.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { asPerson } from '../casework/store.ts';
import type { Db } from '../connection.ts';

/**
 * Takes the salts of a case away and, where it is sealed, every copy of its key that the database has. Its entries stay in the
 * log and mean nothing. Backups that were made before still hold what is gone here.
 */
export const eraseSalts = (db: Db, id: CaseId, at: Instant, by: PersonId | null): Promise<void> =>
  asPerson(db, 'clock', async (tx) => {
    await sql`select rogatory_erase_salts(${id}, ${at}::timestamptz, ${by}::uuid)`.execute(tx);
  });
