// What a published report leaves in the log, and the proof of each of its figures (docs/spec/report.md).

import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bigEndian, joined, utf8 } from './bytes.ts';
import { leafHash, rootOf } from './merkle.ts';

export type ReportOpening = {
  /** Of the log. */
  readonly origin: string;
  readonly no: number;
  /** The commitment of the report before; null for the first. */
  readonly previous: Uint8Array | null;
  readonly at: string;
  /** SHA-256 of the report in canonical form. */
  readonly bodyHash: Uint8Array;
};

const VERSION = Uint8Array.of(3);
const LABEL = utf8('rogatory/report/v1');
const FIGURE_LABEL = utf8('rogatory/figure/v1');
const lengthAnd = (bytes: Uint8Array): Uint8Array => joined(bigEndian(bytes.length, 4), bytes);

export function commitReport(salt: Uint8Array, { origin, no, previous, at, bodyHash }: ReportOpening): Uint8Array {
  const fields = [utf8(origin), utf8(String(no)), previous ?? new Uint8Array(), utf8(at), bodyHash];
  const opening = joined(VERSION, ...fields.map(lengthAnd));
  return hmac(sha256, salt, joined(LABEL, lengthAnd(opening)));
}

/** The salt of a figure's proof; `key` is the canonical JSON of what it is a figure of. */
export const figureSalt = (secret: Uint8Array, key: string): Uint8Array =>
  hmac(sha256, secret, joined(FIGURE_LABEL, lengthAnd(utf8(key))));

/** The root over the salt and the commitments of the steps that are counted, in rising order. */
export const figureProof = (salt: Uint8Array, commitments: readonly Uint8Array[]): Uint8Array =>
  rootOf([salt, ...commitments.toSorted(byBytes)].map(leafHash));

function byBytes(one: Uint8Array, other: Uint8Array): number {
  for (let n = 0; n < one.length; n++) {
    const difference = (one[n] ?? 0) - (other[n] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}
