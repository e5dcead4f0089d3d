// An entry of the log: 33 bytes that commit to a step or to nothing, and by which nobody can tell which.

import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Instant } from '../kernel/instant.ts';
import { bigEndian, joined, sameBytes, utf8 } from './bytes.ts';

export const ENTRY_BYTES = 33;
const ENTRY_VERSION = Uint8Array.of(1);
const PADDING_VERSION = Uint8Array.of(2);
const PADDING_LABEL = utf8('rogatory/padding/v1');
const STEP_LABEL = utf8('rogatory/commit/v1');
const SALT_BYTES = 32;

/** What padding commits to: that at this place of this log, in this slot, there is nothing. */
export type Padding = { readonly origin: string; readonly slot: Instant; readonly index: number };

/** The entry for a commitment of 32 bytes. */
export const entryOf = (commitment: Uint8Array): Uint8Array => joined(ENTRY_VERSION, commitment);

/** The commitment in an entry; undefined for bytes that are no entry. */
export const commitmentIn = (entry: Uint8Array): Uint8Array | undefined =>
  entry.length === ENTRY_BYTES && entry[0] === ENTRY_VERSION[0] ? entry.subarray(1) : undefined;

/** The bytes of an opening of padding (docs/spec/log.md). */
export const paddingBytes = ({ origin, slot, index }: Padding): Uint8Array =>
  joined(PADDING_VERSION, ...[origin, slot, String(index)].map((field) => lengthAnd(utf8(field))));

/** The commitment that stands for padding; `salt` has 32 random bytes. */
export function commitPadding(salt: Uint8Array, padding: Padding): Uint8Array {
  return hmac(sha256, salt, joined(PADDING_LABEL, lengthAnd(paddingBytes(padding))));
}

/** Whether these bytes of an opening, of a step or of padding, are what a commitment was made of. */
export function opens(commitment: Uint8Array, salt: Uint8Array, opening: Uint8Array): boolean {
  const label = opening[0] === PADDING_VERSION[0] ? PADDING_LABEL : STEP_LABEL;
  return sameBytes(hmac(sha256, salt, joined(label, lengthAnd(opening))), commitment);
}

/** What the `extra` line of a receipt holds: the entry, and with its opening what it commits to. */
export const extraOf = (entry: Uint8Array, opened?: { readonly salt: Uint8Array; readonly opening: Uint8Array }) =>
  opened === undefined ? entry : joined(entry, opened.salt, opened.opening);

export type Extra = {
  readonly entry: Uint8Array;
  readonly opened: { readonly salt: Uint8Array; readonly opening: Uint8Array } | null;
};

/** Reads it; undefined for what is neither. That it is true is for the proof and the HMAC to show. */
export function readExtra(extra: Uint8Array): Extra | undefined {
  const entry = extra.subarray(0, ENTRY_BYTES);
  if (commitmentIn(entry) === undefined) return undefined;
  if (extra.length === ENTRY_BYTES) return { entry, opened: null };
  if (extra.length <= ENTRY_BYTES + SALT_BYTES) return undefined;
  const salt = extra.subarray(ENTRY_BYTES, ENTRY_BYTES + SALT_BYTES);
  return { entry, opened: { salt, opening: extra.subarray(ENTRY_BYTES + SALT_BYTES) } };
}

const lengthAnd = (bytes: Uint8Array): Uint8Array => joined(bigEndian(bytes.length, 4), bytes);
