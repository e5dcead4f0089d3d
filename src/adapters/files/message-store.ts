// The message catalogues on disk: locales/<language>/<area>.json, flat keys, put together as `area.key`.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../locales/', import.meta.url));

/** Every message of every language that has a folder. */
export function loadCatalogues<L extends string>(
  languages: readonly L[],
  folder = ROOT,
): { [K in L]: { readonly [key: string]: string } } {
  const ofLanguage = (language: L) =>
    readdirSync(join(folder, language))
      .filter((name) => name.endsWith('.json'))
      .sort()
      .flatMap((name) => {
        const messages = JSON.parse(readFileSync(join(folder, language, name), 'utf8')) as { [key: string]: string };
        return Object.entries(messages).map(
          ([key, message]) => [`${name.slice(0, -'.json'.length)}.${key}`, message] as const,
        );
      });
  return Object.fromEntries(languages.map((language) => [language, Object.fromEntries(ofLanguage(language))])) as {
    [K in L]: { readonly [key: string]: string };
  };
}
