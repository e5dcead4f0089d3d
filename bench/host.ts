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

/** A measurement, the share others had meanwhile, and how often it was taken until they had that little. */
export type Calm<T> = { readonly value: T; readonly taken: number | null; readonly times: number };

/** With more of the processors gone to others it is they who are measured. */
const MOST_TAKEN = 0.05;
const TIMES = 6;

/**
 * Measures until others have no more than a twentieth of the processor time meanwhile, six times at most; of these the one
 * from which others took least. Which figure is the better one has no say in it.
 */
export async function calmly<T>(measure: () => Promise<T>, watch: typeof watchHost = watchHost): Promise<Calm<T>> {
  let calmest: Omit<Calm<T>, 'times'> | undefined;
  for (let times = 1; ; times++) {
    const share = watch();
    const value = await measure();
    const taken = share();
    if (calmest === undefined || (taken ?? 0) < (calmest.taken ?? 0)) calmest = { value, taken };
    if ((calmest.taken ?? 0) <= MOST_TAKEN || times === TIMES) return { ...calmest, times };
  }
}

/** The share in words of a table. */
export const takenBy = (taken: number | null): string => (taken === null ? '-' : `${(taken * 100).toFixed(0)} %`);

export const CALMLY = `What came out while others had more than ${MOST_TAKEN * 100} % of the processor time that was asked for is measured again, ${TIMES - 1} times at most, and the run is told from which they took least, however the figures came out.`;
