// Finding rules by words: every word must stand somewhere in what the rule says, in the language of the page or in its codes.

import { say } from '../../kernel/language.ts';
import type { LawOnDay } from '../../app/law-on-day.ts';
import type { Provision } from '../../law/provision.ts';
import type { RuleSet } from '../../law/rule-set.ts';
import type { PageLanguage } from '../messages.ts';
import type { LawQuery } from './query.ts';

/** The rules of the day that the filters leave, in the order of the packs. */
export function matching(
  rules: RuleSet,
  law: LawOnDay,
  { words, measure, effect }: Pick<LawQuery, 'words' | 'measure' | 'effect'>,
  language: PageLanguage,
): Provision[] {
  const wanted = folded(words)
    .split(' ')
    .filter((word) => word !== '');
  return law.standing.filter(
    (provision) =>
      (measure === null || Object.hasOwn(provision.concerns, measure)) &&
      (effect === null || provision.effect === effect) &&
      (wanted.length === 0 || saysAll(wanted, textOf(rules, law, provision, language))),
  );
}

const saysAll = (words: readonly string[], text: string): boolean => words.every((word) => text.includes(word));

/** All that a rule says to a reader, and its codes. */
function textOf(rules: RuleSet, law: LawOnDay, provision: Provision, language: PageLanguage): string {
  const pack = rules.packs.find((one) => one.id === provision.pack);
  const article = pack?.articles.find((one) => one.article === provision.article);
  const texts = [
    provision.title,
    provision.source.paraphrase,
    provision.what,
    provision.gap,
    ...Object.values(provision.explain),
  ];
  return folded(
    [
      provision.id,
      provision.source.place,
      pack && say(pack.title, language),
      pack && say(pack.short, language),
      article && say(article.title, language),
      ...texts.map((text) => text && law.text(provision, text, language)),
    ].join(' '),
  );
}

/** Case, accents and vowel signs, forms of alef, and kinds of digits do not tell words apart. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}|\u0640/gu, '')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll('\u0649', '\u064a')
    .replaceAll('\u0629', '\u0647')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}
