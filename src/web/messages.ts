// The words of the pages: message catalogues in ICU MessageFormat, the same on the server and in the browser.

import { IntlMessageFormat } from 'intl-messageformat';
import type { Day } from '../kernel/calendar.ts';
import { type Language, LANGUAGES } from '../kernel/language.ts';
import { Defect } from '../kernel/outcome.ts';
import { type Html, html } from './html.ts';

/** The languages the pages speak. */
export const PAGE_LANGUAGES = LANGUAGES;
export type PageLanguage = Language;

/** Every message of a language, by `area.key`; in English where it is not translated. */
export type Catalogue = { readonly [key: string]: string };
export type Catalogues = { readonly [L in PageLanguage]: Catalogue };

export type Values = { readonly [name: string]: string | number };
export type RichValues = { readonly [name: string]: string | number | Html };

/** Says a message. `rich` takes markup for values (a link, a `<bdi>`) and gives markup. */
export type Translate = {
  (key: string, values?: Values): string;
  readonly rich: (key: string, values: RichValues) => Html;
  /** Whether there is such a message. */
  readonly has: (key: string) => boolean;
};

const LOCALES: { readonly [L in PageLanguage]: string } = {
  en: 'en-GB',
  ar: 'ar-u-nu-arab',
  zh: 'zh-Hans-CN',
  fr: 'fr',
  ru: 'ru',
  es: 'es',
};

/** The locale that decides about digits, plurals and dates. */
export const localeOf = (language: PageLanguage): string => LOCALES[language];

/** What a page says of itself in `lang`: for Chinese with the script, by which browsers choose shapes and fonts. */
export const tagOf = (language: PageLanguage): string => (language === 'zh' ? 'zh-Hans' : language);

/** Each language is named in itself. */
export const OWN_NAME: { readonly [L in PageLanguage]: string } = {
  en: 'English',
  ar: 'العربية',
  zh: '中文',
  fr: 'Français',
  ru: 'Русский',
  es: 'Español',
};

/** Stands for a piece of markup while the message is being formatted: private-use characters that no catalogue contains. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];
const MARK = /\uE000(\d+)\uE001/;

/** A message without plurals and choices, in its parts: its text, and the names of its values. Nearly all are so. */
type Parts = readonly (string | { readonly name: string })[];

type Message = {
  readonly format: (values: Values) => string;
  /** Undefined where what is said depends on the values. */
  readonly parts: Parts | undefined;
};

/** Compiled; one that is made of parts alone is said without asking the formatter, which takes each apart anew. */
function compile(text: string, locale: string): Message {
  const message = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
  const ast = message.getAst();
  const parts = ast.map((one) => {
    if (!('value' in one) || typeof one.value !== 'string') return undefined;
    return one.type === LITERAL ? one.value : one.type === ARGUMENT ? { name: one.value } : undefined;
  });
  const format = keptBy((values: Values): string => message.format(values) as string);
  if (!parts.every((part) => part !== undefined)) return { format, parts: undefined };
  const [only = ''] = parts;
  if (parts.length < 2 && typeof only === 'string') return { format: () => only, parts };
  const joined = (values: Values): string => {
    let said = '';
    for (const part of parts) {
      const value = typeof part === 'string' ? part : values[part.name];
      // The formatter says what is missing.
      if (value === undefined) return format(values);
      said += value;
    }
    return said;
  };
  return { format: joined, parts };
}

/** Keeps what was said of the same values: numbers of things are small, and lists say them again and again. */
function keptBy(format: (values: Values) => string): typeof format {
  const kept = new Map<string, string>();
  return (values) => {
    const key = JSON.stringify(values);
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= MOST_KEPT) kept.clear();
    const said = format(values);
    kept.set(key, said);
    return said;
  };
}
const MOST_KEPT = 100;

/** The kinds of parts by the numbers that the parser of messages gives them. */
const [LITERAL, ARGUMENT] = [0, 1];

/** A function that says the messages of one language; each is compiled when it is first said. */
export function translator(language: PageLanguage, catalogue: Catalogue): Translate {
  const compiled = new Map<string, Message>();
  const message = (key: string): Message => {
    const known = compiled.get(key);
    if (known !== undefined) return known;
    if (!Object.hasOwn(catalogue, key)) throw new Defect(`no message ${key} in ${language}`);
    const made = compile(catalogue[key] as string, localeOf(language));
    compiled.set(key, made);
    return made;
  };
  const say = (key: string, values: Values = {}): string => message(key).format(values);
  const rich = (key: string, values: RichValues): Html => {
    const { parts } = message(key);
    if (parts?.every((part) => typeof part === 'string' || Object.hasOwn(values, part.name)))
      return html`${parts.map((part) => (typeof part === 'string' ? part : values[part.name]))}`;
    const pieces: Html[] = [];
    const plain = Object.entries(values).map(([name, value]) => {
      if (typeof value !== 'object') return [name, value] as const;
      pieces.push(value);
      return [name, `${OPEN}${pieces.length - 1}${CLOSE}`] as const;
    });
    const said = say(key, Object.fromEntries(plain)).split(MARK);
    return html`${said.map((part, i) => (i % 2 === 0 ? part : pieces[Number(part)]))}`;
  };
  return Object.assign(say, { rich, has: (key: string) => Object.hasOwn(catalogue, key) });
}

/**
 * A formatter that is made once for each language (and zone, where it takes one): to make one costs hundreds of times what
 * it costs to ask it.
 */
export function madeOnce<T>(make: (locale: string, zone: string) => T): (language: PageLanguage, zone?: string) => T {
  const made = new Map<string, T>();
  return (language, zone = 'UTC') => {
    const key = `${language} ${zone}`;
    let one = made.get(key);
    if (one === undefined) {
      one = make(localeOf(language), zone);
      made.set(key, one);
    }
    return one;
  };
}

/** What is said of the same few things again and again, kept up to a number: a page of a list says hundreds of days. */
export function keptWords(say: (language: PageLanguage, what: string) => string): typeof say {
  const kept = new Map<string, string>();
  return (language, what) => {
    const key = `${language} ${what}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= MOST_WORDS) kept.clear();
    const said = say(language, what);
    kept.set(key, said);
    return said;
  };
}
const MOST_WORDS = 10_000;

const dayFormat = madeOnce(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC', calendar: 'gregory' }),
);
const numberFormat = madeOnce((locale) => new Intl.NumberFormat(locale, { useGrouping: false }));
const listFormat = madeOnce((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));

/** A day in words, in the digits of the language. */
export const sayDay = (day: Day, language: PageLanguage): string => daySaid(language, day);
const daySaid = keptWords((language, day) =>
  withFirst(language, dayFormat(language).format(new Date(`${day}T00:00:00Z`))),
);

/** French counts the first of a month in order, "1er mars", which the formatters of dates do not know. */
export const withFirst = (language: PageLanguage, said: string): string =>
  language === 'fr' ? said.replace(/^1(?= )/, '1er') : said;

/** A number in the digits of the language. */
export const sayNumber = (value: number, language: PageLanguage): string => numberFormat(language).format(value);

/** A list in words: "a, b and c". */
export const sayList = (items: readonly string[], language: PageLanguage): string => listFormat(language).format(items);
