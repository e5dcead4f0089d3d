// Invented days and office calendars for property tests.

import fc from 'fast-check';
import { addDays, type Day } from '../../../kernel/calendar.ts';
import type { OfficeCalendar } from '../office.ts';

export const aDay = fc.integer({ min: 0, max: 9_000 }).map((number) => addDays('2024-01-01' as Day, number));

/** Weekends of none to three days, and up to thirty holidays in the next years. */
export const aCalendar: fc.Arbitrary<OfficeCalendar> = fc.record({
  timeZone: fc.constantFrom('UTC', 'Africa/Nairobi', 'America/Sao_Paulo'),
  weekend: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }),
  holidays: fc
    .uniqueArray(aDay, { maxLength: 30 })
    .map((days) => days.map((day) => ({ day, name: { en: `Feast of ${day}`, ar: `عيد ${day}` } }))),
});
