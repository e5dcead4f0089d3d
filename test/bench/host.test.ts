// Which of several runs a figure is told from: the calmest, and not the one that came out best.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calmly } from '../../bench/host.ts';

/** A host that takes these shares, one a run, and what is told of runs that are numbered as they come. */
async function told(...shares: (number | null)[]) {
  let run = 0;
  return calmly(
    async () => ++run,
    () => () => shares[run - 1] ?? null,
  );
}

test('what came out on a calm host is told at once', async () => {
  assert.deepEqual(await told(0.05), { value: 1, taken: 0.05, times: 1 });
  assert.deepEqual(await told(null), { value: 1, taken: null, times: 1 });
});

test('while the host gives its processors to others it is measured again, until it does not', async () => {
  assert.deepEqual(await told(0.3, 0.12, 0.01, 0), { value: 3, taken: 0.01, times: 3 });
});

test('six times at most, and then the run is told from which least was taken', async () => {
  assert.deepEqual(await told(0.3, 0.2, 0.06, 0.5, 0.5, 0.07, 0), { value: 3, taken: 0.06, times: 6 });
});
