// Text that came from elsewhere, made safe to stand in a letter that somebody signs: what it shows is what it is.

import { directionOf, type Language } from '../../kernel/language.ts';

/**
 * Characters that show nothing or turn what stands around them: controls, overrides of direction, tags, private use.
 * Joiners and direction marks stay: Arabic and Persian are written with them. So do the number signs of Arabic.
 */
const HIDDEN = /(?![\n\u200c-\u200f\u061c\u0600-\u0605\u06dd])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text with hidden characters named in brackets: an account called with U+202E must not read backwards in an order. */
export const plain = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .trim()
    .replace(HIDDEN, (hidden) => `[U+${(hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`);

/** FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE: Unicode Standard Annex 9, section 2.4. */
const [ISOLATE, POP] = ['\u2068', '\u2069'];
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LEFT_TO_RIGHT_OR_DIGIT = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Han}0-9]/u;
/** Begins and ends so firmly to the right that nothing around it can be drawn in: a reference, an address, a name. */
const FIRM = /^[A-Za-z][ -~]*[A-Za-z0-9]$/;

/** One line that keeps its own direction among words of that language; marked only where it would otherwise be drawn apart. */
function isolated(line: string, language: Language): string {
  const foreign =
    directionOf(language) === 'ltr'
      ? RIGHT_TO_LEFT.test(line)
      : LEFT_TO_RIGHT_OR_DIGIT.test(line) && !(FIRM.test(line) && !RIGHT_TO_LEFT.test(line));
  return foreign ? `${ISOLATE}${line}${POP}` : line;
}

/** Data as it may stand in a letter of that language. */
export const asData = (text: string, language: Language): string =>
  plain(text)
    .split('\n')
    .map((line) => isolated(line, language))
    .join('\n');

/** The paragraphs of a longer text: an empty line parts them. */
export const paragraphsOf = (text: string, language: Language): string[] =>
  plain(text)
    .split(/\n[ \n]*\n/)
    .filter((part) => part.trim() !== '')
    .map((part) => asData(part, language));
