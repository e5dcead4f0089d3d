// Nobody's list of work offers a step that they may not take, because they have taken the one before it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { myWork, type WorkLine } from '../../src/app/casework/docket.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import { assignCase } from '../../src/app/casework/assign.ts';
import { drawUp, proposeDecision, sendBackDecision } from '../../src/app/casework/deciding.ts';
import { done, openOffice } from '../support/casework.ts';
import { arrives, assessed } from '../support/decided.ts';

const references = (lines: readonly WorkLine[] | undefined) => lines?.map(({ line }) => line.reference);

test('what an approver proposed waits for the other approvers, and with whoever has the case as waiting for somebody else', async (t) => {
  const office = await openOffice();
  t.after(() => office.close());
  const { work, staff } = office;
  const { approver, approver2 } = staff;
  const workOf = async (actor: Actor) => {
    const mine = await myWork(work, actor);
    return { waiting: references(mine?.waiting), elsewhere: references(mine?.elsewhere) };
  };
  const file = await assessed(office, await arrives(office));
  const target = { reference: file.reference, version: null };
  const pass = {
    disposition: 'pass-on',
    passTo: 'The court',
    reasons: 'The court is competent, and we are not.',
  } as const;
  const draft = {
    ...pass,
    grounds: [],
    conditions: [],
    items: [],
    contraryReasons: '',
    until: '',
    language: 'en',
  } as const;
  const drawn = drawUp(work, file, draft, approver.id);
  assert(drawn.ok);
  done(await proposeDecision(work, approver, target, draft, drawn.value.hash));
  assert.deepEqual(await workOf(approver2), { waiting: [file.reference], elsewhere: [] });
  assert.deepEqual(await workOf(approver), { waiting: [], elsewhere: [] }, 'the page and the decider would say no');
  done(await assignCase(work, staff['duty-officer'], target, approver.id));
  assert.deepEqual(await workOf(approver), { waiting: [], elsewhere: [file.reference] });
  assert.deepEqual((await workOf(approver2)).waiting, [file.reference], 'whoever has the case cannot sign it');
  done(await sendBackDecision(work, approver2, target, 'Say which account.'));
  const { lines } = await work.store.docket(approver.id, { sort: 'received', size: 10 });
  assert.deepEqual(lines[0]?.barred, []);
});
