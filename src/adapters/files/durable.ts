// Files that are there whole or not at all, and on the disk when the call returns, whatever the machine does in between.

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes the file under another name, waits for the disk, and gives it its own; its folders are made below `root`. */
export async function writeDurably(
  root: string,
  path: string,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Backups pass over names that begin with a dot.
  const coming = join(dirname(path), `.${randomUUID()}.part`);
  try {
    const file = await open(coming, 'wx', 0o600);
    try {
      for await (const piece of bytes) await file.writeFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(coming, path);
  } catch (error) {
    await rm(coming, { force: true });
    throw error;
  }
  // A name is safe only when its folder is on the disk too, and the folder's own name in the one above.
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    await syncFolder(folder);
    if (folder === root || folder.length <= root.length) return;
  }
}

/** For `catch` after reading: what is not there is undefined, anything else is thrown. */
export function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** A file piece by piece, opened with the first that is taken: what nobody reads after all is not left open, and may go. */
export async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  yield* createReadStream(path) as AsyncIterable<Buffer>;
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
