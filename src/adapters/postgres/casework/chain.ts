// The commitments to the steps of a case: each names the one before it, so that a missing step shows.

import { hash, randomBytes } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { CaseId, Recorded } from '../../../domain/docket/case-file.ts';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { committedBytes } from '../../../transparency/opening.ts';
import { hmacSha256 } from '../../keys/hmac.ts';

/** A step as it is written: the exact bytes that are committed to, the commitment, and what opens it. */
export type Link = Omit<Recorded, 'event'> & {
  readonly type: string;
  readonly plain: Buffer;
  readonly salt: Buffer;
  readonly commitment: Buffer;
  readonly previous: Uint8Array | null;
};

/** Queues a commitment for the log as its step is written: the step's column `entry`. */
export const queued = (commitment: Uint8Array): RawBuilder<number> => sql`rogatory_commit(${Buffer.from(commitment)})`;

/** The columns of a step that lies whole in one row, with what opens its commitment. */
export const rowOf = ({ seq, type, at, by, plain, commitment, salt, previous }: Link) => ({
  seq,
  type,
  at,
  person: by === 'clock' ? null : by,
  body: plain,
  commitment,
  salt,
  previous,
  entry: queued(commitment),
});

const SALT_BYTES = 32;

/** `previous` is the last commitment of the case so far; null where it begins. */
export function chain(caseId: CaseId, previous: Uint8Array | null, steps: readonly Recorded[]): Link[] {
  const salts = randomBytes(SALT_BYTES * steps.length);
  let last = previous;
  return steps.map(({ seq, at, by, event }, n) => {
    const plain = Buffer.from(canonicalJson(event), 'utf8');
    const salt = salts.subarray(SALT_BYTES * n, SALT_BYTES * (n + 1));
    const bodyHash = hash('sha256', plain, 'buffer');
    const { type } = event;
    const opening = { caseId, seq, previous: last, at, actor: by, type, bodyHash };
    // The same as `commit`, by the machine's own hash and not by a program's.
    const commitment = hmacSha256(salt)(committedBytes(opening));
    const link = { seq, at, by, type, plain, salt, commitment, previous: last };
    last = commitment;
    return link;
  });
}
