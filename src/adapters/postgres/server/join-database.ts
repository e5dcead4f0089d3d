// For a command beside a running node: the node's own server if it runs, else the same server for as long as the command.

import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { accept, type Outcome } from '../../../kernel/outcome.ts';
import { clusterMajor } from './cluster.ts';
import { lockHolder } from './lock.ts';
import { openDatabase } from './open-database.ts';
import { findRunning } from './postmaster.ts';
import { APP, DATABASE, type Database, type DatabaseOptions, dataFault, OWNER, PORT } from './settings.ts';

/** Opens a database that exists; unlike `openDatabase`, it makes none and does not mind a node at work. */
export async function joinDatabase(options: DatabaseOptions): Promise<Outcome<Database>> {
  if (options.databaseUrl !== undefined) return openDatabase(options);
  if (!existsSync(join(options.dataDirectory, 'postgres')))
    return dataFault(`there is no database in ${options.dataDirectory}`);
  const data = realpathSync(options.dataDirectory);
  const holder = lockHolder(data);
  if (holder === undefined) return openDatabase(options);
  const cluster = join(data, 'postgres');
  const version = clusterMajor(cluster);
  if (!version.ok) return version;
  const running = await findRunning(cluster);
  if (running === undefined)
    return dataFault(`process ${holder} uses ${data}, but its PostgreSQL is not to be found; is this the same user?`);
  const owner = { host: running.socketDirectory, port: PORT, user: OWNER, database: DATABASE };
  return accept({
    owner,
    app: { ...owner, user: APP },
    version: version.value ?? 0,
    source: 'machine',
    stop: async () => {},
  });
}
