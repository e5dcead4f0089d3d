// What a browser needs in order to assess by itself: the law of this node in one language, and the words of the page.

import type { RuleSet } from '../../law/rule-set.ts';
import type { LawContext } from '../context.ts';
import type { Catalogue, PageLanguage } from '../messages.ts';

export type BrowserBook = {
  readonly language: PageLanguage;
  readonly hash: string;
  readonly rules: RuleSet;
  readonly register: LawContext['book']['register'];
  readonly policy: LawContext['policy'];
  readonly messages: Catalogue;
  readonly examples: { readonly [id: string]: string };
};

type Parts = Pick<LawContext, 'book' | 'policy'> & {
  readonly catalogues: { readonly [L in PageLanguage]: Catalogue };
  readonly examples: BrowserBook['examples'];
};

/** Without the worked cases, the other languages and the places in files, none of which an assessment reads. */
export function browserBook({ book, policy, catalogues, examples }: Parts, language: PageLanguage): BrowserBook {
  const { rules, hash, register } = book;
  const slim: RuleSet = {
    ...rules,
    provisions: rules.provisions.map((provision) => ({
      ...provision,
      cases: [],
      file: '',
      line: 0,
      source: { ...provision.source, basis: { en: '', ar: '' } },
    })),
  };
  const messages = Object.fromEntries(
    Object.entries(catalogues[language]).filter(([key]) => /^(check|site)\./.test(key)),
  );
  return {
    language,
    hash,
    rules: inOneLanguage(slim, language),
    register,
    policy: inOneLanguage(policy, language),
    messages,
    examples,
  };
}

/** The same value with every text in one language alone, or in English where it is not translated: the fallback that `say` looks for. */
function inOneLanguage<T>(value: T, language: PageLanguage): T {
  if (Array.isArray(value)) return value.map((one) => inOneLanguage(one, language)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = value as { readonly [key: string]: unknown };
  if (typeof entries['en'] === 'string' && typeof entries['ar'] === 'string') {
    const own = language === 'en' ? undefined : entries[language];
    return (own === undefined ? { en: entries['en'] } : { en: '', [language]: own }) as T;
  }
  return Object.fromEntries(Object.entries(entries).map(([key, one]) => [key, inOneLanguage(one, language)])) as T;
}
