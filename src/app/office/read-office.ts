// The form of an office's settings, read: the whole office as it is to be, or every fault beside its field.

import { type Holiday, type OfficeCalendar, readOfficeCalendar } from '../../domain/calendar/office.ts';
import { type Day, parseDay } from '../../kernel/calendar.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { isStateCode } from '../../kernel/state-code.ts';
import { LONG_SECRECY, type Office, type OfficeSettings, TERMS, type TermName } from '../casework/office.ts';

/** What was typed, as it was typed. */
export type TypedOffice = {
  readonly state: string;
  readonly name: string;
  readonly languages: readonly string[];
  /** Language tags besides those that are offered, parted by blanks or commas. */
  readonly otherLanguages: string;
  readonly timeZone: string;
  readonly weekend: readonly string[];
  /** Days of holidays that are to go. */
  readonly removed: readonly string[];
  readonly addedDay: string;
  readonly addedName: string;
  /** Holidays to bring in, one a line: `YYYY-MM-DD name`. */
  readonly lines: string;
  readonly terms: { readonly [T in TermName]?: string };
  readonly soon: string;
  /** A form without it leaves it as it is. */
  readonly longSecrecy?: string;
  readonly widePeriod: string;
  readonly approversNeedHardware: boolean;
};

/** One thing to mend: its field, and a code for `office.fault.<code>`. */
export type OfficeFault = {
  readonly field: string;
  readonly code: string;
  readonly facts?: { readonly [name: string]: string | number };
};
type Read<T> = Outcome<T, OfficeFault>;

const LONGEST_NAME = 200;
const LONGEST_HOLIDAY = 120;
/** Ten years: whatever is longer is a slip of the finger. */
const LONGEST_TERM = 3650;
const LONGEST_ALERT = 90;
const LANGUAGE = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i;

/** Reads it over the office as it stands; what the form does not ask for stays. */
export function readOffice(typed: TypedOffice, now: Office): Read<Office> {
  const faults: OfficeFault[] = [];
  const take = <T>(read: Read<T>, otherwise: T): T => {
    if (read.ok) return read.value;
    faults.push(...read.faults);
    return otherwise;
  };
  const { settings } = now;
  const office: Office = {
    state: take(readState(typed.state), now.state),
    name: take(readName(typed.name), now.name),
    languages: take(readLanguages(typed), now.languages),
    settings: {
      ...settings,
      terms: take(readTerms(typed.terms, settings.terms), settings.terms),
      alerts: {
        ...settings.alerts,
        soon: take(readNumber(typed.soon, 'soon', 0, LONGEST_ALERT), settings.alerts.soon),
        ...(typed.longSecrecy === undefined
          ? {}
          : { 'long-secrecy': take(readNumber(typed.longSecrecy, 'long-secrecy', 1, LONGEST_TERM), LONG_SECRECY) }),
      },
      'wide-period': take(readNumber(typed.widePeriod, 'wide-period', 1, LONGEST_TERM), settings['wide-period']),
      calendar: take(readCalendar(typed, settings.calendar), settings.calendar),
      'approvers-need-hardware': typed.approversNeedHardware,
    },
  };
  return faults.length > 0 ? { ok: false, faults } : accept(office);
}

const fault = (field: string, code: string, facts?: OfficeFault['facts']): Read<never> => ({
  ok: false,
  faults: [facts === undefined ? { field, code } : { field, code, facts }],
});

function readState(text: string): Read<string> {
  const code = text.trim().toUpperCase();
  return isStateCode(code) ? accept(code) : fault('state', 'state');
}

function readName(text: string): Read<string> {
  const name = text.trim().replace(/\s+/g, ' ');
  return name !== '' && name.length <= LONGEST_NAME ? accept(name) : fault('name', 'name', { most: LONGEST_NAME });
}

function readLanguages({ languages, otherLanguages }: TypedOffice): Read<readonly string[]> {
  const others = otherLanguages.split(/[\s,،;؛]+/).filter(Boolean);
  const wrong = [...languages, ...others].find((tag) => !LANGUAGE.test(tag));
  if (wrong !== undefined) return fault('other-languages', 'language', { tag: wrong });
  const all = [...new Set([...languages, ...others].map((tag) => tag.toLowerCase()))];
  return all.length > 0 ? accept(all) : fault('languages', 'no-language');
}

/** Digits as Arabic and Persian write them, made the common ones. */
const commonDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));

/** A whole number in the digits of any of our languages. */
export function readNumber(text: string, field: string, least: number, most: number): Read<number> {
  const digits = commonDigits(text.trim());
  const number = /^\d{1,5}$/.test(digits) ? Number(digits) : Number.NaN;
  return number >= least && number <= most ? accept(number) : fault(field, 'number', { least, most });
}

function readTerms(typed: TypedOffice['terms'], now: OfficeSettings['terms']): Read<OfficeSettings['terms']> {
  const faults: OfficeFault[] = [];
  const read = { ...now };
  for (const name of TERMS) {
    const text = typed[name];
    if (text === undefined) continue;
    const number = readNumber(text, `term-${name}`, 1, LONGEST_TERM);
    if (number.ok) read[name] = { ...now[name], otherwise: number.value };
    else faults.push(...number.faults);
  }
  return faults.length > 0 ? { ok: false, faults } : accept(read);
}

function readCalendar(typed: TypedOffice, now: OfficeCalendar): Read<OfficeCalendar> {
  const lines = readLines(typed.lines);
  const added = readAdded(typed);
  const faults = [...(lines.ok ? [] : lines.faults), ...(added.ok ? [] : added.faults)];
  const byDay = new Map(now.holidays.map((one) => [one.day, one]));
  for (const day of typed.removed) byDay.delete(day as Day);
  // A holiday that comes again takes the place of the one that was there: lists are brought in year after year.
  for (const one of [...(lines.ok ? lines.value : []), ...(added.ok ? added.value : [])]) byDay.set(one.day, one);
  const calendar = readOfficeCalendar({
    timeZone: typed.timeZone,
    weekend: typed.weekend.map(Number),
    holidays: [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1)),
  });
  if (!calendar.ok)
    for (const { pointer } of calendar.faults) {
      const field = pointer.startsWith('/holidays') ? 'lines' : pointer === '/weekend' ? 'weekend' : 'timeZone';
      faults.push({ field, code: field === 'lines' ? 'holidays' : field });
    }
  return faults.length > 0 || !calendar.ok ? { ok: false, faults } : calendar;
}

/** A name is typed in the office's own language and stands for itself in every other. */
const holiday = (day: Day, name: string): Holiday => ({ day, name: name === '' ? null : { en: name, ar: name } });

function readAdded({ addedDay, addedName }: TypedOffice): Read<Holiday[]> {
  const name = addedName.trim();
  if (addedDay.trim() === '') return name === '' ? accept([]) : fault('added-day', 'day');
  const day = parseDay(addedDay.trim());
  if (!day.ok) return fault('added-day', 'day');
  return name.length > LONGEST_HOLIDAY
    ? fault('added-name', 'holiday-name', { most: LONGEST_HOLIDAY })
    : accept([holiday(day.value, name)]);
}

function readLines(text: string): Read<Holiday[]> {
  const read: Holiday[] = [];
  for (const [n, line] of text.split(/\r\n?|\n/).entries()) {
    if (line.trim() === '') continue;
    const [, date = '', name = ''] = /^\s*(\S+)\s*(.*?)\s*$/.exec(line) ?? [];
    const day = parseDay(commonDigits(date));
    if (!day.ok || name.length > LONGEST_HOLIDAY) return fault('lines', 'line', { line: n + 1 });
    if (read.some((other) => other.day === day.value)) return fault('lines', 'line-twice', { line: n + 1 });
    read.push(holiday(day.value, name));
  }
  return accept(read);
}
