// People at their pages at the same time, each with one page in hand, and how long each page took to come whole.

export type Answered = {
  readonly p50: number;
  readonly p95: number;
  /** Pages a second, of all of them together. */
  readonly rate: number;
  readonly answers: number;
  /** Answers that were no page. */
  readonly wrong: number;
};

/** `pause`: how long each of them looks at a page before asking for the next, in milliseconds, a little more or less. */
export async function atOnce(
  address: string,
  cookie: string,
  path: (n: number) => string,
  people: number,
  seconds: number,
  pause: number,
): Promise<Answered> {
  const times: number[] = [];
  let wrong = 0;
  let n = 0;
  const start = performance.now();
  const end = start + seconds * 1000;
  const person = async (who: number): Promise<void> => {
    await sleep((pause * who) / people);
    while (performance.now() < end) {
      const asked = performance.now();
      const answer = await fetch(address + path(n++), { headers: { cookie }, redirect: 'manual' });
      await answer.text();
      times.push(performance.now() - asked);
      if (answer.status !== 200) wrong++;
      if (pause > 0) await sleep(pause * (0.75 + ((n * 7919) % 100) / 200));
    }
  };
  await Promise.all(Array.from({ length: people }, (_, who) => person(who)));
  const spent = (performance.now() - start) / 1000;
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), rate: times.length / spent, answers: times.length, wrong };
}

const sleep = (ms: number): Promise<void> =>
  new Promise((done) => {
    setTimeout(done, ms);
  });
