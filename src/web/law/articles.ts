// Articles as readers know them: several files may make one, and one wording of each rule is the one of the day.

import type { LawOnDay } from '../../app/law-on-day.ts';
import type { Day } from '../../kernel/calendar.ts';
import { say } from '../../kernel/language.ts';
import type { Provision, ProvisionId } from '../../law/provision.ts';
import type { Pack, RuleSet } from '../../law/rule-set.ts';
import type { LawContext } from '../context.ts';
import { citeName } from '../components/cite.ts';
import { type Html, html } from '../html.ts';
import { type PageLanguage, sayNumber } from '../messages.ts';
import { keepDay } from './query.ts';

export type Article = {
  readonly pack: Pack;
  readonly article: string;
  readonly titles: readonly Pack['title'][];
};

/** An article and those before and after it in its source. */
export type PlacedArticle = Article & { readonly before: Article | undefined; readonly after: Article | undefined };

/** Kinds of sources in the order in which readers meet them. */
export const KINDS = ['instrument', 'rights', 'policy'] as const satisfies readonly Pack['kind'][];

/** The articles of a pack in their order, each once. */
export function articlesOf(pack: Pack): Article[] {
  const byNumber = Map.groupBy(pack.articles, (one) => one.article);
  return [...byNumber]
    .map(([article, files]) => ({ pack, article, titles: files.map((file) => file.title) }))
    .sort((a, b) => (isNumbered(a.article) && isNumbered(b.article) ? natural(a.article, b.article) : 0));
}

/** The article an address names. Names are compared, never used as keys. */
export function findArticle(rules: RuleSet, prefix: string, article: string): PlacedArticle | undefined {
  const pack = rules.packs.find((one) => one.prefix === prefix);
  const articles = pack ? articlesOf(pack) : [];
  const at = articles.findIndex((one) => one.article === article);
  const found = articles[at];
  return found && { ...found, before: articles[at - 1], after: articles[at + 1] };
}

/** An article and the wording of each of its rules on the day: the one in force, else the next to come, else the last. */
export function rulesOf(rules: RuleSet, law: LawOnDay, { pack, article }: Article): Provision[] {
  const own = rules.provisions.filter((one) => one.pack === pack.id && one.article === article);
  const current = [...Map.groupBy(own, (one) => one.id).values()].map((wordings) => currentOf(wordings, law));
  return isNumbered(article) ? current.sort((a, b) => natural(a.id, b.id)) : current;
}

function currentOf(wordings: readonly Provision[], law: LawOnDay): Provision {
  const inOrder = [...wordings].sort((a, b) => (firstDay(a) < firstDay(b) ? -1 : 1));
  return (inOrder.find(law.stands) ?? inOrder.find((one) => firstDay(one) > law.day) ?? inOrder.at(-1)) as Provision;
}

const firstDay = ({ inForce }: Provision): string => (inForce === 'always' ? '' : inForce.from);

const isNumbered = (article: string): boolean => /^\d/.test(article);

const collator = new Intl.Collator('en', { numeric: true });
const natural = (a: string, b: string): number => collator.compare(a, b);

/** "Mutual legal assistance", or the titles of all its files where they differ. */
export const titleOf = ({ titles }: Article, language: PageLanguage): string =>
  [...new Set(titles.map((title) => say(title, language)))].join(' · ');

/** The number of an article in the digits of the language, where articles have numbers; null where they have names. */
export const numberOf = ({ t, language }: Pick<LawContext, 't' | 'language'>, article: Article): string | null =>
  isNumbered(article.article)
    ? t('law.article', {
        number: /^\d+$/.test(article.article) ? sayNumber(Number(article.article), language) : article.article,
      })
    : null;

export const articleHref = ({ pack, article }: Article, day: Day, today: Day): string =>
  `/law/${pack.prefix}/${encodeURIComponent(article)}${keepDay(day, today)}`;

/** The address of a rule, on the day that is being read. */
export function ruleHref(rules: RuleSet, id: ProvisionId, day: Day, today: Day): string {
  const provision = rules.provisions.find((one) => one.id === id);
  const pack = rules.packs.find((one) => one.id === provision?.pack);
  return `/law/${pack?.prefix ?? ''}/${encodeURIComponent(provision?.article ?? '')}${keepDay(day, today)}#${id}`;
}

/** A rule by its source and place, as a link that keeps the day. */
export function ruleLink(
  context: Pick<LawContext, 'book' | 'language' | 't' | 'today'>,
  id: ProvisionId,
  day: Day,
): Html {
  return html`<a class="ds-link" href="${ruleHref(context.book.rules, id, day, context.today)}">${citeName(context, id)}</a>`;
}
