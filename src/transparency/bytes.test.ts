// Base64 has one form: two readers of a note or a receipt see the same bytes or none.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromBase64, toBase64 } from './bytes.ts';

test('bytes are read from the one text that they are written as, and from no other', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
    }),
  );
  const likely = fc.constantFrom(...'ABwx09+/=-_ \n\t\f\r');
  fc.assert(
    fc.property(fc.string({ unit: likely, maxLength: 8 }), (text) => {
      const read = fromBase64(text);
      assert.ok(read === undefined || toBase64(read) === text);
    }),
    { numRuns: 20_000 },
  );
  for (const other of ['AAA', 'AA==\n', ' AAAA', 'AA A A', 'AB==', 'AAB=', '-_AA', 'AA=='.repeat(2), 'A'])
    assert.equal(fromBase64(other), undefined);
});
