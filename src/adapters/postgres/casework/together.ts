// One round trip for all who wait for the same thing.

/**
 * Makes of a question that can be put for many a question of one. What is asked while an answer is on its way is asked
 * together as soon as that has come. `work` answers in the order in which it is asked; where it fails, all of them fail.
 */
export function together<In, Out>(work: (asked: readonly In[]) => Promise<readonly Out[]>): (one: In) => Promise<Out> {
  type Waiting = { readonly one: In; readonly resolve: (out: Out) => void; readonly reject: (why: unknown) => void };
  let waiting: Waiting[] = [];
  let busy = false;
  const run = async (): Promise<void> => {
    busy = true;
    while (waiting.length > 0) {
      const now = waiting;
      waiting = [];
      try {
        const answers = await work(now.map(({ one }) => one));
        for (const [n, { resolve }] of now.entries()) resolve(answers[n] as Out);
      } catch (error) {
        for (const { reject } of now) reject(error);
      }
    }
    busy = false;
  };
  return (one) =>
    new Promise((resolve, reject) => {
      waiting.push({ one, resolve, reject });
      if (!busy) void run();
    });
}
