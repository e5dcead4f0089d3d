// What the intake by programs needs of the world: what was handed in under which of the sender's own names, and the case of it.

import type { Reference } from '../../domain/docket/case-file.ts';
import type { Instant } from '../../kernel/instant.ts';

/** One handing in: by which key, under which name of the sender's own, and the SHA-256 (hex) of what was handed in. */
export type HandingIn = {
  readonly key: string;
  readonly repetition: string;
  readonly bodyHash: string;
  readonly at: Instant;
};

/** What came of it. */
export type HandedIn = {
  readonly bodyHash: string;
  readonly at: Instant;
  readonly reference: Reference;
};

export type IntakeRecords = {
  readonly find: (key: string, repetition: string) => Promise<HandedIn | undefined>;
  /** Whether a program of this office and State handed in the request of that case. */
  readonly isOf: (sender: { readonly office: string; readonly state: string }, reference: string) => Promise<boolean>;
};
