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
const text = (value: string): Uint8Array => encoder.encode(value);
const VERSION = 1;
const LABEL = text('rogatory/commit/v1');

/** The bytes of an opening: a version byte, then each field with its length before it (32 bits, big-endian), in this order. */
export function openingBytes(opening: Opening): Uint8Array {
  const fields = [
    text(opening.caseId),
    text(String(opening.seq)),
    opening.previous ?? new Uint8Array(),
    text(opening.at),
    text(opening.actor),
    text(opening.type),
    opening.bodyHash,
  ];
  return joined([Uint8Array.of(VERSION), ...fields.flatMap((field) => [length(field), field])]);
}

/** HMAC-SHA256 under a random salt of 32 bytes; without the salt nothing can be tried against it. */
export const commit = (salt: Uint8Array, opening: Opening): Uint8Array => hmac(sha256, salt, committedBytes(opening));

/** What that HMAC is taken of. */
export function committedBytes(opening: Opening): Uint8Array {
  const bytes = openingBytes(opening);
  return joined([LABEL, length(bytes), bytes]);
}

const length = (bytes: Uint8Array): Uint8Array => {
  const { length: n } = bytes;
  return Uint8Array.of(n >>> 24, n >>> 16, n >>> 8, n);
};

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
