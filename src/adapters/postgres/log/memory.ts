// What this node cosigned last of each log that it witnesses: one request for a log at a time, and durable before the answer.
// The database may have been put back, or changed by its owner: whatever of it is older than what lies apart is not believed.

import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { LastCosigned, Remembered, WitnessMemory } from '../../../app/log/ports.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { parseCheckpoint } from '../../../transparency/checkpoint.ts';
import { asPerson } from '../casework/store.ts';
import type { Db } from '../connection.ts';
import type { Tables } from '../schema.ts';

/** Its place among the advisory locks of the database, beside a number for the log. */
const LOCK = 0x726f6702;

/** Waits until nobody cosigns anything of that log, and lets nobody until the transaction ends. Before its first row there is none to lock. */
export async function lockOrigin(tx: Kysely<Tables>, origin: string): Promise<void> {
  const number = createHash('sha256').update(origin).digest().readInt32BE();
  await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)}, ${sql.lit(number)})`.execute(tx);
}

/** What a kept checkpoint says; null for none. */
function rememberedIn(checkpoint: string | undefined): Remembered | null {
  const read = checkpoint === undefined ? undefined : parseCheckpoint(checkpoint);
  return read?.ok && checkpoint !== undefined ? { size: read.value.size, root: read.value.root, checkpoint } : null;
}

export const witnessMemory = (db: Db, now: () => Instant, apart: LastCosigned): WitnessMemory => ({
  turn: (origin, next) =>
    asPerson(db, 'clock', async (tx) => {
      await lockOrigin(tx, origin);
      const row = await tx
        .selectFrom('witnessed_log')
        .select(['size', 'root', 'checkpoint'])
        .where('origin', '=', origin)
        .executeTakeFirst();
      const own = rememberedIn(await apart.of(origin));
      const last = own !== null && own.size > (row?.size ?? -1) ? own : (row ?? null);
      const { keep, answer } = await next(last);
      if (keep !== null) {
        await apart.keep(origin, keep.checkpoint);
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
