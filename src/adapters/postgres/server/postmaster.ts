// One run of the server process: started or found running, waited for, stopped.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
const MAX_WORDS = 4_000;
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
  // A killed server's children hold its shared memory until they notice; only then does another one start.
  const afterCrash = pidFile(start.cluster) !== undefined;
  for (;;) {
    await clearStalePidFile(start.cluster, start.log);
    const server = launch(start);
    const ended = Promise.race([once(server, 'exit'), once(server, 'error')]).then(
      () => {},
      () => {},
    );
    if (server.pid !== undefined) start.launched?.(server.pid);
    if (server.pid !== undefined && (await isReady(start.cluster, server.pid))) {
      // Running, it keeps nobody waiting: a process ends when its own work has.
      server.unref();
      return accept({ pid: server.pid, ended, socketDirectory: start.socketDirectory });
    }
    await ended;
    if (!afterCrash || Date.now() - since > HELD_MS) {
      // The process that writes the log outlives the one that failed by a moment.
      await pause(150);
      const said = lastWords(start, server.pid) || 'it said nothing';
      return dataFault(`PostgreSQL did not start: ${said} (its log is in ${join(start.cluster, 'log')})`);
    }
    await pause(200);
  }
}

/** Why a server ended at its start: the first lines go to our file, and from then on to its own log, under its pid. */
function lastWords({ cluster, sayings }: Start, pid: number | undefined): string {
  const lines = [...readdirSync(join(cluster, 'log')).map((name) => join(cluster, 'log', name)), sayings]
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').slice(-MAX_WORDS).split('\n'));
  const own = lines.filter((line) => line.includes(` [${pid}] `) && !/ LOG: /.test(line));
  // Before it logs at all, as when a library is missing, what it says carries no pid.
  const words =
    own.length > 0
      ? own
      : readFileSync(sayings, 'utf8')
          .split('\n')
          .filter((line) => !/ LOG: /.test(line));
  return words.slice(-3).join(' ').trim();
}

function launch({ cluster, binaries, account, settings, sayings }: Start): ChildProcess {
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
  return server;
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
