// The fonts of six languages, served by ourselves: small ones for all pages, and the many pieces of the Chinese one for pages in Chinese.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGES = fileURLToPath(new URL('../../node_modules/@fontsource-variable/', import.meta.url));

/** Which fonts, and which of their scripts: Latin for three of the six languages, Cyrillic for Russian, Arabic. */
const SHARED = [
  { family: 'noto-sans', subsets: ['latin', 'latin-ext', 'cyrillic'] },
  { family: 'noto-serif', subsets: ['latin', 'latin-ext', 'cyrillic'] },
  { family: 'noto-sans-arabic', subsets: ['arabic'] },
  { family: 'noto-naskh-arabic', subsets: ['arabic'] },
];

/** The rules to put into a style sheet, and the file on disk behind each address in them. */
export type Fonts = { readonly css: string; readonly files: ReadonlyMap<string, string> };

/** Latin, Cyrillic and Arabic: a few rules, part of the style sheet of every page. */
export function sharedFonts(): Fonts {
  const parts = SHARED.map(({ family, subsets }) =>
    fontFaces(family, (face) => subsets.some((subset) => face.startsWith(`${family}-${subset}-wght-normal `))),
  );
  return { css: parts.map(({ css }) => css).join('\n'), files: new Map(parts.flatMap(({ files }) => [...files])) };
}

/** Chinese: a hundred rules, each for some characters, of which a browser fetches what stands on the page. */
export const chineseFonts = (): Fonts => fontFaces('noto-sans-sc', () => true);

/** The @font-face rules of a package that are wanted, pointing at our own addresses, which change with the package's release. */
function fontFaces(family: string, wanted: (face: string) => boolean): Fonts {
  const folder = join(PACKAGES, family);
  const release = createHash('sha256')
    .update(readFileSync(join(folder, 'package.json')))
    .digest('hex')
    .slice(0, 16);
  const files = new Map<string, string>();
  const css = readFileSync(join(folder, 'wght.css'), 'utf8')
    .split('/* ')
    .filter((face) => face.startsWith(`${family}-`) && wanted(face))
    .map((face) =>
      face.replace(/^.*?\*\/\s*/s, '').replace(/\.\/files\/([\w.-]+)/g, (_whole, file: string) => {
        const address = `/assets/fonts/${release}/${file}`;
        files.set(address, join(folder, 'files', file));
        return address;
      }),
    )
    .join('');
  return { css, files };
}
