// Who may seal a case, to whom, and who may never be shut out of it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assignCase, declare } from '../../src/app/casework/assign.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import { sealCase, shutTo, unsealCase } from '../../src/app/casework/sealing.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { done, openOffice, refusals, type TestOffice, takeIn } from '../support/casework.ts';

const WHY = 'A threatened witness could be told from this case.';

let office: TestOffice;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const now = (file: CaseFile) => ({ reference: file.reference, version: null });

/** A case from which a second reviewer stepped back. */
async function arrive(): Promise<CaseFile> {
  const { work, staff } = office;
  const file = await takeIn(work, staff['duty-officer']);
  return done(await declare(work, staff.reviewer2, now(file), 'The suspect is my neighbour.'));
}

test('an approver seals, with reasons, to at least two people who can work on the case', async () => {
  const { work, staff } = office;
  const { approver, reviewer, reviewer2, oversight } = staff;
  const file = await arrive();
  const seal = async (actor: Actor, reason: string, to: readonly Actor[]) =>
    refusals(await sealCase(work, actor, now(file), { reason, to: to.map(({ id }) => id) }));
  assert.deepEqual(await seal(reviewer, WHY, [approver]), ['not-allowed']);
  assert.deepEqual(await seal(approver, WHY, []), ['docket.seal-alone']);
  assert.deepEqual(await seal(approver, 'short', [reviewer]), ['docket.reason-missing']);
  assert.deepEqual(await seal(approver, WHY, [oversight]), ['docket.seal-person']);
  // Who declared a conflict of interest.
  assert.deepEqual(await seal(approver, WHY, [reviewer2]), ['docket.seal-person']);
  const shut = done(await sealCase(work, approver, now(file), { reason: WHY, to: [reviewer.id] }));
  assert.deepEqual(await seal(approver, WHY, [reviewer]), ['docket.already-sealed']);
  const from = (actor: Actor) => shutTo(work, approver, now(shut), { reason: WHY, from: actor.id });
  assert.deepEqual(refusals(await from(approver)), ['docket.seal-oneself']);
  assert.deepEqual(refusals(await from(reviewer)), ['docket.seal-alone']);
  assert.deepEqual(refusals(await assignCase(work, approver, now(shut), staff.approver2.id)), ['docket.cannot-take']);
  assert.deepEqual(refusals(await unsealCase(work, reviewer, now(shut), WHY)), ['not-allowed']);
  assert.deepEqual(refusals(await unsealCase(work, approver, now(shut), '')), ['docket.reason-missing']);
});

test('a case in the hands of somebody who is left out becomes nobody’s', async () => {
  const { work, staff } = office;
  const file = await arrive();
  done(await assignCase(work, staff.approver, now(file), staff['duty-officer'].id));
  const shut = done(await sealCase(work, staff.approver, now(file), { reason: WHY, to: [staff.reviewer.id] }));
  assert.equal(shut.assignee, null);
});
