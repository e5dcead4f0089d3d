// Nodes as child processes, what runs on a data directory, and SQL on it: for tests that kill.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { Client, type ClientConfig } from 'pg';
import { chooseBinaries } from '../../src/adapters/postgres/server/binaries.ts';
import { openDatabase } from '../../src/adapters/postgres/server/open-database.ts';
import { stopServer } from '../../src/adapters/postgres/server/postmaster.ts';
import { servesCluster } from '../../src/adapters/postgres/server/process-table.ts';
import type { Fault } from '../../src/kernel/outcome.ts';
import { cachedFolder, copyFolder, versionOf } from '../support/cached-folder.ts';
import { must, quiet, SERVER_FILES } from '../support/database.ts';

/** The sources of PostgreSQL that there are here: tests run on each. */
export const AVAILABLE = (['machine', 'package'] as const).filter(
  (source) => chooseBinaries(undefined, source, join(tmpdir(), 'rogatory-test-libraries')).ok,
);

export type Said = {
  readonly ok: boolean;
  readonly faults?: readonly Fault[];
  readonly owner?: ClientConfig;
  readonly app?: ClientConfig;
  readonly said: readonly string[];
};

const stops = new Map<string, (() => Promise<void>)[]>();

/** What must end before a data directory goes: hooks of a test run in the order in which they were made. */
export function beforeRemoval(directory: string, stop: () => Promise<void>): void {
  stops.get(directory)?.push(stop);
}

/** An empty data directory that is gone after the test, with whatever still runs on it. */
export function emptyDirectory(t: TestContext, name = ''): string {
  const directory = mkdtempSync(join(tmpdir(), `rogatory-data-${name}`));
  stops.set(directory, []);
  t.after(async () => {
    for (const stop of stops.get(directory) ?? []) await stop();
    const pid = serverPid(directory);
    if (pid !== undefined) await stopServer({ pid }, join(directory, 'postgres'));
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  return directory;
}

/** A data directory in which a node has run and stopped; making a database anew takes seconds, copying one does not. */
export async function usedDirectory(t: TestContext, binaries: string, name = ''): Promise<string> {
  const kept = await cachedFolder({ kind: `data-${binaries}`, version: versionOf(SERVER_FILES) }, async (path) => {
    mkdirSync(path);
    const database = must(await openDatabase({ dataDirectory: path, binaries, log: quiet }));
    await database.stop();
  });
  const directory = emptyDirectory(t, name);
  copyFolder(`${kept}/.`, directory);
  return directory;
}

/** The pid of the PostgreSQL that runs on a data directory. */
export function serverPid(directory: string): number | undefined {
  const cluster = join(directory, 'postgres');
  try {
    const pid = Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'), 10);
    return servesCluster(pid, cluster) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Starts a node's process on a directory and waits for what it says first. */
export async function startNode(
  directory: string,
  binaries: string,
  user: { uid?: number; gid?: number } = {},
): Promise<{ child: ChildProcess; said: Said }> {
  const script = new URL('node-process.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, directory, binaries], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...user,
  });
  beforeRemoval(directory, async () => {
    if (child.exitCode === null && child.signalCode === null) await killHard(child);
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, said: JSON.parse(line) as Said };
}

/** Ends a process as the machine would: without asking it. */
export async function killHard(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** One statement on a connection of its own. */
export async function ask<Row extends object>(settings: ClientConfig, text: string): Promise<Row[]> {
  const client = new Client(settings);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
