// Files that are there whole or not at all, and stay there when the power goes: written aside, put on the disk, renamed.

import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export type DurableFile = { readonly path: string; readonly bytes: Uint8Array };

/** Writes them all, side by side, each by rename; when it returns, they and their names are on the disk. */
export async function writeDurably(files: readonly DurableFile[], mode = 0o644): Promise<void> {
  const folders = new Set<string>();
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) {
    const made = await mkdir(folder, { recursive: true });
    folders.add(folder);
    // The name of a new folder stands in the one above it, up to the first that was there.
    for (let one = folder; made !== undefined && one.length >= made.length; one = dirname(one))
      folders.add(dirname(one));
  }
  await Promise.all(files.map((file) => writeOne(file, mode)));
  await Promise.all([...folders].map(syncFolder));
}

async function writeOne({ path, bytes }: DurableFile, mode: number): Promise<void> {
  const coming = `${dirname(path)}/.${randomUUID()}.part`;
  try {
    const file = await open(coming, 'wx', mode);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(coming, path);
  } catch (error) {
    await rm(coming, { force: true });
    throw error;
  }
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The bytes; undefined where there is no such file. */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) return undefined;
    throw error;
  }
}
