// A request is received first and read after that: what the law cannot answer, or a machine that stops in between, loses nothing.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { tick } from '../../src/app/casework/clock.ts';
import { acknowledge, alike } from '../../src/app/casework/front-desk.ts';
import { openReader } from '../../src/app/casework/reading.ts';
import { type Arriving, openCase, receive } from '../../src/app/casework/receive.ts';
import type { Casework } from '../../src/app/casework/act.ts';
import { latest } from '../../src/domain/assessment/assessment.ts';
import type { CaseFile, Reference } from '../../src/domain/docket/case-file.ts';
import { isUnread } from '../../src/domain/docket/standing.ts';
import { ARRIVING, CONTENT, done, openOffice, type TestOffice } from '../support/casework.ts';
import { auditOf, memoryFolder, openTestLog } from '../log/support.ts';

let office: TestOffice;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

/** The office with a law that cannot be asked, and what it was told of. */
function broken(): { readonly work: Casework; readonly told: Reference[] } {
  const told: Reference[] = [];
  const law = {
    get book(): never {
      throw new Error('the law has a defect');
    },
    policy: office.work.law.policy,
  };
  return { work: { ...office.work, law, unread: (reference) => void told.push(reference) }, told };
}

/** Takes a request in that nothing has followed from. */
async function unread(more: Partial<Arriving> = {}): Promise<CaseFile> {
  const file = await receive(office.work, office.staff['duty-officer'].id, { ...ARRIVING, ...more });
  return file ?? assert.fail('nothing was received');
}
const now = async ({ reference }: CaseFile): Promise<CaseFile> =>
  (await office.work.store.read(office.staff.reviewer.id, reference, 'test')) ?? assert.fail('the case is gone');
const rows = async (table: 'deadline' | 'case_mark' | 'assessment', { id }: CaseFile): Promise<number> =>
  (await office.owner.db.selectFrom(table).select('case_id').where('case_id', '=', id).execute()).length;
const types = async ({ id }: CaseFile): Promise<string[]> =>
  (await office.work.store.history(office.staff.reviewer.id, id)).map(({ event }) => event.type);

test('where the law has a defect a request is received all the same, and the clock reads it once it is mended', async () => {
  const { work, told } = broken();
  const opened = await openCase(work, office.staff['duty-officer'], ARRIVING);
  assert.ok(opened.is === 'opened');
  const { file } = opened;
  assert.deepEqual(told, [file.reference]);
  assert.ok(isUnread(file));
  assert.deepEqual(await now(file), file);
  assert.deepEqual(await types(file), ['case.opened', 'request.received']);
  assert.deepEqual([await rows('deadline', file), await rows('case_mark', file)], [1, 0]);

  office.clock.hours(1);
  const failed = await tick(work);
  assert.deepEqual(
    failed.failed.map(({ reference }) => reference),
    [file.reference],
  );
  assert.ok(isUnread(await now(file)));
  assert.deepEqual((await tick(office.work)).failed, []);
  const read = await now(file);
  assert.ok(!isUnread(read) && latest(read.assessment) !== undefined && read.notice.notices.length > 0);
  assert.deepEqual((await types(file)).slice(2), ['facts.stated', 'assessment.made', 'notice.scheduled']);
  assert.ok((await rows('deadline', file)) > 1 && (await rows('case_mark', file)) > 0);
  const { looked } = await tick(office.work);
  assert.equal(looked, 0);
  assert.equal((await now(file)).version, read.version);
});

test('a step on a case that nobody has read brings its reading along, once', async () => {
  const file = await unread();
  const { work, staff } = office;
  const target = { reference: file.reference, version: file.version };
  const acted = done(await acknowledge(work, staff['duty-officer'], target));
  assert.ok(!isUnread(acted) && acted.request.acknowledgedAt !== null && acted.notice.notices.length > 0);
  office.clock.hours(1);
  await tick(work);
  assert.deepEqual(
    (await types(file)).filter((type) => type === 'facts.stated' || type === 'notice.scheduled'),
    ['facts.stated', 'notice.scheduled'],
  );
});

test('of a draft that states nothing it is on record that it was read', async () => {
  const { work, staff } = office;
  const opened = await openCase(work, staff.reviewer, { ...ARRIVING, direction: 'outgoing', content: {} });
  assert.ok(opened.is === 'opened' && !isUnread(opened.file));
  const history = await work.store.history(staff.reviewer.id, opened.file.id, 'facts.stated');
  assert.equal(history.length, 1);
});

test('what is alike is found before a case is read, and a case is found as alike once it is', async () => {
  const content = { ...CONTENT, caseReference: 'AA-alike' };
  const [first, second] = [await unread({ content }), await unread({ content })];
  const duty = office.staff['duty-officer'];
  const found = async (file: CaseFile) => (await alike(office.work, duty, file)).map(({ reference }) => reference);
  assert.ok(!(await found(second)).includes(first.reference));
  const reader = openReader(office.work);
  reader.later(first.reference);
  await reader.idle();
  assert.ok((await found(second)).includes(first.reference));
});

test('the reader takes all that is put down, goes on past one that fails, and leaves the rest to the clock when it stops', async () => {
  const files = [await unread(), await unread(), await unread(), await unread()] as const;
  const { work, told } = broken();
  const failing = openReader(work);
  failing.later(files[0].reference);
  failing.later(files[1].reference);
  await failing.idle();
  assert.deepEqual(told, [files[0].reference, files[1].reference]);
  const reader = openReader(office.work);
  for (const { reference } of files.slice(1)) reader.later(reference);
  await reader.stop();
  const left = await Promise.all(files.map(now));
  assert.deepEqual(left.map(isUnread), [true, false, true, true]);
  office.clock.hours(1);
  await tick(office.work);
  for (const file of files) assert.ok(!isUnread(await now(file)));
});

test('the audit of the log finds nothing amiss in cases before they are read, and after', async () => {
  const data = memoryFolder();
  const log = await openTestLog(office.app.db, data, { cadence: { every: 300, places: 200, reserved: 2 } });
  const found = async () => {
    await log.publish();
    log.pass();
    return (await auditOf(log, office)).found;
  };
  try {
    const file = await unread();
    assert.deepEqual(await found(), []);
    assert.ok(isUnread(await now(file)));
    office.clock.hours(1);
    await tick(office.work);
    assert.deepEqual(await found(), []);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
