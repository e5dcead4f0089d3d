// Objects of evidence on the disk: each an age file of its own with a key of its own, wrapped to the key of this node, and
// written part by part as it comes. Whoever holds `keys/evidence-storage.txt` opens them with any age that knows hybrid keys.
// Attacker: holds a copy of the disk without the keys; or changes a file, which then does not open.

import { createHash, type Hash, randomBytes } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import type { FileRecords } from '../../app/casework/file-ports.ts';
import type { ObjectStore } from '../../app/evidence/ports.ts';
import type { ObjectId } from '../../domain/evidence/evidence.ts';
import { Defect } from '../../kernel/outcome.ts';
import { absent, syncFolder, writeDurably } from '../files/durable.ts';
import {
  CHUNK_BYTES,
  newHeader,
  NONCE_BYTES,
  openAge,
  openChunk,
  openerFor,
  payloadKey,
  readHeader,
  SEALED_CHUNK_BYTES,
  sealChunk,
} from './age.ts';
import { headerApart, headerPath, objectPath } from './headers.ts';

const PART_BYTES = 128 * CHUNK_BYTES;
const READ_BYTES = 1_048_576;

/** An object that is being written: the key of its payload, where the payload begins, and the hash of what is there. */
type Writing = { readonly key: Uint8Array; readonly begin: number; at: number; hash: Hash };

export type StorageKey = { readonly identity: string; readonly recipient: string };

/** The key of this node for what it keeps; made, as a file that `age -i` reads, when it is not there. */
export async function storageKey(dataDirectory: string): Promise<StorageKey> {
  const path = join(dataDirectory, 'keys', 'evidence-storage.txt');
  const there = readIdentity(path);
  if (there !== undefined) return { identity: there, recipient: await identityToRecipient(there) };
  const identity = await generateHybridIdentity();
  const recipient = await identityToRecipient(identity);
  await writeDurably(join(dataDirectory, 'keys'), path, [Buffer.from(`# public key: ${recipient}\n${identity}\n`)]);
  return { identity, recipient };
}

function readIdentity(path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return absent(error as NodeJS.ErrnoException);
  }
  const found = text.split('\n').find((line) => line.startsWith('AGE-SECRET-KEY-PQ-1'));
  if (found === undefined) throw new Defect(`${path} holds no key for evidence`);
  return found.trim();
}

/** Keeps objects below `folder`, as `<id>.age`; those of sealed cases open with the key of the case as well. */
export function objectStore(
  folder: string,
  { identity, recipient }: StorageKey,
  keyOf: FileRecords['keyOf'],
): ObjectStore {
  const opener = openerFor([identity]);
  const writing = new Map<ObjectId, Writing>();
  const finished = new Map<ObjectId, string>();
  const turns = new Map<ObjectId, Promise<unknown>>();
  const placeOf = (id: ObjectId): string => objectPath(folder, id);
  /** One thing at a time with each object: a part that was sent twice waits for itself. */
  const alone = <T>(id: ObjectId, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(id) ?? Promise.resolve()).then(work, work);
    const ended = turn.catch(() => undefined).finally(() => turns.get(id) === ended && turns.delete(id));
    turns.set(id, ended);
    return turn;
  };

  /** Goes on with an object after the process that wrote it ended: what is there is verified and hashed anew. */
  async function resume(id: ObjectId, at: number): Promise<Writing> {
    const file = createReadStream(placeOf(id), { highWaterMark: READ_BYTES });
    const { header, rest } = await readHeader(file);
    for await (const _ of rest) break;
    const handle = await open(placeOf(id), 'r');
    try {
      const begin = header.length + NONCE_BYTES;
      const nonce = await readExactly(handle, header.length, NONCE_BYTES);
      const key = payloadKey(await opener(header), nonce);
      const hash = createHash('sha256');
      for (let chunk = 0; chunk * CHUNK_BYTES < at; chunk++) {
        const length = Math.min(CHUNK_BYTES, at - chunk * CHUNK_BYTES) + SEALED_CHUNK_BYTES - CHUNK_BYTES;
        const sealed = await readExactly(handle, begin + chunk * SEALED_CHUNK_BYTES, length);
        // Only the last chunk of a whole object is marked as such.
        const plain = openChunk(key, chunk, false, sealed) ?? openChunk(key, chunk, true, sealed);
        if (plain === undefined) throw new Defect(`the object ${id} was changed while it came in`);
        hash.update(plain);
      }
      return { key, begin, at, hash };
    } finally {
      await handle.close();
    }
  }
  async function writingAt(id: ObjectId, at: number): Promise<Writing> {
    const known = writing.get(id);
    const found = known?.at === at ? known : await resume(id, at);
    writing.set(id, found);
    return found;
  }

  return {
    partBytes: PART_BYTES,
    begin: (id) =>
      alone(id, async () => {
        const { header, fileKey } = await newHeader([recipient]);
        const nonce = randomBytes(NONCE_BYTES);
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeNew(placeOf(id), Buffer.concat([header, nonce]));
        await syncFolder(folder);
        const begin = header.length + NONCE_BYTES;
        writing.set(id, { key: payloadKey(fileKey, nonce), begin, at: 0, hash: createHash('sha256') });
      }),
    append: (id, at, part, last) =>
      alone(id, async () => {
        if (at % CHUNK_BYTES !== 0 || (!last && part.length % CHUNK_BYTES !== 0))
          throw new Defect('a part of an object must begin and end with a chunk');
        const now = await writingAt(id, at);
        const first = at / CHUNK_BYTES;
        const count = Math.max(1, Math.ceil(part.length / CHUNK_BYTES));
        const sealed: Buffer[] = [];
        for (let n = 0; n < count; n++) {
          const chunk = part.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES);
          sealed.push(...sealChunk(now.key, first + n, last && n === count - 1, chunk));
        }
        const file = await open(placeOf(id), 'r+');
        try {
          await file.writev(sealed, now.begin + first * SEALED_CHUNK_BYTES);
          await file.datasync();
        } finally {
          await file.close();
        }
        now.hash.update(part);
        now.at += part.length;
      }),
    finish: (id, size) =>
      alone(id, async () => {
        const known = finished.get(id);
        if (known !== undefined) return known;
        const now = await writingAt(id, size);
        const file = await open(placeOf(id), 'r+');
        try {
          // What a part left behind that was broken off.
          await file.truncate(
            now.begin + size + (SEALED_CHUNK_BYTES - CHUNK_BYTES) * Math.max(1, Math.ceil(size / CHUNK_BYTES)),
          );
          await file.sync();
        } finally {
          await file.close();
        }
        const sha256 = now.hash.digest('hex');
        writing.delete(id);
        finished.set(id, sha256);
        if (finished.size > 1_000) finished.delete([...finished.keys()][0] ?? id);
        return sha256;
      }),
    open: async (id, of) => {
      const key = await keyOf(of);
      if (key === undefined) return undefined;
      const apart = key ? await headerApart(folder, id, key) : undefined;
      const handle = await open(placeOf(id), 'r').catch(absent);
      const rest = handle?.createReadStream({ highWaterMark: READ_BYTES, start: apart?.length ?? 0 });
      return rest && openAge(apart ? behind(apart, rest) : rest, opener);
    },
    drop: (id) =>
      alone(id, async () => {
        writing.delete(id);
        finished.delete(id);
        await rm(placeOf(id), { force: true });
        await rm(headerPath(folder, id), { force: true });
        await syncFolder(folder).catch(absent);
      }),
  };
}

async function* behind(header: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield header;
  yield* rest;
}

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readExactly(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  if (bytesRead < length) throw new Defect('an object that comes in is shorter than what was written of it');
  return buffer;
}
