// Moments as requests state them: kept as written, and placed in time by the zone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Instant, instantAt, millisecondsOf } from '../../kernel/instant.ts';
import { dayIn, hasOffset, hasTime, instantOf, isTimeZone, type Moment, parseMoment } from './moment.ts';

test('a moment is a day, or a day and a time, with or without its distance from UTC', () => {
  const good = [
    '2028-03-01',
    '2028-03-01T14:05',
    '2028-03-01T14:05:09',
    '2028-03-01T14:05:09.123',
    '2028-03-01T14:05Z',
    '2028-03-01T14:05:09+05:45',
  ];
  for (const text of good) assert.deepEqual(parseMoment(text), { ok: true, value: text });
  assert.deepEqual(
    good.map((text) => hasTime(text as Moment)),
    [false, true, true, true, true, true],
  );
  assert.deepEqual(
    good.map((text) => hasOffset(text as Moment)),
    [false, false, false, false, true, true],
  );
});

test('an impossible day, hour or distance is no moment, and neither is a longer or another text', () => {
  const wrong = [
    '',
    '2028-02-30',
    '2028-02-30T10:00',
    '2028-03-01T24:00',
    '2028-03-01T10:60',
    '2028-03-01T',
    '2028-03-01 10:00',
    '2028-03-01T10:00T',
    '2028-03-01T10:00+15:00',
    '2028-03-01T10:00\n',
    20280301,
    null,
  ];
  for (const text of wrong) assert.equal(parseMoment(text).ok, false, String(text));
});

test('a time with its distance from UTC needs no zone', () => {
  assert.equal(instantOf('2028-03-01T14:05:09.5+05:45' as Moment, undefined), '2028-03-01T08:20:09.500Z');
  assert.equal(instantOf('2028-03-01T23:30-02:00' as Moment, 'Asia/Tokyo'), '2028-03-02T01:30:00.000Z');
  assert.equal(instantOf('2028-03-01T23:30Z' as Moment, undefined), '2028-03-01T23:30:00.000Z');
});

test('a time without distance and without a zone that is known is no point in time', () => {
  assert.equal(instantOf('2028-03-01T14:05' as Moment, undefined), undefined);
  assert.equal(instantOf('2028-03-01T14:05' as Moment, 'Nowhere/Town'), undefined);
});

test('a time in a zone is the instant at which clocks there showed it, summer and winter', () => {
  assert.equal(instantOf('2028-01-15T12:00' as Moment, 'Europe/Paris'), '2028-01-15T11:00:00.000Z');
  assert.equal(instantOf('2028-07-15T12:00' as Moment, 'Europe/Paris'), '2028-07-15T10:00:00.000Z');
  assert.equal(instantOf('2028-07-15' as Moment, 'Africa/Nairobi'), '2028-07-14T21:00:00.000Z');
  // The clocks went back at 03:00: half past two was twice, and the earlier one is meant.
  assert.equal(instantOf('2028-10-29T02:30' as Moment, 'Europe/Paris'), '2028-10-29T00:30:00.000Z');
});

test('whatever clocks in a zone show, it leads back to the instant, but for the hour that is twice', () => {
  const zones = fc.constantFrom(
    'UTC',
    'Africa/Cairo',
    'Asia/Kathmandu',
    'America/St_Johns',
    'Pacific/Auckland',
    'Europe/Paris',
  );
  fc.assert(
    fc.property(fc.integer({ min: 1_600_000_000, max: 2_000_000_000 }), zones, (seconds, timeZone) => {
      const at = instantAt(seconds * 1000);
      const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
        .format(seconds * 1000)
        .replace(' ', 'T');
      const back = instantOf(shown as Moment, timeZone);
      assert.ok(back !== undefined);
      const apart = millisecondsOf(at) - millisecondsOf(back);
      assert.ok(apart === 0 || apart === 3_600_000, `${at} is ${shown} in ${timeZone}, read as ${back}`);
      assert.equal(dayIn(at, timeZone), shown.slice(0, 10));
    }),
  );
});

test('the day on which a request arrives is the day at the office, not in UTC', () => {
  assert.equal(dayIn('2028-03-01T22:30:00.000Z' as Instant, 'Africa/Nairobi'), '2028-03-02');
  assert.equal(dayIn('2028-03-01T01:30:00.000Z' as Instant, 'America/Sao_Paulo'), '2028-02-29');
});

test('a zone is known by its name or its distance, and nothing else is one', () => {
  for (const zone of ['Africa/Nairobi', 'UTC', '+03:00']) assert.ok(isTimeZone(zone), zone);
  for (const zone of ['', 'Nairobi time', 'Africa/', 'x'.repeat(10_000)]) assert.ok(!isTimeZone(zone), zone);
});

test('the day in a zone is the one that clocks there show, to the minute around a change of clocks', () => {
  // Newfoundland changed at one minute past midnight, which is no full quarter of an hour.
  const zones = ['America/St_Johns', 'Europe/Paris', 'Asia/Kathmandu', 'Africa/Monrovia', 'UTC'];
  const starts = ['2006-10-29T02:20:00.000Z', '2028-03-26T00:50:00.000Z', '1972-01-07T00:40:00.000Z'];
  for (const timeZone of zones)
    for (const start of starts)
      for (let second = 0; second < 3_600; second += 7) {
        const instant = instantAt(millisecondsOf(start as Instant) + second * 1000 + 250);
        const shown = new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(instant));
        assert.equal(dayIn(instant, timeZone), shown, `${instant} ${timeZone}`);
      }
});
