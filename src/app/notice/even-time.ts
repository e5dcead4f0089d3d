// Answers that say nothing all take the same time, whatever was done to find that nothing is to be said.
// Attacker: measures how long the door takes to say no, and learns from it which codes lead to a case that is kept from them.

export type Timer = {
  /** Milliseconds that only grow. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
};

/** Far longer than it takes to open any case; only a machine that hangs takes a second step. */
export const STEP_MS = 1_000;

/** Gives what was found at once; that nothing was found, only at the next whole step after the question came. */
export async function even<T>(timer: Timer, find: () => Promise<T | undefined>): Promise<T | undefined> {
  const began = timer.now();
  const found = await find();
  if (found !== undefined) return found;
  const spent = timer.now() - began;
  await timer.wait((Math.floor(spent / STEP_MS) + 1) * STEP_MS - spent);
  return undefined;
}
