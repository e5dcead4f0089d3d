// Words to search by in any of the six languages' scripts, the same for what is kept and for what is asked.

/** Marks that Arabic writes or leaves out at will: vowel signs, the dagger alif and the stretching stroke. */
const ARABIC_MARKS = /[\u064B-\u065F\u0670\u0640]/g;
const HAN = /\p{Script=Han}+/gu;

/**
 * Text as terms parted by blanks: lower case, without accents; Arabic letters that are spelled in several ways made one;
 * Chinese, which parts no words, as overlapping pairs of signs.
 */
export function searchTerms(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(ARABIC_MARKS, '')
    .toLowerCase()
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/ё/g, 'е')
    .replace(HAN, (run) => ` ${pairs(run)} `)
    .replace(/[^\p{L}\p{N}@.]+/gu, ' ')
    .replace(/(?<![\p{L}\p{N}])[.@]+|[.@]+(?![\p{L}\p{N}])/gu, ' ')
    .trim()
    .replace(/ +/g, ' ');
}

function pairs(run: string): string {
  const signs = [...run];
  if (signs.length === 1) return run;
  return signs
    .slice(1)
    .map((sign, at) => `${signs[at]}${sign}`)
    .join(' ');
}

/** What of a text goes into a search index at most, so that one enormous request does not slow everybody's search. */
export const SEARCHED_LENGTH = 20_000;
