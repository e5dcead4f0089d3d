// The web application's frame: language, security headers, limits, errors, assets. Pages are mounted onto it.

import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import type { LawBook } from '../app/law-book.ts';
import type { Day } from '../kernel/calendar.ts';
import { isLanguage } from '../kernel/language.ts';
import type { Policy } from '../law/profile.ts';
import type { Assets } from './assets.ts';
import type { PageContext, WebEnv } from './context.ts';
import { homePage } from './home/page.ts';
import { MAX_UPLOAD, UPLOADS } from './intake/upload.ts';
import { messagePage } from './components/message-page.ts';
import { sayPage } from './people/say-page.ts';
import { TooMuch, Unreadable } from './streamed-form.ts';
import { streamedForms } from './streamed-forms.ts';
import { sendWhole } from './whole.ts';
import { type Catalogues, PAGE_LANGUAGES, type PageLanguage, type Translate, translator } from './messages.ts';

/** What the pages need from the world. */
export type WebPorts = {
  readonly book: LawBook;
  readonly policy: Policy;
  readonly catalogues: Catalogues;
  readonly assets: Assets;
  readonly today: () => Day;
  /** Records a defect; what a person typed never goes in. */
  readonly log: { readonly error: (fields: { readonly id: string; readonly err: unknown }, message: string) => void };
  readonly newId: () => string;
  /** Finds out who is signed in, and refuses forms that were not ours; from src/web/session.ts. */
  readonly sessions?: MiddlewareHandler<WebEnv>;
  /** Tells whoever watches over this node, on every page, that its self-audit found something. */
  readonly alarm?: MiddlewareHandler<WebEnv>;
  /** Whether this node shows an invented office, which every page then says. */
  readonly demonstration?: boolean;
  /** What is the same for everybody and needs no language: mounted before there is one. */
  readonly open?: Hono<WebEnv>;
  /** The most bytes of a form with a file of evidence. */
  readonly mostUpload?: number | undefined;
  /** Whether nobody has begun to use this node. */
  readonly isEmpty?: () => Promise<boolean>;
};

/** Forms with a file of any size, and the most that such a form may have where nobody set it. */
const STREAMED = /^\/requests\/[A-Z]{2}-\d{4}-\d{6,}\/evidence\/(?:receive|redact)$/;
const GIGABYTE = 1_000_000_000;
const MOST_STREAMED = 16 * GIGABYTE;

/** The largest body that is read, but for uploads. */
export const MAX_BODY = 1_048_576;

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const;

/** The frame; routes mounted onto it find a PageContext in `c.var.page`. */
export function webApp(ports: WebPorts): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.use(securityHeaders);
  app.get('/healthz', (c) => c.text('ok', 200, { 'cache-control': 'no-store' }));
  app.use(sendWhole);
  app.route('/', ports.assets.routes());
  if (ports.open) app.route('/', ports.open);
  app.use(pageContext(ports));
  const limited = (maxSize: number): MiddlewareHandler =>
    bodyLimit({
      maxSize,
      onError: (c) =>
        c.html(messagePage(c.get('page') as PageContext, maxSize === MAX_BODY ? 'tooLarge' : 'uploadTooLarge'), 413),
    });
  const mostUpload = ports.mostUpload ?? MOST_STREAMED;
  app.use(streamedForms(STREAMED, mostUpload));
  const [forms, uploads] = [limited(MAX_BODY), limited(MAX_UPLOAD)];
  // The API bounds its bodies itself, and says so in its own way.
  app.use((c, next) => {
    if (forPrograms(c.req.path) || c.var.streamed || c.req.method === 'GET') return next();
    return UPLOADS.test(c.req.path) ? uploads(c, next) : forms(c, next);
  });
  if (ports.sessions) app.use(ports.sessions);
  if (ports.alarm) app.use(ports.alarm);
  app.get('/', async (c) => c.html(homePage(c.var.page, (await ports.isEmpty?.()) ?? false)));
  app.notFound((c) =>
    forPrograms(c.req.path)
      ? problem(404, 'There is nothing here', `no resource has the address ${c.req.path}`)
      : c.html(messagePage(c.var.page, 'notFound', { path: c.req.path }), 404),
  );
  app.onError((err, c) => {
    if (err instanceof TooMuch)
      return c.html(messagePage(c.get('page'), 'fileTooLarge', { gigabytes: String(mostUpload / GIGABYTE) }), 413);
    if (err instanceof Unreadable) return c.html(sayPage(c.get('page'), 'form'), 400);
    const id = ports.newId();
    ports.log.error({ id, err }, 'defect');
    // Before the language is known there is no page to show, only a plain answer.
    const page = c.get('page') as PageContext | undefined;
    return forPrograms(c.req.path) || page === undefined
      ? problem(500, 'A defect', `a fault of the program, recorded as ${id}`)
      : c.html(messagePage(page, 'defect', { id }), 500);
  });
  return app;
}

const forPrograms = (path: string): boolean => path.startsWith('/api/');

/** RFC 9457. */
const problem = (status: number, title: string, detail: string): Response =>
  new Response(JSON.stringify({ type: 'about:blank', title, status, detail }), {
    status,
    headers: { ...HEADERS, 'content-type': 'application/problem+json' },
  });

const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  // What hands out a stranger's file has said something stricter already.
  const own = c.res.headers.get('content-security-policy');
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
  if (own?.endsWith('; sandbox')) c.res.headers.set('content-security-policy', own);
};

/** Works out the language and gives the pages what they need. */
function pageContext({
  book,
  policy,
  catalogues,
  assets,
  today,
  demonstration = false,
}: WebPorts): MiddlewareHandler<WebEnv> {
  const translators = new Map<PageLanguage, Translate>(
    PAGE_LANGUAGES.map((language) => [language, translator(language, catalogues[language])]),
  );
  return async (c, next) => {
    // Programs say on every request what they want: no cookie for them, and none counts.
    if (forPrograms(c.req.path)) return next();
    const url = new URL(c.req.url);
    const asked = url.searchParams.get('lang');
    const chosen = isPageLanguage(asked) ? asked : undefined;
    if (chosen) setCookie(c, 'lang', chosen, { path: '/', sameSite: 'Lax', httpOnly: true, maxAge: 31_536_000 });
    const kept = getCookie(c, 'lang');
    const language = chosen ?? (isPageLanguage(kept) ? kept : preferred(c.req.header('accept-language') ?? ''));
    url.searchParams.delete('lang');
    c.set('page', {
      language,
      t: translators.get(language) as Translate,
      book,
      policy,
      today: today(),
      path: c.req.path,
      query: url.searchParams,
      assets: assets.links,
      demonstration,
    });
    await next();
    if (!c.res.headers.has('cache-control'))
      c.res.headers.set('cache-control', c.req.method === 'GET' ? 'no-cache' : 'no-store');
    c.res.headers.append('vary', 'cookie, accept-language');
  };
}

const isPageLanguage = (tag: string | null | undefined): tag is PageLanguage => isLanguage(tag ?? '');

/** The best language of an Accept-Language header that the pages speak (RFC 9110, section 12.5.4). */
export function preferred(header: string): PageLanguage {
  const ranked = header.split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().split(';');
    const weight = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((one) => one !== undefined);
    return { tag: tag.toLowerCase().split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
  });
  const best = ranked
    .filter(({ tag, weight }) => weight > 0 && isPageLanguage(tag))
    .sort((a, b) => b.weight - a.weight)[0];
  return (best?.tag as PageLanguage | undefined) ?? 'en';
}
