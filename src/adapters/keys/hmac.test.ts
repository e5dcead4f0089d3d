// The quick HMAC is the machine's own.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { hmacSha256 } from './hmac.ts';

test('under keys shorter and longer than a block it gives what createHmac gives', () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  fc.assert(
    fc.property(bytes, bytes, (key, data) => {
      assert.deepEqual(hmacSha256(key)(data), createHmac('sha256', key).update(data).digest());
    }),
    { seed: 20281101, numRuns: 300 },
  );
});
