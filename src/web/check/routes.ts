// /check on the server: the page, the form without scripts, the download, and the data with which a browser does it all by itself.

import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { page } from '../components/layout.ts';
import type { PageContext, WebEnv } from '../context.ts';
import { type Html, html } from '../html.ts';
import { type Catalogues, PAGE_LANGUAGES, type PageLanguage } from '../messages.ts';
import { type BrowserBook, browserBook } from './browser-book.ts';
import { downloadText, FILE_NAME } from './download.ts';
import { viewOfFile } from './file.ts';
import { readForm } from './form.ts';
import { defaultButton, FORM } from './questions.ts';
import { checkRegion } from './region.ts';
import { advance, emptyStart, type View } from './view.ts';

/** Example requests by name: the text of each file. */
export type Examples = { readonly [id: string]: string };

export type CheckPorts = Pick<PageContext, 'book' | 'policy'> & {
  readonly catalogues: Catalogues;
  readonly examples: Examples;
};

export function checkRoutes(ports: CheckPorts): Hono<WebEnv> {
  const books = browserBooks(ports);
  const ids = Object.keys(ports.examples);
  const show = (c: Context<WebEnv>, view: View) => {
    const context = c.var.page;
    return c.html(checkPage(context, view, ids, books(context.language).address), view.errors.length > 0 ? 422 : 200);
  };
  return new Hono<WebEnv>()
    .get('/check', (c) => show(c, emptyStart(c.var.page)))
    .post('/check', async (c) => {
      const context = c.var.page;
      const fields = await readFields(c);
      const action = fields.get('do') ?? '';
      if (action === 'example') {
        const example = fields.get('example') ?? '';
        return show(
          c,
          Object.hasOwn(ports.examples, example)
            ? viewOfFile(context, ports.examples[example] as string)
            : emptyStart(context),
        );
      }
      if (action === 'file') return show(c, viewOfFile(context, fields.get('file') ?? ''));
      const view = advance(context, readForm(context.book.rules, fields));
      if (action === 'download' && view.stage === 'answer' && view.errors.length === 0) {
        return c.body(downloadText(view), 200, {
          'content-type': 'application/json; charset=utf-8',
          'content-disposition': `attachment; filename="${FILE_NAME}"`,
        });
      }
      return show(c, view);
    })
    .get('/check/book/:file', (c) => {
      const language = PAGE_LANGUAGES.find((one) => c.req.param('file').startsWith(`${one}-`));
      const found = language && books(language);
      if (found?.address !== c.req.path) return c.notFound();
      return c.body(found.text, 200, {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
      });
    });
}

/** Every field as text; a file counts as what it contains. A form that cannot be read is an empty one. */
async function readFields(c: Context<WebEnv>): Promise<Map<string, string>> {
  const fields = new Map<string, string>();
  const form = await c.req.formData().catch(() => new FormData());
  for (const [name, value] of form as unknown as Iterable<[string, string | File]>)
    fields.set(name, typeof value === 'string' ? value : await value.text());
  return fields;
}

type Served = { readonly address: string; readonly text: string };

/** One for each language, made when a page in it is first asked for; the address is the hash of the content. */
function browserBooks(ports: CheckPorts): (language: PageLanguage) => Served {
  const made = new Map<PageLanguage, Served>();
  return (language) => {
    const known = made.get(language);
    if (known) return known;
    const text = JSON.stringify(browserBook(ports, language) satisfies BrowserBook);
    const address = `/check/book/${language}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.json`;
    made.set(language, { text, address });
    return { text, address };
  };
}

function checkPage(context: PageContext, view: View, examples: readonly string[], book: string): Html {
  const { t, today } = context;
  return page({
    context,
    title: t('check.title'),
    description: t('check.lead'),
    hasErrors: view.errors.length > 0,
    scripts: ['check'],
    ...(view.stage === 'answer' ? { languageForm: { form: FORM, before: defaultButton() } } : {}),
    main: html`<h1>${t('check.title')}</h1>
<p class="privacy" id="privacy-server">${t('check.privacy.server')}</p>
<p class="privacy" id="privacy-browser" hidden>${t('check.privacy.browser')}</p>
<div id="check" data-book="${book}" data-today="${today}">${checkRegion(context, view, examples)}</div>
<p class="ds-sr-only" role="status" id="check-status"></p>`,
  });
}
