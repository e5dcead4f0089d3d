// A commitment binds every field of a step and tells nothing without its salt.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { commit, type Opening, openingBytes } from './opening.ts';

const opening: Opening = {
  caseId: '0191d0a4-0000-7000-8000-000000000001',
  seq: 2,
  previous: new Uint8Array(32).fill(7),
  at: '2028-03-01T09:30:00.000Z',
  actor: 'clock',
  type: 'request.received',
  bodyHash: new Uint8Array(32).fill(9),
};
const salt = new Uint8Array(32).fill(1);

test('a commitment is HMAC-SHA256 over the label and the length-prefixed opening', () => {
  const bytes = openingBytes(opening);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(bytes.length);
  const expected = createHmac('sha256', salt).update('rogatory/commit/v1').update(size).update(bytes).digest();
  assert.deepEqual(Buffer.from(commit(salt, opening)), expected);
});

test('no field can change, move or run into its neighbour without another commitment', () => {
  const others: Partial<Opening>[] = [
    { caseId: '0191d0a4-0000-7000-8000-000000000002' },
    { seq: 3 },
    { previous: null },
    { at: '2028-03-01T09:30:00.001Z' },
    { actor: 'someone' },
    { type: 'request.receive', bodyHash: Uint8Array.of(100, ...new Uint8Array(32).fill(9)) },
    { bodyHash: new Uint8Array(32).fill(8) },
  ];
  const seen = new Set(
    [opening, ...others].map((one) => Buffer.from(commit(salt, { ...opening, ...one })).toString('hex')),
  );
  assert.equal(seen.size, others.length + 1);
});

test('equal steps under other salts give unrelated marks', () => {
  assert.notDeepEqual(commit(salt, opening), commit(new Uint8Array(32).fill(2), opening));
});
