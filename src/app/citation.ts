// How a provision is cited in the words of one language, on pages and in letters alike: its source, and where it stands there.

import { type Language, say } from '../kernel/language.ts';
import type { Pack, RuleSet } from '../law/rule-set.ts';

/** Of a place: the numbering of a source, a word of the catalogue between two numbers (`site.place.<word>`), another source. */
export type Part = { readonly is: 'number' | 'word' | 'source'; readonly text: string };
export type Cited = { readonly source: string } & ({ readonly title: string } | { readonly place: readonly Part[] });

/** The law data connect places by these words of English: "5, with 6 to 12". */
const CONNECTED = / (with|and|to) /;
/** Another source is named by the first word of its short name, with a number after it. */
const NAMED = /\b([A-Z][a-z]{3,}) (?=\d)/;

/** The place in a source; in a policy, whose places are names of ours, the title of what stands there. */
export function citeIn(
  { packs }: RuleSet,
  pack: Pack,
  place: string,
  article: string | undefined,
  language: Language,
): Cited {
  const source = say(pack.short, language);
  const title = pack.kind === 'policy' && pack.articles.find((one) => one.article === article)?.title;
  if (title) return { source, title: say(title, language) };
  const named = (word: string): string => {
    const other = packs.find(({ short }) => short.en.startsWith(`${word} `));
    return other ? say(other.short, language) : word;
  };
  const parts = place
    .split(CONNECTED)
    .flatMap((text, n): Part[] =>
      n % 2 === 1
        ? [{ is: 'word', text }]
        : text
            .split(NAMED)
            .map((part, m): Part => (m % 2 === 1 ? { is: 'source', text: named(part) } : { is: 'number', text: part })),
    );
  return { source, place: parts.filter(({ text }) => text !== '') };
}

/** The citation of a provision; undefined where no rule has that id. */
export function cited(rules: RuleSet, id: string, language: Language): Cited | undefined {
  const provision = rules.provisions.find((one) => one.id === id);
  const pack = rules.packs.find((one) => one.id === provision?.pack);
  return provision && pack && citeIn(rules, pack, provision.source.place, provision.article, language);
}

/** The parts of a place with the spaces between them. `word` says a word of the catalogue, `number` marks one up. */
export const spelled = <T>(place: readonly Part[], word: (text: string) => string, number: (text: string) => T) =>
  place.map(({ is, text }) => {
    if (is === 'number') return number(text);
    return is === 'word' ? ` ${word(text)} ` : `${text} `;
  });
