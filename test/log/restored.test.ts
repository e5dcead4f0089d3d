// Yesterday's backup, a copy of the node, two stories for two readers, salts that are gone: what a log must not be fooled by.
// Attacker: the operator.

import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import type { Db } from '../../src/adapters/postgres/connection.ts';
import { resumeFrom } from '../../src/app/log/resume.ts';
import { openOffice, type TestOffice, takeIn } from '../support/casework.ts';
import { auditOf, dataDirectory, found, memoryWitness, openTestLog, type TestLog, witnessed } from './support.ts';

const TABLES = ['log_entry', 'log_slot', 'log_head'];

const fresh = async (t: TestContext): Promise<TestOffice> => {
  const own = await openOffice();
  t.after(own.close);
  return own;
};

/** Keeps the log's tables as they are now, and puts them back when told to, as a restored backup does. */
async function backup(db: Db): Promise<() => Promise<void>> {
  for (const table of TABLES) await sql`create table ${sql.id(`old_${table}`)} as table ${sql.id(table)}`.execute(db);
  return () =>
    db.connection().execute(async (one) => {
      await sql`set session_replication_role = replica`.execute(one);
      for (const table of TABLES) {
        await sql`delete from ${sql.id(table)}`.execute(one);
        await sql`insert into ${sql.id(table)} select * from ${sql.id(`old_${table}`)}`.execute(one);
      }
      await sql`set session_replication_role = origin`.execute(one);
    });
}

test('yesterday’s backup of the database under today’s files: the log stands still, and goes on only from a public checkpoint', async (t) => {
  const own = await fresh(t);
  const log = await openTestLog(own.app.db, dataDirectory(t));
  await takeIn(own.work, own.staff['duty-officer']);
  await log.publish();
  const restore = await backup(own.owner.db);
  for (let n = 0; n < 4; n++) {
    log.pass();
    await log.publish();
  }
  const latest = (await log.ports.files.published()) ?? '';
  await restore();
  log.pass();
  const stopped = found(await log.publish('started anew'));
  assert.match(stopped, /the database has 8 entries, and 40 were signed: an older backup/);
  assert.equal((await log.checkpoint()).size, 40);

  // From a checkpoint of another history it does not go on; from the public one it does, and says what is lost.
  const forged = await resumeFrom(log.ports, latest.replace('\n40\n', '\n48\n'));
  assert.match(forged.ok ? '' : (forged.faults[0]?.detail ?? ''), /not signed by the key/);
  assert.deepEqual(await resumeFrom(log.ports, latest), { ok: true, value: { size: 40, lost: 32 } });
  assert.deepEqual(await log.publish('started anew'), { is: 'published', size: 48 });
  const { found: left, counted } = await auditOf(log, own);
  assert.deepEqual(left, []);
  // The steps that were in the lost batches wait no longer: they have entered anew.
  assert.equal(counted.lost, 32);
});

test('yesterday’s copy of the whole node is stopped by its witnesses before it signs anything', async (t) => {
  const own = await fresh(t);
  const data = dataDirectory(t);
  const witness = memoryWitness('w', () => [log.ports.keys.log[0]]);
  const wishes = witnessed(1, witness);
  const log: TestLog = await openTestLog(own.app.db, data, wishes);
  await log.publish();
  const yesterday = dataDirectory(t);
  cpSync(data, yesterday, { recursive: true });
  const restore = await backup(own.owner.db);
  log.pass();
  assert.deepEqual(await log.publish(), { is: 'published', size: 16 });
  await restore();

  const old = await openTestLog(own.app.db, yesterday, wishes);
  old.pass(2);
  const signed = readFileSync(join(yesterday, 'last-signed'));
  const stopped = found(await old.publish());
  assert.match(stopped, /the witness w0 has seen 16 entries of this log, and this node has signed 8/);
  assert.deepEqual(readFileSync(join(yesterday, 'last-signed')), signed);
  // While the witness is away nobody can say how far the log is, and nothing is signed either.
  const alone = await openTestLog(own.app.db, yesterday, { ...wishes, askWitness: async () => undefined });
  alone.pass(2);
  const why = 'w0, w1 did not say how far they have seen this log';
  assert.deepEqual(await alone.publish(), { is: 'waiting', size: 8, why });
  assert.deepEqual(readFileSync(join(yesterday, 'last-signed')), signed);
});

test('two histories for two readers: whoever cosigned the first does not cosign the second, and the log stands still', async (t) => {
  const [one, other] = [await fresh(t), await fresh(t)];
  const data = dataDirectory(t);
  const witness = memoryWitness('w', () => [first.ports.keys.log[0]]);
  const wishes = witnessed(1, witness);
  const first: TestLog = await openTestLog(one.app.db, data, wishes);
  await first.publish();
  // The same keys over another database: what an operator does who wants to tell two stories.
  const twin = dataDirectory(t);
  cpSync(join(data, 'keys'), join(twin, 'keys'), { recursive: true });
  const second = await openTestLog(other.app.db, twin, {
    ...wishes,
    // Nor does it ask how far the log is: the answer is made up.
    askWitness: async (url, body) =>
      body.includes('\n0\n') ? { status: 409, body: '0\n' } : wishes.askWitness(url, body),
  });
  const stopped = found(await second.publish());
  assert.match(stopped, /the witness w0 does not cosign the tree of 8 entries, because it is no continuation of the 8/);
  second.pass();
  assert.match(found(await second.publish()), /the witness w0 (does not cosign|has seen)/);
  assert.equal(await second.ports.files.published(), undefined);
  assert.deepEqual(witness.kept.get('node.example/log')?.root, (await first.checkpoint()).root);
});

test('the keys of one log over the database of another publish nothing', async (t) => {
  const own = await fresh(t);
  const log = await openTestLog(own.app.db, dataDirectory(t));
  await log.publish();
  const stranger = await openTestLog(own.app.db, dataDirectory(t));
  assert.match(found(await stranger.publish()), /put the folder keys\/log back that belongs to it/);
});
