// Killed at each step of a publication, the sequencer goes on from what is on the disk; two of them never sign twice.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import type { Published } from '../../src/app/log/publish.ts';
import { verifyConsistency } from '../../src/transparency/merkle.ts';
import { planConsistency } from '../../src/transparency/tiles.ts';
import { worked } from '../../src/app/log/grow.ts';
import { connect } from '../../src/adapters/postgres/connection.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { auditAlone, dataDirectory, openTestLog, START } from './support.ts';
import { laterBy } from '../../src/kernel/instant.ts';
import { randomBytes } from 'node:crypto';

let database: TestDatabase;
before(async () => {
  database = await testDatabase();
});
after(() => database.stop());

const children = new Set<ChildProcess>();
after(() => {
  for (const child of children) child.kill('SIGKILL');
});

async function run(order: object): Promise<{ said: Published[]; signal: string | null }> {
  const script = new URL('sequencer-process.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  const said: Published[] = [];
  for await (const line of createInterface(child.stdout)) said.push(JSON.parse(line) as Published);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  children.delete(child);
  return { said, signal: child.signalCode };
}

const POINTS = [
  'before append',
  'after append',
  'between tiles',
  'after tiles',
  'before signature',
  'after signature',
  'after head',
  'before publication',
  'after publication',
  'before dropping',
];

for (const die of POINTS)
  test(`killed ${die}: the next sequencer goes on, and the tree it signs continues the one before`, async (t) => {
    const own = await testDatabase();
    t.after(own.stop);
    const data = dataDirectory(t);
    const owner = connect(own.owner, 2);
    const app = connect(own.app, 4);
    t.after(async () => {
      await owner.close();
      await app.close();
    });
    const commitments = Array.from({ length: 11 }, () => ({ value: randomBytes(32) }));
    await owner.db.insertInto('commitment').values(commitments).execute();
    const first = await run({ connection: own.app, data, start: START, slots: 3, die });
    assert.equal(first.signal, 'SIGKILL');
    assert.deepEqual(first.said, [{ is: 'published', size: 8 }]);
    const log = await openTestLog(app.db, data);
    const before = await log.checkpoint();

    // The same slot once more, by a sequencer that starts anew, and two slots after it.
    const said: Published[] = [];
    for (log.pass(); said.length < 3; log.pass()) said.push(await log.publish());
    assert.ok(['published', 'nothing'].includes(said[0]?.is ?? ''), JSON.stringify(said[0]));
    assert.deepEqual(said.slice(1), [
      { is: 'published', size: 24 },
      { is: 'published', size: 32 },
    ]);
    const last = await log.checkpoint();
    const proof = await worked(planConsistency(before.size, last.size), log.ports.files);
    assert.ok(verifyConsistency(before.size, last.size, proof, before.root, last.root));
    // Every commitment stands in it, once; every file is as it must be; each signed tree is on record.
    const { found, counted } = await auditAlone(log, app.db);
    const unclaimed = found.filter((line) => !line.includes('is the commitment of a step that is gone'));
    assert.deepEqual(unclaimed, []);
    assert.deepEqual([counted.entries, counted.steps, counted.signed], [32, 11, 32]);
    const heads = await owner.db.selectFrom('log_head').select('size').orderBy('size').execute();
    assert.deepEqual(
      heads.map(({ size }) => size),
      [8, 16, 24, 32],
    );
  });

test('two sequencers at once on one database: one waits, and every slot is published once', async (t) => {
  const data = dataDirectory(t);
  const order = { connection: database.app, data, start: laterBy(START, 1), slots: 12 };
  const both = await Promise.all([run(order), run(order)]);
  const published = both.flatMap(({ said }) => said.flatMap((one) => (one.is === 'published' ? [one.size] : [])));
  assert.deepEqual(
    published.sort((a, b) => a - b),
    Array.from({ length: 12 }, (_, n) => 8 * (n + 1)),
  );
  for (const { said, signal } of both) {
    assert.equal(signal, null);
    assert.ok(
      said.every(({ is }) => is === 'published' || is === 'nothing'),
      JSON.stringify(said),
    );
  }
  const app = connect(database.app, 2);
  t.after(app.close);
  const log = await openTestLog(app.db, data);
  const { found } = await auditAlone(log, app.db);
  assert.deepEqual(found, []);
});
