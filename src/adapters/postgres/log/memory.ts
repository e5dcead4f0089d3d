// What this node cosigned last of each log that it witnesses: one request for a log at a time, and durable before the answer.

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { WitnessMemory } from '../../../app/log/ports.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { asPerson } from '../casework/store.ts';
import type { Db } from '../connection.ts';

/** Its place among the advisory locks of the database, beside a number for the log. */
const LOCK = 0x726f6702;

export const witnessMemory = (db: Db, now: () => Instant): WitnessMemory => ({
  turn: (origin, next) =>
    asPerson(db, 'clock', async (tx) => {
      // Before the first row of a log there is none to lock.
      const number = createHash('sha256').update(origin).digest().readInt32BE();
      await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)}, ${sql.lit(number)})`.execute(tx);
      const row = await tx
        .selectFrom('witnessed_log')
        .select(['size', 'root', 'checkpoint'])
        .where('origin', '=', origin)
        .executeTakeFirst();
      const { keep, answer } = await next(row ?? null);
      if (keep !== null) {
        const kept = { size: keep.size, root: Buffer.from(keep.root), checkpoint: keep.checkpoint, at: now() };
        await tx
          .insertInto('witnessed_log')
          .values({ origin, ...kept })
          .onConflict((on) => on.column('origin').doUpdateSet(kept))
          .execute();
      }
      return answer;
    }),
  latest: (originHash) =>
    asPerson(db, 'clock', async (tx) => {
      const row = await tx
        .selectFrom('witnessed_log')
        .select('checkpoint')
        .where(sql<string>`encode(sha256(convert_to(origin, 'UTF8')), 'hex')`, '=', originHash)
        .executeTakeFirst();
      return row?.checkpoint;
    }),
});
