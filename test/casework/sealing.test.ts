// Who may seal a case, to whom, and who may never be shut out of it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assignCase } from '../../src/app/casework/assign.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import { sealCase, shutTo, unsealCase } from '../../src/app/casework/sealing.ts';
import { at, done, openOffice, refusals, type TestOffice } from '../support/casework.ts';
import { sealTo, steppedBack, WHY } from '../support/sealed.ts';

let office: TestOffice;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

test('an approver seals, with reasons, to at least two people who can work on the case', async () => {
  const { work, staff } = office;
  const { approver, reviewer, reviewer2, oversight } = staff;
  const file = await steppedBack(office);
  const seal = async (actor: Actor, reason: string, to: readonly Actor[]) =>
    refusals(await sealCase(work, actor, at(file), { reason, to: to.map(({ id }) => id) }));
  assert.deepEqual(await seal(reviewer, WHY, [approver]), ['not-allowed']);
  assert.deepEqual(await seal(approver, WHY, []), ['docket.seal-alone']);
  assert.deepEqual(await seal(approver, 'short', [reviewer]), ['docket.reason-missing']);
  assert.deepEqual(await seal(approver, WHY, [oversight]), ['docket.seal-person']);
  // Who declared a conflict of interest.
  assert.deepEqual(await seal(approver, WHY, [reviewer2]), ['docket.seal-person']);
  const shut = await sealTo(office, file, [reviewer]);
  assert.deepEqual(await seal(approver, WHY, [reviewer]), ['docket.already-sealed']);
  const from = (actor: Actor) => shutTo(work, approver, at(shut), { reason: WHY, from: actor.id });
  assert.deepEqual(refusals(await from(approver)), ['docket.seal-oneself']);
  assert.deepEqual(refusals(await from(reviewer)), ['docket.seal-alone']);
  assert.deepEqual(refusals(await assignCase(work, approver, at(shut), staff.approver2.id)), ['docket.cannot-take']);
  assert.deepEqual(refusals(await unsealCase(work, reviewer, at(shut), WHY)), ['not-allowed']);
  assert.deepEqual(refusals(await unsealCase(work, approver, at(shut), '')), ['docket.reason-missing']);
});

test('a case in the hands of somebody who is left out becomes nobody’s', async () => {
  const { work, staff } = office;
  const file = await steppedBack(office);
  done(await assignCase(work, staff.approver, at(file), staff['duty-officer'].id));
  const shut = await sealTo(office, file, [staff.reviewer]);
  assert.equal(shut.assignee, null);
});
