// Moments: the text sorts as time does, and counting forth and back is the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addHours, type Instant, instantAt, laterBy, millisecondsOf, parseInstant } from './instant.ts';

const moments = fc.date({ min: new Date('1970-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });

test('a moment is what the clock of the machine calls it', () => {
  fc.assert(
    fc.property(moments, (date) => {
      const text = date.toISOString() as Instant;
      assert.equal(millisecondsOf(text), date.getTime());
      assert.equal(instantAt(date.getTime()), text);
      assert.deepEqual(parseInstant(text), { ok: true, value: text });
    }),
  );
});

test('hours and days forth and back lead to the same moment', () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: 0, max: 5000 }), (date, count) => {
      const text = date.toISOString() as Instant;
      assert.equal(addHours(addHours(text, count), -count), text);
      assert.equal(laterBy(laterBy(text, count), -count), text);
      assert.ok(count === 0 || laterBy(text, count) > text);
    }),
  );
});

test('a moment that does not exist, or without its zone, is refused', () => {
  for (const text of ['2028-02-30T00:00:00Z', '2028-03-01T24:00:00Z', '2028-03-01T09:30:00', '2028-03-01', 5, null])
    assert.equal(parseInstant(text).ok, false, String(text));
});
