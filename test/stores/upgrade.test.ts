// What was written by an earlier version is there after the tables were migrated, and fits what is written from then on.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { connect } from '../../src/adapters/postgres/connection.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { migrations } from '../../src/adapters/postgres/migrations/index.ts';
import { testDatabase } from '../support/database.ts';

test('steps of before know by which number their commitments are queued, and what fitted no commitment is left to the audit', async (t) => {
  const own = await testDatabase();
  t.after(own.stop);
  const { db, close } = connect(own.owner, 1);
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  const provider = { getMigrations: async () => migrations };
  const before = await new Migrator({ db, provider }).migrateTo('033-claimed-entries');
  assert.equal(before.error, undefined);
  const mark = (n: number) => sql`sha256(${`step ${n}`}::text::bytea)`;
  // The queue has them in another order than the chain.
  for (const n of [3, 1, 2]) await sql`insert into commitment (value) values (${mark(n)})`.execute(db);
  for (const n of [1, 2, 3])
    await sql`insert into held_step (chain, seq, type, at, body, commitment, salt, previous)
      values ('x/y', ${n}::integer, 'x', now(), '', ${mark(n)}, sha256('salt'), ${n === 1 ? null : mark(n - 1)})`.execute(
      db,
    );
  // By whoever had the database and took a commitment out.
  await sql`alter table commitment disable trigger all`.execute(db);
  await sql`delete from commitment where value = ${mark(3)}`.execute(db);
  await sql`alter table commitment enable trigger all`.execute(db);
  await close();

  await migrate(own.owner);
  const now = connect(own.owner, 1);
  t.after(now.close);
  const { rows } = await sql<{ seq: number; fits: boolean | null }>`
select seq, c.value = h.commitment as fits from held_step h left join commitment c on c.id = h.entry order by seq`.execute(
    now.db,
  );
  assert.deepEqual(rows, [
    { seq: 1, fits: true },
    { seq: 2, fits: true },
    { seq: 3, fits: null },
  ]);
  await sql`insert into held_step (chain, seq, type, at, body, commitment, salt, previous, entry)
    values ('x/y', 4, 'x', now(), '', ${mark(4)}, sha256('salt'), ${mark(3)}, rogatory_commit(${mark(4)}))`.execute(
    now.db,
  );
});
