// The commitment to one step of a case: a public mark of 32 bytes that means nothing until its owner opens it.

import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** What a commitment stands for. The event's bytes enter by their hash, so an opening can be shown without them. */
export type Opening = {
  /** The case, and the number of the step in it, from 1: a gap or a fork in a chain shows. */
  readonly caseId: string;
  readonly seq: number;
  /** The commitment of the step before; null for the first. */
  readonly previous: Uint8Array | null;
  readonly at: string;
  /** The id of the person, or `clock`. */
  readonly actor: string;
  readonly type: string;
  /** SHA-256 of the exact bytes of the event as stored. */
  readonly bodyHash: Uint8Array;
};

const encoder = new TextEncoder();
const VERSION = 1;
const LABEL = encoder.encode('rogatory/commit/v1');
/** A length goes before what it is the length of: 32 bits, big-endian. */
const LENGTH = 4;
/** UTF-8 takes no more for one unit of UTF-16. */
const MOST_BYTES = 3;

/** The bytes of an opening: a version byte, then each field with its length before it, in this order. */
export const openingBytes = (opening: Opening): Uint8Array => written(opening, 0);

/** HMAC-SHA256 under a random salt of 32 bytes; without the salt nothing can be tried against it. */
export const commit = (salt: Uint8Array, opening: Opening): Uint8Array => hmac(sha256, salt, committedBytes(opening));

/** What that HMAC is taken of: the label and the opening, each told apart from what follows. */
export function committedBytes(opening: Opening): Uint8Array {
  const start = LABEL.length + LENGTH;
  const bytes = written(opening, start);
  bytes.set(LABEL);
  putLength(bytes, LABEL.length, bytes.length - start);
  return bytes;
}

/** The bytes of an opening from `start` on, with room before them. Each step of each case goes through here, so they are put down once. */
function written({ caseId, seq, previous, at, actor, type, bodyHash }: Opening, start: number): Uint8Array {
  const fields = [caseId, String(seq), previous ?? new Uint8Array(), at, actor, type, bodyHash];
  let room = start + 1;
  for (const field of fields) room += LENGTH + (typeof field === 'string' ? MOST_BYTES : 1) * field.length;
  const bytes = new Uint8Array(room);
  bytes[start] = VERSION;
  let end = start + 1;
  for (const field of fields) {
    const length = put(field, bytes.subarray(end + LENGTH));
    putLength(bytes, end, length);
    end += LENGTH + length;
  }
  return bytes.subarray(0, end);
}

function put(field: string | Uint8Array, into: Uint8Array): number {
  if (typeof field === 'string') return encoder.encodeInto(field, into).written;
  into.set(field);
  return field.length;
}

function putLength(bytes: Uint8Array, at: number, length: number): void {
  for (let n = 0; n < LENGTH; n++) bytes[at + n] = length >>> (8 * (LENGTH - 1 - n));
}
