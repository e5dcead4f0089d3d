// Keys by which programs of other offices hand in requests: what is kept of one, and of its use.

import type { PersonId } from '../../domain/registry/person.ts';
import type { Instant } from '../../kernel/instant.ts';

export type ApiKey = {
  readonly id: string;
  /** The office or system that holds it, as it is named in a case. */
  readonly office: string;
  /** The State whose requests it may hand in. */
  readonly state: string;
  readonly madeAt: Instant;
  readonly madeBy: PersonId;
  readonly expiresAt: Instant;
  readonly revoked: { readonly at: Instant; readonly by: PersonId } | null;
  readonly usedAt: Instant | null;
};

export type KeyRecords = {
  /** The newest first. */
  readonly all: () => Promise<readonly ApiKey[]>;
  /** `hash`: SHA-256 of the key, hex. */
  readonly add: (key: Omit<ApiKey, 'revoked' | 'usedAt'> & { readonly hash: string }) => Promise<void>;
  /** False when there is no such key, or it was revoked before. */
  readonly revoke: (id: string, by: PersonId, at: Instant) => Promise<boolean>;
  /** Counts one use; gives the key, when the window under way began and how often it was used in it. Undefined: no such key. */
  readonly use: (
    hash: string,
    at: Instant,
    windowSeconds: number,
  ) => Promise<{ readonly key: ApiKey; readonly since: Instant; readonly uses: number } | undefined>;
};

export type KeyPorts = {
  readonly keys: KeyRecords;
  readonly secrets: {
    readonly token: () => string;
    readonly hash: (text: string) => string;
    readonly newId: () => string;
  };
  readonly now: () => Instant;
};
