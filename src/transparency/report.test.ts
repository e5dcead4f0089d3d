// Proofs of figures: the tree they are, and that working them out keeps nobody waiting.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { joined } from './bytes.ts';
import { leafHash, rootOf } from './merkle.ts';
import { figureProof } from './report.ts';

const step = (n: number): Uint8Array => new Uint8Array(createHash('sha256').update(String(n)).digest());
const steps = (count: number, from = 0): Uint8Array[] => Array.from({ length: count }, (_, n) => step(from + n));
const SALT = step(-1);

test('the proof of a figure is the root over its salt and its steps in rising order, however they came together', async () => {
  for (const count of [0, 1, 2, 3, 7, 300]) {
    const sorted = steps(count).sort(Buffer.compare);
    const root = rootOf([SALT, ...sorted].map(leafHash));
    const half = Math.floor(count / 2);
    const packed = [joined(...steps(half)), joined(...steps(count - half, half))];
    assert.deepEqual(await figureProof(SALT, packed, async () => {}), root, `${count} steps`);
  }
});

test('whoever else waits has a turn after a few thousandths of a second, whether a figure is large or there are many', async () => {
  let turns = 0;
  const giveWay = async (): Promise<void> => {
    turns += 1;
  };
  await figureProof(SALT, [joined(...steps(20_000))], giveWay);
  assert(turns >= 18, `${turns} turns`);
  turns = 0;
  for (let n = 0; n < 5; n++) await figureProof(SALT, [joined(...steps(900))], giveWay);
  assert(turns >= 5, `${turns} turns`);
});
