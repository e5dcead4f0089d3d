// What the use cases of casework work with: a store, files, a world, the law, and the office whose casework it is.

import type { Law } from './assess-case.ts';
import type { Reference } from '../../domain/docket/case-file.ts';
import type { CaseStore, FileStore, Office, World } from './ports.ts';

export type Casework = {
  readonly store: CaseStore;
  readonly files: FileStore;
  readonly world: World;
  readonly law: Law;
  readonly office: () => Office;
  /** Told of a request that was received and could not be read; the clock tries again. */
  readonly unread: (reference: Reference, error: unknown) => void;
};
