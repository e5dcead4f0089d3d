// How the composers write: words of the catalogue, dates and data in the letter's language, and the blocks they share.

import type { Day } from '../../kernel/calendar.ts';
import { inDigitsOf, type Language } from '../../kernel/language.ts';
import type { Block, LetterField } from './document.ts';
import type { About, Account, Held, Period, Secrecy, Signatory } from './letter.ts';
import type { Say } from './ports.ts';
import { asData, paragraphsOf } from './text.ts';

export type Pen = {
  /** A message of the letters' catalogue; the values are data and keep their own direction. */
  readonly say: (key: string, values?: { readonly [name: string]: string }) => string;
  /** A day in words: the month is in the catalogue, so that a letter is the same on every machine. */
  readonly day: (day: Day) => string;
  readonly data: (text: string) => string;
  readonly paragraphs: (text: string) => Block[];
};

export function penFor(language: Language, say: Say): Pen {
  const data = (text: string) => asData(text, language);
  return {
    say: (key, values = {}) =>
      say(`letters.${key}`, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, data(value)]))),
    day: (day) => {
      const [year = '', month = '', date = ''] = day.split('-').map((part) => String(Number(part)));
      const digits = (text: string) => inDigitsOf(language, text);
      return say('letters.date', { day: digits(date), month: say(`letters.month.${month}`), year: digits(year) });
    },
    data,
    paragraphs: (text) => paragraphsOf(text, language).map((part) => ({ block: 'paragraph', text: part })),
  };
}

export const heading = (pen: Pen, key: string): Block => ({ block: 'heading', text: pen.say(key) });
export const paragraph = (pen: Pen, key: string, values?: { readonly [name: string]: string }): Block => ({
  block: 'paragraph',
  text: pen.say(key, values),
});
export const statement = (pen: Pen, key: string, values?: { readonly [name: string]: string }): Block => ({
  block: 'statement',
  text: pen.say(key, values),
});

/** A heading and what belongs under it; nothing at all where there is nothing to say. */
export const under = (pen: Pen, key: string, blocks: readonly Block[]): Block[] =>
  blocks.length === 0 ? [] : [heading(pen, key), ...blocks];

/** A field, or nothing when no value has text. */
export function field(label: string, pen: Pen, ...values: readonly string[]): LetterField[] {
  const given = values.filter((value) => value.trim() !== '').map(pen.data);
  return given.length === 0 ? [] : [{ label, values: given }];
}

/** The fields, or no block where none is filled. */
export const fields = (...parts: readonly (readonly LetterField[])[]): Block[] => {
  const all = parts.flat();
  return all.length === 0 ? [] : [{ block: 'fields', fields: all }];
};

export const aboutFields = (pen: Pen, about: About): Block[] =>
  fields(
    field(pen.say('field.measure'), pen, about.measure),
    field(pen.say('field.requestingState'), pen, about.requestingState),
    field(pen.say('field.requestedState'), pen, about.requestedState),
    field(pen.say('field.receivedOn'), pen, pen.day(about.receivedOn)),
  );

export const accountTable = (pen: Pen, accounts: readonly Account[]): Block[] =>
  accounts.length === 0
    ? []
    : [
        {
          block: 'table',
          head: [pen.say('field.service'), pen.say('field.identifier')],
          rows: accounts.map(({ service, identifier }) => [pen.data(service), pen.data(identifier)]),
        },
      ];

export const citations = (pen: Pen, basis: readonly string[]): Block[] =>
  basis.filter((one) => one.trim() !== '').map((one) => ({ block: 'citation', text: pen.data(one) }));

export const numbered = (pen: Pen, items: readonly string[]): Block[] => {
  const given = items.filter((item) => item.trim() !== '');
  return given.length === 0 ? [] : [{ block: 'list', items: given.map((text) => ({ text: pen.data(text) })) }];
};

export const period = (pen: Pen, span: Period | null): LetterField[] =>
  span === null
    ? []
    : field(pen.say('field.period'), pen, pen.say('period', { from: pen.day(span.from), to: pen.day(span.to) }));

/** What becomes of the data meanwhile. */
export const heldBlocks = (pen: Pen, held: Held | null): Block[] => {
  if (held === null) return [];
  if (held.held) return [paragraph(pen, 'held.yes', { until: pen.day(held.until) })];
  return [paragraph(pen, 'held.no'), ...pen.paragraphs(held.why)];
};

export const secrecyBlocks = (pen: Pen, key: string, secrecy: Secrecy | null): Block[] =>
  secrecy === null
    ? []
    : [
        paragraph(pen, key, { day: pen.day(secrecy.until) }),
        ...pen.paragraphs(secrecy.reason),
        ...citations(pen, [secrecy.basis]),
      ];

export const byDay = (pen: Pen, key: string, day: Day | null): Block[] =>
  day === null ? [] : [paragraph(pen, key, { day: pen.day(day) })];

/** One person of the signature block; `on` is the day they signed where it is not that of the letter. */
export const signer = (pen: Pen, role: string, person: Signatory, on?: Day) => ({
  role,
  name: pen.data(person.name),
  lines: [pen.data(person.function), ...(on === undefined ? [] : [pen.day(on)])].filter((line) => line !== ''),
});
