// A bag that lies in a folder, as it comes off a disk that somebody sent. No link in it is followed.

import { createHash, getHashes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BagEntry, BagSource } from './bag.ts';

/** Everything below a folder. The recursive `readdir` of Node walks through links, so it is not used. */
async function walk(folder: string, below: string, entries: BagEntry[]): Promise<void> {
  for (const one of await readdir(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? one.name : `${below}/${one.name}`;
    if (one.isDirectory()) await walk(folder, path, entries);
    else if (one.isFile()) entries.push({ path, kind: 'file', size: (await lstat(join(folder, path))).size });
    else entries.push({ path, kind: one.isSymbolicLink() ? 'link' : 'other', size: 0 });
  }
}

export async function bagInFolder(folder: string): Promise<BagSource> {
  const entries: BagEntry[] = [];
  await walk(folder, '', entries);
  return {
    entries,
    read: async (path, limit) => {
      const file = await open(join(folder, path));
      try {
        return (await file.stat()).size > limit ? undefined : await file.readFile();
      } finally {
        await file.close();
      }
    },
    hash: async (path, algorithm) => {
      if (!getHashes().includes(algorithm)) return undefined;
      const hash = createHash(algorithm);
      for await (const bytes of createReadStream(join(folder, path))) hash.update(bytes as Buffer);
      return hash.digest('hex');
    },
  };
}
