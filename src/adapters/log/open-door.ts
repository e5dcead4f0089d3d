// The log of a node for one command beside it: its database, its keys, its files, and everything the self-audit reads.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { AuditPorts } from '../../app/log/audit-ports.ts';
import type { LogPorts } from '../../app/log/ports.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { caseKeys } from '../keys/case-keys.ts';
import { secrets } from '../keys/secrets.ts';
import { openVault } from '../keys/vault.ts';
import { connect } from '../postgres/connection.ts';
import { logRecord } from '../postgres/log/record.ts';
import { joinDatabase } from '../postgres/server/join-database.ts';
import { databaseSettings, type Log } from '../postgres/server/settings.ts';
import { hasLogKeys } from './log-keys.ts';
import { openLog } from './open-log.ts';
import { logSettings } from './settings.ts';

export type OpenedLog = { readonly ports: LogPorts; readonly audit: AuditPorts; readonly close: () => Promise<void> };

/** Opens the log of a node that is there; it makes no keys and no database. `nameOf` is how person keys are sealed. */
export async function openLogBeside(
  dataDirectory: string,
  env: Readonly<Record<string, string | undefined>>,
  nameOf: Parameters<typeof caseKeys>[2],
  log: Log,
): Promise<Outcome<OpenedLog>> {
  if (!hasLogKeys(dataDirectory))
    return refuse({ pointer: join(dataDirectory, 'keys', 'log'), detail: 'is not here: this node has no log' });
  const settings = logSettings(env, false);
  if (!settings.ok) return settings;
  const database = await joinDatabase({ ...databaseSettings(env), dataDirectory, log });
  if (!database.ok) return database;
  const { db, close } = connect(database.value.app, 4);
  const now = (): Instant => new Date().toISOString() as Instant;
  const { ports } = await openLog({ dataDirectory, db, settings: settings.value, now });
  const keys = caseKeys(openVault(dataDirectory), secrets, nameOf);
  const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
  return accept({
    ports,
    audit: { log: ports, record: logRecord(db, keys), hash },
    close: async () => {
      await close();
      await database.value.stop();
    },
  });
}
