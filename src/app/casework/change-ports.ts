// Word that cases change, for pages that are open meanwhile: which case and at what version, and nothing of what happened.

import type { CaseId, Reference } from '../../domain/docket/case-file.ts';
import type { PersonId } from '../../domain/registry/person.ts';

export type Changes = {
  /**
   * Hears of every step that any process records; null where some may have been missed. Whoever is told asks again as
   * the person at the page, since not every case is theirs. Gives the way to stop.
   */
  readonly listen: (heard: (id: CaseId | null) => void) => () => void;
  /** What the case is now to this person; undefined where it is not there for them. */
  readonly versionOf: (by: PersonId, reference: Reference) => Promise<number | undefined>;
  readonly sees: (by: PersonId, id: CaseId) => Promise<boolean>;
  readonly close: () => Promise<void>;
};
