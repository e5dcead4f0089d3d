// A fresh, migrated PostgreSQL database for a test: one server a test process, copied from a cluster made once a version.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { accountFor, giveTo } from '../../src/adapters/postgres/server/account.ts';
import { chooseBinaries } from '../../src/adapters/postgres/server/binaries.ts';
import { createCluster, privateFolder, writeSettings } from '../../src/adapters/postgres/server/cluster.ts';
import { signalServer, startServer, stopServer } from '../../src/adapters/postgres/server/postmaster.ts';
import { servesCluster, stateOf } from '../../src/adapters/postgres/server/process-table.ts';
import { prepareDatabase } from '../../src/adapters/postgres/server/service-role.ts';
import { APP, DATABASE, type Log, OWNER, PORT } from '../../src/adapters/postgres/server/settings.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { cachedFolder, copyFolder, versionOf } from './cached-folder.ts';

type Connection = { readonly host: string; readonly port: number; readonly user: string; readonly database: string };
export type TestDatabase = {
  readonly owner: Connection;
  readonly app: Connection;
  readonly stop: () => Promise<void>;
};

const PREFIX = 'rogatory-test-';
export const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} };

export const SERVER_FILES = 'src/adapters/postgres/server/*.ts';

/** For tests that are not about durability: nothing is waited for, and little memory is taken. */
const HASTY = `fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 32MB
max_connections = 100
max_wal_size = 128MB
min_wal_size = 2MB
checkpoint_timeout = 1h
logging_collector = off
`;

let started: Promise<Connection> | undefined;

/** A database of this test's own with every migration run, made in well under 100 ms once the server runs. */
export async function testDatabase(): Promise<TestDatabase> {
  started ??= startOwnServer();
  const server = await started;
  const database = `test_${randomUUID().replaceAll('-', '')}`;
  await asOwner(server, `create database ${database} template ${DATABASE} strategy file_copy`);
  return {
    owner: { ...server, database },
    app: { ...server, user: APP, database },
    stop: () => asOwner(server, `drop database if exists ${database} with (force)`),
  };
}

async function asOwner(server: Connection, statement: string): Promise<void> {
  const client = new Client({ ...server, database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The value, or the faults as the failure of the test. */
export function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(outcome.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('\n'));
}

async function startOwnServer(): Promise<Connection> {
  removeLeftovers();
  const account = must(accountFor(undefined));
  const binaries = must(
    chooseBinaries(undefined, process.env['ROGATORY_POSTGRES'], join(tmpdir(), `${PREFIX}libraries`)),
  );
  const version = versionOf(
    'src/adapters/postgres/{migrate.ts,**/migrations/*.ts}',
    SERVER_FILES,
    'test/support/database.ts',
  );
  const directory = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const cluster = join(directory, 'postgres');
  privateFolder(directory, account);
  const start = async (): Promise<{ connection: Connection; pid: number }> => {
    const settings = ['-c', 'listen_addresses=', '-c', `unix_socket_directories=${directory}`];
    const server = must(
      await startServer({
        cluster,
        binaries,
        account,
        socketDirectory: directory,
        settings,
        sayings: join(directory, 'start.log'),
        log: quiet,
      }),
    );
    return { pid: server.pid, connection: { host: directory, port: PORT, user: OWNER, database: DATABASE } };
  };
  const template = await cachedFolder({ kind: `cluster-${binaries.major}`, version }, async (made) => {
    must(await createCluster(cluster, binaries, account, ['--no-sync', '--wal-segsize=1']));
    writeSettings(cluster, binaries, account);
    writeFileSync(join(cluster, 'operator.conf'), HASTY);
    giveTo(account, join(cluster, 'operator.conf'));
    const { connection, pid } = await start();
    await prepareDatabase(connection);
    await migrate(connection);
    await stopServer({ pid }, cluster);
    renameSync(cluster, made);
  });
  copyFolder(template, cluster);
  const { connection, pid } = await start();
  endWithProcess(directory, pid);
  return connection;
}

/** Nothing outlives the test process, whatever way it ends; for the way of `kill -9` see `removeLeftovers`. */
function endWithProcess(directory: string, pid: number): void {
  const cluster = join(directory, 'postgres');
  process.once('exit', () => {
    signalServer(pid, cluster, 'SIGQUIT');
    const clock = new Int32Array(new SharedArrayBuffer(4));
    for (let waited = 0; waited < 2_000 && stateOf(pid) === 'running'; waited += 10) Atomics.wait(clock, 0, 0, 10);
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1));
}

/** Servers and folders of test processes that were killed. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (Number.isNaN(owner) || stateOf(owner) === 'running') continue;
    const directory = join(tmpdir(), name);
    const cluster = join(directory, 'postgres');
    try {
      const pid = Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'), 10);
      if (servesCluster(pid, cluster)) process.kill(pid, 'SIGQUIT');
    } catch {
      // It has ended by itself.
    }
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}
