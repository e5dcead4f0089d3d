// A proposal of the reviewer on a case as it stands: to refuse it on whatever ground its assessment found.

import assert from 'node:assert/strict';
import { adviceOn, drawUp, proposeDecision, startingFrom } from '../../src/app/casework/deciding.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { done, type TestOffice } from '../support/casework.ts';

export async function propose(
  { work, staff }: Pick<TestOffice, 'work' | 'staff'>,
  { reference }: Pick<CaseFile, 'reference'>,
): Promise<CaseFile> {
  const file = await work.store.read(staff.reviewer.id, reference, 'test');
  assert(file);
  const grounds = startingFrom(work, file, 'en')
    .grounds.filter(({ suggested }) => suggested)
    .map(({ provision, text }) => ({ provision, text }));
  const draft = {
    disposition: 'refuse' as const,
    grounds,
    conditions: [],
    items: [],
    reasons: 'The grounds below stand in the way.',
    contraryReasons: 'The grounds weigh more than the interest in the case.',
    until: '',
    passTo: '',
    language: 'en' as const,
  };
  const drawn = drawUp(work, file, draft, staff.reviewer.id);
  assert(drawn.ok, JSON.stringify([drawn, adviceOn(work, file)]));
  return done(await proposeDecision(work, staff.reviewer, { reference, version: null }, draft, drawn.value.hash));
}
