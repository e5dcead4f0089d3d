// Pages leave whole: compressed for whoever takes it, tagged where they may be kept, and streams are left alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { sendWhole } from './whole.ts';

const LONG = '<p>A page of some length.</p>'.repeat(200);

const app = new Hono();
app.use(sendWhole);
app.get('/page', (c) => c.html(LONG));
app.get('/short', (c) => c.html('<p>ok</p>'));
app.get('/private', (c) => c.html(LONG, 200, { 'cache-control': 'no-store', 'x-own': 'kept' }));
app.get('/wrong', (c) => c.html(LONG, 422));
app.get('/tagged', (c) => c.json({ long: LONG }, 200, { etag: '"mine"' }));
app.get('/file', (c) => c.body(LONG, 200, { 'content-type': 'application/octet-stream' }));
app.get('/pieces', (c) => c.body(LONG, 200, { 'content-type': 'application/json', 'cache-control': 'no-transform' }));
app.get('/events', (c) => c.body(LONG, 200, { 'content-type': 'text/event-stream' }));

const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  Promise.resolve(app.request(path, { headers }));
const GZIP = { 'accept-encoding': 'gzip, br' };

test('a page is compressed for whoever takes it and is the same page', async () => {
  const plain = await ask('/page');
  assert.equal(await plain.text(), LONG);
  assert.equal(plain.headers.get('content-encoding'), null);
  const small = await ask('/page', GZIP);
  assert.equal(small.headers.get('content-encoding'), 'gzip');
  assert.equal(gunzipSync(new Uint8Array(await small.arrayBuffer())).toString('utf8'), LONG);
  assert.equal(small.headers.get('vary'), 'accept-encoding');
  for (const refused of ['gzip;q=0', 'br', '*;q=0', 'identity'])
    assert.equal((await ask('/page', { 'accept-encoding': refused })).headers.get('content-encoding'), null, refused);
  for (const taken of ['*', 'br;q=1, gzip;q=0.5', 'GZIP'])
    assert.equal((await ask('/page', { 'accept-encoding': taken })).headers.get('content-encoding'), 'gzip', taken);
  assert.equal((await ask('/short', GZIP)).headers.get('content-encoding'), null);
});

test('whoever has a page already is told so, and gets no body', async () => {
  const tag = (await ask('/page')).headers.get('etag') ?? '';
  assert.match(tag, /^"[\w-]+"$/);
  for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
    const again = await ask('/page', { 'if-none-match': known });
    assert.deepEqual([again.status, await again.text(), again.headers.get('etag')], [304, '', tag], known);
    assert.equal(again.headers.get('content-type'), null);
  }
  assert.equal((await ask('/page', { 'if-none-match': '"other"' })).status, 200);
  assert.equal((await ask('/tagged', { 'if-none-match': '"mine"' })).status, 304);
});

test('what must not be kept, and what is no page that was asked for, has no tag', async () => {
  const { headers } = await ask('/private', { ...GZIP, 'if-none-match': '*' });
  assert.deepEqual(
    [headers.get('etag'), headers.get('cache-control'), headers.get('x-own'), headers.get('content-encoding')],
    [null, 'no-store', 'kept', 'gzip'],
  );
  const wrong = await ask('/wrong');
  assert.deepEqual([wrong.status, wrong.headers.get('etag')], [422, null]);
});

test('files and streams of events go out as they come', async () => {
  for (const path of ['/file', '/events', '/pieces']) {
    const { headers } = await ask(path, GZIP);
    assert.deepEqual(
      [headers.get('etag'), headers.get('content-encoding'), headers.get('vary')],
      [null, null, null],
      path,
    );
  }
});
