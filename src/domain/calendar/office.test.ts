// Working days of offices with any weekend and any holidays, and calendars as offices hand them in.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, type Day } from '../../kernel/calendar.ts';
import { addWorkingDays, isWorkingDay, readOfficeCalendar, weekdayOf, workingDaysBetween } from './office.ts';
import { aCalendar, aDay } from './testing/calendars.ts';

test('days of the week are those the machine knows', () => {
  fc.assert(
    fc.property(aDay, (day) => {
      assert.equal(weekdayOf(day), new Date(`${day}T00:00:00Z`).getUTCDay() || 7);
    }),
  );
});

test('so many working days later, and counted back, it is as many working days', () => {
  fc.assert(
    fc.property(aDay, aCalendar, fc.integer({ min: -120, max: 120 }), (day, calendar, count) => {
      const to = addWorkingDays(day, count, calendar);
      assert.equal(workingDaysBetween(day, to, calendar), count);
      if (count !== 0) assert.ok(isWorkingDay(to, calendar));
    }),
  );
});

test('one more holiday never makes a term of working days shorter', () => {
  fc.assert(
    fc.property(aDay, aCalendar, fc.nat(60), fc.nat(90), (day, calendar, count, distance) => {
      const more = { ...calendar, holidays: [...calendar.holidays, { day: addDays(day, distance), name: null }] };
      assert.ok(addWorkingDays(day, count, more) >= addWorkingDays(day, count, calendar));
    }),
  );
});

test('a working day of an office that rests on Friday and Saturday may be a Sunday', () => {
  const calendar = { timeZone: 'Africa/Cairo', weekend: [5, 6], holidays: [] };
  assert.equal(addWorkingDays('2028-03-02' as Day, 1, calendar), '2028-03-05');
});

test('an office that never works has no working days, and such a calendar is not read', () => {
  const calendar = { timeZone: 'UTC', weekend: [1, 2, 3, 4, 5, 6, 7], holidays: [] };
  assert.throws(() => addWorkingDays('2028-03-02' as Day, 1, calendar), /never works/);
  assert.deepEqual(readOfficeCalendar(calendar).ok, false);
});

test('a calendar is read as it was written, or each fault has its place', () => {
  const calendar = {
    timeZone: 'Africa/Nairobi',
    weekend: [6, 7],
    holidays: [
      { day: '2028-12-12', name: { en: 'Jamhuri Day', ar: 'يوم الجمهورية' } },
      { day: '2028-12-25', name: null },
    ],
  };
  assert.deepEqual(readOfficeCalendar(calendar), { ok: true, value: calendar });
  const wrong = readOfficeCalendar({
    timeZone: 'Nowhere/Town',
    weekend: [0],
    holidays: [{ day: '2028-02-30', name: null }, { day: '2028-01-01', name: 'New Year' }, 3],
    year: 2028,
  });
  assert.ok(!wrong.ok);
  assert.deepEqual(
    wrong.faults.map((fault) => fault.pointer),
    ['', '/timeZone', '/weekend', '/holidays/0/day', '/holidays/1/name', '/holidays/2'],
  );
});

test('a holiday that stands twice is a fault: one of the two names would be lost', () => {
  const day = { day: '2028-01-01', name: null };
  const read = readOfficeCalendar({ timeZone: 'UTC', weekend: [], holidays: [day, day] });
  assert.deepEqual(!read.ok && read.faults.map((fault) => fault.pointer), ['/holidays/1']);
});
