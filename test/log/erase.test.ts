// A case that need not be kept: what opens its steps is destroyed, by order and on record, and the log stays as it was.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { closeCase } from '../../src/app/casework/closing.ts';
import { eraseCase } from '../../src/app/casework/erasing.ts';
import { withdraw } from '../../src/app/casework/front-desk.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { at, done, openOffice, refusals, type TestOffice, takeIn } from '../support/casework.ts';
import { sealTo } from '../support/sealed.ts';
import { auditOf, memoryFolder, openTestLog, publicFiles, type TestLog, unwatched } from './support.ts';

const ORDER = { reason: 'The term of keeping ended on 1 March 2033.', orderedBy: 'Remy Registrar' };
const data = memoryFolder();
let office: TestOffice;
let log: TestLog;
before(async () => {
  office = await openOffice();
  log = await openTestLog(office.app.db, data, { cadence: { every: 300, places: 48, reserved: 2 } });
});
after(async () => {
  rmSync(data, { recursive: true, force: true });
  await office.close();
});

/** A request of our own: withdrawn, nobody is left to be told of it. */
const OWN = { direction: 'outgoing' } as const;
async function closed(file: CaseFile): Promise<CaseFile> {
  const { work, staff } = office;
  done(await withdraw(work, staff.reviewer, at(file), 'The other side needs it no more.'));
  return done(await closeCase(work, staff.approver, at(file), 'Withdrawn by the other side.'));
}

test('not while the case is open, without a reason, or by nobody’s order', async () => {
  const { work, staff } = office;
  const file = await takeIn(work, staff.reviewer, OWN);
  assert.deepEqual(refusals(await eraseCase(work, file.reference, ORDER)), ['docket.erase-open']);
  await closed(file);
  const erase = (order: Partial<typeof ORDER>) => eraseCase(work, file.reference, { ...ORDER, ...order });
  assert.deepEqual(refusals(await erase({ reason: 'old' })), ['docket.reason-missing']);
  assert.deepEqual(refusals(await erase({ orderedBy: ' ' })), ['docket.erase-order']);
  // Nor past the program, as the application's role.
  const asked = sql`select rogatory_enter('00000000-0000-0000-0000-000000000000'),
    rogatory_erase_salts(${file.id}, now(), 1, sha256('x'), 'no step says so', 'nobody')`;
  await assert.rejects(asked.execute(office.app.db), { code: '23514' });
  const { found, counted } = await auditOf(log, office);
  assert.deepEqual([found, counted.erased], [[], 0]);
});

test('the tree stays, every tile holds, the entries mean nothing to anybody, and the last step says by whose order', async () => {
  const { work, staff } = office;
  const plain = await closed(await takeIn(work, staff.reviewer, OWN));
  const other = await takeIn(work, staff.reviewer, OWN);
  await sealTo(office, other, [staff.reviewer]);
  const sealed = await closed(other);
  await log.publish();
  const before = publicFiles(log.data);
  for (const { reference } of [plain, sealed]) done(await eraseCase(work, reference, ORDER));
  assert.deepEqual(publicFiles(log.data), before);
  const { db } = office.owner;
  const ids = [plain.id, sealed.id];
  const openings = await db.selectFrom('opening').select('salt').where('case_id', 'in', ids).execute();
  assert.ok(openings.length > 8 && openings.every(({ salt }) => salt === null));
  for (const table of ['case_key', 'case_grant'] as const)
    assert.deepEqual(await db.selectFrom(table).selectAll().execute(), []);

  // The step enters the log like any other.
  log.pass();
  assert.equal((await log.publish()).is, 'published');
  const { found, counted } = await auditOf(log, office);
  assert.deepEqual([found, counted.erased, counted.waiting], [[], 2, 0]);
  const [last] = (await work.store.history(staff.reviewer.id, plain.id, 'case.erased')).map(({ event }) => event);
  assert.deepEqual(last, { type: 'case.erased', ...ORDER });
  // Of the sealed one nobody reads a word any more, and nothing fails over it.
  assert.equal(await work.store.read(staff.oversight.id, sealed.reference, 'overview'), undefined);
  assert.equal((await eraseCase(work, sealed.reference, ORDER)).is, 'absent');

  await unwatched(office.owner, `update case_erasure set ordered_by = 'Somebody else' where case_id = '${sealed.id}'`);
  assert.deepEqual((await auditOf(log, office)).found, [
    `the reason, or who ordered it, in the record of the erasure of ${sealed.reference} is not what was committed to`,
  ]);
});
