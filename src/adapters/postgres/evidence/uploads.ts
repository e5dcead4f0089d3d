// Uploads of evidence under way, each asked for as the person whose it is.

import { type Kysely, sql } from 'kysely';
import type { Upload, UploadStore } from '../../../app/evidence/ports.ts';
import type { CaseId } from '../../../domain/docket/case-file.ts';
import type { ObjectId } from '../../../domain/evidence/evidence.ts';
import type { PersonId } from '../../../domain/registry/person.ts';
import { asPerson } from '../casework/store.ts';
import type { Db } from '../connection.ts';
import type { Tables } from '../schema.ts';

/** A part that was written behind one that was not is not there yet: parts come in their order. */
const found = (tx: Kysely<Tables>) =>
  tx
    .selectFrom('evidence_upload as u')
    .select(['id', 'case_id as caseId', 'size', 'part_size as partSize', 'begun_at as begunAt'])
    .select(
      sql<number>`least(u.size, u.part_size::bigint * (
        select count(*) from evidence_part p where p.upload = u.id and p.written))`.as('at'),
    )
    .orderBy('begun_at');

export function uploadStore(db: Db): UploadStore {
  const as = <T>(by: PersonId | 'clock', work: (tx: Kysely<Tables>) => Promise<T>): Promise<T> =>
    asPerson(db, by, work);
  return {
    begin: (by, { id, caseId, size, partSize, begunAt }) =>
      as(by, async (tx) => {
        await tx
          .insertInto('evidence_upload')
          .values({ id, case_id: caseId, person: by, size, part_size: partSize, begun_at: begunAt })
          .execute();
      }),
    find: (by, id) =>
      as(by, async (tx) => (await found(tx).where('u.id', '=', id).executeTakeFirst()) as Upload | undefined),
    ofCase: (by, caseId) => as(by, async (tx) => (await found(tx).where('case_id', '=', caseId).execute()) as Upload[]),
    ends: (by, id, size) =>
      as(by, async (tx) => {
        await tx.updateTable('evidence_upload').set({ size }).where('id', '=', id).execute();
      }),
    intend: (by, upload, no, sha256) =>
      as(by, async (tx) => {
        await tx
          .insertInto('evidence_part')
          .values({ upload, no, sha256: Buffer.from(sha256, 'hex'), written: false })
          .onConflict((on) => on.doNothing())
          .execute();
        const row = await tx
          .selectFrom('evidence_part')
          .select('sha256')
          .where('upload', '=', upload)
          .where('no', '=', no)
          .executeTakeFirst();
        return row !== undefined && Buffer.from(row.sha256).toString('hex') === sha256;
      }),
    written: (by, upload, no) =>
      as(by, async (tx) => {
        await tx
          .updateTable('evidence_part')
          .set({ written: true })
          .where('upload', '=', upload)
          .where('no', '=', no)
          .execute();
      }),
    drop: (by, id) =>
      as(by, async (tx) => {
        await tx.deleteFrom('evidence_upload').where('id', '=', id).execute();
      }),
    dropOlder: (than) =>
      as('clock', async (tx) => {
        const gone = tx
          .deleteFrom('evidence_upload')
          .where('begun_at', '<', than)
          .returning(['id', 'case_id as caseId']);
        return (await gone.execute()) as { id: ObjectId; caseId: CaseId }[];
      }),
  };
}
