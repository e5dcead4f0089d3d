// The law in further languages: translations kept under the English text they translate, put into every place where it stands.
// A text that changes loses its translation and is read in English until it has a new one: nobody reads what the law no longer says.

import type { Language, Text } from '../../kernel/language.ts';
import { accept, type Fault, type Outcome, refuse } from '../../kernel/outcome.ts';
import { PLACEHOLDER } from '../findings.ts';
import { type LawFile, parseFile } from './read.ts';
import * as schemas from './schemas.ts';

/** The languages that are translated beside the law; English and Arabic stand in it. */
export const FURTHER_LANGUAGES = ['zh', 'fr', 'ru', 'es'] as const satisfies readonly Language[];
export type FurtherLanguage = (typeof FURTHER_LANGUAGES)[number];

/** One text in one language, and where its translation stands. */
export type Translation = {
  readonly language: FurtherLanguage;
  readonly en: string;
  /** Null as long as the place is there and nobody has filled it. */
  readonly text: string | null;
  readonly file: string;
  readonly line: number;
};

const PLACE = /^translations\/(zh|fr|ru|es)\/[^/]+\.yaml$/;

/** Reads `translations/<language>/*.yaml`. A text that stands twice, or that lost one of its `{parameters}`, is a fault. */
export function readTranslations(files: readonly LawFile[]): Outcome<readonly Translation[]> {
  const faults: Fault[] = [];
  const found = files.flatMap((source) => readFile(source, faults));
  const seen = new Map<string, Translation>();
  for (const one of found) {
    const report = (detail: string) => faults.push({ pointer: one.file, line: one.line, detail });
    const key = `${one.language} ${one.en}`;
    const other = seen.get(key);
    if (other) report(`is translated twice; the other is at ${other.file}:${other.line}`);
    else seen.set(key, one);
    const [wanted, named] = [parametersOf(one.en), parametersOf(one.text ?? one.en)];
    if (wanted !== named) report(`names ${named || 'no parameter'}, where the English text names ${wanted || 'none'}`);
  }
  return faults.length > 0 ? refuse(...faults) : accept(found);
}

function readFile(source: LawFile, faults: Fault[]): Translation[] {
  const folder = PLACE.exec(source.path)?.[1];
  const parsed = parseFile(source, schemas.translation, faults);
  if (!parsed) return [];
  const { value, file } = parsed;
  const { language } = value;
  if (folder !== language) {
    const detail = `is in ${language}; its place is translations/${language}/`;
    faults.push({ pointer: source.path, line: file.lineOf(['language']), detail });
    return [];
  }
  return (value.texts as { readonly [L in 'en' | FurtherLanguage]: string }[]).map((one, i) => ({
    language,
    en: one.en,
    text: one[language] || null,
    file: source.path,
    line: file.lineOf(['texts', i]),
  }));
}

/** The parameters a text names, each as often as it does: a translation may turn them round, and may drop none. */
const parametersOf = (text: string): string => (text.match(PLACEHOLDER) ?? []).sort().join(' ');

/** The same value with every text in it given in all languages it is translated into. What stands at the place itself goes first. */
export function translated<T>(value: T, translations: readonly Translation[]): T {
  const texts = new Map<string, { [L in FurtherLanguage]?: string }>();
  for (const { language, en, text } of translations)
    if (text !== null) texts.set(en, { ...texts.get(en), [language]: text });
  return texts.size === 0 ? value : (withTexts(value, texts) as T);
}

function withTexts(value: unknown, texts: ReadonlyMap<string, object>): unknown {
  if (Array.isArray(value)) return value.map((one) => withTexts(one, texts));
  if (typeof value !== 'object' || value === null) return value;
  if (isText(value)) return { ...value, ...texts.get(value.en), ...value };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withTexts(one, texts)]));
}

const isText = (value: object): value is Text =>
  'en' in value && 'ar' in value && typeof value.en === 'string' && typeof value.ar === 'string';

/** A text of the law: where it stands first, and the languages it lacks in any of its places. */
export type LawSentence = { readonly en: string; readonly at: string; readonly lacks: readonly FurtherLanguage[] };

export type TranslationReport = {
  readonly sentences: readonly LawSentence[];
  /** Translations of what no text of the law says, or says any more. */
  readonly unused: readonly Translation[];
};

/** How far law, register and profiles (named by `parts`) are translated. */
export function reportTranslations(
  parts: { readonly [name: string]: unknown },
  translations: readonly Translation[],
): TranslationReport {
  const sentences = new Map<string, LawSentence>();
  const visit = (value: unknown, path: readonly string[]): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isText(value)) {
      const known = sentences.get(value.en);
      const lacks = FURTHER_LANGUAGES.filter((language) => !value[language] || known?.lacks.includes(language));
      sentences.set(value.en, { en: value.en, at: known?.at ?? path.join(' '), lacks });
    } else if (Array.isArray(value))
      for (const [i, one] of value.entries()) visit(one, [...path, nameOf(one) ?? `${i}`]);
    else for (const [key, one] of Object.entries(value)) visit(one, [...path, key]);
  };
  visit(parts, []);
  return {
    sentences: [...sentences.values()],
    unused: translations.filter(({ en }) => !sentences.has(en)),
  };
}

/** What a translator knows a part of a list by. */
function nameOf(part: unknown): string | undefined {
  const names = (part ?? {}) as { readonly [key: string]: unknown };
  return ['id', 'article', 'value', 'provision', 'role', 'instrument', 'state']
    .map((key) => names[key])
    .find((name) => typeof name === 'string') as string | undefined;
}
