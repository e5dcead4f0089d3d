// Files in the age format (age-encryption.org/v1) of any length: the header and its recipients by the `age-encryption`
// package, the payload (ChaCha20-Poly1305 in chunks of 64 KiB, the STREAM construction) by node:crypto, many times as fast.
// Attacker: holds the file and changes, cuts or exchanges any of it. Nothing is given out before its chunk is verified.

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Decrypter, Encrypter } from 'age-encryption';

export const CHUNK_BYTES = 65_536;
const TAG_BYTES = 16;
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;
export const NONCE_BYTES = 16;
const BATCH_BYTES = 16 * CHUNK_BYTES;
/** Room for some hundred hybrid recipients; a longer header is an attack on memory. */
const MOST_HEADER_BYTES = 1_048_576;

/** The file is not one of age, was changed, or is for somebody else. `what` says which part. */
export class NotOpened extends Error {
  override readonly name = 'NotOpened';
  readonly what: 'header' | 'payload';
  constructor(what: 'header' | 'payload', detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.what = what;
  }
}

/** Finds the key of a file from its header; throws where none of the identities opens it. */
export type HeaderOpener = (header: Uint8Array) => Promise<Uint8Array>;

/** Opens headers with identities of age, such as `AGE-SECRET-KEY-PQ-1...`. */
export function openerFor(identities: readonly string[]): HeaderOpener {
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  return (header) => decrypter.decryptHeader(header);
}

/** A new file key and the header that wraps it to these recipients. The key must seal one payload and nothing else. */
export async function newHeader(
  recipients: readonly string[],
): Promise<{ readonly header: Uint8Array; readonly fileKey: Uint8Array }> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  let fileKey: Uint8Array | undefined;
  // Told of the key, and adds nothing to the header.
  encrypter.addRecipient({
    wrapFileKey: (key) => {
      fileKey = Uint8Array.from(key);
      return [];
    },
  });
  const file = await encrypter.encrypt(new Uint8Array());
  if (fileKey === undefined) throw new NotOpened('header', 'no file key was made');
  // Behind the header stand the nonce and the one empty chunk of a file without content.
  return { header: file.subarray(0, file.length - NONCE_BYTES - TAG_BYTES), fileKey };
}

/** The key of the payload. */
export const payloadKey = (fileKey: Uint8Array, nonce: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', fileKey, nonce, 'payload', 32));

/** Eleven bytes that count the chunks, and one that marks the last. */
function chunkNonce(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}
const OPTIONS = { authTagLength: TAG_BYTES } as const;

/** One chunk sealed: what was enciphered, and its tag. The same index must never seal other bytes under the same key. */
export function sealChunk(key: Uint8Array, index: number, last: boolean, plain: Uint8Array): [Buffer, Buffer] {
  const cipher = createCipheriv('chacha20-poly1305', key, chunkNonce(index, last), OPTIONS);
  const sealed = cipher.update(plain);
  cipher.final();
  return [sealed, cipher.getAuthTag()];
}

/** One chunk opened; undefined when it is not what was sealed under this key in this place. */
export function openChunk(key: Uint8Array, index: number, last: boolean, sealed: Uint8Array): Buffer | undefined {
  const decipher = createDecipheriv('chacha20-poly1305', key, chunkNonce(index, last), OPTIONS);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const plain = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return plain;
}

/** A whole file: header, nonce and payload, sealed to these recipients as the bytes come. */
export async function* sealAge(
  source: AsyncIterable<Uint8Array>,
  recipients: readonly string[],
): AsyncGenerator<Buffer> {
  const { header, fileKey } = await newHeader(recipients);
  const nonce = randomBytes(NONCE_BYTES);
  yield Buffer.concat([header, nonce]);
  yield* sealPayload(source, payloadKey(fileKey, nonce));
}

export async function* sealPayload(source: AsyncIterable<Uint8Array>, key: Uint8Array): AsyncGenerator<Buffer> {
  let index = 0;
  for await (const { chunks, last } of inChunks(source, CHUNK_BYTES))
    for (const [n, chunk] of chunks.entries()) yield* sealChunk(key, index++, last && n === chunks.length - 1, chunk);
}

/** What a file holds, in verified pieces. Throws NotOpened; whoever needs the whole must wait for its end. */
export async function* openAge(source: AsyncIterable<Uint8Array>, opener: HeaderOpener): AsyncGenerator<Buffer> {
  const { header, rest } = await readHeader(source);
  let fileKey: Uint8Array;
  try {
    fileKey = await opener(header);
  } catch (cause) {
    throw new NotOpened('header', (cause as Error).message, { cause });
  }
  const { nonce, payload } = await takeNonce(rest);
  yield* openPayload(payload, payloadKey(fileKey, nonce));
}

export async function* openPayload(source: AsyncIterable<Uint8Array>, key: Uint8Array): AsyncGenerator<Buffer> {
  let index = 0;
  for await (const { chunks, last } of inChunks(source, SEALED_CHUNK_BYTES))
    for (const [n, chunk] of chunks.entries()) {
      const isLast = last && n === chunks.length - 1;
      const plain = chunk.length < TAG_BYTES ? undefined : openChunk(key, index, isLast, chunk);
      if (plain === undefined || (plain.length === 0 && index > 0)) {
        // What was sealed as the last and is not, or is the last and was not sealed so, is genuine as far as it goes:
        // as the format has it, it is given out before the fault is.
        const misplaced = chunk.length === SEALED_CHUNK_BYTES ? openChunk(key, index, !isLast, chunk) : undefined;
        if (misplaced) yield misplaced;
        throw new NotOpened('payload', `chunk ${index + 1} is not what was sealed`);
      }
      index++;
      yield plain;
    }
}

/**
 * Cuts a stream into chunks of a length, the last one shorter or as long; there is always a last one. Chunks that lie whole
 * in what comes are not copied: at this speed copying would cost as much as the cipher.
 */
async function* inChunks(
  source: AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<{ readonly chunks: readonly Uint8Array[]; readonly last: boolean }> {
  let partial = Buffer.alloc(length);
  let used = 0;
  // One chunk is held back: it may be the last.
  let held: Uint8Array | undefined;
  for await (const bytes of source) {
    const chunks: Uint8Array[] = [];
    const whole = (chunk: Uint8Array): void => {
      if (held) chunks.push(held);
      held = chunk;
    };
    for (let at = 0; at < bytes.length; ) {
      if (used === 0 && bytes.length - at >= length) {
        whole(bytes.subarray(at, at + length));
        at += length;
        continue;
      }
      const taken = Math.min(length - used, bytes.length - at);
      partial.set(bytes.subarray(at, at + taken), used);
      used += taken;
      at += taken;
      if (used === length) {
        whole(partial);
        partial = Buffer.alloc(length);
        used = 0;
      }
    }
    if (chunks.length > 0) yield { chunks, last: false };
  }
  const rest = used > 0 ? [partial.subarray(0, used)] : [];
  const left = held ? [held, ...rest] : rest;
  yield { chunks: left.length > 0 ? left : [partial.subarray(0, 0)], last: true };
}

/** Pieces put together to about a megabyte, for whoever writes them to a disk. */
export async function* inBatches(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let kept: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source) {
    kept.push(piece);
    size += piece.length;
    if (size < BATCH_BYTES) continue;
    yield Buffer.concat(kept, size);
    kept = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(kept, size);
}

/** The header of a file, up to the end of its last line, and what stands behind it. */
export async function readHeader(
  source: AsyncIterable<Uint8Array>,
): Promise<{ readonly header: Buffer; readonly rest: AsyncIterable<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]();
  let all: Buffer = Buffer.alloc(0);
  for (;;) {
    const end = endOfHeader(all);
    if (end !== undefined) return { header: all.subarray(0, end), rest: after(all.subarray(end), iterator) };
    if (all.length > MOST_HEADER_BYTES) break;
    const next = await iterator.next();
    if (next.done) break;
    all = Buffer.concat([all, next.value]);
  }
  await iterator.return?.();
  throw new NotOpened('header', 'it has no header of age');
}

function endOfHeader(bytes: Buffer): number | undefined {
  const last = bytes.indexOf('\n--- ');
  const end = last === -1 ? -1 : bytes.indexOf(10, last + 1);
  return end === -1 ? undefined : end + 1;
}

async function* after(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    // Whoever stops reading lets the file go.
    await rest.return?.();
  }
}

async function takeNonce(source: AsyncIterable<Uint8Array>) {
  const iterator = source[Symbol.asyncIterator]();
  let all = Buffer.alloc(0);
  while (all.length < NONCE_BYTES) {
    const next = await iterator.next();
    if (next.done) throw new NotOpened('payload', 'it ends within its nonce');
    all = Buffer.concat([all, next.value]);
  }
  return { nonce: all.subarray(0, NONCE_BYTES), payload: after(all.subarray(NONCE_BYTES), iterator) };
}
