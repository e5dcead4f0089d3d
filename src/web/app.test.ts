// The frame of the pages: language, headers, caching, limits, and what happens when nothing or too much is there.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { MAX_BODY, preferred } from './app.ts';
import { ruleSetAddress } from './components/layout.ts';
import { book, testApp } from './testing/web.ts';

const { app, logged } = testApp();

test('the health of a node is a plain 200', async () => {
  assert.equal((await app.request('/healthz')).status, 200);
});

test('every page carries the security policy, and no page an inline script, an inline style or a style attribute', async () => {
  for (const path of ['/', '/check', '/nowhere']) {
    const response = await app.request(path);
    const policy = response.headers.get('content-security-policy') ?? '';
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ])
      assert.ok(policy.includes(part), part);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
    const markup = await response.text();
    assert.doesNotMatch(markup, /<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|https?:\/\/(?!www\.w3\.org)/);
  }
});

test('the language is what the address says, then the cookie, then the header, then English', async () => {
  const languageOf = async (path: string, headers: Record<string, string> = {}) =>
    /<html lang="([\w-]+)" dir="(\w+)"/.exec(await (await app.request(path, { headers })).text())?.slice(1);
  assert.deepEqual(await languageOf('/'), ['en', 'ltr']);
  assert.deepEqual(await languageOf('/', { 'accept-language': 'de;q=0.9, ar-EG;q=0.8, en;q=0.1' }), ['ar', 'rtl']);
  for (const header of ['fr', 'ru-RU', 'es-419, en;q=0.5'])
    assert.deepEqual(await languageOf('/', { 'accept-language': header }), [header.slice(0, 2), 'ltr']);
  assert.deepEqual(await languageOf('/', { 'accept-language': 'zh-CN' }), ['zh-Hans', 'ltr']);
  assert.deepEqual(await languageOf('/', { 'accept-language': 'ar', cookie: 'lang=en' }), ['en', 'ltr']);
  assert.deepEqual(await languageOf('/?lang=ar', { cookie: 'lang=en' }), ['ar', 'rtl']);
  assert.deepEqual(await languageOf('/?lang=xx'), ['en', 'ltr']);
});

test('choosing a language sets the one cookie there is', async () => {
  const cookie = (await app.request('/?lang=ar')).headers.getSetCookie();
  assert.equal(cookie.length, 1);
  assert.match(cookie[0] ?? '', /^lang=ar; .*SameSite=Lax/);
  assert.deepEqual((await app.request('/check')).headers.getSetCookie(), []);
});

test('weights of a language header are honoured, and zero means no', () => {
  assert.equal(preferred('en;q=0.2, ar'), 'ar');
  assert.equal(preferred('ar;q=0, *'), 'en');
  assert.equal(preferred(''), 'en');
});

test('what is linked is there, may be kept for ever, and comes compressed', async () => {
  const markup = await (await app.request('/check')).text();
  const links = [...markup.matchAll(/(?:href|src|data-book)="(\/(?:assets|check\/book)\/[^"]+)"/g)].map(
    (found) => found[1] as string,
  );
  assert.ok(links.length > 20);
  for (const link of links) {
    const response = await app.request(link, { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(response.status, 200, link);
    if (link.endsWith('.svg')) continue;
    assert.match(response.headers.get('cache-control') ?? '', /immutable/, link);
    assert.equal(response.headers.get('content-encoding'), 'gzip', link);
  }
});

/** The style sheets of the first page in a language. */
const sheetsIn = async (language: string): Promise<string[]> => {
  const markup = await (await app.request('/', { headers: { cookie: `lang=${language}` } })).text();
  return [...markup.matchAll(/rel="stylesheet" href="([^"]+)"/g)].map((found) => found[1] as string);
};

test('fonts are our own and no style sheet names another host', async () => {
  for (const sheet of await sheetsIn('zh')) {
    const style = await (await app.request(sheet)).text();
    const fonts = [...style.matchAll(/url\((\/assets\/fonts\/[^)]+)\)/g)].map((found) => found[1] as string);
    assert.ok(fonts.length >= 8, sheet);
    for (const font of fonts) assert.equal((await app.request(font)).headers.get('content-type'), 'font/woff2', font);
    assert.doesNotMatch(style, /url\((?!\/assets\/|["']?data:)/);
  }
});

test('the hundred pieces of the Chinese font are sent to no one who reads another language', async () => {
  const [shared, chinese, ...more] = await sheetsIn('zh');
  assert.deepEqual(more, []);
  for (const language of ['en', 'ar', 'fr', 'ru', 'es']) assert.deepEqual(await sheetsIn(language), [shared]);
  assert.doesNotMatch(await (await app.request(shared as string)).text(), /@font-face[^}]*Noto Sans SC/);
  const faces = (await (await app.request(chinese as string)).text()).match(/@font-face/g) ?? [];
  assert.ok(faces.length > 90);
});

test('the header offers the same page in each of the other five languages, named in itself, and marks its own', async () => {
  const markup = await (await app.request('/check?as-of=2028-03-01', { headers: { cookie: 'lang=ru' } })).text();
  const offered = [
    ...markup.matchAll(
      /<li lang="([\w-]+)"><a class="site-language" href="([^"]+)" hreflang="([\w-]+)"><bdi dir="(\w+)">([^<]+)/g,
    ),
  ];
  assert.deepEqual(
    offered.map(([, lang, , hreflang, dir, name]) => [lang, dir, hreflang === lang, name]),
    [
      ['en', 'ltr', true, 'English'],
      ['ar', 'rtl', true, 'العربية'],
      ['zh-Hans', 'ltr', true, '中文'],
      ['fr', 'ltr', true, 'Français'],
      ['es', 'ltr', true, 'Español'],
    ],
  );
  assert.deepEqual(
    offered.map(([, , href]) => href),
    ['en', 'ar', 'zh', 'fr', 'es'].map((lang) => `/check?as-of=2028-03-01&amp;lang=${lang}`),
  );
  assert.match(markup, /<li lang="ru"><span aria-current="true"><bdi dir="ltr">Русский<\/bdi><\/span>/);
});

test('a path that leads nowhere says so, in the language of the reader, and shows the path as text', async () => {
  const response = await app.request('/<script>alert(1)</script>', { headers: { cookie: 'lang=ar' } });
  assert.equal(response.status, 404);
  assert.doesNotMatch(await response.text(), /<script>alert/);
});

test('programs get problems, people get pages', async () => {
  const response = await app.request('/api/nothing');
  assert.equal(response.status, 404);
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  assert.equal(((await response.json()) as { status: number }).status, 404);
});

test('more than one mebibyte is not read', async () => {
  const body = new URLSearchParams({ do: 'start', measure: 'x'.repeat(MAX_BODY) });
  const response = await app.request('/check', {
    method: 'POST',
    body,
    headers: { 'content-length': String(MAX_BODY + 100) },
  });
  assert.equal(response.status, 413);
  assert.match(await response.text(), /too large/);
});

test('a defect shows an id, logs the same id, and no word of the request', async () => {
  const broken = testApp();
  broken.app.get('/broken', () => {
    throw new Error('planted');
  });
  const response = await broken.app.request('/broken?secret=payload');
  assert.equal(response.status, 500);
  assert.match(await response.text(), /id-of-test/);
  assert.deepEqual(
    broken.logged.map((line) => line.id),
    ['id-of-test'],
  );
  assert.doesNotMatch(JSON.stringify(broken.logged), /payload/);
  assert.deepEqual(logged, []);
});

test('the rule set can be had under its hash, and hashes to it', async () => {
  const text = await (await app.request(ruleSetAddress(book.hash))).text();
  assert.equal(`sha256:${createHash('sha256').update(text).digest('hex')}`, book.hash);
});
