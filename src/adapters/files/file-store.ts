// Bytes kept by their SHA-256, in files that are there whole or not at all, whatever the machine does in between.
// Attacker: asks for a name that leads elsewhere, or changes a file on the disk; names are looked at, and bytes are hashed anew when read.

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileStore } from '../../app/casework/ports.ts';
import { Defect } from '../../kernel/outcome.ts';

const NAME = /^[0-9a-f]{64}$/;

/** Keeps files below `folder`, which is made when the first one comes; each under the first two letters of its hash. */
export function fileStore(folder: string): FileStore {
  const placeOf = (sha256: string): { readonly folder: string; readonly file: string } => {
    const within = join(folder, sha256.slice(0, 2));
    return { folder: within, file: join(within, sha256) };
  };
  return {
    put: async (bytes) => {
      const sha256 = hashOf(bytes);
      const kept = { sha256, size: bytes.byteLength };
      const place = placeOf(sha256);
      const there = await stat(place.file).catch(absent);
      // Another size under the same name is what a broken disk left; it is written anew.
      if (there?.size === bytes.byteLength) return kept;
      await mkdir(place.folder, { recursive: true, mode: 0o700 });
      const coming = join(place.folder, `.${randomUUID()}.part`);
      try {
        const file = await open(coming, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(coming, place.file);
      } catch (error) {
        await rm(coming, { force: true });
        throw error;
      }
      // A name is safe only when its folder is on the disk too, and the folder's own name in the one above.
      for (const one of [place.folder, folder]) await syncFolder(one);
      return kept;
    },
    get: async (sha256) => {
      if (!NAME.test(sha256)) return undefined;
      const bytes = await readFile(placeOf(sha256).file).catch(absent);
      if (bytes === undefined) return undefined;
      if (hashOf(bytes) !== sha256) throw new Defect(`the file ${sha256} is not what was put there`);
      return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
  };
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
