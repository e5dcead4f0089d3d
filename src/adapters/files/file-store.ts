// Bytes kept in the clear by their SHA-256, in files that are there whole or not at all, until nobody needs them.
// Attacker: asks for a name that leads elsewhere, or changes a file on the disk; names are looked at, and bytes are hashed anew when read.

import { createHash } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PlainFiles } from '../../app/casework/file-ports.ts';
import { Defect } from '../../kernel/outcome.ts';
import { absent, piecesOf, syncFolder, writeDurably } from './durable.ts';

const NAME = /^[0-9a-f]{64}$/;

/**
 * Milliseconds for which a file that was put down stays, even if nobody seems to need it: the step that is going to
 * name it may still be on its way.
 */
const FRESH = 120_000;

/** Keeps files below `folder`, which is made when the first one comes; each under the first two letters of its hash. */
export function fileStore(folder: string, fresh = FRESH): PlainFiles {
  const placeOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256);
  const nameOf: PlainFiles['nameOf'] = (bytes) => ({ sha256: hashOf(bytes), size: bytes.byteLength });
  return {
    nameOf,
    put: async (bytes) => {
      const kept = nameOf(bytes);
      const place = placeOf(kept.sha256);
      const there = await stat(place).catch(absent);
      // Another size under the same name is what a broken disk left; it is written anew.
      if (there?.size !== bytes.byteLength || !(await touched(place))) await writeDurably(folder, place, [bytes]);
      return kept;
    },
    get: async (sha256) => {
      if (!NAME.test(sha256)) return undefined;
      const bytes = await readFile(placeOf(sha256)).catch(absent);
      if (bytes === undefined) return undefined;
      if (hashOf(bytes) !== sha256) throw changed(sha256);
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
    stream: async (sha256) => {
      if (!NAME.test(sha256) || (await stat(placeOf(sha256)).catch(absent)) === undefined) return undefined;
      return hashed(piecesOf(placeOf(sha256)), sha256);
    },
    putStream: (sha256, bytes) => writeDurably(folder, placeOf(sha256), hashed(bytes, sha256)),
    remove: async (sha256) => {
      if (!NAME.test(sha256)) return true;
      const place = placeOf(sha256);
      const leaving = join(dirname(place), `.${sha256}.leaving`);
      const there = await stat(place).catch(absent);
      if (there !== undefined) {
        if (isFresh(there.mtimeMs, fresh)) return false;
        // Out of the way first: whoever puts the same bytes down from here on writes them anew.
        await rename(place, leaving);
        const { mtimeMs } = await stat(leaving);
        if (isFresh(mtimeMs, fresh)) {
          await link(leaving, place).catch(alreadyThere);
          await rm(leaving);
          return false;
        }
      }
      // Also what is left of an earlier try in which the machine stopped.
      await rm(leaving, { force: true });
      await syncFolder(dirname(place)).catch(absent);
      return true;
    },
  };
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const changed = (sha256: string): Defect => new Defect(`the file ${sha256} is not what was put there`);
const isFresh = (mtimeMs: number, fresh: number): boolean => Date.now() - mtimeMs < fresh;

/** Says that somebody wants the file anew; false when it has just gone. */
async function touched(place: string): Promise<boolean> {
  const now = new Date();
  return (await utimes(place, now, now).then(() => true, absent)) ?? false;
}

function alreadyThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** The bytes as they come; throws at their end where they are not those of that name. */
async function* hashed(bytes: AsyncIterable<Uint8Array>, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const piece of bytes) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest('hex') !== sha256) throw changed(sha256);
}
