// Whoever owns the database gives themselves a way in, a role, a name: each row of an account is named that no step of it left.
// Attacker: the database's owner with triggers off, and with everything but the secret of the node.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { enterAccount } from '../../src/adapters/postgres/people/accounts.ts';
import { peopleStore } from '../../src/adapters/postgres/people/store.ts';
import { openOffice, type TestOffice } from '../support/casework.ts';
import { auditOf, memoryFolder, openTestLog, type TestLog, unseen, unwatched } from './support.ts';

let office: TestOffice;
let log: TestLog;
const data = memoryFolder();
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
    /^passkey Blue key of Ada Approver is not the one that the last step of the account left: it was changed or exchanged$/m,
  ],
  [
    'a passkey of their own beside an approver’s',
    'passkey',
    `insert into passkey values ('mine', '${ADA}', sha256('mine'), 0, '{usb}', true, 'My key', now(), null)`,
    /^passkey My key of Ada Approver was put there by no step of the account$/m,
  ],
  [
    'a passkey given to somebody else',
    'passkey',
    `update passkey set person = '00000000-0000-4000-8000-000000000001' where id = 'Red key'`,
    /^passkey Red key of Dana Duty was put there.*^1 × passkey of Ada Approver is gone, and no step of the account took it$/ms,
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
    /^Mallory has an account that no step made/m,
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
    /^1 × line in the record of acts on Ada Approver is gone/m,
  ],
  [
    'another person in the record of acts',
    'person_event',
    `update person_event set by_person = '00000000-0000-4000-8000-000000000006' where what = 'enrolled'`,
    /^line in the record of acts on Ada Approver \(enrolled, 2028-03-02T09:00:00.000Z\) is not/m,
  ],
  [
    'an act that never was',
    'person_event',
    `insert into person_event (at, by_person, person, what, facts) values (now(), null, '${ADA}', 'recovered', '{}')`,
    /^line in the record of acts on Ada Approver \(recovered, .*\) was put there/m,
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
    /^Ada Approver has an account that no step made: it was put there, or its steps are gone$/m,
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
      await peopleStore(app.db, keys.mark).enterFound(clock.now());
      return checked();
    },
  );
  assert.match(found.join('\n'), /^Mallory has an account that no step made/);
  assert.deepEqual(await checked(), []);
});

test('a step made to fit the exchanged passkey opens its commitment, and does not bear the mark of the node', async () => {
  const { owner, clock, staff } = office;
  await unwatched(owner, `update passkey set public_key = sha256('mine') where id = 'Blue key'`);
  const { id: person } = staff.approver;
  const act = { person, by: person, at: clock.now(), type: 'changed-passkey-add', facts: {}, lines: [] };
  await owner.db.transaction().execute((tx) => enterAccount(tx, () => 'a guess', act));
  assert.deepEqual(await checked(), [
    'step 3 (changed-passkey-add) of the account of Ada Approver does not bear the mark of this node: somebody else wrote it',
  ]);
});
