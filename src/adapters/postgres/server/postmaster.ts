// One run of the server process: started or found running, waited for, stopped.

import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { accept, type Outcome } from '../../../kernel/outcome.ts';
import type { Account } from './account.ts';
import { type Binaries, serverEnvironment } from './binaries.ts';
import { servesCluster, stateOf } from './process-table.ts';
import { dataFault, type Log, pause } from './settings.ts';

export type Postmaster = {
  readonly pid: number;
  readonly socketDirectory: string;
  /** Resolves when the process is gone, however it went. */
  readonly ended: Promise<void>;
};

const POLL_MS = 15;
/** Replaying the log after a crash takes long on a large database; the process tells us that it lives. */
const READY_MS = 600_000;
/** The children of a killed postmaster, or a zombie that nobody reaps, hold a directory for a moment. */
const HELD_MS = 15_000;

/** postmaster.pid: pid, directory, start, port, socket directory, address, shared memory, status; a line each. */
function pidFile(cluster: string): { pid: number; socketDirectory: string; status: string } | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, socketDirectory: lines[4] ?? '', status: (lines[7] ?? '').trim() } : undefined;
  } catch {
    return undefined;
  }
}

/** The server that runs on this very directory already: an orphan, when the lock of the node is ours. */
export async function findRunning(cluster: string): Promise<Postmaster | undefined> {
  const file = pidFile(cluster);
  if (file === undefined || !servesCluster(file.pid, cluster)) return undefined;
  const ended = untilGone(file.pid);
  if (!(await isReady(cluster, file.pid))) return undefined;
  return { pid: file.pid, socketDirectory: pidFile(cluster)?.socketDirectory ?? '', ended };
}

async function untilGone(pid: number): Promise<void> {
  while (stateOf(pid) === 'running') await new Promise<void>((resolve) => void setTimeout(resolve, 250).unref());
}

/** Waits until the server takes connections; false when it ended instead, or was on its way out. */
async function isReady(cluster: string, pid: number): Promise<boolean> {
  for (let waited = 0; waited < READY_MS; waited += POLL_MS) {
    if (stateOf(pid) !== 'running') return false;
    const file = pidFile(cluster);
    if (file?.pid === pid && file.status === 'ready') return true;
    await pause(POLL_MS);
  }
  return false;
}

export type Start = {
  readonly cluster: string;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
  readonly socketDirectory: string;
  readonly settings: readonly string[];
  /** What the server says before its own log is open. */
  readonly sayings: string;
  readonly log: Log;
  /** Told of each process that is launched, before it is ready. */
  readonly launched?: (pid: number) => void;
};

/** Starts the server and waits until it takes connections. What a killed one left behind is waited for or put away. */
export async function startServer(start: Start): Promise<Outcome<Postmaster>> {
  const since = Date.now();
  for (;;) {
    await clearStalePidFile(start.cluster, start.log);
    const { pid, ended } = launch(start);
    if (pid !== undefined) start.launched?.(pid);
    if (pid !== undefined && (await isReady(start.cluster, pid)))
      return accept({ pid, ended, socketDirectory: start.socketDirectory });
    await ended;
    const said = readFileSync(start.sayings, 'utf8').slice(-2_000);
    const held = /pre-existing shared memory block|lock file "[^"]*" already exists/.test(said);
    if (!held || Date.now() - since > HELD_MS)
      return dataFault(
        `PostgreSQL did not start: ${said.trim().split('\n').slice(-3).join(' ') || 'it said nothing'} (more in ${join(start.cluster, 'log')})`,
      );
    await pause(200);
  }
}

function launch({
  cluster,
  binaries,
  account,
  settings,
  sayings,
}: Start): Pick<Postmaster, 'ended'> & { pid?: number } {
  const sink = openSync(sayings, 'w', 0o600);
  // A session of its own: Ctrl-C in a terminal reaches us, and we stop the server in order. No pipe ties it to our life,
  // so that killing us leaves a sound orphan and not a server that cannot write.
  const server = spawn(join(binaries.directory, 'postgres'), ['-D', cluster, ...settings], {
    env: serverEnvironment(binaries),
    cwd: cluster,
    detached: true,
    stdio: ['ignore', sink, sink],
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  closeSync(sink);
  server.unref();
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => resolve());
    server.once('error', () => resolve());
  });
  return { ended, ...(server.pid === undefined ? {} : { pid: server.pid }) };
}

/**
 * PostgreSQL takes any living process with the pid in postmaster.pid for its own predecessor: in a restarted container
 * that is often somebody else, and a zombie counts too. We know better, since we look at what the process is. Its
 * shared memory block still guards against a real predecessor whose children live.
 */
async function clearStalePidFile(cluster: string, log: Log): Promise<void> {
  const file = pidFile(cluster);
  if (file === undefined) return;
  for (let waited = 0; waited < HELD_MS && servesCluster(file.pid, cluster); waited += 100) await pause(100);
  if (servesCluster(file.pid, cluster) || pidFile(cluster)?.pid !== file.pid) return;
  if (stateOf(file.pid) === 'gone') return;
  log.warn({ pid: file.pid }, 'put away a postmaster.pid that names another process');
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/** Ends the server: fast, then without ceremony, which costs a recovery at the next start and loses nothing. */
export async function stopServer({ pid }: Pick<Postmaster, 'pid'>, cluster: string): Promise<void> {
  for (const [signal, milliseconds] of [
    ['SIGINT', 6_000],
    ['SIGQUIT', 1_300],
    ['SIGKILL', 500],
  ] as const) {
    if (!signalServer(pid, cluster, signal)) return;
    for (let waited = 0; waited < milliseconds; waited += POLL_MS) {
      if (stateOf(pid) !== 'running') return;
      await pause(POLL_MS);
    }
  }
}

/** Signals the server if the pid is still that of this cluster's server. */
export function signalServer(pid: number, cluster: string, signal: NodeJS.Signals): boolean {
  if (!servesCluster(pid, cluster)) return false;
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
