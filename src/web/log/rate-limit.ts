// So many requests a minute from one address. Attacker: one machine that asks without end; many machines are the operator's proxy's work.

const WINDOW_MS = 60_000;
/** With more addresses than this in one window, all begin anew: memory is worth more than the count of a flood. */
const MOST_ADDRESSES = 10_000;

/** Counts a request and says whether it is one too many. */
export function rateLimit(most: number, now: () => number = () => performance.now()): (address: string) => boolean {
  let counts = new Map<string, number>();
  let since = now();
  return (address) => {
    if (now() - since >= WINDOW_MS || counts.size > MOST_ADDRESSES) {
      counts = new Map();
      since = now();
    }
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    return count > most;
  };
}
