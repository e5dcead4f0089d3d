// Who watches the watchers: every page of a case that oversight opens is on record; its head of office sees how much, and no case.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { readingRecords } from '../../src/adapters/postgres/readings.ts';
import { asPerson } from '../../src/adapters/postgres/casework/store.ts';
import { sealCase } from '../../src/app/casework/sealing.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { caseworkRoutes } from '../../src/web/casework/routes.ts';
import { readingsRoutes } from '../../src/web/office/readings-routes.ts';
import { takeIn } from '../support/casework.ts';
import { openFrontDoor, type Visitor } from './front-door.ts';

const READINGS = '/oversight/readings';
let door: Awaited<ReturnType<typeof openFrontDoor>>;
let [dana, ada, aldo, olga, remy]: Visitor[] = [];
let [open, sealed]: CaseFile[] = [];
before(async () => {
  door = await openFrontDoor();
  door.app
    .route('/', caseworkRoutes({ work: door.front }))
    .route('/', readingsRoutes(door.front, readingRecords(door.office.db)));
  [dana, ada, aldo, olga, remy] = await Promise.all([
    door.enter('dana', ['duty-officer']),
    door.enter('ada', ['approver']),
    door.enter('aldo', ['approver']),
    door.enter('olga', ['oversight']),
    door.enter('remy', ['registrar']),
  ]);
  const officer = { id: dana?.id as never, roles: ['duty-officer'] } as const;
  open = await takeIn(door.front, officer);
  sealed = await takeIn(door.front, officer);
  const approver = { id: ada?.id as never, roles: ['approver'] } as const;
  const to = [aldo?.id as never, dana?.id as never];
  const target = { reference: sealed.reference, version: null };
  const done = await sealCase(door.front, approver, target, { to, reason: 'A threatened witness could be told.' });
  assert.equal(done.is, 'done', JSON.stringify(done));
});
after(() => door.close());

test('before oversight read anything, the record says so', async () => {
  for (const who of [olga, remy]) assert.match((await who?.get(READINGS))?.text ?? '', /has read nothing yet/);
});

test('oversight sees each reading with its case, a sealed one too; the head of the office how many and of whom, and no case', async () => {
  for (const file of [open, sealed])
    for (const tab of ['timeline', 'people', 'timeline'])
      assert.equal((await olga?.get(`/requests/${file?.reference}/${tab}`))?.status, 200);
  const own = (await olga?.get(READINGS))?.text ?? '';
  assert.equal(own.match(/<tr role="row"><th scope="row"/g)?.length, 6);
  for (const file of [open, sealed]) assert.match(own, new RegExp(`href="/requests/${file?.reference}"`));
  const counted = (await remy?.get(READINGS))?.text ?? '';
  assert.match(counted, /Name of olga/);
  assert.match(counted, /data-label="Cases">2</);
  assert.match(counted, /data-label="Pages opened">6</);
  assert.match(counted, /People and Timeline|Timeline and People/);
  for (const file of [open, sealed])
    for (const word of [file?.reference, file?.id]) assert.doesNotMatch(counted, new RegExp(word ?? 'never'));
});

test('a long record goes on from page to page and leaves nothing out', async () => {
  for (let n = 0; n < 46; n++) await olga?.get(`/requests/${open?.reference}/timeline`);
  const first = (await olga?.get(READINGS))?.text ?? '';
  assert.equal(first.match(/<tr role="row"><th scope="row"/g)?.length, 50);
  const next = /href="(\/oversight\/readings\?below=\d+)"/.exec(first)?.[1] ?? '';
  const rest = (await olga?.get(next))?.text ?? '';
  assert.equal(rest.match(/<tr role="row"><th scope="row"/g)?.length, 2);
  assert.doesNotMatch(rest, /Earlier readings/);
  assert.equal((await olga?.get(`${READINGS}?below=1e9;drop`))?.status, 200);
});

test('whoever works on cases does not learn what oversight looked at, by page or by SQL', async () => {
  for (const who of [dana, ada]) assert.equal((await who?.get(READINGS))?.status, 403);
  for (const who of [dana, ada, remy]) {
    const rows = await asPerson(door.office.db, who?.id as never, async (tx) => {
      const each = await sql`select * from reading`.execute(tx);
      const counted = await sql`select * from rogatory_readings('2000-01-01', 'UTC')`.execute(tx);
      return [each.rows.length, counted.rows.length];
    });
    assert.deepEqual(rows, [0, who === remy ? 1 : 0]);
  }
});
