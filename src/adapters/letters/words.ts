// The words of letters in any of the languages: ICU messages of the catalogues, compiled when they are first said.

import { IntlMessageFormat } from 'intl-messageformat';
import type { LetterWords, Say } from '../../app/letters/ports.ts';
import type { Language } from '../../kernel/language.ts';
import { Defect } from '../../kernel/outcome.ts';

type Catalogues = { readonly [L in Language]: { readonly [key: string]: string } };

/** Catalogues by language, with keys `area.key`. A key that a language lacks is a defect: half a letter is no letter. */
export function letterWords(catalogues: Catalogues): LetterWords {
  const made = new Map<Language, Say>();
  return (language) => {
    const found = made.get(language);
    if (found) return found;
    const compiled = new Map<string, IntlMessageFormat>();
    const speak = (key: string, values?: Parameters<Say>[1]): string => {
      let message = compiled.get(key);
      if (!message) {
        const text = catalogues[language][key];
        if (text === undefined) throw new Defect(`no message ${key} in ${language}`);
        message = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
        compiled.set(key, message);
      }
      return message.format(values) as string;
    };
    const say: Say = Object.assign(speak, { has: (key: string) => Object.hasOwn(catalogues[language], key) });
    made.set(language, say);
    return say;
  };
}
