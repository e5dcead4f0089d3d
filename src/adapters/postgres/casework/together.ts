// One round trip for all who wait for the same thing.

export type Lanes = {
  /** How many questions are on their way at a time. */
  readonly lanes: number;
  /** How many are put together at most. */
  readonly most: number;
};

/**
 * Makes of a question that can be put for many a question of one. What is asked while answers are on their way is asked
 * together as soon as one has come. `work` answers in the order in which it is asked, or with the promise of an answer; where
 * it fails, all of them fail.
 */
export function together<In, Out>(
  { lanes, most }: Lanes,
  work: (asked: readonly In[]) => Promise<readonly (Out | Promise<Out>)[]>,
): (one: In) => Promise<Out> {
  type Waiting = {
    readonly one: In;
    readonly resolve: (out: Out | Promise<Out>) => void;
    readonly reject: (why: unknown) => void;
  };
  let waiting: Waiting[] = [];
  // Lanes that are taken, and those of them whose question is on its way.
  let [busy, asking] = [0, 0];
  const run = async (): Promise<void> => {
    busy++;
    // Whoever asks in the same turn goes along.
    await undefined;
    while (waiting.length > 0) {
      // No lane takes what another could begin with.
      const fair = Math.min(most, Math.ceil(waiting.length / (lanes - asking)));
      const now = waiting.slice(0, fair);
      waiting = waiting.slice(fair);
      asking++;
      try {
        const answers = await work(now.map(({ one }) => one));
        for (const [n, { resolve }] of now.entries()) resolve(answers[n] as Out);
      } catch (error) {
        for (const { reject } of now) reject(error);
      }
      asking--;
    }
    busy--;
  };
  return (one) =>
    new Promise((resolve, reject) => {
      waiting.push({ one, resolve, reject });
      if (busy < lanes) void run();
    });
}
