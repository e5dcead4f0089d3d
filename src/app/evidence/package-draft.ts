// What is said of a package before it is made.

import type { ObjectId, Recipient } from '../../domain/evidence/evidence.ts';
import type { Instant } from '../../kernel/instant.ts';

export type PackageDraft = {
  readonly id: string;
  readonly no: number;
  readonly objects: readonly ObjectId[];
  readonly recipient: Recipient;
  readonly purpose: string;
  readonly madeAt: Instant;
  readonly madeBy: string;
  readonly office: { readonly name: string; readonly state: string };
  /** The roles of everybody who acted. */
  readonly roles: { readonly [person: string]: readonly string[] };
  readonly stamped: boolean;
};
