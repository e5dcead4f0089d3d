// The public files of the log, below `<data>/log`: tiles, entry bundles and the checkpoint, under the names by which they are served.

import { hash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LogFiles } from '../../app/log/ports.ts';
import { rowsBy } from '../../transparency/merkle.ts';
import { readIfThere, textIfThere, writeDurably } from './durable.ts';

const CHECKPOINT = 'checkpoint';

/** As RFC 6962 hashes leaves and nodes, by OpenSSL: quicker than what runs everywhere. */
const hashes = rowsBy((bytes) => hash('sha256', bytes, 'hex'));

/** Paths are taken as they are: whoever hands in one from outside has parsed it as the name of a tile. */
export function tileStore(folder: string): LogFiles {
  const at = (path: string): string => join(folder, path);
  return {
    write: (files) => writeDurably(files.map(({ path, bytes }) => ({ path: at(path), bytes }))),
    read: async (path) => readIfThere(at(path)),
    hashes,
    dropPartial: async (paths) => {
      await Promise.all(paths.map((path) => rm(`${at(path)}.p`, { recursive: true, force: true })));
    },
    published: async () => textIfThere(at(CHECKPOINT)),
    publish: (checkpoint) => writeDurably([{ path: at(CHECKPOINT), bytes: Buffer.from(checkpoint) }]),
  };
}

/** The last checkpoint signed, in `<data>/last-signed`: beside the database and in no backup. */
export function lastSigned(dataDirectory: string, sizeOf: (checkpoint: string) => number) {
  const path = join(dataDirectory, 'last-signed');
  return {
    read: async () => textIfThere(path),
    keep: async (checkpoint: string, size: number): Promise<void> => {
      const before = textIfThere(path);
      // A process that slept through its own lock and wakes up late.
      if (before !== undefined && sizeOf(before) > size)
        throw new Error(`${dirname(path)} has signed ${sizeOf(before)} entries already; ${size} come too late`);
      await writeDurably([{ path, bytes: Buffer.from(checkpoint) }], 0o600);
    },
  };
}
