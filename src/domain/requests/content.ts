// What a request says, read strictly against the form: unknown names, wrong types and boundless sizes stop here.
// Attacker: whoever writes the request. Names are looked up as own keys only, and nothing is guessed or cut short.

import { parseDay } from '../../kernel/calendar.ts';
import type { Json } from '../../kernel/canonical-json.ts';
import { accept, type Fault, type Outcome, refuse } from '../../kernel/outcome.ts';
import { isStateCode } from '../../kernel/state-code.ts';
import { escapePointer } from '../../kernel/strict-json.ts';
import { isTimeZone, parseMoment } from '../calendar/moment.ts';
import { FIELDS, type STEPS } from './fields.ts';
import type { ContentOf, Field, Format } from './fields-kinds.ts';

/** What a request says, once read. Every part may be missing while it is being written. */
export type RequestContent = ContentOf<(typeof STEPS)[number]['fields']>;

/** A fault with a code, so that a page can say it in the reader's language: `request.fault.<code>`. */
export type ContentFault = Fault & {
  readonly code: string;
  readonly values?: { readonly [name: string]: string | number };
};

/** Reads the content of a request: all of it, or every fault with a JSON Pointer. */
export function readContent(input: unknown): Outcome<RequestContent, ContentFault> {
  const faults: ContentFault[] = [];
  const content = readObject(FIELDS, input, '', faults);
  return faults.length > 0 ? refuse(...faults) : accept(content as RequestContent);
}

/** Reads the value of one field; where it cannot, the reason goes to `faults` and there is no value. */
export function readValue(field: Field, input: unknown, pointer: string, faults: ContentFault[]): Json | undefined {
  const fault = (code: FaultCode, values?: ContentFault['values']): undefined =>
    void faults.push(faultOf(code, pointer, values));
  switch (field.kind) {
    case 'text':
    case 'long-text':
    case 'fact-choice': {
      if (typeof input !== 'string') return fault('text');
      if (input.trim() === '') return fault('blank');
      if (input.length > field.maxLength) return fault('too-long', { max: field.maxLength });
      // RFC 8785 cannot hash a lone surrogate and PostgreSQL cannot store NUL; neither is a letter of any language.
      if (!input.isWellFormed() || UNPRINTABLE.test(input)) return fault('unprintable');
      if (field.kind !== 'long-text' && /[\n\t]/.test(input)) return fault('one-line');
      if (field.kind === 'text' && field.format && !FORMATS[field.format](input)) return fault(field.format);
      return input;
    }
    case 'choice':
      return field.options.includes(input as string) ? (input as string) : fault('choice');
    case 'choices': {
      if (!Array.isArray(input) || new Set(input).size < input.length) return fault('choices');
      if (!input.every((one) => field.options.includes(one))) return fault('choices');
      return input.length === 0 ? fault('blank') : field.options.filter((option) => input.includes(option));
    }
    case 'yes-no':
      return typeof input === 'boolean' ? input : fault('yes-no');
    case 'number':
      return Number.isInteger(input) && (input as number) >= field.min && (input as number) <= field.max
        ? (input as number)
        : fault('number', { min: field.min, max: field.max });
    case 'years':
      return input === 'life' || (Number.isFinite(input) && (input as number) >= 0 && (input as number) <= MOST_YEARS)
        ? (input as number | 'life')
        : fault('years');
    case 'day':
      return parseDay(input).ok ? (input as string) : fault('day');
    case 'moment':
      return parseMoment(input).ok ? (input as string) : fault('moment');
    case 'state':
      return typeof input === 'string' && isStateCode(input) ? input : fault('state');
    case 'language':
      return typeof input === 'string' && LANGUAGE.test(input) ? input : fault('language');
    case 'group':
      return readObject(field.fields, input, pointer, faults);
    case 'list':
      if (!Array.isArray(input)) return fault('list');
      if (input.length > field.maxItems) return fault('too-many', { max: field.maxItems });
      return input.map((item, n) => readObject(field.fields, item, `${pointer}/${n}`, faults));
  }
}

function readObject(
  fields: readonly Field[],
  input: unknown,
  pointer: string,
  faults: ContentFault[],
): { readonly [id: string]: Json } {
  const read: { [id: string]: Json } = {};
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    faults.push(faultOf('object', pointer));
    return read;
  }
  const byId = new Map(fields.map((field) => [field.id, field]));
  for (const [key, part] of Object.entries(input)) {
    const field = byId.get(key);
    const at = `${pointer}/${escapePointer(key.slice(0, LONGEST_NAME))}`;
    if (!field) faults.push(faultOf('unknown', at));
    else {
      const value = readValue(field, part, at, faults);
      if (value !== undefined) read[key] = value;
    }
  }
  return read;
}

/** Far above any sum of sentences that a court has passed. */
export const MOST_YEARS = 9_999;
/** A name in a message is cut here: the one who sent a megabyte of it knows the rest. */
const LONGEST_NAME = 60;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f]/;
/** RFC 5646, as far as its letters go. */
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}$/;

const FORMATS: { readonly [F in Format]: (text: string) => boolean } = {
  email: (text) => /^[^\s@]+@[^\s@]+$/.test(text),
  phone: (text) => (text.match(/\p{Nd}/gu) ?? []).length >= 3,
  // A page links to it: another scheme than the web's could run a script there.
  url: (text) => /^https?:\/\/[^\s/]\S*$/i.test(text),
  'time-zone': isTimeZone,
  sha256: (text) => /^[0-9a-f]{64}$/.test(text),
};

const DETAILS = {
  object: 'must be an object with the named parts',
  unknown: 'is no field of this form',
  text: 'must be text',
  blank: 'is empty; leave the field out',
  'too-long': 'is longer than {max} characters',
  unprintable: 'contains characters that cannot be printed',
  'one-line': 'must be one line',
  choice: 'is none of the choices',
  choices: 'must be a list of the choices, each once',
  'yes-no': 'must be true or false',
  number: 'must be a whole number from {min} to {max}',
  years: 'must be a number of years, or "life"',
  day: 'must be a day of the calendar, like 2028-03-01',
  moment: 'must be a day, or a day and a time, like 2028-03-01T14:05:00',
  state: "must be a State's two capital letters (ISO 3166-1 alpha-2), like KE",
  language: 'must be a language tag (BCP 47), like fr',
  list: 'must be a list',
  'too-many': 'has more than {max} items',
  email: 'must be an e-mail address',
  phone: 'must be a telephone number',
  url: 'must be a web address that begins with https:// or http://',
  'time-zone': 'must be a time zone, like Africa/Nairobi or +03:00',
  sha256: 'must be 64 digits of a SHA-256 hash, in small letters',
} as const;

type FaultCode = keyof typeof DETAILS;

/** The codes a fault of content can have; the catalogue has a message for each. */
export const FAULT_CODES = Object.keys(DETAILS);

/** A fault of that kind, with its sentence in English. */
export const faultOf = (code: FaultCode, pointer: string, values?: ContentFault['values']): ContentFault => ({
  pointer,
  code,
  detail: DETAILS[code].replace(/\{(\w+)\}/g, (_, name: string) => String(values?.[name])),
  ...(values === undefined ? {} : { values }),
});
