// Calendar days, held against the machine's own calendar over several centuries.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, type Day, dayNumber, parseDay } from './calendar.ts';

const DAY = 86_400_000;
const byDate = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);
const FIRST = dayNumber('0001-01-01' as Day);
const LAST = dayNumber('9999-12-31' as Day);

test('each day from 1580 to 2420 has the number the machine counts, and follows the day before it', () => {
  let day = '1580-01-01' as Day;
  for (let number = dayNumber(day); day < '2420-01-01'; number++) {
    const expected = byDate(number);
    assert.equal(day, expected);
    assert.equal(dayNumber(day), number);
    assert.ok(parseDay(day).ok, day);
    day = addDays(day, 1);
  }
});

test('the epoch is day 0, and the calendar begins and ends where the machine says', () => {
  assert.equal(dayNumber('1970-01-01' as Day), 0);
  assert.equal(FIRST, Date.UTC(2000, 0, 1) / DAY - 730_119);
  assert.equal(byDate(LAST), '9999-12-31');
});

test('adding days and taking them away again ends where it began', () => {
  const day = fc.integer({ min: FIRST, max: LAST }).map((number) => addDays('1970-01-01' as Day, number));
  fc.assert(
    fc.property(day, fc.integer({ min: -4_000, max: 4_000 }), (from, count) => {
      const number = dayNumber(from) + count;
      fc.pre(number >= FIRST && number <= LAST);
      const to = addDays(from, count);
      assert.equal(dayNumber(to), number);
      assert.equal(addDays(to, -count), from);
      assert.equal(to > from, count > 0);
    }),
    { seed: 20281101, numRuns: 5_000 },
  );
});

test('a term of 60 days from 28 February counts the leap day of a leap year', () => {
  assert.equal(addDays('2028-02-28' as Day, 60), '2028-04-28');
  assert.equal(addDays('2027-02-28' as Day, 60), '2027-04-29');
});

test('a day that does not exist is refused, never moved into the next month', () => {
  const impossible = ['2027-02-29', '2100-02-29', '2028-02-30', '2028-04-31', '2028-13-01', '2028-00-10', '2028-01-00'];
  for (const text of [...impossible, '2028-01-32', '0000-01-01']) {
    const parsed = parseDay(text, '/receivedOn');
    assert.ok(!parsed.ok, text);
    assert.deepEqual(parsed.faults, [{ pointer: '/receivedOn', detail: `${text} does not exist in the calendar` }]);
  }
  assert.ok(parseDay('2000-02-29').ok);
  assert.ok(parseDay('2028-02-29').ok);
});

test('whatever two digits stand for the month and the day, what is accepted is what the machine knows', () => {
  for (const year of ['1900', '2000', '2027', '2028'])
    for (let month = 0; month < 20; month++)
      for (let date = 0; date < 40; date++) {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
        const real = new Date(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(real.getTime()) && real.toISOString().startsWith(text);
        assert.equal(parseDay(text).ok, exists, text);
      }
});

test('only year-month-day in plain digits is a date', () => {
  const wrong = [
    '',
    '2028-3-1',
    '01.03.2028',
    '2028-03-01T00:00:00Z',
    ' 2028-03-01',
    '2028-03-01\n',
    '-2028-03-01',
    '+02028-03-01',
    '٢٠٢٨-٠٣-٠١',
    '2028/03/01',
    'x'.repeat(100_000),
    20280301,
    null,
    undefined,
    ['2028-03-01'],
    new Date(0),
  ];
  for (const value of wrong) {
    const parsed = parseDay(value);
    assert.ok(!parsed.ok, String(value));
    assert.ok((parsed.faults[0]?.detail.length ?? 999) < 120, 'the message does not repeat a long text');
  }
});
