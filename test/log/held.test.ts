// Whoever owns the database gives themselves a way in, a role, a name, another setting: each row is named that no step left.
// Attacker: the database's owner with triggers off, and with everything but the secret of the node.

import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { enterFound } from '../../src/adapters/postgres/log/held-kept.ts';
import { enterHeld, foundBefore } from '../../src/adapters/postgres/log/held-steps.ts';
import { officeStore } from '../../src/adapters/postgres/office.ts';
import { keyRecords } from '../../src/adapters/postgres/people/api-keys.ts';
import { peopleStore } from '../../src/adapters/postgres/people/store.ts';
import { reportStore } from '../../src/adapters/postgres/reporting/reports.ts';
import type { PeriodName } from '../../src/domain/reporting/period.ts';
import { laterBy } from '../../src/kernel/instant.ts';
import { openOffice, type TestOffice } from '../support/casework.ts';
import { auditOf, memoryFolder, openTestLog, type TestLog, unseen, unwatched } from './support.ts';

let office: TestOffice;
let log: TestLog;
const data = memoryFolder();
const SHA256 = createHash('sha256').update('{}').digest('hex');
const ADA = '00000000-0000-4000-8000-000000000003';
const checked = async (): Promise<readonly string[]> => (await auditOf(log, office)).found;

before(async () => {
  office = await openOffice();
  const { app, owner, keys, staff, clock } = office;
  const { id } = staff.approver;
  await unwatched(owner, `insert into login (person, name) values ('${id}', 'ada')`);
  await peopleStore(app.db, keys.mark).atomically(async (store) => {
    const [addedAt, usedAt] = [clock.now(), null];
    const key = { publicKey: Buffer.alloc(32, 7), counter: 0, transports: ['usb'], deviceBound: true, addedAt, usedAt };
    await store.setPassword(id, 'a hash');
    await store.setTotp(id, Buffer.alloc(20, 1));
    for (const label of ['Blue key', 'Red key']) await store.addPasskey({ id: label, person: id, label, ...key });
    await store.replaceRecoveryCodes(id, ['a', 'b'], addedAt);
    await store.linkIdentity('https://ministry.example', 'ada', id);
    await store.addPersonKey(id, await keys.newPersonKey(id), addedAt);
    await store.record({ at: addedAt, by: id, person: id, what: 'enrolled', facts: {} });
  });
  const { registrar } = staff;
  const own = office.work.office();
  const settings = await officeStore(app.db, own, () => Date.now(), keys.mark);
  await settings.save(own);
  const changes = [{ setting: 'name', from: own.name, to: 'Another division' }];
  const change = { at: clock.now(), by: registrar.id, version: 2, changes };
  assert.ok(await settings.change({ ...own, name: 'Another division' }, change));
  const programs = keyRecords(app.db, keys.mark);
  const key = { office: 'Prosecutor General', state: 'AA', madeAt: clock.now(), madeBy: registrar.id };
  for (const hash of ['a', 'b'])
    await programs.add({ ...key, id: randomUUID(), hash: hash.repeat(64), expiresAt: laterBy(clock.now(), 90) });
  await reportStore(app.db, keys.mark).propose('2028-Q1' as PeriodName, '{}', {
    by: registrar.id,
    at: clock.now(),
    what: SHA256,
  });
  log = await openTestLog(app.db, data, { cadence: { every: 300, places: 40, reserved: 2 } });
  assert.equal((await log.publish()).is, 'published');
});
after(async () => {
  rmSync(data, { recursive: true, force: true });
  await office.close();
});

test('of accounts that nobody touched nothing is found, and what each use changes is no change', async () => {
  const { app, keys, clock } = office;
  const store = peopleStore(app.db, keys.mark);
  await store.usePasskey('Blue key', 5, clock.now());
  await store.record({ at: clock.now(), by: null, person: office.staff.approver.id, what: 'signed-in', facts: {} });
  assert.deepEqual(await checked(), []);
});

const DEEDS: readonly (readonly [what: string, table: string, statement: string, names: RegExp])[] = [
  [
    'a passkey of their own in the place of an approver’s',
    'passkey',
    `update passkey set public_key = sha256('mine') where id = 'Blue key'`,
    /^passkey Blue key of Ada Approver is not the one that the last step left: it was changed or exchanged$/m,
  ],
  [
    'a passkey of their own beside an approver’s',
    'passkey',
    `insert into passkey values ('mine', '${ADA}', sha256('mine'), 0, '{usb}', true, 'My key', now(), null)`,
    /^passkey My key of Ada Approver was put there by no step$/m,
  ],
  [
    'a passkey given to somebody else',
    'passkey',
    `update passkey set person = '00000000-0000-4000-8000-000000000001' where id = 'Red key'`,
    /^passkey Red key of Dana Duty was put there.*^1 × passkey of Ada Approver is gone, and no step took it$/ms,
  ],
  [
    'a passkey of an approver taken away',
    'passkey',
    `delete from passkey where id = 'Blue key'`,
    /^1 × passkey of Ada Approver is gone/m,
  ],
  [
    'another password',
    'login',
    `update login set password = 'mine'`,
    /the password or the authenticator of Ada Approver is not/,
  ],
  [
    'another authenticator',
    'login',
    `update login set totp = sha256('mine')`,
    /the authenticator of Ada Approver is not/,
  ],
  [
    'another name to sign in with',
    'login',
    `update login set name = 'adah'`,
    /^the name to sign in with, .* of Ada Approver is not/m,
  ],
  [
    'a login for somebody who had none',
    'login',
    `insert into login (person, name, password) values ('00000000-0000-4000-8000-000000000002', 'rana', 'mine')`,
    /of Rana Reviewer was put there by no step/,
  ],
  [
    'a recovery code',
    'recovery_code',
    `insert into recovery_code values ('mine', '${ADA}', now(), null)`,
    /^recovery code of Ada Approver was put there/m,
  ],
  [
    'recovery codes taken away',
    'recovery_code',
    'delete from recovery_code',
    /^2 × recovery code of Ada Approver is gone/m,
  ],
  [
    'a ministry’s identity of their own',
    'federated_identity',
    `update federated_identity set subject = 'mine'`,
    /^identity https:\/\/ministry.example of Ada Approver is not/m,
  ],
  [
    'a key pair of their own, to which sealed cases will be opened',
    'person_key',
    `update person_key set recipient = 'age1mine'`,
    /^key pair age1mine of Ada Approver is not/m,
  ],
  [
    'mail to themselves',
    'mail_address',
    `insert into mail_address values ('${ADA}', 'me@evil.example')`,
    /^mail address of Ada Approver was put there/m,
  ],
  [
    'another name for an approver',
    'person',
    `update person set name = 'Eve' where id = '${ADA}'`,
    /^the name or standing of Eve is not/m,
  ],
  [
    'an account made void',
    'person',
    `update person set disabled_at = now() where id = '${ADA}'`,
    /^the name or standing of Ada Approver is not/m,
  ],
  [
    'somebody whom nobody invited',
    'person',
    `insert into person values (gen_random_uuid(), 'Mallory', 'en', now(), null)`,
    /^the account of Mallory: no step tells of it/m,
  ],
  [
    'an approver taken out of the office',
    'person',
    `delete from person where id = '${ADA}'`,
    /^1 × the name or standing of 00000000-0000-4000-8000-000000000003 is gone/m,
  ],
  [
    'a role that nobody gave',
    'person_role',
    `insert into person_role values ('${ADA}', 'registrar', now(), null, null, null)`,
    /^role registrar of Ada Approver was put there/m,
  ],
  [
    'a role that nobody took',
    'person_role',
    `delete from person_role where person = '${ADA}'`,
    /^1 × role of Ada Approver is gone/m,
  ],
  [
    'who gave a role',
    'person_role',
    `update person_role set given_by = '${ADA}' where person = '${ADA}'`,
    /^role approver of Ada Approver is not/m,
  ],
  [
    'a line of the record of acts',
    'person_event',
    `delete from person_event where what = 'enrolled'`,
    /^1 × line in the record of acts on the account of Ada Approver is gone/m,
  ],
  [
    'another person in the record of acts',
    'person_event',
    `update person_event set by_person = '00000000-0000-4000-8000-000000000006' where what = 'enrolled'`,
    /^line in the record of acts on the account of Ada Approver \(enrolled, 2028-03-02T09:00:00.000Z\) is not/m,
  ],
  [
    'an act that never was',
    'person_event',
    `insert into person_event (at, by_person, person, what, facts) values (now(), null, '${ADA}', 'recovered', '{}')`,
    /^line in the record of acts on the account of Ada Approver \(recovered, .*\) was put there/m,
  ],
  [
    'a setting',
    'office',
    `update office set settings = jsonb_set(settings, '{settings,soon}', '1')`,
    /^the row of settings of the office is not the one that the last step left/m,
  ],
  ['whose office it is', 'office', `update office set state = 'AA'`, /^the row of settings of the office is not/m],
  [
    'a threshold of figures that nobody proposed',
    'threshold_proposal',
    `insert into threshold_proposal (threshold, proposed_by, proposed_at) values (3, '${ADA}', now())`,
    /^the proposed threshold of figures 3 of the office was put there by no step$/m,
  ],
  [
    'all settings',
    'office',
    'delete from office',
    /^1 × the row of settings of the office is gone, and no step took it$/m,
  ],
  [
    'a change of settings',
    'office_event',
    'delete from office_event',
    /^1 × line in the record of changes of the settings of the office is gone/m,
  ],
  [
    'who changed a setting',
    'office_event',
    `update office_event set by_person = '${ADA}'`,
    /^line in the record of changes of the settings of the office \(2, .*\) is not/m,
  ],
  [
    'a change that nobody made',
    'office_event',
    `insert into office_event (at, by_person, version, changes) values (now(), '${ADA}', 3, '[]')`,
    /^line in the record of changes of the settings of the office \(3, .*\) was put there/m,
  ],
  [
    'who proposed a report',
    'report_proposal',
    `update report_proposal set proposed_by = '${ADA}'`,
    /^who proposed the report 2028-Q1 of the office is not/m,
  ],
  [
    'a proposal taken out',
    'report_proposal',
    'delete from report_proposal',
    /^1 × who proposed the report of the office is gone/m,
  ],
  [
    'a proposal of somebody else',
    'report_proposal',
    `insert into report_proposal (period, proposed_by, proposed_at, body, hash) values ('2028-Q1', '${ADA}', now(), '{}', sha256('{}'))`,
    /^who proposed the report 2028-Q1 of the office was put there/m,
  ],
  [
    'a key for a program of their own',
    'api_key',
    `insert into api_key (id, office, state, hash, made_at, made_by, expires_at) values (gen_random_uuid(), 'Mine', 'AA', '${'c'.repeat(64)}', now(), '${ADA}', now() + interval '1 day')`,
    /^key for the programs Mine of the office was put there/m,
  ],
  [
    'the hash of a key for a program',
    'api_key',
    `update api_key set hash = '${'c'.repeat(64)}' where hash like 'a%'`,
    /^key for the programs Prosecutor General of the office is not/m,
  ],
  [
    'a key for a program taken away',
    'api_key',
    'delete from api_key',
    /^2 × key for the programs of the office is gone/m,
  ],
  [
    'another person for a step',
    'held_step',
    `update held_step set person = null where type = 'enrolled'`,
    /^step 2 \(enrolled\) of the account of Ada Approver is not what was committed to: entry \d+/m,
  ],
  [
    'the last step of an account',
    'held_step',
    `delete from held_step where type = 'enrolled'`,
    /^entry \d+ of the log is the commitment of a step that is gone.*^passkey Blue key of Ada Approver was put there/ms,
  ],
  [
    'all steps of an account',
    'held_step',
    `delete from held_step where chain = 'account/${ADA}'`,
    /^the account of Ada Approver: no step tells of it; it was put there, or its steps are gone$/m,
  ],
];

for (const [what, table, statement, names] of DEEDS)
  test(`changed as owner of the database: ${what}`, async () => {
    assert.match((await unseen(office.owner, table, statement, checked)).join('\n'), names);
  });

test('accounts are taken as they are found once, and nobody is taken in that way afterwards', async () => {
  const { app, keys, clock } = office;
  const found = await unseen(
    office.owner,
    'person',
    `insert into person values (gen_random_uuid(), 'Mallory', 'en', now(), null)`,
    async () => {
      await enterFound(app.db, keys.mark, clock.now());
      return checked();
    },
  );
  assert.match(found.join('\n'), /^the account of Mallory: no step tells of it/);
  assert.deepEqual(await checked(), []);
});

test('no later act on an account makes a passkey true that nobody added, and to such an account nobody signs in', async () => {
  const { app, keys, clock, staff } = office;
  const { id } = staff.approver;
  const store = peopleStore(app.db, keys.mark);
  assert.equal(await store.isAsLeft(id), true);
  const mine = `insert into passkey values ('mine', '${ADA}', sha256('mine'), 0, '{usb}', true, 'My key', now(), null)`;
  const found = await unseen(office.owner, 'passkey', mine, async () => {
    assert.equal(await store.isAsLeft(id), false);
    await store.atomically(async (within) => {
      await within.setPassword(id, 'another hash');
      await within.record({ at: clock.now(), by: id, person: id, what: 'changed-password', facts: {} });
    });
    await store.record({ at: clock.now(), by: id, person: id, what: 'absence', facts: {} });
    return checked();
  });
  assert.deepEqual(found, ['passkey My key of Ada Approver was put there by no step']);
  assert.deepEqual(await checked(), []);
});

test('a step made to fit the exchanged passkey opens its commitment, and does not bear the mark of the node', async () => {
  const { owner, clock, staff } = office;
  await unwatched(owner, `update passkey set public_key = sha256('mine') where id = 'Blue key'`);
  const { id } = staff.approver;
  const act = { by: id, at: clock.now(), type: 'changed-passkey-add', facts: {}, lines: [] };
  await owner.db
    .transaction()
    .execute(async (tx) => enterHeld(tx, () => 'a guess', await foundBefore(tx, 'account', id), act));
  assert.deepEqual(await checked(), [
    'step 5 (changed-passkey-add) of the account of Ada Approver does not bear the mark of this node: somebody else wrote it',
  ]);
});
