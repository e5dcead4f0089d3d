// Deadlines: what they count, what they skip, when they stand still, and that each says so itself.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, type Day, dayNumber } from '../../kernel/calendar.ts';
import { addHours, type Instant, startOfDay } from '../../kernel/instant.ts';
import { type DayClock, daysLeft, dueOn, explain, type HourClock } from './clock.ts';
import { addWorkingDays, isWorkingDay, type OfficeCalendar } from './office.ts';
import { aCalendar, aDay } from './testing/calendars.ts';

const KENYA: OfficeCalendar = {
  timeZone: 'Africa/Nairobi',
  weekend: [6, 7],
  holidays: [{ day: '2028-05-01' as Day, name: { en: 'Labour Day', ar: 'عيد العمال' } }],
};
const days = (
  kind: DayClock['rule']['kind'],
  count: number,
  start: string,
  ...pauses: [string, string?][]
): DayClock => ({
  rule: { kind, count, source: 'law', citation: 'pack:1' },
  start: start as Day,
  pauses: pauses.map(([from, to]) => ({
    from: from as Day,
    ...(to === undefined ? {} : { to: to as Day }),
    why: 'returned',
  })),
});
const hours = (count: number, start: string, ...pauses: [string, string?][]): HourClock => ({
  rule: { kind: 'hours', count, source: 'setting' },
  start: start as Instant,
  pauses: pauses.map(([from, to]) => ({
    from: from as Instant,
    ...(to === undefined ? {} : { to: to as Instant }),
    why: 'returned',
  })),
});

test('a term of ten days that begins on a Thursday ends on a Sunday, since every day counts', () => {
  assert.equal(dueOn(days('calendar-days', 10, '2028-04-27'), KENYA), '2028-05-07');
});

test('a term of three working days passes over the weekend and the holiday, and says which', () => {
  const clock = days('working-days', 3, '2028-04-27');
  assert.equal(dueOn(clock, KENYA), '2028-05-03');
  assert.deepEqual(explain(clock, KENYA), [
    { code: 'started', at: '2028-04-27' },
    { code: 'counted', kind: 'working-days', count: 3, source: 'law', citation: 'pack:1' },
    { code: 'holiday-skipped', day: '2028-05-01', name: { en: 'Labour Day', ar: 'عيد العمال' } },
    { code: 'weekend-skipped', days: 2 },
    { code: 'ends', on: '2028-05-03' },
  ]);
});

test('while the request lies with its sender the clock stands still, and the account says how long it stood', () => {
  const clock = days('working-days', 3, '2028-04-26', ['2028-04-27', '2028-05-04']);
  assert.deepEqual(explain(clock, KENYA).slice(2), [
    // Thursday, Friday, Tuesday and Wednesday: the weekend and the holiday would not have counted anyhow.
    { code: 'paused', from: '2028-04-27', to: '2028-05-04', unit: 'days', lost: 4, why: 'returned' },
    { code: 'weekend-skipped', days: 2 },
    { code: 'ends', on: '2028-05-08' },
  ]);
});

test('a clock that stands still until further notice has no end, and says since when', () => {
  const clock = days('calendar-days', 30, '2028-04-01', ['2028-04-10']);
  assert.equal(dueOn(clock, KENYA), null);
  assert.deepEqual(explain(clock, KENYA).at(-1), { code: 'standing-still', from: '2028-04-10', why: 'returned' });
});

test('a pause that begins after the term has ended changes nothing', () => {
  assert.equal(dueOn(days('calendar-days', 5, '2028-04-01', ['2028-04-07']), KENYA), '2028-04-06');
  assert.equal(
    dueOn(hours(8, '2028-04-01T08:00:00.000Z', ['2028-04-01T16:00:00.000Z']), KENYA),
    '2028-04-01T16:00:00.000Z',
  );
});

test('an emergency term of eight hours that stood still for ninety minutes ends nine and a half hours later', () => {
  const clock = hours(8, '2028-04-01T22:15:00.000Z', ['2028-04-01T23:00:00.000Z', '2028-04-02T00:30:00.000Z']);
  assert.equal(dueOn(clock, KENYA), '2028-04-02T07:45:00.000Z');
  assert.deepEqual(explain(clock, KENYA)[2], {
    code: 'paused',
    from: '2028-04-01T23:00:00.000Z',
    to: '2028-04-02T00:30:00.000Z',
    unit: 'hours',
    lost: 1.5,
    why: 'returned',
  });
});

test('calendar days are the days that pass, and working days those the office works', () => {
  fc.assert(
    fc.property(aDay, aCalendar, fc.nat(200), (start, calendar, count) => {
      assert.equal(dueOn(days('calendar-days', count, start), calendar), addDays(start, count));
      assert.equal(dueOn(days('working-days', count, start), calendar), addWorkingDays(start, count, calendar));
    }),
  );
});

test('a pause of n days within a term of calendar days moves its end by n', () => {
  const cases = fc.tuple(aDay, fc.integer({ min: 1, max: 90 }), fc.nat(), fc.integer({ min: 1, max: 60 }));
  fc.assert(
    fc.property(cases, ([start, count, offset, length]) => {
      const from = addDays(start, 1 + (offset % count));
      const clock = days('calendar-days', count, start, [from, addDays(from, length)]);
      assert.equal(dueOn(clock, KENYA), addDays(start, count + length));
    }),
  );
});

test('a pause moves a term of working days by the working days it holds', () => {
  fc.assert(
    fc.property(
      aDay,
      aCalendar,
      fc.integer({ min: 1, max: 40 }),
      fc.nat(20),
      fc.nat(20),
      (start, calendar, count, after, length) => {
        const from = addDays(start, 1 + after);
        const clock = days('working-days', count, start, [from, addDays(from, length)]);
        if (from > (dueOn({ ...clock, pauses: [] }, calendar) ?? '')) return;
        let lost = 0;
        for (let at = 0; at < length; at++) if (isWorkingDay(addDays(from, at), calendar)) lost++;
        assert.equal(dueOn(clock, calendar), addWorkingDays(start, count + lost, calendar));
      },
    ),
  );
});

test('pauses that overlap are counted once, in whatever order they were written down', () => {
  const pause = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 20 }));
  const start = '2028-04-01';
  fc.assert(
    fc.property(fc.array(pause, { maxLength: 5 }), fc.integer({ min: 1, max: 60 }), (pauses, count) => {
      const spans = pauses.map(([from, length]): [string, string] => {
        const day = addDays(start as Day, from);
        return [day, addDays(day, length)];
      });
      let left = count;
      let at = start as Day;
      while (left > 0) {
        at = addDays(at, 1);
        if (!spans.some(([from, to]) => from <= at && at < to)) left--;
      }
      assert.equal(dueOn(days('calendar-days', count, start, ...spans), KENYA), at);
      assert.equal(dueOn(days('calendar-days', count, start, ...spans.toReversed()), KENYA), at);
      const inHours = (day: string): string => startOfDay(day as Day);
      const clock = hours(
        24 * count,
        inHours(start),
        ...spans.map(([a, b]): [string, string] => [inHours(a), inHours(b)]),
      );
      const lost = dayNumber(at) - dayNumber(start as Day) - count;
      const end = dueOn(clock, KENYA);
      // Day clocks look at whole days after the start, so a pause that begins as the term ends parts the two.
      if (!spans.some(([from]) => inHours(from) === end))
        assert.equal(end, addHours(inHours(start) as Instant, 24 * (count + lost)));
    }),
  );
});

test('the account of a deadline begins with its start and ends with the deadline itself', () => {
  fc.assert(
    fc.property(aDay, aCalendar, fc.nat(100), (start, calendar, count) => {
      const steps = explain(days('working-days', count, start), calendar);
      const skipped = steps.reduce(
        (sum, step) => sum + (step.code === 'weekend-skipped' ? step.days : step.code === 'holiday-skipped' ? 1 : 0),
        0,
      );
      const end = steps.at(-1);
      assert.equal(steps[0]?.code, 'started');
      assert.ok(end?.code === 'ends');
      assert.equal(end.on, addDays(start, count + skipped));
    }),
  );
});

test('a deadline of half a day or of less than nothing is a defect, and not a quiet guess', () => {
  assert.throws(() => dueOn(days('calendar-days', 0.5, '2028-04-01'), KENYA), /a deadline of 0.5/);
  assert.throws(() => dueOn(hours(-1, '2028-04-01T00:00:00.000Z'), KENYA), /a deadline of -1/);
});

test('the days that are left are negative once the deadline has passed', () => {
  assert.equal(daysLeft('2028-03-01' as Day, '2028-03-31' as Day), 30);
  assert.equal(daysLeft('2028-04-02' as Day, '2028-03-31' as Day), -2);
});
