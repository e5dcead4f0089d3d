// The message catalogues on disk: locales/<language>/<area>.json, flat keys, put together as `area.key`.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../locales/', import.meta.url));

/** The messages of a language, by `area.key`. */
type Messages = { readonly [key: string]: string };

/** Every message of each language; one that is not translated stands in English, so that no page breaks for want of a word. */
export function loadCatalogues<L extends string>(
  languages: readonly L[],
  folder = ROOT,
): { readonly [K in L]: Messages } {
  const english = translatedMessages('en', folder);
  const catalogues = languages.map((language) => [language, { ...english, ...translatedMessages(language, folder) }]);
  return Object.fromEntries(catalogues) as { [K in L]: Messages };
}

/** The messages that stand in the language's own files; none for a language without a folder. */
export function translatedMessages(language: string, folder = ROOT): Messages {
  if (!existsSync(join(folder, language))) return {};
  const messages = readdirSync(join(folder, language))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => {
      const area = name.slice(0, -'.json'.length);
      const read = JSON.parse(readFileSync(join(folder, language, name), 'utf8')) as Messages;
      return Object.entries(read).map(([key, message]) => [`${area}.${key}`, message] as const);
    });
  return Object.fromEntries(messages);
}
