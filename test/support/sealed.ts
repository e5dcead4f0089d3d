// Sealed cases for tests: why, a case that not everybody may be let into, and its seal.

import { declare } from '../../src/app/casework/assign.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import type { Arriving } from '../../src/app/casework/receive.ts';
import { sealCase } from '../../src/app/casework/sealing.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { at, done, type TestOffice, takeIn } from './casework.ts';

type Office = Pick<TestOffice, 'work' | 'staff'>;

export const WHY = 'A threatened witness could be told from this case.';

/** A case that came in and from which the second reviewer stepped back. */
export async function steppedBack({ work, staff }: Office, more: Partial<Arriving> = {}): Promise<CaseFile> {
  const file = await takeIn(work, staff['duty-officer'], more);
  return done(await declare(work, staff.reviewer2, at(file), 'The suspect is my neighbour.'));
}

/** The approver seals it, to these people and themselves. */
export const sealTo = async (
  { work, staff }: Office,
  file: Pick<CaseFile, 'reference'>,
  to: readonly Actor[],
): Promise<CaseFile> =>
  done(await sealCase(work, staff.approver, at(file), { reason: WHY, to: to.map(({ id }) => id) }));
