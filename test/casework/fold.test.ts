// Cases kept in an earlier form: read and worked on as if they had been kept in today's, sealed ones among them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { act } from '../../src/app/casework/act.ts';
import { answerQuestion, assessmentsOf, changesBetween } from '../../src/app/casework/assessing.ts';
import { sealCase } from '../../src/app/casework/sealing.ts';
import { type CaseFile, FOLD, folded } from '../../src/domain/docket/case-file.ts';
import { link } from '../../src/domain/requests/decide.ts';
import { at, done, openOffice, type TestOffice, takeIn } from '../support/casework.ts';

let office: TestOffice;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const said = (value: boolean, reasons: string) => ({ fact: 'rights.tortureRisk', value, reasons });

/** Rewrites what is kept of a case into the form that kept every assessment with it. */
async function inTheOldForm(file: CaseFile): Promise<void> {
  const { fold: _, assessment, ...rest } = file;
  const { latest, ...facts } = assessment;
  const state = { ...rest, assessment: { ...facts, made: [latest] } };
  await office.owner.db
    .updateTable('case_file')
    .set({ state: Buffer.from(JSON.stringify(state)) })
    .where('id', '=', file.id)
    .execute();
}

test('a case kept in an earlier form is folded anew from its events when it is read, and kept in the new one by the next step', async () => {
  const { work, staff } = office;
  const file = await takeIn(work, staff['duty-officer']);
  await inTheOldForm(file);
  assert.deepEqual(await work.store.read(staff.reviewer.id, file.reference, 'request'), file);
  const next = done(
    await act(work, staff.reviewer, 'request.link', at(file), (now) => link(now.request, 'BB-2028-000998', 'related')),
  );
  assert.equal(next.version, file.version + 1);
  const row = await office.owner.db
    .selectFrom('case_file')
    .select('state')
    .where('id', '=', file.id)
    .executeTakeFirstOrThrow();
  assert.equal((JSON.parse(Buffer.from(row.state).toString('utf8')) as CaseFile).fold, FOLD);
});

test('a sealed case is folded anew for whoever may open it', async () => {
  const { work, staff, keys, owner } = office;
  const file = await takeIn(work, staff['duty-officer']);
  const sealed = done(
    await sealCase(work, staff.approver, at(file), { reason: 'A minister is concerned.', to: [staff.reviewer.id] }),
  );
  const own = await owner.db
    .selectFrom('case_key')
    .selectAll()
    .where('case_id', '=', file.id)
    .executeTakeFirstOrThrow();
  const { fold: _, ...old } = sealed;
  const state = keys.seal(
    keys.unwrapForNode(own.wrapped, file.id),
    `state:${file.id}`,
    Buffer.from(JSON.stringify({ ...old, assessment: { ...old.assessment, latest: undefined, made: [] } })),
  );
  await owner.db.updateTable('case_file').set({ state }).where('id', '=', file.id).execute();
  assert.deepEqual(await work.store.read(staff.reviewer.id, file.reference, 'request'), sealed);
});

test('what is kept of a case does not grow with its assessments, and each of them is found in its events', async () => {
  const { work, staff } = office;
  const file = await takeIn(work, staff['duty-officer']);
  let now = file;
  const sizes: number[] = [];
  for (const value of [false, true, false, true]) {
    now = done(
      await answerQuestion(work, staff.reviewer, at(file), said(value, `The file shows it on page ${sizes.length}.`)),
    );
    sizes.push(JSON.stringify(now.assessment.latest).length);
  }
  assert.deepEqual(sizes.slice(2), sizes.slice(0, 2));
  assert.equal(JSON.stringify(now.assessment).includes('verdicts'), false);
  const all = await assessmentsOf(work, staff.reviewer, now);
  assert.deepEqual(
    all.map(({ no }) => no),
    [1, 2, 3, 4, 5],
  );
  const [first, second] = all.slice(-2);
  assert.ok(first && second);
  assert.deepEqual(changesBetween(first, second).facts, [{ key: 'rights.tortureRisk', before: false, after: true }]);
  assert.ok(changesBetween(first, second).verdicts.length > 0);
  assert.deepEqual(folded(await work.store.history(staff.reviewer.id, file.id)), now);
});
