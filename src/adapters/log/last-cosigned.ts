// The last checkpoint cosigned of each log of others, in `<data>/last-cosigned`: beside the database and in no backup, so that a database
// that was put back makes no witness that cosigns a fork.

import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LastCosigned } from '../../app/log/ports.ts';
import { textIfThere, writeDurably } from './durable.ts';

export function lastCosigned(dataDirectory: string): LastCosigned {
  const folder = join(dataDirectory, 'last-cosigned');
  const at = (name: string): string => join(folder, name);
  const nameOf = (origin: string): string => createHash('sha256').update(origin).digest('hex');
  return {
    of: async (origin) => textIfThere(at(nameOf(origin))),
    all: async () => {
      const names = await readdir(folder).catch(() => []);
      const texts = names.filter((name) => /^[0-9a-f]{64}$/.test(name)).map((name) => textIfThere(at(name)));
      return texts.filter((text) => text !== undefined);
    },
    keep: (origin, checkpoint) => writeDurably([{ path: at(nameOf(origin)), bytes: Buffer.from(checkpoint) }], 0o600),
  };
}
