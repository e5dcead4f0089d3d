// What the machine's process table says of a pid, so that a number left in a file is never taken for the process that once had it.

import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export type ProcessState = 'running' | 'zombie' | 'gone';

const PROC = process.platform === 'linux';

const ofProc = (path: string): string | undefined => {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return undefined;
  }
};

/** The fields of /proc/<pid>/stat after the command, which may itself hold spaces and brackets (proc(5)). */
const statFields = (pid: number): readonly string[] | undefined => {
  const stat = ofProc(`${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
};

const ps = (pid: number, column: string): string | undefined => {
  const found = spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
};

/** Whether a process of this number runs. A zombie has ended and only waits for its parent to take notice. */
export function stateOf(pid: number): ProcessState {
  const letter = PROC ? statFields(pid)?.[0] : ps(pid, 'state');
  if (letter === undefined || letter === '') return 'gone';
  return /^[ZX]/i.test(letter) ? 'zombie' : 'running';
}

/** When the process started, in whatever form this machine tells it: the same pid with another start is another process. */
export function startOf(pid: number): string | undefined {
  return PROC ? statFields(pid)?.[19] : ps(pid, 'lstart');
}

/** The process space in which a pid means something: the machine, its present boot and, on Linux, the pid namespace. */
export function processSpace(): string {
  const boot = ofProc('sys/kernel/random/boot_id')?.trim();
  if (boot === undefined) return hostname();
  try {
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return boot;
  }
}

/** Whether the process is the PostgreSQL of this cluster directory; a postmaster works inside its directory. */
export function servesCluster(pid: number, clusterDirectory: string): boolean {
  if (stateOf(pid) !== 'running') return false;
  if (!PROC)
    return new RegExp(`postgres\\b.* -D ${RegExp.escape(clusterDirectory)}(\\s|$)`).test(ps(pid, 'command') ?? '');
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === clusterDirectory && /postgres/.test(ofProc(`${pid}/comm`) ?? '');
  } catch {
    return false;
  }
}
