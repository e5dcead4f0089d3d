// Sealed streams come back as they went, and no change of a sealed file goes unnoticed.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { Defect } from '../../kernel/outcome.ts';
import { openStream, sealStream } from './sealed-stream.ts';

const KEY = Buffer.alloc(32, 7);
const PIECE = 65_536;

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function whole(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const one of stream) all.push(one);
  return Buffer.concat(all);
}
const seal = (bytes: Uint8Array, name = 'a', chunk = 10_000): Promise<Buffer> =>
  whole(sealStream(KEY, name, pieces(bytes, chunk)));
const open = (sealed: Uint8Array, name = 'a', chunk = 7_777, key: Uint8Array = KEY): Promise<Buffer> =>
  whole(openStream(key, name, pieces(sealed, chunk)));

test('what is sealed opens as it was, whatever its length and however it is cut on the way', async () => {
  for (const length of [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 17]) {
    const bytes = randomBytes(length);
    assert.deepEqual(await open(await seal(bytes)), bytes, String(length));
  }
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 500 }),
      fc.integer({ min: 1, max: 600 }),
      fc.integer({ min: 1, max: 600 }),
      async (bytes, cut, other) => {
        assert.deepEqual(await open(await seal(bytes, 'a', cut), 'a', other), Buffer.from(bytes));
      },
    ),
    { numRuns: 60 },
  );
});

test('a changed byte, a missing end, a piece moved or added, another name or key: none of it opens', async () => {
  const bytes = randomBytes(2 * PIECE + 100);
  const sealed = await seal(bytes);
  const head = 33;
  const piece = PIECE + 16;
  const [first, second] = [sealed.subarray(head, head + piece), sealed.subarray(head + piece, head + 2 * piece)];
  const hostile: Buffer[] = [
    sealed.subarray(0, head + piece),
    sealed.subarray(0, head + 2 * piece),
    sealed.subarray(0, sealed.length - 1),
    Buffer.concat([sealed, Buffer.of(0)]),
    Buffer.concat([sealed.subarray(0, head), second, first, sealed.subarray(head + 2 * piece)]),
    sealed.subarray(0, head),
    Buffer.alloc(0),
  ];
  for (const at of [0, 1, 20, head, head + 500, head + piece - 1, head + piece, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    hostile.push(changed);
  }
  for (const [n, one] of hostile.entries()) await assert.rejects(open(one), Defect, `case ${n}`);
  await assert.rejects(open(sealed, 'b'), Defect);
  await assert.rejects(open(sealed, 'a', 7_777, Buffer.alloc(32, 8)), Defect);
});
