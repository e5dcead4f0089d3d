// The pages of the law: the list, the questions, and every article under the address that all citations link to.

import { Hono } from 'hono';
import { workedCases } from '../../app/law-cases.ts';
import { page } from '../components/layout.ts';
import type { PageContext, WebEnv } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { articlePage } from './article-page.ts';
import { findArticle } from './articles.ts';
import { factsPage } from './facts-page.ts';
import { lawPage } from './index-page.ts';

export function lawRoutes({ book }: Pick<PageContext, 'book'>): Hono<WebEnv> {
  const cases = workedCases(book);
  return new Hono<WebEnv>()
    .get('/law', (c) => {
      const { markup, ok } = lawPage(c.var.page);
      return c.html(markup, ok ? 200 : 422);
    })
    .get('/law/facts', (c) => c.html(factsPage(c.var.page)))
    .get('/law/:source', (c) =>
      // Someone cut an address short: the list, at that source.
      book.rules.packs.some((pack) => pack.prefix === c.req.param('source'))
        ? c.redirect(`/law#${c.req.param('source')}`)
        : c.html(unknownArticle(c.var.page), 404),
    )
    .get('/law/:source/:article', (c) => {
      const article = findArticle(book.rules, c.req.param('source'), c.req.param('article'));
      if (!article) return c.html(unknownArticle(c.var.page), 404);
      const { markup, ok } = articlePage(c.var.page, article, cases);
      return c.html(markup, ok ? 200 : 422);
    });
}

function unknownArticle(context: PageContext): Html {
  const { t, path } = context;
  const title = t('law.unknown.title');
  return page({
    context,
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${t.rich('law.unknown.text', { path: bdi(path) })}</p>
<p><a class="ds-button" href="/law">${t('law.unknown.back')}</a></p>`,
  });
}
