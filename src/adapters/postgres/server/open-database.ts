// The one way to a database: the operator's server, or a PostgreSQL of our own in the data directory that we look after.

import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import { accountFor, giveTo, letThrough, unreachable } from './account.ts';
import { chooseBinaries } from './binaries.ts';
import { clusterMajor, clusterOwner, createCluster, privateFolder, safetyArguments, writeSettings } from './cluster.ts';
import { takeLock } from './lock.ts';
import { openOperatorServer } from './operator-server.ts';
import { findRunning, signalServer } from './postmaster.ts';
import { APP, DATABASE, type Database, type DatabaseOptions, dataFault, OWNER, PORT, RESTORING } from './settings.ts';
import { prepareDatabase, reachable } from './service-role.ts';
import { socketDirectoryFor } from './socket-directory.ts';
import { keepRunning } from './supervise.ts';

/**
 * Opens the database of this node: DATABASE_URL if set, else PostgreSQL in `<dataDirectory>/postgres`, made when it is
 * not there. What stands in the way comes back as faults on DATABASE_URL, ROGATORY_POSTGRES or ROGATORY_DATA.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Outcome<Database>> {
  if (options.databaseUrl !== undefined) return openOperatorServer(options.databaseUrl, options.databaseOwnerUrl);
  if (process.platform === 'win32')
    return refuse({ pointer: 'DATABASE_URL', detail: 'must be set on Windows: no PostgreSQL is brought along there' });
  const data = ownDirectory(options.dataDirectory);
  if (!data.ok) return data;
  let lost = (): void => options.log.error({}, 'the data directory was taken by another Rogatory');
  const lock = await takeLock(data.value, options.log, () => lost());
  if (!lock.ok) return lock;
  const database = await openCluster(data.value, options).catch((error: unknown) => {
    lock.value.release();
    throw error;
  });
  if (!database.ok) {
    lock.value.release();
    return database;
  }
  const { release } = lock.value;
  process.once('exit', release);
  const stop = async (): Promise<void> => {
    await database.value.stop();
    process.removeListener('exit', release);
    release();
  };
  lost = () => {
    options.log.error({}, 'the data directory was taken by another Rogatory while this one stood still; it ends here');
    process.exit(1);
  };
  return accept({ ...database.value, stop });
}

/** The data directory by its real name, made when it is not there. */
function ownDirectory(path: string): Outcome<string> {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return accept(realpathSync(resolve(path)));
  } catch (error) {
    return dataFault(`cannot be made or entered: ${(error as Error).message}`);
  }
}

async function openCluster(data: string, { binaries: wanted, log }: DatabaseOptions): Promise<Outcome<Database>> {
  if (existsSync(join(data, RESTORING)))
    return dataFault(`a restore into ${data} was cut short; empty it and restore again`);
  const cluster = join(data, 'postgres');
  const holder = clusterOwner(cluster);
  const account = accountFor(holder);
  if (!account.ok) return account;
  const existing = clusterMajor(cluster);
  if (!existing.ok) return existing;
  const user = account.value;
  if (user !== undefined) letThrough(data);
  const chosen = chooseBinaries(existing.value, wanted, join(data, 'postgres-libraries'));
  if (!chosen.ok) return chosen;
  const binaries = chosen.value;
  const shut = [
    ...unreachable(data, user, 'ROGATORY_DATA'),
    ...unreachable(binaries.directory, user, 'ROGATORY_POSTGRES'),
  ];
  if (shut.length > 0) return refuse(...shut);
  if (existing.value === undefined) {
    const made = await createCluster(cluster, binaries, user);
    if (!made.ok) return made;
    log.info({ version: binaries.major, source: binaries.source }, 'made a new database');
  } else if (user !== undefined && holder === 0) giveTo(user, cluster);
  writeSettings(cluster, binaries, user);
  privateFolder(join(cluster, 'log'), user);
  const socketDirectory = socketDirectoryFor(data, user);
  const orphan = await findRunning(cluster);
  const adopted = orphan !== undefined && (await reachable(ownerOf(orphan.socketDirectory))) ? orphan : undefined;
  if (orphan !== undefined && adopted === undefined) signalServer(orphan.pid, cluster, 'SIGINT');
  const running = await keepRunning(
    {
      cluster,
      binaries,
      account: user,
      socketDirectory: adopted?.socketDirectory ?? socketDirectory,
      settings: safetyArguments(adopted?.socketDirectory ?? socketDirectory),
      sayings: join(data, 'postgres-start.log'),
      log,
    },
    adopted,
  );
  if (!running.ok) return running;
  const owner = ownerOf(adopted?.socketDirectory ?? socketDirectory);
  await prepareDatabase(owner);
  return accept({
    owner,
    app: { ...owner, user: APP },
    version: binaries.major,
    source: binaries.source,
    stop: running.value.stop,
  });
}

const ownerOf = (host: string) => ({ host, port: PORT, user: OWNER, database: DATABASE });
