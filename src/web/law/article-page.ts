// /law/<source>/<article>: every rule of an article in full, with its condition in words and its worked cases run.

import { lawOnDay } from '../../app/law-on-day.ts';
import { say } from '../../kernel/language.ts';
import type { Provision } from '../../law/provision.ts';
import { type FieldError, errorSummary } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { shape } from '../components/outcome.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { sayDay } from '../messages.ts';
import { type Article, articleHref, numberOf, type PlacedArticle, rulesOf, titleOf } from './articles.ts';
import { contentsNav } from './contents.ts';
import { toneOfEffect } from './effects.ts';
import { provisionSection } from './provision.ts';
import { dayError, keepDay, readQuery } from './query.ts';
import type { Reading } from './reading.ts';
import { officialText } from './source-words.ts';

export function articlePage(
  context: PageContext,
  article: PlacedArticle,
  cases: Reading['cases'],
): { readonly markup: Html; readonly ok: boolean } {
  const { t, book, policy, language } = context;
  const { day, typedDay, wrongDay } = readQuery(context);
  const law = lawOnDay(book, policy, day);
  const rules = rulesOf(book.rules, law, article);
  const reading = { context, law, cases };
  const number = numberOf(context, article);
  const title = titleOf(article, language);
  const source = say(article.pack.title, language);
  const errors: FieldError[] = wrongDay ? [{ field: '', message: dayError(context, typedDay) }] : [];
  const markup = page({
    context,
    title: `${number === null ? '' : `${number}: `}${title}`,
    description: t('law.articleOf', { title, source }),
    hasErrors: wrongDay,
    main: html`${errorSummary(context, errors)}
<nav class="law-crumbs no-print" aria-label="${t('law.crumbs')}"><ol><li><a href="/law${keepDay(day, context.today)}">${t('law.title')}</a></li><li><a href="/law${keepDay(day, context.today)}#${article.pack.prefix}">${say(article.pack.short, language)}</a></li></ol></nav>
<header class="article-head">
<h1>${number && html`<span class="article-number">${number}</span> `}${title}</h1>
${articleLead(reading, article, rules)}
</header>
<div class="article-grid" data-rules="${rules.length > 1 ? 'many' : 'one'}">
${rules.length > 1 && contents(reading, rules)}
<div class="provisions">${rules.map((rule) => provisionSection(reading, rule))}
${neighbours(reading, article)}
${colophon(reading, article)}</div>
</div>`,
  });
  return { markup, ok: !wrongDay };
}

function articleLead({ context, law }: Reading, article: Article, rules: readonly Provision[]): Html {
  const { t, language, today } = context;
  const { pack } = article;
  const day = html`<time datetime="${law.day}">${sayDay(law.day, language)}</time>`;
  const standing = rules.filter(law.stands).length;
  return html`<p class="lead">${say(pack.title, language)}</p>
<p class="pack-meta">${t.rich('law.pack.meta', { version: bdi(pack.version), rules: rules.length })}
${pack.kind !== 'policy' && html` <span class="sep">${officialText(context, pack.address)}</span>`}
<span class="sep">${t.rich('law.asOf', { day })}</span></p>
${law.day !== today && html`<p class="note no-print">${t.rich('law.otherDay', { day })} <a class="ds-link" href="${articleHref(article, today, today)}">${t('law.backToToday')}</a></p>`}
${standing === 0 && html`<p class="note">${t.rich('law.articleNotLaw', { day })}</p>`}`;
}

function contents({ context }: Reading, rules: readonly Provision[]): Html {
  const { t, language } = context;
  return contentsNav(
    t('law.contents'),
    rules.map((rule) => {
      const tone = toneOfEffect(rule.effect);
      return html`
<li><a href="#${rule.id}"${tone && html` data-tone="${tone}"`}>${placeIn(rule)}<span>${say(rule.title, language)}</span>${tone && shape(tone)}</a></li>`;
    }),
  );
}

/** The place of a rule; house rules have names for places, which their titles say better. */
const placeIn = ({ source }: Provision): Html | false =>
  /^\d/.test(source.place) && html`<span class="place">${bdi(source.place)}</span>`;

function neighbours({ context, law }: Reading, article: PlacedArticle): Html | false {
  const { t, language, today } = context;
  const { before, after } = article;
  const link = (one: Article | undefined, rel: 'prev' | 'next') =>
    one &&
    html`<a class="ds-link" rel="${rel}" href="${articleHref(one, law.day, today)}"><span class="way">${t(`law.${rel}`)}</span> ${numberOf(context, one)} ${titleOf(one, language)}</a>`;
  return (
    (before !== undefined || after !== undefined) &&
    html`<nav class="neighbours no-print" aria-label="${t('law.neighbours')}">${link(before, 'prev')}${link(after, 'next')}</nav>`
  );
}

/** On paper: which law this was, so that anyone can find the same again. */
function colophon({ context, law }: Reading, article: Article): Html {
  const { t, book, language } = context;
  return html`<p class="colophon print-only">${t.rich('law.colophon', {
    address: bdi(`/law/${article.pack.prefix}/${article.article}?as-of=${law.day}`),
    day: sayDay(law.day, language),
    hash: bdi(book.hash),
  })}</p>`;
}
