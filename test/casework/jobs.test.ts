// The queue on a real server: its tables belong to the owner, the application uses them, and work comes round.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Jobs, openJobs, prepareJobs } from '../../src/adapters/postgres/jobs.ts';
import { connect } from '../../src/adapters/postgres/connection.ts';
import { sql } from 'kysely';
import { startWorker } from '../../src/worker/worker.ts';
import { officeStore } from '../../src/adapters/postgres/office.ts';
import { outbox } from '../../src/adapters/postgres/outbox.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { openOffice, type TestOffice } from '../support/casework.ts';

let database: TestDatabase;
let office: TestOffice;
before(async () => {
  [database, office] = await Promise.all([testDatabase(), openOffice()]);
});
after(async () => {
  await office.close();
  await database.stop();
});

test('the owner makes the tables of the queue, twice without harm, and the application cannot change them', async () => {
  await prepareJobs(database.owner);
  await prepareJobs(database.owner);
  const { db, close } = connect(database.app, 1);
  await assert.rejects(sql`drop table pgboss.job`.execute(db), { code: '42501' });
  await assert.rejects(sql`create table pgboss.mine (one int)`.execute(db), { code: '42501' });
  await close();
});

test('as the application, the clock and the mail come round at once and do not wait for the minute', async () => {
  const errors: unknown[] = [];
  const jobs: Jobs = await openJobs(database.app, (error) => void errors.push(error));
  const { promise, resolve } = Promise.withResolvers<void>();
  const rounds: string[] = [];
  const came = (queue: string): void => {
    rounds.push(queue);
    if (rounds.includes('clock') && rounds.includes('mail')) resolve();
  };
  try {
    await startWorker({
      work: office.work,
      office: await officeStore(office.app.db, office.work.office(), () => Date.now(), office.keys.mark),
      mail: { outbox: outbox(office.app.db) },
      clearUploads: async () => 0,
      publicLog: { publishSlot: async () => ({ is: 'nothing' }) },
      audit: async () => false,
      log: { error: (fields) => void errors.push(fields) },
      eachMinute: (queue, work) =>
        jobs.eachMinute(queue, async () => {
          await work();
          came(queue);
        }),
    });
    await promise;
  } finally {
    await jobs.close();
  }
  assert.deepEqual(errors, []);
});

test('uploads that were left are cleared away at the start and once a day, not with each round', async () => {
  const rounds: (() => Promise<void>)[] = [];
  let cleared = 0;
  await startWorker({
    work: office.work,
    office: await officeStore(office.app.db, office.work.office(), () => Date.now(), office.keys.mark),
    mail: { outbox: outbox(office.app.db) },
    clearUploads: async () => {
      cleared++;
      if (cleared === 1) throw new Error('the disk was away');
      return 0;
    },
    publicLog: { publishSlot: async () => ({ is: 'nothing' }) },
    audit: async () => false,
    log: { error: () => undefined },
    eachMinute: async (queue, work) => void (queue === 'files' && rounds.push(work)),
  });
  const round = async () => rounds[0]?.();
  await assert.rejects(round());
  for (const _ of 'minutes') await round();
  assert.equal(cleared, 2);
  office.clock.days(1);
  for (const _ of 'minutes') await round();
  assert.equal(cleared, 3);
});
