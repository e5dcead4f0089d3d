// What the host of a virtual machine takes from it: processor time that programs asked for and others had.

import { existsSync, readFileSync } from 'node:fs';

const STAT = '/proc/stat';
/** Places in the first line of /proc/stat (man 5 proc_stat): jiffies of all processors together. */
const [IDLE, WAITING, STOLEN] = [3, 4, 7];

function jiffies(): { readonly stolen: number; readonly wanted: number } {
  const [first = ''] = readFileSync(STAT, 'utf8').split('\n', 1);
  // What guests of this machine used is in the first two already.
  const times = first.trim().split(/\s+/).slice(1, 9).map(Number);
  const all = times.reduce((sum, time) => sum + time, 0);
  return { stolen: times[STOLEN] ?? 0, wanted: all - (times[IDLE] ?? 0) - (times[WAITING] ?? 0) };
}

/** Begins to watch; the answer says which share of the time that was asked for since then others had. Null where no kernel says so. */
export function watchHost(): () => number | null {
  if (!existsSync(STAT)) return () => null;
  const before = jiffies();
  return () => {
    const after = jiffies();
    return (after.stolen - before.stolen) / Math.max(1, after.wanted - before.wanted);
  };
}
