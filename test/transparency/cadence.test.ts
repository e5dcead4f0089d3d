// What a slot publishes, whatever waits; and what padding is.

import assert from 'node:assert/strict';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Instant } from '../../src/kernel/instant.ts';
import { fillSlot, slotAt } from '../../src/transparency/cadence.ts';
import { commitPadding, entryOf, opens, paddingBytes, readExtra, extraOf } from '../../src/transparency/leaf.ts';
import { commit, openingBytes } from '../../src/transparency/opening.ts';

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

test('a slot begins on the same moments for everybody', () => {
  const every = { every: 300 };
  assert.equal(slotAt('2028-03-01T09:34:59.999Z' as Instant, every), '2028-03-01T09:30:00.000Z');
  assert.equal(slotAt('2028-03-01T09:35:00.000Z' as Instant, every), '2028-03-01T09:35:00.000Z');
});

test('a batch has as many entries whatever waits; what enters keeps its order, and nothing is lost or doubled', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 0, max: 8 }),
      fc.array(fc.boolean(), { maxLength: 90 }),
      (places, kept, urgent) => {
        const reserved = Math.min(kept, places);
        const waiting = urgent.map((emergency, id) => ({ id, emergency }));
        const batch = fillSlot({ places, reserved }, waiting, random);
        assert.equal(batch.length, places);
        const entered = batch.filter((id) => id !== undefined);
        assert.deepEqual(
          entered,
          [...new Set(entered)].sort((a, b) => a - b),
        );
        // The first of each kind enter, never a later one before an earlier one.
        for (const kind of [true, false]) {
          const ids = waiting.filter((one) => one.emergency === kind).map((one) => one.id);
          const own = entered.filter((id) => waiting[id]?.emergency === kind);
          assert.deepEqual(own, ids.slice(0, own.length));
        }
        const emergencies = waiting.filter((one) => one.emergency).length;
        const inBatch = entered.filter((id) => waiting[id]?.emergency).length;
        assert.equal(inBatch, Math.min(emergencies, places));
        assert.equal(
          entered.length - inBatch,
          Math.min(waiting.length - emergencies, places - Math.max(reserved, inBatch)),
        );
      },
    ),
  );
});

test('where a lone step stands is even over the whole batch', () => {
  const counts = Array.from({ length: 16 }, () => 0);
  const rounds = 16_000;
  for (let n = 0; n < rounds; n++) {
    const place = fillSlot({ places: 16, reserved: 2 }, [{ id: 1, emergency: false }], random).indexOf(1);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const expected = rounds / 16;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // 15 degrees of freedom: above 50 by chance once in 100,000 runs.
  assert.ok(chiSquare < 50, String(counts));
});

test('padding commits to its place, as docs/spec/log.md writes it', () => {
  const padding = { origin: 'log.example/log', slot: '2028-03-01T09:30:00.000Z' as Instant, index: 4711 };
  const salt = createHash('sha256').update('test salt 1').digest();
  const field = (text: string): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(text));
    return Buffer.concat([length, Buffer.from(text)]);
  };
  const opening = Buffer.concat([
    Buffer.of(2),
    field('log.example/log'),
    field('2028-03-01T09:30:00.000Z'),
    field('4711'),
  ]);
  assert.deepEqual(Buffer.from(paddingBytes(padding)), opening);
  const message = Buffer.concat([Buffer.from('rogatory/padding/v1'), field(opening.toString('latin1'))]);
  const made = createHmac('sha256', salt).update(message).digest();
  assert.deepEqual(Buffer.from(commitPadding(salt, padding)), made);
  assert.ok(opens(made, salt, opening));
  assert.equal(opens(made, salt, paddingBytes({ ...padding, index: 4712 })), false);
});

test('a step never opens as padding, nor padding as a step', () => {
  const salt = new Uint8Array(randomBytes(32));
  const step = {
    caseId: '3f0c5a52-8d0e-4c1b-9f5e-1d2a7b6c4e90',
    seq: 1,
    previous: null,
    at: '2028-03-01T09:30:00.123Z',
    actor: 'clock',
    type: 'case.opened',
    bodyHash: new Uint8Array(32),
  };
  const commitment = commit(salt, step);
  assert.ok(opens(commitment, salt, openingBytes(step)));
  assert.equal(opens(commitment, salt, Uint8Array.of(2, ...openingBytes(step).subarray(1))), false);
  const extra = readExtra(extraOf(entryOf(commitment), { salt, opening: openingBytes(step) }));
  assert.deepEqual(extra?.opened?.opening, openingBytes(step));
  assert.equal(readExtra(extraOf(entryOf(commitment)))?.opened, null);
  assert.equal(readExtra(new Uint8Array(33)), undefined);
  assert.equal(readExtra(Uint8Array.of(...entryOf(commitment), 1, 2)), undefined);
});
