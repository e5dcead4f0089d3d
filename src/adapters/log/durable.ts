// Files that are there whole or not at all, and stay there when the power goes: written aside, put on the disk, renamed.

import { randomUUID } from 'node:crypto';
import { closeSync, fsync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/**
 * What waits for the disk is waited for beside the thread that serves people. What only moves bytes in memory - small files,
 * names - is done at once: handing it to another thread and hearing back takes longer than doing it.
 */
const onDisk = promisify(fsync);

export type DurableFile = { readonly path: string; readonly bytes: Uint8Array };

/** Writes them all, side by side, each by rename; when it returns, they and their names are on the disk. */
export async function writeDurably(files: readonly DurableFile[], mode = 0o644): Promise<void> {
  const folders = new Set<string>();
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) {
    const made = mkdirSync(folder, { recursive: true });
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
    const file = openSync(coming, 'wx', mode);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      await onDisk(file);
    } finally {
      closeSync(file);
    }
    renameSync(coming, path);
  } catch (error) {
    rmSync(coming, { force: true });
    throw error;
  }
}

export async function syncFolder(path: string): Promise<void> {
  const folder = openSync(path, 'r');
  try {
    await onDisk(folder);
  } finally {
    closeSync(folder);
  }
}

/** The text in such a file. */
export function textIfThere(path: string): string | undefined {
  const bytes = readIfThere(path);
  return bytes && Buffer.from(bytes).toString('utf8');
}

/** The bytes; undefined where there is no such file. For files as small as those of the log: a tile has 9 kB at most. */
export function readIfThere(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) return undefined;
    throw error;
  }
}
