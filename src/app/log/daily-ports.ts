// What the daily self-audit keeps of itself, and who may read it.

import type { PersonId } from '../../domain/registry/person.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Call } from '../casework/ports.ts';
import type { Finding, FindingKind } from './audit-ports.ts';

/** One run: when, over how much, and how many findings of which kind. No case is named here. */
export type AuditRun = {
  readonly no: number;
  readonly beganAt: Instant;
  readonly endedAt: Instant;
  readonly entries: number;
  readonly cases: number;
  readonly found: { readonly [K in FindingKind]?: number };
};

export type AuditRuns = {
  /** When the last one that came to its end began; null: none did. */
  readonly lastBegan: () => Promise<Instant | null>;
  /** Does it while no other process does one; false where one does. */
  readonly alone: (work: () => Promise<void>) => Promise<boolean>;
  /** Keeps a run with what it found, and the word that goes out over it: both or neither. */
  readonly keep: (run: Omit<AuditRun, 'no'>, findings: readonly Finding[], calls: readonly Call[]) => Promise<void>;
  /** The latest runs, the last first, as this person may see them. */
  readonly latest: (by: PersonId, most: number) => Promise<readonly AuditRun[]>;
  /** What a run found: for oversight, and empty for everybody else. */
  readonly findings: (by: PersonId, no: number) => Promise<readonly Finding[]>;
};
