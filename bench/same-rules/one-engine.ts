// Measures one engine in a process of its own: `node one-engine.ts CONTENDER WORK.json [answers]` prints a Result as JSON.

import { readFileSync } from 'node:fs';
import { microseconds, microsecondsAsync, type Spread } from '../timing.ts';
import { CONTENDERS } from './engines.ts';
import type { Judge } from './peer.ts';
import type { Result, Work } from './work.ts';

const [id, path, wanted] = process.argv.slice(2);
const contender = CONTENDERS.find((one) => one.id === id);
if (!contender || !path) throw new Error('usage: one-engine.ts CONTENDER WORK.json [answers]');
const work = JSON.parse(readFileSync(path, 'utf8')) as Work;

const start = performance.now();
const judge = await contender.prepare(work);
await answersOf(judge, work.requests.slice(0, 1));
const startMs = performance.now() - start;

// These answers also warm the engine up.
const first = performance.now();
const answers = await answersOf(judge, wanted === 'answers' ? work.requests : work.requests.slice(0, 50));
const guess = (performance.now() - first) / answers.length;
const result: Result = {
  startMs,
  answers: wanted === 'answers' ? answers : null,
  perRequest: await measured(judge, guess),
};
process.stdout.write(JSON.stringify(result));

async function answersOf(given: Judge, requests: Work['requests']): Promise<number[]> {
  const shaped = requests.map(given.shape) as never[];
  if (given.batch) return [...given.batch(shaped)()];
  const found: number[] = [];
  for (const request of shaped) found.push(await given.judge(request));
  return found;
}

/** Slow engines get fewer requests a pass, so that a round stays about as long as asked for. */
async function measured(given: Judge, guessMs: number): Promise<Spread> {
  const count = given.batch ? work.requests.length : Math.ceil(Math.max(10, work.effort.roundMs / guessMs));
  const shaped = work.requests.slice(0, count).map(given.shape) as never[];
  // Kept and looked at, so that no answer is left out as unused.
  let sum = 0;
  const spread = await timed();
  if (Number.isNaN(sum)) throw new Error('an answer is no outcome');
  return spread;

  async function timed(): Promise<Spread> {
    if (given.batch) {
      const run = given.batch(shaped);
      return microseconds(work.effort, shaped.length, () => {
        sum += run()[0] as number;
      });
    }
    const { judge: ask } = given;
    const answer = ask(shaped[0] as never);
    if (typeof answer === 'number') {
      const now = ask as (request: never) => number;
      return microseconds(work.effort, shaped.length, () => {
        for (let i = 0; i < shaped.length; i++) sum += now(shaped[i] as never);
      });
    }
    await answer;
    return microsecondsAsync(work.effort, shaped.length, async () => {
      for (const request of shaped) sum += await ask(request);
    });
  }
}
