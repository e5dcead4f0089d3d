// Keys for programs over PostgreSQL: by their hash alone, counted as they are used, revoked and never deleted.

import { type Selectable, sql } from 'kysely';
import type { NodeMark } from '../../../app/log/held-ports.ts';
import type { ApiKey, KeyRecords } from '../../../app/people/key-ports.ts';
import type { PersonId } from '../../../domain/registry/person.ts';
import type { Db } from '../connection.ts';
import { enterHeld, foundBefore } from '../log/held-steps.ts';
import type { PeopleTables } from './tables.ts';

type Row = Selectable<PeopleTables['api_key']>;

/** To make a key, and to revoke one, is a step that bears `mark`. */
export const keyRecords = (db: Db, mark: NodeMark): KeyRecords => ({
  all: async () => (await db.selectFrom('api_key').selectAll().orderBy('made_at', 'desc').execute()).map(keyFrom),
  add: ({ id, office, state, hash, madeAt, madeBy, expiresAt }) =>
    db.transaction().execute(async (tx) => {
      const found = await foundBefore(tx, 'programs');
      await tx
        .insertInto('api_key')
        .values({ id, office, state, hash, made_at: madeAt, made_by: madeBy, expires_at: expiresAt })
        .execute();
      await enterHeld(tx, mark, found, { at: madeAt, by: madeBy, type: 'made', facts: { key: id }, lines: [] });
    }),
  revoke: (id, by, at) =>
    db.transaction().execute(async (tx) => {
      const found = await foundBefore(tx, 'programs');
      const done = await tx
        .updateTable('api_key')
        .set({ revoked_at: at, revoked_by: by })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      if (done.numUpdatedRows !== 1n) return false;
      await enterHeld(tx, mark, found, { at, by, type: 'revoked', facts: { key: id }, lines: [] });
      return true;
    }),
  use: async (hash, at, windowSeconds) => {
    const over = sql<boolean>`(window_at is null or window_at <= ${at}::timestamptz - ${windowSeconds} * interval '1 second')`;
    const row = await db
      .updateTable('api_key')
      .set({
        used_at: at,
        window_at: sql`case when ${over} then ${at}::timestamptz else window_at end`,
        window_uses: sql`case when ${over} then 1 else window_uses + 1 end`,
      })
      .where('hash', '=', hash)
      .returningAll()
      .executeTakeFirst();
    return row && { key: keyFrom(row), since: row.window_at ?? at, uses: row.window_uses };
  },
});

const keyFrom = (row: Row): ApiKey => ({
  id: row.id,
  office: row.office,
  state: row.state,
  madeAt: row.made_at,
  madeBy: row.made_by as PersonId,
  expiresAt: row.expires_at,
  revoked: row.revoked_at && row.revoked_by ? { at: row.revoked_at, by: row.revoked_by as PersonId } : null,
  usedAt: row.used_at,
});
