// A file sealed under a key and a name as it streams by, in memory that does not grow with it: AES-256-GCM in pieces of
// 64 KiB, each bound to its place and the last one to being the last (STREAM, Hoang et al. 2015), so that nothing can be
// cut off, moved or added. Attacker: holds the disk, and can change every byte on it.

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Defect } from '../../kernel/outcome.ts';

const PIECE = 65_536;
const TAG_BYTES = 16;
const SALT_BYTES = 32;
/** The first byte, so that a file can be sealed otherwise one day. */
const VERSION = 1;
/** A count of the pieces, and whether it is the last: never twice the same under the key of one file. */
const NONCE_BYTES = 12;

const nonceOf = (piece: number, last: boolean): Buffer => {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUIntBE(piece, NONCE_BYTES - 7, 6);
  nonce[NONCE_BYTES - 1] = last ? 1 : 0;
  return nonce;
};

/** A key of this file alone (HKDF, RFC 5869): for another name or another writing of the same name it is another one. */
const fileKey = (key: Uint8Array, salt: Uint8Array, name: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, salt, `rogatory/file/v1:${name}`, 32));

/** The sealed bytes of `plain`, as they come. `key` has 32 bytes. */
export async function* sealStream(
  key: Uint8Array,
  name: string,
  plain: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const salt = randomBytes(SALT_BYTES);
  const own = fileKey(key, salt, name);
  yield Buffer.concat([Buffer.of(VERSION), salt]);
  let number = 0;
  for await (const { bytes, last } of inPieces(plain, PIECE)) {
    const cipher = createCipheriv('aes-256-gcm', own, nonceOf(number++, last));
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/** The plain bytes; throws a Defect at the first piece that is not what was sealed under this key and name. */
export async function* openStream(
  key: Uint8Array,
  name: string,
  sealed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let own: Uint8Array | undefined;
  let number = 0;
  for await (const { bytes, last } of inPieces(sealed, PIECE + TAG_BYTES, 1 + SALT_BYTES)) {
    if (own === undefined) {
      if (bytes[0] !== VERSION || bytes.length !== 1 + SALT_BYTES || last) throw broken(name);
      own = fileKey(key, bytes.subarray(1), name);
      continue;
    }
    yield opened(own, name, bytes, nonceOf(number++, last));
  }
}

function opened(own: Uint8Array, name: string, bytes: Uint8Array, nonce: Uint8Array): Uint8Array {
  try {
    const cipher = createDecipheriv('aes-256-gcm', own, nonce, { authTagLength: TAG_BYTES });
    cipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    return Buffer.concat([cipher.update(bytes.subarray(0, -TAG_BYTES)), cipher.final()]);
  } catch (cause) {
    throw broken(name, cause);
  }
}

const broken = (name: string, cause?: unknown): Defect =>
  new Defect(`what was sealed as ${name} does not open`, { cause });

type Piece = { readonly bytes: Buffer; readonly last: boolean };

/** The same bytes in pieces of `size`, the first of `first` if given; there is always a last one, and it may be empty. */
async function* inPieces(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number,
  first = size,
): AsyncGenerator<Piece> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  let wanted = first;
  for await (const chunk of bytes) {
    waiting.push(chunk);
    length += chunk.length;
    if (length <= wanted) continue;
    // Only what is known to be followed by more is not the last.
    const all = Buffer.concat(waiting);
    let at = 0;
    while (all.length - at > wanted) {
      yield { bytes: all.subarray(at, at + wanted), last: false };
      at += wanted;
      wanted = size;
    }
    waiting = [all.subarray(at)];
    length = all.length - at;
  }
  yield { bytes: Buffer.concat(waiting), last: true };
}
