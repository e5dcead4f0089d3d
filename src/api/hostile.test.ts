// What an attacker sends: each is answered with a problem or with nothing odd, and never with a defect.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_BODY } from './app.ts';
import { api, ask, examples, operations, problemOf, send } from './testing/api.ts';

const [first = ''] = Object.values(examples);
const at = '/api/assessments';

test('names that every object has are just unknown names', async () => {
  for (const key of ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype']) {
    const outside = first.replace('{', `{"${key}": {"measure": "preservation"},`);
    const inside = first.replace('"facts": {', `"facts": {"${key}": true,`);
    assert.deepEqual(
      (await problemOf(422, at, send(outside))).errors?.map((one) => one.pointer),
      [`/${key}`],
    );
    assert.deepEqual(
      (await problemOf(422, at, send(inside))).errors?.map((one) => one.pointer),
      [`/facts/${key}`],
    );
    await problemOf(404, `/api/law/provisions/${key}`);
    await problemOf(404, `/api/schemas/${key}.json`);
    await problemOf(400, `/api/law/provisions?measure=${key}`);
    await problemOf(400, `/api/law?${key}=1`);
  }
  assert.equal(({} as { measure?: string }).measure, undefined);
});

test('deep nesting costs no stack', async () => {
  const depth = 200_000;
  await problemOf(422, at, send(`${'['.repeat(depth)}${']'.repeat(depth)}`));
  await problemOf(400, at, send('['.repeat(depth)));
  await problemOf(400, at, send('{"a":'.repeat(100_000)));
});

test('a body over the limit is refused, whether it says its length or not', async () => {
  const large = `{"x": "${'y'.repeat(MAX_BODY)}"}`;
  await problemOf(413, at, send(large));
  await problemOf(413, at, send(large, { 'content-length': String(large.length) }));
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(32)) });
  const response = await api.routes.request(at, { ...send(''), body: endless, duplex: 'half' } as RequestInit);
  assert.equal(response.status, 413);
});

test('a body at the limit is read, and a long key or value of it is not sent back many times', async () => {
  const shell = '{"":1}';
  const body = `{"${'k'.repeat(MAX_BODY - shell.length)}":1}`;
  assert.equal(body.length, MAX_BODY);
  const { response, text } = await ask(at, send(body));
  assert.equal(response.status, 422);
  assert.ok(text.length < 2 * MAX_BODY);
  const many = `{"facts": {${Array.from({ length: 50_000 }, (_, i) => `"f${i}":1`).join()}}}`;
  assert.ok((await ask(at, send(many))).text.length < 50_000);
});

test('an address leads to a rule or to nothing, never to a file', async () => {
  for (const name of [
    '..%2f..%2fpackage',
    '%2e%2e%2f%2e%2e%2fpackage',
    '..%5c..%5cpackage',
    'request.json%00',
    '/etc/passwd',
  ]) {
    await problemOf(404, `/api/schemas/${encodeURIComponent(name)}.json`);
    await problemOf(404, `/api/schemas/${name.replace('/etc', '%2fetc')}.json`);
    await problemOf(404, `/api/law/provisions/${name.replace('/etc', '%2fetc')}`);
  }
  for (const path of [
    '/api/',
    '/api//law',
    '/api/law/',
    '/api/law/../law/x',
    '/api/%E0%A4%A',
    '/api/law/provisions/%E0%A4%A',
  ]) {
    assert.equal((await ask(path)).response.status, 404, path);
  }
});

test('a name cannot put a line into the header or markup into an answer', async () => {
  for (const name of ['x%0d%0aset-cookie:%20a=b', '<script>alert(1)</script>', 'x'.repeat(5_000), '%F0%9F%92%A9']) {
    const { response, text } = await ask(`/api/law/provisions/${encodeURIComponent(decodeURIComponent(name))}`);
    assert.equal(response.status, 404);
    assert.equal(response.headers.get('set-cookie'), null);
    assert.equal(response.headers.get('content-type'), 'application/problem+json');
    assert.ok(text.length < 400);
  }
});

test('every address refuses the methods it does not have, and says which it has', async () => {
  for (const { path, method } of operations) {
    const filled = path.replaceAll(/\{\w+\}/g, 'x');
    for (const other of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', method === 'GET' ? 'POST' : 'GET']) {
      const response = await api.routes.request(filled, { method: other });
      assert.equal(response.status, 405, `${other} ${filled}`);
      assert.equal(response.headers.get('allow'), method === 'GET' ? 'GET, HEAD' : 'POST');
    }
  }
});

test('HEAD says what GET says, without the body', async () => {
  for (const path of ['/api/law', '/api/law/rule-set', '/api/openapi.json']) {
    const [head, get] = [await ask(path, { method: 'HEAD' }), await ask(path)];
    assert.equal(head.response.status, 200);
    assert.equal(head.text, '');
    assert.equal(head.response.headers.get('content-type'), get.response.headers.get('content-type'));
  }
});

test('no other origin is let in', async () => {
  const { response } = await ask('/api/law', { headers: { origin: 'https://elsewhere.example' } });
  for (const [name] of response.headers) assert.doesNotMatch(name, /^access-control-/);
});

test('bytes and characters at random give a problem', async () => {
  let seed = 12_345;
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  for (let i = 0; i < 300; i++) {
    const cut = next(first.length);
    const changed = `${first.slice(0, cut)}${String.fromCharCode(next(256))}${first.slice(cut + next(4))}`;
    const { response } = await ask(at, send(changed));
    assert.ok([200, 400, 422].includes(response.status), `${response.status}`);
  }
});
