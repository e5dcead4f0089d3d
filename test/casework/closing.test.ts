// The end of a case, by page: what still runs is named with the place where it ends; a closed case takes no more work.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { oversightLists } from '../../src/adapters/postgres/oversight/lists.ts';
import { act } from '../../src/app/casework/act.ts';
import { casesOn } from '../../src/app/oversight/lists.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import { accept } from '../../src/kernel/outcome.ts';
import { caseworkRoutes } from '../../src/web/casework/routes.ts';
import { carryingOutRoutes } from '../../src/web/carrying-out/routes.ts';
import type { Staff } from '../support/casework.ts';
import { arrives, decided } from '../support/decided.ts';
import { formsOf, ITEM } from './forms.ts';
import { openFrontDoor, type Visitor } from './front-door.ts';

const HASH = 'ab'.repeat(32);

describe('closing a case', () => {
  let door: Awaited<ReturnType<typeof openFrontDoor>>;
  let duty: Visitor;
  let rana: Visitor;
  let ada: Visitor;
  let aldo: Visitor;
  let emil: Visitor;
  let olga: Visitor;
  let office: { readonly work: typeof door.front; readonly staff: Staff };

  before(async () => {
    door = await openFrontDoor();
    door.app.route('/', caseworkRoutes({ work: door.front }));
    door.app.route('/', carryingOutRoutes({ work: door.front, letters: {} as never }));
    ({
      people: { duty, rana, ada, aldo, emil, olga },
      office,
    } = await door.hire('duty', 'rana', 'ada', 'aldo', 'emil', 'olga'));
  });
  after(() => door.close());

  const { now, send, goes } = formsOf(() => ({ door, reader: rana }));
  const page = async (who: Visitor, { reference }: CaseFile) => who.get(`/requests/${reference}/close`);
  /** A decided case whose data came, whose person was told, and in which nothing runs any more. */
  const settled = async (): Promise<CaseFile> => {
    const file = await decided(office, await arrives(office));
    await goes(rana, file, 'execution/give', { no: '1', unit: 'Unit 5' });
    await goes(emil, file, 'execution/report', { no: '1', came: 'produced', count: '1', hashes: HASH });
    await goes(rana, file, 'secrecy/send-notice', { no: '1', channel: 'Registered letter' });
    return file;
  };
  const closed = async (): Promise<CaseFile> => {
    const file = await settled();
    await goes(rana, file, 'close', { result: 'The data were handed over.' });
    return now(file);
  };

  test('what still runs is listed, each with the place where it ends, and no button closes the case', async () => {
    const file = await decided(office, await arrives(office));
    const today = door.front.world.today();
    const until = addDays(today, 30);
    await goes(duty, file, 'execution/hold', { holder: 'Mail Example', what: ITEM, until, reasons: 'Logs go.' });
    await goes(ada, file, 'secrecy/order-secrecy', {
      ground: 'Code 88',
      reasons: 'An arrest.',
      until,
      reviewOn: addDays(today, 10),
    });
    await goes(rana, file, 'secrecy/complaint', { notice: '0', text: 'My account was not the one.' });
    await goes(rana, file, 'secrecy/open-review', { reviewFor: 'person', why: 'The grounds were others.' });
    await goes(rana, file, 'execution/ask-use', { askedBy: 'AA', purpose: 'A second case.' });
    const { text } = await page(rana, file);
    for (const place of [
      'execution#tasks',
      'execution#hold',
      'execution#use',
      'secrecy#secrecy',
      'secrecy#notice',
      'secrecy#complaints',
      'secrecy#reviews',
    ])
      assert.match(text, new RegExp(`href="/requests/${file.reference}/${place}"`), place);
    assert.doesNotMatch(text, /name="result"/);
    // Whoever sends the form all the same is told the same.
    const forced = await send(rana, file, 'close', { result: 'Over.' });
    assert.equal(forced.status, 422);
    assert.equal((await now(file)).closed, null);
  });

  test('a request for data is not closed because its hold lapsed: it still waits for its decision', async () => {
    const file = await arrives(office);
    const until = addDays(door.front.world.today(), 5);
    await goes(duty, file, 'execution/hold', { holder: 'Mail Example', what: ITEM, until, reasons: 'Logs go.' });
    await goes(ada, file, 'execution/release-hold', {
      ground: 'ordered-by-court',
      reasons: 'Ordered by the court of BB.',
      message: 'The order is withdrawn.',
    });
    assert.equal((await now(file)).preservation.hold?.end?.how, 'released');
    assert.match((await page(rana, file)).text, new RegExp(`href="/requests/${file.reference}/decision"`));
    assert.equal((await send(rana, file, 'close', { result: 'The hold is over.' })).status, 422);
  });

  test('once nothing runs, the page says what closing does, and a sentence on how it ended closes the case', async () => {
    const file = await settled();
    assert.match((await rana.get(`/requests/${file.reference}/timeline`)).text, /href="[^"]*\/close">close the case/);
    const { text } = await page(rana, file);
    assert.match(text, /What closing it does/);
    const empty = await send(rana, file, 'close', { result: ' ' });
    assert.equal(empty.status, 422);
    assert.match(empty.text, /id="result-error"/);
    const overtaken = await rana.post(`/requests/${file.reference}/close`, {
      version: '1',
      result: 'Words that took long to write.',
    });
    assert.equal(overtaken.status, 409);
    assert.match(overtaken.text, /Words that took long to write\./);
    await goes(ada, file, 'close', { result: 'The data were handed over.' });
    assert.equal((await now(file)).closed?.result, 'The data were handed over.');
    assert.match((await page(rana, file)).text, /The data were handed over\./);
  });

  test('data that were produced and never handed over keep a case open, until a named person says why; oversight lists it', async () => {
    const file = await settled();
    const came = {
      ...{ type: 'evidence.received', task: 1, decisionNo: 1, object: randomUUID(), no: 1, name: 'mailbox.mbox' },
      ...{ mediaType: 'application/mbox', size: 9, sha256: HASH, receivedFrom: 'Mail Example', covers: [], flags: [] },
    } as never;
    const target = { reference: file.reference, version: null };
    const emils = { id: emil.id, roles: ['executing-unit'] } as const;
    assert.equal((await act(door.front, emils, 'evidence.receive', target, () => accept([came]))).is, 'done');
    assert.match((await rana.get(`/requests/${file.reference}/timeline`)).text, /href="[^"]*\/evidence">hand over/);
    const { text } = await page(rana, file);
    assert.match(text, new RegExp(`href="/requests/${file.reference}/evidence"`));
    assert.match(text, /name="keptBack"/);
    const result = 'The requesting State dropped its case.';
    for (const keptBack of ['', 'No.']) {
      const answer = await send(rana, file, 'close', { result, keptBack });
      assert.equal(answer.status, 422);
      assert.match(answer.text, /id="keptBack-error"/);
      assert.match(answer.text, /The requesting State dropped its case\./, 'nothing typed is lost');
    }
    assert.equal((await now(file)).closed, null);
    await goes(rana, file, 'close', { result, keptBack: 'They wrote that they need none of it any more.' });
    assert.equal((await now(file)).closed?.result, result);
    assert.match((await rana.get(`/requests/${file.reference}/timeline`)).text, /need none of it any more/);
    const lists = oversightLists(door.office.db);
    const { 'kept-back': count } = await lists.counts(olga.id, { now: door.front.world.now(), longDays: 90 });
    assert.equal(count, 1);
    const ports = { work: door.front, lists } as never;
    const listed = await casesOn(ports, { id: olga.id, roles: ['oversight'] }, 'kept-back', {
      from: null,
      to: null,
      after: null,
    });
    assert.deepEqual(
      listed?.cases.map(({ file: { reference }, entries: [one] }) => [reference, one?.is === 'kept-back' && one.by]),
      [[file.reference, rana.id]],
    );
  });

  test('whose roles close no case finds no such page', async () => {
    const file = await settled();
    for (const who of [duty, emil, olga]) {
      assert.equal((await page(who, file)).status, 404);
      assert.equal((await send(who, file, 'close', { result: 'Over.' })).status, 404);
      assert.doesNotMatch((await who.get(`/requests/${file.reference}/people`)).text, /\/close"/);
    }
  });

  test('nothing is ordered or carried out in a closed case, where no clock would ever end it', async () => {
    const file = await closed();
    const today = door.front.world.today();
    const order = { ground: 'Code 88', reasons: 'An arrest.', until: addDays(today, 30), reviewOn: addDays(today, 9) };
    assert.equal((await send(ada, file, 'secrecy/order-secrecy', order)).status, 422);
    const until = addDays(today, 30);
    const hold = { holder: 'Mail Example', what: ITEM, until, reasons: 'Logs go.' };
    assert.equal((await send(duty, file, 'execution/hold', hold)).status, 422);
    assert.equal((await send(rana, file, 'execution/ask-use', { askedBy: 'AA', purpose: 'More.' })).status, 422);
    assert.equal((await now(file)).version, file.version);
  });

  test('a complaint opens a closed case again, so that its answer is due; so does a notice that came back', async () => {
    const file = await closed();
    await goes(rana, file, 'secrecy/complaint', { notice: '1', text: 'My account was not the one.' });
    assert.equal((await now(file)).closed, null);
    const { lines } = await door.front.store.docket(rana.id, { sort: 'due', size: 50 });
    assert.ok(lines.some(({ reference, dueKind }) => reference === file.reference && dueKind !== null));
    assert.match((await rana.get(`/requests/${file.reference}/timeline`)).text, /The case was opened again\./);
    const other = await closed();
    await goes(rana, other, 'secrecy/arrived', { no: '1', arrived: 'no', proof: 'Returned by the post.' });
    assert.equal((await now(other)).closed, null, 'the person is still to be told');
    assert.equal((await send(aldo, other, 'close', { result: 'Over.' })).status, 422);
  });
});
