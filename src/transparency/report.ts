// What a published report leaves in the log, and the proof of each of its figures (docs/spec/report.md).

import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bigEndian, joined, unpacked, utf8 } from './bytes.ts';
import { HASH_BYTES, leafHash, nodeHash, rootOver } from './merkle.ts';

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

/** Lets whoever else waits for this process have a turn. */
export type GiveWay = () => Promise<void>;
/** So many hashes at most between two turns: a few thousandths of a second. */
const AT_ONCE = 1_000;

/** The root over the salt and the commitments of the steps that are counted, in rising order. */
export async function figureProof(
  salt: Uint8Array,
  commitments: readonly Uint8Array[],
  giveWay: GiveWay,
): Promise<Uint8Array> {
  const tree = new Subtrees();
  tree.add(leafHash(salt));
  for await (const some of rising(commitments, giveWay)) for (const one of some) tree.add(leafHash(one));
  await giveWay();
  return tree.root();
}

/**
 * Commitments in rising order, some at a time. They come end to end, and may be hundreds of thousands: laid out by their first byte
 * and sorted one lot after the other, with a turn for others in between and nothing kept for each but its 32 bytes.
 */
export async function* rising(
  commitments: readonly Uint8Array[],
  giveWay: GiveWay,
): AsyncGenerator<readonly Uint8Array[], void, undefined> {
  let done = 0;
  const did = async (some: number): Promise<void> => {
    done += some;
    if (done < AT_ONCE) return;
    done = 0;
    await giveWay();
  };
  /** Where those with a first byte end; before they are laid out, where they begin. */
  const ends = new Uint32Array(257);
  for (const packed of commitments)
    for (let n = 0; n < packed.length; n += HASH_BYTES) count(ends, (packed[n] ?? 0) + 1, HASH_BYTES);
  for (let first = 1; first <= 256; first++) count(ends, first, ends[first - 1] ?? 0);
  const laidOut = new Uint8Array(ends[256] ?? 0);
  for (const packed of commitments) {
    for (let n = 0; n < packed.length; n += HASH_BYTES) {
      const first = packed[n] ?? 0;
      laidOut.set(packed.subarray(n, n + HASH_BYTES), ends[first]);
      count(ends, first, HASH_BYTES);
    }
    await did(packed.length / HASH_BYTES);
  }
  for (let first = 0, from = 0; first < 256; first++) {
    const some = unpacked(laidOut.subarray(from, ends[first]), HASH_BYTES).sort(byBytes);
    if (some.length > 0) yield some;
    from = ends[first] ?? 0;
    await did(some.length);
  }
}

const count = (counts: Uint32Array, at: number, more: number): void => {
  counts[at] = (counts[at] ?? 0) + more;
};

/** A tree of which only the complete subtrees are kept, from left to right, each larger than the next. */
class Subtrees {
  readonly #kept: { leaves: number; hash: Uint8Array }[] = [];

  add(leaf: Uint8Array): void {
    let one = { leaves: 1, hash: leaf };
    for (let last = this.#kept.at(-1); last?.leaves === one.leaves; last = this.#kept.at(-1)) {
      this.#kept.pop();
      one = { leaves: 2 * one.leaves, hash: nodeHash(last.hash, one.hash) };
    }
    this.#kept.push(one);
  }

  root(): Uint8Array {
    return rootOver(this.#kept.map(({ hash }) => hash));
  }
}

function byBytes(one: Uint8Array, other: Uint8Array): number {
  for (let n = 0; n < one.length; n++) {
    const difference = (one[n] ?? 0) - (other[n] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}
