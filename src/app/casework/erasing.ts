// Use case: once a case need not be kept any more, what opens its commitments is destroyed, and that it was is a step of it.
// The operator does it at the machine, by order of somebody of the office. Its entries stay in the public log and mean nothing.

import type { Reference } from '../../domain/docket/case-file.ts';
import { type ErasureOrder, erase } from '../../domain/docket/close.ts';
import { type Acted, type Casework, step } from './act.ts';
import { deadlinesOf } from './project.ts';

export type { ErasureOrder };

/** Refused while the case is open, or a term would run in it: of an assurance, of a transfer, of a notice. Undone by nothing. */
export const eraseCase = (work: Casework, reference: Reference, order: ErasureOrder): Promise<Acted> =>
  step(
    work,
    'clock',
    { reference, version: null },
    (file) => {
      const running = deadlinesOf(work, { ...file, closed: null }).filter(({ key }) => !key.startsWith('request.'));
      return erase(file, order, running);
    },
    (tx, file, at) => tx.erase(file, at),
  );
