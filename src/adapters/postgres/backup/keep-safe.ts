// Backup and restore for the command line: on a node at work or at rest.

import { writeFileSync } from 'node:fs';
import type { KeepSafe } from '../../../app/keep-safe.ts';
import { accept, refuse } from '../../../kernel/outcome.ts';
import { joinDatabase } from '../server/join-database.ts';
import { databaseSettings, type Log } from '../server/settings.ts';
import { restoreBackup } from './restore-backup.ts';
import { newIdentity } from './sealed.ts';
import { writeBackup } from './write-backup.ts';

/** `env` names the database as it does for the node itself. */
export const keepSafe = (env: Readonly<Record<string, string | undefined>>, log: Log): KeepSafe => ({
  backup: async (order) => {
    const database = await joinDatabase({ ...databaseSettings(env), dataDirectory: order.dataDirectory, log });
    if (!database.ok) return database;
    try {
      return await writeBackup(database.value.owner, order, new Date().toISOString());
    } finally {
      await database.value.stop();
    }
  },
  restore: (order) => restoreBackup(order, databaseSettings(env).binaries, log),
  newKey: async (to) => {
    const { file, recipient } = await newIdentity();
    try {
      writeFileSync(to, file, { flag: 'wx', mode: 0o600 });
      return accept(recipient);
    } catch (error) {
      return refuse({ pointer: to, detail: `cannot be written: ${(error as Error).message}` });
    }
  },
});
