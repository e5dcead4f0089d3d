// The clock moved on: what follows when terms run out, once, and the word that goes out with it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { outbox } from '../../src/adapters/postgres/outbox.ts';
import { act } from '../../src/app/casework/act.ts';
import { tick } from '../../src/app/casework/clock.ts';
import { orderSecrecy } from '../../src/app/casework/disclosing.ts';
import { callBack, giveTask, reportTask } from '../../src/app/casework/executing.ts';
import { orderHold } from '../../src/app/casework/holding.ts';
import type { Mail, MailPorts } from '../../src/app/casework/mail-ports.ts';
import { deliver } from '../../src/app/casework/mailing.ts';
import { delayNotice } from '../../src/app/casework/notifying.ts';
import { deadlinesOf } from '../../src/app/casework/project.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { acknowledge } from '../../src/domain/requests/decide.ts';
import { addDays, type Day } from '../../src/kernel/calendar.ts';
import { at, done, openOffice, refusals, type TestOffice } from '../support/casework.ts';
import { arrives, decided } from '../support/decided.ts';

let office: TestOffice;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const reload = async (file: CaseFile): Promise<CaseFile> => {
  const now = await office.work.store.read(office.staff.reviewer.id, file.reference, 'test');
  assert(now);
  return now;
};
const today = (): Day => office.work.world.today();
const typesOf = async (file: CaseFile): Promise<string[]> =>
  (await office.work.store.history(office.staff.reviewer.id, file.id)).map(({ event }) => event.type);
const count = (types: readonly string[], type: string): number => types.filter((one) => one === type).length;
const ticks = async (): Promise<void> => {
  const { failed } = await tick(office.work);
  assert.deepEqual(failed, []);
};
const held = async (file: CaseFile, days: number) =>
  done(
    await orderHold(office.work, office.staff['duty-officer'], at(file), {
      holder: 'Mail Example',
      what: [{ target: 'intruder@mail.example', category: 'content' }],
      until: addDays(today(), days),
      reasons: 'Logs are kept for thirty days.',
    }),
  );
/** The case after its first task came back with data. */
async function produced(file: CaseFile): Promise<CaseFile> {
  const { work, staff } = office;
  done(await giveTask(work, staff.reviewer, at(file), { task: 1, unit: 'Unit 3' }));
  const report = { task: 1, came: 'produced', count: 1, hashes: ['ab'.repeat(32)], reasons: '' } as const;
  return done(await reportTask(work, staff['executing-unit'], at(file), report));
}

test('a hold lapses once, after its last day, and says that the request still waited', async () => {
  const file = await held(await arrives(office), 30);
  const until = file.preservation.hold?.atLeastUntil;
  assert(until);
  assert.deepEqual(file.preservation.hold?.pending, [file.reference]);
  while (today() < until) office.clock.days(1);
  await ticks();
  assert.equal((await reload(file)).preservation.hold?.end, null, 'on its last day it still binds');
  office.clock.days(1);
  await ticks();
  await ticks();
  const types = await typesOf(file);
  assert.equal(count(types, 'preservation.order-lapsed'), 1);
  assert.equal(count(types, 'preservation.lapsed'), 1);
  assert.equal((await reload(file)).preservation.hold?.end?.how, 'lapsed');
});

test('secrecy ends by itself, and from the next day the person is to be told', async () => {
  const file = await decided(office, await arrives(office));
  const until = addDays(today(), 20);
  const secret = done(
    await orderSecrecy(office.work, office.staff.approver, at(file), {
      ground: 'Code of procedure 88',
      reasons: 'An arrest is being prepared.',
      until,
      reviewOn: addDays(today(), 10),
    }),
  );
  const told = (one: CaseFile) => deadlinesOf(office.work, one).find(({ kind }) => kind === 'tell-person')?.on;
  assert.equal(told(secret), undefined, 'nothing has come out yet');
  const came = await produced(secret);
  assert.equal(told(came), addDays(until, 1));
  office.clock.days(21);
  await ticks();
  const now = await reload(file);
  assert.equal(now.disclosure.secrecy[0]?.end?.how, 'ended');
  assert.equal(count(await typesOf(file), 'disclosure.secrecy-ended'), 1);
  assert.equal(told(now), addDays(until, 1), 'due today, and not overdue since the data came out');
  assert(
    (await waiting()).some(({ role }) => role === 'approver'),
    'those who ordered it are told that it ended',
  );
});

test('a person whom nothing keeps from being told is told within the term of the office from the day data came out', async () => {
  const arrived = await arrives(office);
  office.clock.days(30);
  const file = await decided(office, arrived);
  const told = (one: CaseFile) => deadlinesOf(office.work, one).find(({ kind }) => kind === 'tell-person');
  assert.equal(told(file), undefined, 'a countersign alone makes nothing overdue');
  office.clock.days(2);
  const due = told(await produced(file));
  assert.equal(due?.on, addDays(today(), 14));
  assert.equal(due?.clock?.rule.source, 'setting');
});

test('a delay of notice that ends is asked again, and the person is told late or the delay is decided anew', async () => {
  const file = await produced(await decided(office, await arrives(office)));
  await empty();
  const until = addDays(today(), 5);
  done(
    await delayNotice(office.work, office.staff.approver, at(file), {
      notice: 1,
      ground: 'Code of procedure 89',
      reasons: 'A witness would be in danger.',
      until,
    }),
  );
  office.clock.days(6);
  await ticks();
  const kinds = deadlinesOf(office.work, await reload(file)).map(({ kind }) => kind);
  assert(kinds.includes('ask-delay-again') && kinds.includes('tell-person'));
  const calls = await waiting();
  assert(
    calls.some(({ role }) => role === 'approver'),
    'those who may decide on a delay are told',
  );
});

test('a validation that nobody gave within its hours is noted as overdue, once, and no more is handed out on trust', async () => {
  const arrived = await arrives(office, { urgency: { level: 'emergency', reason: 'A life is in danger.' } } as never);
  const { work, staff, clock } = office;
  done(
    await callBack(work, staff['duty-officer'], at(arrived), {
      number: '+99 1 0000',
      numberFrom: 'Directory of authorities, AA',
      calledAt: clock.now(),
      answeredBy: 'A. Prosecutor, head of section',
      outcome: 'verified',
      remarks: '',
    }),
  );
  const file = await decided(office, arrived);
  assert.equal(file.execution.openings[0]?.validation?.state, 'awaited');
  const dueAt = file.execution.openings[0]?.validation?.dueAt;
  clock.hours(48);
  assert.equal(clock.now(), dueAt);
  await ticks();
  assert.equal(
    (await reload(file)).execution.openings[0]?.validation?.state,
    'awaited',
    'at the hour itself it is in time',
  );
  clock.hours(1);
  await ticks();
  await ticks();
  assert.equal((await reload(file)).execution.openings[0]?.validation?.state, 'overdue');
  assert.equal(count(await typesOf(file), 'execution.validation-overdue'), 1);
});

test('two processes that look at the same moment write what follows once', async () => {
  const file = await held(await arrives(office), 2);
  office.clock.days(400);
  await Promise.all([ticks(), ticks(), ticks()]);
  const types = await typesOf(file);
  assert.equal(count(types, 'preservation.lapsed'), 1);
  const calls = await waiting();
  await ticks();
  assert.deepEqual(await waiting(), calls, 'a term that ran out calls nobody twice');
});

test('one case that cannot be looked at does not keep the others waiting', async () => {
  const broken = await held(await arrives(office), 2);
  const sound = await held(await arrives(office), 2);
  office.clock.days(400);
  const { work } = office;
  const transaction: typeof work.store.transaction = (by, job) =>
    work.store.transaction(by, (tx) =>
      job({
        ...tx,
        load: async (reference) => {
          if (reference === broken.reference) throw new Error('broken');
          return tx.load(reference);
        },
      }),
    );
  const { failed } = await tick({ ...work, store: { ...work.store, transaction } });
  assert.deepEqual(
    failed.map(({ reference }) => reference),
    [broken.reference],
  );
  assert.equal((await reload(sound)).preservation.hold?.end?.how, 'lapsed');
  await ticks();
  assert.equal((await reload(broken)).preservation.hold?.end?.how, 'lapsed');
});

const waiting = () =>
  office.app.db.selectFrom('outbox').select(['person', 'role', 'except_person']).orderBy('id').execute();
const empty = () => outbox(office.app.db).empty();
const addressFor = (who: { readonly id: string }, address: string) =>
  office.app.db
    .insertInto('mail_address')
    .values({ person: who.id, address })
    .onConflict((on) => on.doNothing())
    .execute();
const mailPorts = (send: (mail: Mail) => Promise<void>): MailPorts => ({
  outbox: outbox(office.app.db),
  send,
  say: () => (key, values) => `${key} ${JSON.stringify(values ?? {})}`,
  origin: 'https://node.example',
  now: office.clock.now,
});

test('word goes out only for a step that stands, one mail a person, and no mail says anything of a case', async () => {
  const { work, staff } = office;
  const file = await arrives(office);
  await empty();
  await addressFor(staff.reviewer, 'rana@office.example');
  await addressFor(staff.reviewer2, 'rui@office.example');
  await assert.rejects(
    work.store.transaction(staff['duty-officer'].id, async (tx) => {
      await tx.call([{ person: null, role: 'reviewer', except: null }], office.clock.now());
      throw new Error('the step does not stand');
    }),
  );
  assert.deepEqual(await waiting(), []);

  const step = await act(work, staff['duty-officer'], 'request.receive', at(file), (now) => acknowledge(now.request));
  done(step);
  await act(work, staff['duty-officer'], 'request.receive', at(file), (now) => acknowledge(now.request));
  const sent: Mail[] = [];
  assert.deepEqual(await deliver(mailPorts(async (mail) => void sent.push(mail))), { sent: 2, failed: 0 });
  assert.deepEqual(sent.map(({ to }) => to).sort(), ['rana@office.example', 'rui@office.example']);
  for (const mail of sent) {
    const text = JSON.stringify(mail);
    assert.match(text, /https:\/\/node\.example\/work/);
    for (const secret of [file.reference, 'AA', 'hospital', 'intruder@mail.example', 'Prosecutor', 'content-data'])
      assert(!text.includes(secret), `the mail says ${secret}`);
  }
  assert.deepEqual(await deliver(mailPorts(async () => assert.fail('sent twice'))), { sent: 0, failed: 0 });
});

test('a mail that cannot be sent waits longer each time, and neither stops the others nor is tried for ever', async () => {
  const { staff } = office;
  await empty();
  await addressFor(staff.reviewer, 'rana@office.example');
  await addressFor(staff.reviewer2, 'rui@office.example');
  await office.work.store.transaction('clock', (tx) =>
    tx.call([{ person: null, role: 'reviewer', except: null }], office.clock.now()),
  );
  const down = mailPorts(async ({ to }) => {
    if (to.startsWith('rana')) throw new Error('no such mailbox');
  });
  assert.deepEqual(await deliver(down), { sent: 1, failed: 1 });
  assert.deepEqual(await deliver(down), { sent: 0, failed: 0 }, 'not again in the same minute');
  let tries = 1;
  while ((await waiting()).length > 0) {
    office.clock.hours(6);
    await deliver(down);
    assert(++tries < 20);
  }
  assert.equal(tries, 8);
});

test('whoever took the step is not told what they know, and nobody who has left is told at all', async () => {
  const { staff } = office;
  await empty();
  await addressFor(staff.approver, 'ada@office.example');
  await office.work.store.transaction('clock', (tx) =>
    tx.call(
      [
        { person: null, role: 'approver', except: staff.approver.id },
        { person: staff['duty-officer'].id, role: null, except: null },
      ],
      office.clock.now(),
    ),
  );
  assert.deepEqual(await deliver(mailPorts(async () => assert.fail('nobody has an address'))), { sent: 0, failed: 0 });
  assert.deepEqual(await waiting(), []);
  assert.deepEqual(refusals({ is: 'absent' }), ['absent']);
});
