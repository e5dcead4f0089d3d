// How long something takes: several rounds after a warm-up, told as median, least and most.

export type Spread = {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly rounds: number;
  /** Runs in all rounds together. */
  readonly runs: number;
};

export type Effort = {
  readonly rounds: number;
  /** A round repeats its pass until this much time is gone. */
  readonly roundMs: number;
};

export function spreadOf(values: readonly number[], runs = values.length): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1
      ? (sorted[middle] as number)
      : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  return { median, min: sorted[0] as number, max: sorted.at(-1) as number, rounds: sorted.length, runs };
}

/** Microseconds of one run; `pass` does `runs` of them. The first, unmeasured round warms up. */
export function microseconds(effort: Effort, runs: number, pass: () => void): Spread {
  const values: number[] = [];
  let total = 0;
  for (let round = -1; round < effort.rounds; round++) {
    let passes = 0;
    const start = performance.now();
    let spent = 0;
    do {
      pass();
      passes++;
      spent = performance.now() - start;
    } while (spent < effort.roundMs);
    if (round < 0) continue;
    values.push((spent * 1000) / (passes * runs));
    total += passes * runs;
  }
  return spreadOf(values, total);
}

/** The same for a pass that has to be waited for. */
export async function microsecondsAsync(effort: Effort, runs: number, pass: () => Promise<void>): Promise<Spread> {
  const values: number[] = [];
  let total = 0;
  for (let round = -1; round < effort.rounds; round++) {
    let passes = 0;
    const start = performance.now();
    let spent = 0;
    do {
      await pass();
      passes++;
      spent = performance.now() - start;
    } while (spent < effort.roundMs);
    if (round < 0) continue;
    values.push((spent * 1000) / (passes * runs));
    total += passes * runs;
  }
  return spreadOf(values, total);
}

/** Milliseconds of each of `rounds` runs, after `warm` that do not count. */
export function milliseconds(rounds: number, warm: number, run: () => void): Spread {
  for (let i = 0; i < warm; i++) run();
  const values = Array.from({ length: rounds }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return spreadOf(values);
}
