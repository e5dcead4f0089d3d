// The runs of the daily self-audit over PostgreSQL; who may read which, its policies say.

import { sql } from 'kysely';
import type { Finding } from '../../../app/log/audit-ports.ts';
import type { AuditRun, AuditRuns } from '../../../app/log/daily-ports.ts';
import { asPerson } from '../casework/store.ts';
import type { Db } from '../connection.ts';
import { callOut } from '../outbox.ts';

/** The place of the self-audit among the advisory locks of the database. */
const LOCK = 0x726f6703;

export const auditRuns = (db: Db): AuditRuns => ({
  lastBegan: () =>
    asPerson(db, 'clock', async (tx) => {
      const row = await tx.selectFrom('log_audit').select('began_at').orderBy('no', 'desc').limit(1).executeTakeFirst();
      return row?.began_at ?? null;
    }),
  alone: (work) =>
    db.connection().execute(async (own) => {
      const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_lock(${sql.lit(LOCK)}) as got`.execute(own);
      if (rows[0]?.got !== true) return false;
      try {
        await work();
        return true;
      } finally {
        await sql`select pg_advisory_unlock(${sql.lit(LOCK)})`.execute(own);
      }
    }),
  keep: ({ beganAt, endedAt, entries, cases, found }, findings, calls) =>
    asPerson(db, 'clock', async (tx) => {
      const { no } = await tx
        .insertInto('log_audit')
        .values({ began_at: beganAt, ended_at: endedAt, entries, cases, found: JSON.stringify(found) })
        .returning('no')
        .executeTakeFirstOrThrow();
      if (findings.length > 0)
        await tx
          .insertInto('log_audit_finding')
          .values(findings.map((one, n) => ({ audit: no, no: n + 1, ...one })))
          .execute();
      await callOut(tx, calls, endedAt);
    }),
  latest: (by, most) =>
    asPerson(db, by, async (tx) => {
      const rows = await tx.selectFrom('log_audit').selectAll().orderBy('no', 'desc').limit(most).execute();
      return rows.map(({ began_at, ended_at, ...row }): AuditRun => ({ ...row, beganAt: began_at, endedAt: ended_at }));
    }),
  findings: (by, no) =>
    asPerson(db, by, async (tx) => {
      const found = tx.selectFrom('log_audit_finding').select(['kind', 'reference', 'says']).where('audit', '=', no);
      return (await found.orderBy('no').execute()) as Finding[];
    }),
});
