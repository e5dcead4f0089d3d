// The Merkle tree of RFC 6962: hashes, which parts of a tree a proof is made of, and the checking of proofs.
// Attacker: whoever serves a proof; every number and every hash of it may be a lie.

import { sha256 } from '@noble/hashes/sha2.js';
import { joined, sameBytes } from './bytes.ts';

export const HASH_BYTES = 32;
/** The byte before what is hashed: no leaf can be taken for a node. */
export const [LEAF, NODE] = [0, 1] as const;

export const leafHash = (entry: Uint8Array): Uint8Array => sha256(joined(Uint8Array.of(LEAF), entry));
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(joined(Uint8Array.of(NODE), left, right));

/**
 * Hashes a row of pieces of `length` bytes, end to end, each behind the byte `before`, into the row of their hashes: entries
 * into leaves, pairs of hashes into the row above. What is left over at the end of the row is left out.
 */
export type HashRow = (before: typeof LEAF | typeof NODE, row: Uint8Array, length: number) => Uint8Array;

/** Hashes rows by something that gives SHA-256 in hexadecimal: OpenSSL hands out a text in half the time of an array. */
export function rowsBy(hex: (bytes: Uint8Array) => string): HashRow {
  // Kept from row to row: to make one takes as long as to hash it.
  let piece = new Uint8Array();
  return (before, row, length) => {
    if (piece.length !== 1 + length) piece = new Uint8Array(1 + length);
    piece[0] = before;
    let hashes = '';
    for (let at = 0; at + length <= row.length; at += length) {
      piece.set(row.subarray(at, at + length), 1);
      hashes += hex(piece);
    }
    return Uint8Array.fromHex(hashes);
  };
}

/** Runs everywhere; a server may hand in a quicker one. */
export const hashRow: HashRow = rowsBy((bytes) => sha256(bytes).toHex());
/** The root of the tree without leaves. */
export const emptyRoot = (): Uint8Array => sha256(new Uint8Array());

/** The leaves from `start` to before `end`. */
export type Span = { readonly start: number; readonly end: number };
/** A subtree with all its 2^level leaves: those from index * 2^level on. */
export type Complete = { readonly level: number; readonly index: number };

/** The largest power of two below n, for n > 1: where RFC 6962 splits a tree. */
function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The complete subtrees that a span of a tree consists of, from left to right; its start is where such a subtree begins. */
export function completeIn({ start, end }: Span): Complete[] {
  const found: Complete[] = [];
  for (let at = start; at < end; ) {
    let [level, leaves] = [0, 1];
    while (at % (leaves * 2) === 0 && at + leaves * 2 <= end) {
      level += 1;
      leaves *= 2;
    }
    found.push({ level, index: at / leaves });
    at += leaves;
  }
  return found;
}

/** The root over complete subtrees, from left to right, as `completeIn` lists them. */
export function rootOver(hashes: readonly Uint8Array[]): Uint8Array {
  return hashes.length === 0 ? emptyRoot() : hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** The root over leaf hashes. */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyRoot();
  let row = leaves;
  // Pairs are hashed row by row; the odd one out goes up as it is, which is RFC 6962's tree seen from below.
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let n = 0; n + 1 < row.length; n += 2) above.push(nodeHash(row[n] as Uint8Array, row[n + 1] as Uint8Array));
    if (row.length % 2 === 1) above.push(row[row.length - 1] as Uint8Array);
    row = above;
  }
  return row[0] as Uint8Array;
}

/** The spans whose roots prove a leaf (RFC 6962, section 2.1.1), from its sibling up. Undefined for a leaf that is not in the tree. */
export function inclusionSpans(index: number, size: number): Span[] | undefined {
  if (!isCount(index) || !isCount(size) || index >= size) return undefined;
  const down: Span[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      down.push({ start: middle, end });
      end = middle;
    } else {
      down.push({ start, end: middle });
      start = middle;
    }
  }
  return down.reverse();
}

/** The spans whose roots prove that the tree of `from` leaves is the beginning of that of `to` (RFC 6962, section 2.1.2). */
export function consistencySpans(from: number, to: number): Span[] | undefined {
  if (!isCount(from) || !isCount(to) || from < 1 || from > to) return undefined;
  const down: Span[] = [];
  let [start, end] = [0, to];
  // Whether everything left of here is part of the old tree as it stood: then its root is known to whoever checks.
  let known = true;
  while (from < end) {
    const middle = start + splitOf(end - start);
    if (from <= middle) {
      down.push({ start: middle, end });
      end = middle;
    } else {
      down.push({ start, end: middle });
      start = middle;
      known = false;
    }
  }
  if (!known) down.push({ start, end });
  return down.reverse();
}

/** Whether the proof shows that a leaf of this hash stands at `index` in the tree of `size` leaves with this root. */
export const verifyInclusion = (
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
  hashes?: HashRow,
): boolean => verifyInSubtree(index, { start: 0, end: size }, leaf, proof, root, hashes);

/** The same for a subtree, whose first leaf is `start`. */
export function verifyInSubtree(
  index: number,
  span: Span,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
  hashes: HashRow = hashRow,
): boolean {
  if (!isSubtree(span) || !isCount(index) || index < span.start || index >= span.end) return false;
  if (!allHashes([leaf, root, ...proof])) return false;
  let [place, last, hash] = [index - span.start, span.end - span.start - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      hash = hashes(NODE, joined(sibling, hash), 2 * HASH_BYTES);
      while (place % 2 === 0 && place !== 0) [place, last] = [half(place), half(last)];
    } else hash = hashes(NODE, joined(hash, sibling), 2 * HASH_BYTES);
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && sameBytes(hash, root);
}

/** Whether the proof shows that the tree of `from` leaves and root `old` is the beginning of that of `to` leaves and root `root`. */
export const verifyConsistency = (
  from: number,
  to: number,
  proof: readonly Uint8Array[],
  old: Uint8Array,
  root: Uint8Array,
): boolean =>
  // A tree without leaves is the beginning of every tree: a proof of it proves nothing.
  from !== 0 && verifySubtreeConsistency({ start: 0, end: from }, to, proof, old, root);

/** Whether a subtree with root `old` is part of the tree of `size` leaves (draft-ietf-plants-merkle-tree-certs, section 4.4). */
export function verifySubtreeConsistency(
  span: Span,
  size: number,
  proof: readonly Uint8Array[],
  old: Uint8Array,
  root: Uint8Array,
): boolean {
  if (!isCount(size) || span.end > size || !allHashes(proof)) return false;
  if (span.start === span.end) return isCount(span.start) && proof.length === 0 && sameBytes(old, emptyRoot());
  if (!isSubtree(span) || (proof.length > 0 && old.length !== HASH_BYTES)) return false;
  let [first, last, end] = [span.start, span.end - 1, size - 1];
  const up = (): void => {
    [first, last, end] = [half(first), half(last), half(end)];
  };
  if (last === end) while (first !== last) up();
  else while (first !== last && last % 2 === 1) up();
  const rest = [...proof];
  const begin = first === last ? old : rest.shift();
  if (begin === undefined) return false;
  let [oldHash, newHash] = [begin, begin];
  for (const hash of rest) {
    if (end === 0) return false;
    if (last % 2 === 1 || last === end) {
      if (first < last) oldHash = nodeHash(hash, oldHash);
      newHash = nodeHash(hash, newHash);
      while (last % 2 === 0 && last !== 0) up();
    } else newHash = nodeHash(newHash, hash);
    up();
  }
  return end === 0 && sameBytes(oldHash, old) && sameBytes(newHash, root);
}

const half = (n: number): number => Math.floor(n / 2);
const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
const allHashes = (hashes: readonly Uint8Array[]): boolean => hashes.every((one) => one.length === HASH_BYTES);

/** A span that is a subtree: not empty, and beginning where one of its size may. */
function isSubtree({ start, end }: Span): boolean {
  if (!isCount(start) || !isCount(end) || start >= end) return false;
  let width = 1;
  while (width < end - start) width *= 2;
  return start % width === 0;
}
