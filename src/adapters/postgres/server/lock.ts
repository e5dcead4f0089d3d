// One node a data directory: a lock file that names its holder so exactly that a dead one is never mistaken for a living one.

import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accept, type Outcome } from '../../../kernel/outcome.ts';
import { processSpace, startOf, stateOf } from './process-table.ts';
import { dataFault, type Log, pause } from './settings.ts';

type Holder = {
  readonly pid: number;
  /** The pid alone could be another process by now. */
  readonly start: string | undefined;
  readonly space: string;
  readonly token: string;
};

export type Lock = { readonly release: () => void };

/** A holder in another container cannot be looked up, so it shows that it lives by touching the file. */
const HEARTBEAT_MS = 2_000;
const SILENT_MS = 10_000;
/** Longer than two starters can be apart between judging the old lock dead and writing their own. */
const SETTLE_MS = 60;

/**
 * Takes the data directory for this process; a lock whose holder is gone, as after `kill -9`, is taken over. `lost` is
 * called if the lock is ever found to be another's, which takes a process that stood still while its lock went stale.
 */
export async function takeLock(dataDirectory: string, log: Log, lost: () => void): Promise<Outcome<Lock>> {
  const path = join(dataDirectory, 'lock');
  const mine: Holder = {
    pid: process.pid,
    start: startOf(process.pid),
    space: processSpace(),
    token: randomUUID(),
  };
  const text = `${JSON.stringify(mine)}\n`;
  if (!createNew(path, text)) {
    const holder = readHolder(path);
    if (holder !== undefined && (await isAlive(holder, path, log)))
      return dataFault(
        `${dataDirectory} is in use by another Rogatory (process ${holder.pid}); stop that one, or give this one a data directory of its own`,
      );
    const own = `${path}.${mine.token}`;
    writeFileSync(own, text, { mode: 0o600 });
    renameSync(own, path);
    // Of two that take over at once the later rename wins, and both see it.
    await pause(SETTLE_MS);
    if (readHolder(path)?.token !== mine.token) return dataFault(`${dataDirectory} was just taken by another Rogatory`);
    log.warn({ former: holder?.pid }, 'took over the lock of a process that has ended');
  }
  const beat = setInterval(() => {
    if (readHolder(path)?.token === mine.token) return utimesSync(path, new Date(), new Date());
    clearInterval(beat);
    lost();
  }, HEARTBEAT_MS);
  beat.unref();
  return accept({
    release: () => {
      clearInterval(beat);
      if (readHolder(path)?.token === mine.token) rmSync(path, { force: true });
    },
  });
}

/** The process that holds the data directory now, if there is one. */
export function lockHolder(dataDirectory: string): number | undefined {
  const path = join(dataDirectory, 'lock');
  const holder = readHolder(path);
  if (holder === undefined) return undefined;
  return (holder.space === processSpace() ? sameProcess(holder) : quietFor(path) < SILENT_MS) ? holder.pid : undefined;
}

const sameProcess = ({ pid, start }: Holder): boolean => stateOf(pid) === 'running' && startOf(pid) === start;
const quietFor = (path: string): number => Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);

async function isAlive(holder: Holder, path: string, log: Log): Promise<boolean> {
  if (holder.space === processSpace()) return sameProcess(holder);
  log.info({}, 'the data directory was locked on another machine, boot or container; waiting to see whether it lives');
  const seen = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  while (quietFor(path) < SILENT_MS) {
    await pause(HEARTBEAT_MS / 4);
    if (statSync(path, { throwIfNoEntry: false })?.mtimeMs !== seen) return true;
  }
  return false;
}

function createNew(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** An unreadable or half-written lock names nobody. */
function readHolder(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Holder;
    return Number.isInteger(holder.pid) ? holder : undefined;
  } catch {
    return undefined;
  }
}
