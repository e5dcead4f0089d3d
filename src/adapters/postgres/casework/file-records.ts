// What the database knows of the files of cases: their hashes, the keys they lie under, and which have still to follow a seal.

import { type Kysely, sql } from 'kysely';
import type { FileOf, FileRecords } from '../../../app/casework/file-ports.ts';
import type { CaseKeys } from '../../../app/casework/sealing-ports.ts';
import type { CaseId } from '../../../domain/docket/case-file.ts';
import type { ObjectId } from '../../../domain/evidence/evidence.ts';
import type { Db } from '../connection.ts';
import { FILES_LOCK } from '../locks.ts';
import type { Tables } from '../schema.ts';
import { caseEventFrom, eventFrom, keyOf } from './sealed.ts';
import { asPerson } from './store.ts';

type Tx = Kysely<Tables>;

/** The objects of evidence that came into a case, from its events. */
async function objectsOf(tx: Tx, keys: CaseKeys, id: CaseId): Promise<ObjectId[]> {
  const came = tx.selectFrom('event').select(['seq', 'body', 'sealed']).where('case_id', '=', id);
  const rows = await came.where('type', 'in', ['evidence.received', 'evidence.redacted']).execute();
  const key = rows[0]?.sealed ? await keyOf(tx, keys, 'clock', id) : null;
  return rows
    .map(({ seq, body }) => caseEventFrom(eventFrom(keys, key, id, seq, body).body))
    .flatMap((event) => ('object' in event ? [event.object] : []));
}

export function fileRecords(db: Db, keys: CaseKeys): FileRecords {
  const clock = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => asPerson(db, 'clock', work);
  return {
    keyOf: ({ by, caseId }) =>
      asPerson(db, by, async (tx) => {
        const row = await tx.selectFrom('case_file').select('sealed').where('id', '=', caseId).executeTakeFirst();
        if (row === undefined) return undefined;
        return row.sealed ? keyOf(tx, keys, by, caseId) : null;
      }),
    hashesOf: ({ by, caseId }: FileOf) =>
      asPerson(db, by, async (tx) => {
        const own = tx.selectFrom('document').select('sha256').distinct().where('case_id', '=', caseId);
        return (await own.orderBy('sha256').execute()).map(({ sha256 }) => sha256);
      }),
    moving: ({ by, caseId }) =>
      asPerson(db, by, async (tx) => {
        await tx
          .insertInto('file_move')
          .values({ case_id: caseId })
          .onConflict((on) => on.doNothing())
          .execute();
      }),
    toMove: (most) =>
      clock(async (tx) => {
        const rows = await tx.selectFrom('file_move').select('case_id').orderBy('since').limit(most).execute();
        return rows.map(({ case_id }) => case_id as CaseId);
      }),
    moved: (id, sealed, left, last) =>
      clock(async (tx) => {
        const found = tx.selectFrom('case_file').select('sealed').where('id', '=', id).forUpdate();
        if ((await found.executeTakeFirst())?.sealed !== sealed) return;
        await last?.(await objectsOf(tx, keys, id));
        // As the last thing, and in one: a file that is left over is never forgotten.
        await tx.deleteFrom('file_move').where('case_id', '=', id).execute();
        if (left.length === 0) return;
        await tx
          .insertInto('file_left')
          .values(left.map((sha256) => ({ sha256 })))
          .onConflict((on) => on.doNothing())
          .execute();
      }),
    leave: async (sha256) => {
      await db
        .insertInto('file_left')
        .values({ sha256 })
        .onConflict((on) => on.doNothing())
        .execute();
    },
    left: async (most) => {
      const rows = await db.selectFrom('file_left').select('sha256').orderBy('since').limit(most).execute();
      return rows.map(({ sha256 }) => sha256);
    },
    isNeededPlain: (sha256) =>
      clock(async (tx) => {
        const { rows } = await sql<{ needed: boolean }>`select rogatory_needed_plain(${sha256}) as needed`.execute(tx);
        return rows[0]?.needed ?? true;
      }),
    forgetLeft: async (sha256) => {
      await db.deleteFrom('file_left').where('sha256', '=', sha256).execute();
    },
    alone: (work) =>
      db.connection().execute(async (one) => {
        const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(${FILES_LOCK}) as got`.execute(one);
        if (!rows[0]?.got) return undefined;
        try {
          return await work();
        } finally {
          await sql`select pg_advisory_unlock(${FILES_LOCK})`.execute(one);
        }
      }),
  };
}
