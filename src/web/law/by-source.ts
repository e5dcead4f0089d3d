// The rules of a day by where they stand: kinds of sources, sources, articles, and the rules that a filter found.

import { say } from '../../kernel/language.ts';
import type { Confidence, Provision } from '../../law/provision.ts';
import type { Pack } from '../../law/rule-set.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { sayDay } from '../messages.ts';
import { type Article, articleHref, articlesOf, KINDS, numberOf, titleOf } from './articles.ts';
import type { Shown } from './reading.ts';
import { isFiltered } from './query.ts';
import { ruleItem } from './rule-item.ts';
import { officialText } from './source-words.ts';

export function bySource(shown: Shown): Html {
  const { context, query, found } = shown;
  const { t, book } = context;
  const filtered = isFiltered(query);
  return html`${KINDS.map((kind) => {
    const packs = book.rules.packs.filter(
      (pack) => pack.kind === kind && (!filtered || found.some((one) => one.pack === pack.id)),
    );
    return (
      packs.length > 0 &&
      html`<section class="kind" aria-labelledby="kind-${kind}"><h2 id="kind-${kind}">${t(`law.kind.${kind}`)}</h2>
<p class="kind-lead">${t(`law.kind.${kind}.lead`)}</p>
${packs.map((pack) => packSection(shown, pack, filtered))}</section>`
    );
  })}`;
}

function packSection(shown: Shown, pack: Pack, filtered: boolean): Html {
  const { context, law, found } = shown;
  const { t, language, book } = context;
  const own = found.filter((one) => one.pack === pack.id);
  const first = book.rules.provisions
    .filter((one) => one.pack === pack.id)
    .map((one) => (one.inForce === 'always' ? law.day : one.inForce.from))
    .sort()[0];
  return html`<section class="pack" id="${pack.prefix}" aria-labelledby="pack-${pack.prefix}">
<h3 id="pack-${pack.prefix}">${say(pack.title, language)}</h3>
<p class="pack-meta">${t.rich('law.pack.meta', { version: bdi(pack.version), rules: own.length })}
${pack.kind === 'instrument' && html` <span class="sep">${officialText(context, pack.address)}</span>`}</p>
${
  own.length > 0
    ? html`<p class="pack-meta">${confidences(shown, own)}</p>
${articleList(shown, pack, own, filtered)}`
    : first !== undefined &&
      first > law.day &&
      html`<p class="note">${t.rich('law.pack.notYet', { day: html`<time datetime="${first}">${sayDay(first, language)}</time>` })}</p>`
}</section>`;
}

const LEVELS: readonly Confidence[] = ['certified', 'secondary', 'unverified'];

/** How much of a pack was checked, and how far, in words. */
function confidences({ context: { t } }: Shown, rules: readonly Provision[]): Fragment {
  return LEVELS.flatMap((level) => {
    const count = rules.filter((one) => one.source.confidence === level).length;
    return count > 0 ? [html`${t(`law.pack.${level}`, { count })}`] : [];
  }).map((one, i) => (i === 0 ? one : html` <span class="sep">${one}</span>`));
}

function articleList(shown: Shown, pack: Pack, own: readonly Provision[], filtered: boolean): Html {
  const articles = articlesOf(pack).filter(({ article }) => own.some((one) => one.article === article));
  const rulesIn = ({ article }: Article) => own.filter((one) => one.article === article);
  return filtered
    ? html`<div class="found-articles">${articles.map((one) => foundArticle(shown, one, rulesIn(one)))}</div>`
    : html`<ul class="articles">${articles.map(
        (one) => html`
<li>${articleLink(shown, one)} <span class="count">${shown.context.t('law.rules', { count: rulesIn(one).length })}</span></li>`,
      )}
</ul>`;
}

function foundArticle(shown: Shown, article: Article, rules: readonly Provision[]): Html {
  return html`<section class="found-article"><h4>${articleLink(shown, article)}</h4>
<ul class="rules">${rules.map((rule) => ruleItem(shown, rule))}</ul></section>`;
}

function articleLink({ context, query }: Shown, article: Article): Html {
  const number = numberOf(context, article);
  return html`<a class="article-link" href="${articleHref(article, query.day, context.today)}">${
    number && html`<span class="number">${number}</span> `
  }<span>${titleOf(article, context.language)}</span></a>`;
}
