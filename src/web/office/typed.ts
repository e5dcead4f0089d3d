// The settings of an office as the fields of their form, and back.

import { LONG_SECRECY, type Office, TERMS } from '../../app/casework/office.ts';
import type { TypedOffice } from '../../app/office/read-office.ts';
import { LANGUAGES } from '../../kernel/language.ts';
import { type Fields, one } from '../casework/answers.ts';

const OFFERED: readonly string[] = LANGUAGES;

export const termField = (term: string): string => `term-${term}`;

/** The fields as they stand when nobody has typed anything. */
export const typedFrom = ({ state, name, languages, settings }: Office): TypedOffice => ({
  state,
  name,
  languages: languages.filter((tag) => OFFERED.includes(tag)),
  otherLanguages: languages.filter((tag) => !OFFERED.includes(tag)).join(', '),
  timeZone: settings.calendar.timeZone,
  weekend: settings.calendar.weekend.map(String),
  removed: [],
  addedDay: '',
  addedName: '',
  lines: '',
  terms: Object.fromEntries(TERMS.map((term) => [term, String(settings.terms[term].otherwise)])),
  soon: String(settings.alerts.soon),
  longSecrecy: String(settings.alerts['long-secrecy'] ?? LONG_SECRECY),
  widePeriod: String(settings['wide-period']),
  approversNeedHardware: settings['approvers-need-hardware'] === true,
});

/** What a form sent. A term that has no field in it stays as it is. */
export const typedIn = (fields: Fields): TypedOffice => ({
  state: one(fields, 'state'),
  name: one(fields, 'name'),
  languages: fields['languages'] ?? [],
  otherLanguages: one(fields, 'other-languages'),
  timeZone: one(fields, 'timeZone'),
  weekend: fields['weekend'] ?? [],
  removed: fields['removed'] ?? [],
  addedDay: one(fields, 'added-day'),
  addedName: one(fields, 'added-name'),
  lines: one(fields, 'lines'),
  terms: Object.fromEntries(
    TERMS.flatMap((term) => (fields[termField(term)] ? [[term, one(fields, termField(term))]] : [])),
  ),
  soon: one(fields, 'soon'),
  ...(fields['long-secrecy'] ? { longSecrecy: one(fields, 'long-secrecy') } : {}),
  widePeriod: one(fields, 'wide-period'),
  approversNeedHardware: one(fields, 'approvers-need-hardware') === 'yes',
});
