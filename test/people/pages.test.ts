// The pages of people and access under attack: forms from elsewhere, cookies, doors that tell who works here, roles that do not fit.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { changeRoles, disablePerson } from '../../src/app/people/manage.ts';
import type { SignedIn } from '../../src/app/people/sessions.ts';
import { prepareSetUp } from '../../src/app/people/set-up.ts';
import { CATALOGUES, type Node, openNode } from './node.ts';
import { must, PASSWORD } from './office.ts';

const HOST = 'http://localhost';
const OURS = { 'sec-fetch-site': 'same-origin', origin: 'null' };
type Headers = Record<string, string>;

describe('pages of people and access', () => {
  let node: Node;
  let registrar: SignedIn & { readonly cookie: string };
  let reviewer: SignedIn & { readonly cookie: string };
  before(async () => {
    node = await openNode();
    registrar = await node.session((await node.begin()).person);
    reviewer = await node.session((await node.add(registrar, 'rita', ['reviewer'])).person);
  });
  after(() => node.stop());

  const get = (path: string, session?: { cookie: string }, headers: Headers = {}) =>
    node.app.request(`${HOST}${path}`, {
      headers: { ...headers, ...(session && { cookie: `session=${session.cookie}` }) },
    });
  const post = (path: string, fields: Headers, session?: { cookie: string }, headers: Headers = OURS) =>
    node.app.request(`${HOST}${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { ...headers, ...(session && { cookie: `session=${session.cookie}` }) },
    });

  test('set-up over the pages, in one form without scripts; the link is worth nothing afterwards', async () => {
    const fresh = await openNode();
    const token = (await prepareSetUp(fresh.ports)) ?? '';
    const path = `${HOST}/setup/${token}`;
    const { password, code } = fresh.choice(token);
    const body = () =>
      new URLSearchParams({ name: 'Nadia', loginName: 'nadia', language: 'ar', password, code, passkey: '' });
    const wrong = await fresh.app.request(path, {
      method: 'POST',
      headers: OURS,
      body: new URLSearchParams({ name: 'Kept' }),
    });
    assert.equal(wrong.status, 422);
    assert.match(await wrong.text(), /value="Kept"/);
    const done = await fresh.app.request(path, { method: 'POST', headers: OURS, body: body() });
    assert.equal(done.status, 200);
    assert.match(await done.text(), /recovery-codes/);
    const cookie = done.headers.getSetCookie().find((one) => one.startsWith('session=')) ?? '';
    assert.match(cookie, /; HttpOnly/);
    assert.match(cookie, /; SameSite=Strict/);
    assert.match(cookie, /; Path=\//);
    assert.equal(done.headers.get('cache-control'), 'no-store');
    assert.equal((await fresh.app.request(path, { method: 'POST', headers: OURS, body: body() })).status, 404);
    assert.equal((await fresh.app.request(path)).status, 404);
    assert.equal((await fresh.app.request(`${HOST}/setup/${'a'.repeat(43)}`)).status, 404);
    await fresh.stop();
  });

  test('over https the cookie is bound to the host and goes over https alone', async () => {
    const secure = await openNode({ origin: 'https://node.example' });
    const added = await secure.begin();
    secure.later(60);
    const signIn = await secure.app.request('https://node.example/sign-in', {
      method: 'POST',
      headers: OURS,
      body: new URLSearchParams({ loginName: 'nadia', password: PASSWORD }),
    });
    const step = /name="step" value="([^"]+)"/.exec(await signIn.text())?.[1] ?? '';
    const done = await secure.app.request('https://node.example/sign-in/code', {
      method: 'POST',
      headers: OURS,
      body: new URLSearchParams({ step, code: await secure.code(added.person), next: '/office/people' }),
    });
    assert.equal(done.headers.get('location'), '/office/people');
    const cookie = done.headers.getSetCookie().find((one) => one.includes('session=')) ?? '';
    assert.match(cookie, /^__Host-session=[\w-]{43};/);
    assert.match(cookie, /; Secure/);
    assert.doesNotMatch(cookie, /Domain/);
    await secure.stop();
  });

  test('the door says the same of a name that exists and of one that does not, and leads nowhere else', async () => {
    const bodies = await Promise.all(
      ['rita', 'nobody'].map(async (loginName) => {
        const response = await post('/sign-in', { loginName, password: 'wrong', next: '//evil.example' });
        assert.equal(response.status, 422);
        assert.deepEqual(response.headers.getSetCookie(), []);
        return (await response.text()).replaceAll(loginName, 'X');
      }),
    );
    assert.equal(bodies[0], bodies[1]);
    assert.doesNotMatch(bodies[0] ?? '', /evil/);
    for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a\nb'])
      assert.doesNotMatch(
        await (await get(`/sign-in?${new URLSearchParams({ next })}`)).text(),
        /value="[^"]*evil|a\nb/,
      );
    assert.match(await (await get('/sign-in?next=%2Fme%3Fx%3D1')).text(), /name="next" value="\/me\?x=1"/);
  });

  test('a form without our token, with that of another session, or from elsewhere does nothing', async () => {
    const language = async () => (await node.ports.store.member(reviewer.person.id))?.language;
    const change = { language: 'fr' };
    const tries: [Headers, Headers][] = [
      [change, OURS],
      [{ ...change, csrf: registrar.csrf }, OURS],
      [{ ...change, csrf: reviewer.csrf.slice(0, -1) }, OURS],
      [{ ...change, csrf: reviewer.csrf }, { 'sec-fetch-site': 'cross-site' }],
      [{ ...change, csrf: reviewer.csrf }, { 'sec-fetch-site': 'same-site' }],
      [
        { ...change, csrf: reviewer.csrf },
        { ...OURS, origin: 'https://evil.example' },
      ],
      [{ ...change, csrf: reviewer.csrf }, { origin: 'https://evil.example' }],
      [{ ...change, csrf: reviewer.csrf }, { origin: 'null' }],
      [{ ...change, csrf: reviewer.csrf }, {}],
    ];
    for (const [fields, headers] of tries)
      assert.equal((await post('/me/language', fields, reviewer, headers)).status, 403);
    assert.equal(await language(), 'en');
    assert.equal((await post('/me/language', { ...change, csrf: reviewer.csrf }, reviewer)).status, 303);
    assert.equal(await language(), 'fr');
  });

  test('no other page can sign a browser in or out', async () => {
    const elsewhere = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    assert.equal((await post('/sign-in', { loginName: 'rita', password: PASSWORD }, undefined, elsewhere)).status, 403);
    assert.equal((await post('/sign-out', {}, reviewer)).status, 403);
    assert.equal((await get('/me', reviewer)).status, 200);
  });

  test('under a name that nobody vouches for there is no session and no door', async () => {
    const at = (path: string) =>
      node.app.request(`http://evil.example${path}`, { headers: { cookie: `session=${registrar.cookie}` } });
    assert.equal((await at('/sign-in')).status, 421);
    assert.equal((await at('/me')).status, 303);
    assert.equal((await at('/office/people')).status, 303);
  });

  test('pages for people send everybody else to the door, and people without the role get no further', async () => {
    for (const path of ['/me', '/me/password', '/office/people', '/step-up/abc']) {
      const response = await get(path);
      assert.equal(response.status, 303);
      assert.equal(response.headers.get('location'), `/sign-in?${new URLSearchParams({ next: path })}`);
    }
    assert.equal((await get('/office/people', reviewer)).status, 403);
    const invite = { name: 'X', loginName: 'xx', language: 'en', roles: 'registrar', csrf: reviewer.csrf };
    assert.equal((await post('/office/people', invite, reviewer)).status, 403);
    const overseer = await node.session((await node.add(registrar, 'olga', ['oversight'])).person);
    const page = await get('/office/people', overseer);
    assert.equal(page.status, 200);
    assert.doesNotMatch(await page.text(), /action="\/office/);
    assert.equal((await post('/office/people', { ...invite, csrf: overseer.csrf }, overseer)).status, 403);
  });

  test('an office that cannot decide or recover an account yet is told what it lacks, each until it is there', async () => {
    const fresh = await openNode();
    const first = await fresh.session((await fresh.begin()).person);
    const steps = async (): Promise<string> => {
      const headers = { cookie: `session=${first.cookie}; lang=en` };
      const text = await (await fresh.app.request(`${HOST}/office/people`, { headers })).text();
      return /aria-labelledby="first-title".*?<\/section>/s.exec(text)?.[0] ?? '';
    };
    assert.match(await steps(), /href="\/office\/settings".*two people decide.*second registrar/s);
    // Somebody with both roles still decides nothing alone.
    await fresh.add(first, 'rita', ['reviewer', 'approver']);
    assert.match(await steps(), /two people decide/);
    await fresh.add(first, 'adam', ['approver']);
    assert.doesNotMatch(await steps(), /two people decide/);
    await fresh.add(first, 'rosa', ['registrar']);
    assert.equal(await steps(), '');
    await fresh.stop();
  });

  test('a session of a disabled person, and a role that was taken, end with the next page', async () => {
    const person = (await node.add(registrar, 'rosa', ['registrar'])).person;
    const session = await node.session(person);
    assert.equal((await get('/office/people', session)).status, 200);
    must(await changeRoles(node.ports, registrar, person, ['reviewer']));
    assert.equal((await get('/office/people', session)).status, 403);
    must(await disablePerson(node.ports, registrar, person));
    assert.equal((await get('/me', session)).status, 303);
  });

  test('what a person sees is kept by nobody, and no cookie of ours reaches the API', async () => {
    for (const path of ['/me', '/office/people', '/', '/check'])
      assert.equal((await get(path, registrar)).headers.get('cache-control'), 'no-store', path);
    assert.notEqual((await get('/')).headers.get('cache-control'), 'no-store');
    const page = await (await get('/me', registrar)).text();
    assert.doesNotMatch(page, /<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=/);
  });

  test('what people are called is shown as text', async () => {
    const name = '<script>alert(1)</script>';
    const fields = { name, loginName: 'script', language: 'en', roles: 'reviewer', csrf: registrar.csrf };
    const link = await (await post('/office/people', fields, registrar)).text();
    assert.match(link, /\/invitation\/[\w-]{43}/);
    for (const page of [link, await (await get('/office/people', registrar)).text()]) {
      assert.doesNotMatch(page, /<script>alert/);
      assert.match(page, /&lt;script&gt;/);
    }
    for (const id of ['none', '00000000-0000-0000-0000-000000000000'])
      assert.equal((await get(`/office/people/${id}`, registrar)).status, 404);
  });

  test('every act has its words, and no page of people has English words in Arabic', async () => {
    const seen = (markup: string): string =>
      markup
        .replace(/<head>.*?<\/head>/gs, ' ')
        .replace(/<(bdi|code|select)\b[^>]*>.*?<\/\1>/gs, ' ')
        .replace(/<(\w+)[^>]*\slang="(?!ar)[^"]*"[^>]*>.*?<\/\1>/gs, ' ')
        .replace(/<[^>]+>/g, ' ');
    const ids = (await node.ports.store.members()).map((one) => `/office/people/${one.id}`);
    const paths = [
      '/me',
      '/me/password',
      '/me/authenticator',
      '/me/recovery-codes',
      '/me/passkey-add',
      '/office/people',
    ];
    for (const path of [...paths, ...ids, '/sign-in', '/setup/none', '/step-up/none']) {
      const text = await (
        await get(path, path === '/sign-in' ? undefined : registrar, { 'accept-language': 'ar' })
      ).text();
      const words = seen(text).match(/[A-Za-z]{2,}/g) ?? [];
      assert.deepEqual(
        [...new Set(words)].filter((word) => !['UTC', 'Rogatory', 'API'].includes(word)),
        [],
        path,
      );
    }
    const refused = /wrong\(\s*'([a-z-]+)'/g;
    const { globSync, readFileSync } = await import('node:fs');
    const root = new URL('../../', import.meta.url).pathname;
    const source = globSync('src/app/people/*.ts', { cwd: root })
      .map((file) => readFileSync(root + file, 'utf8'))
      .join('\n');
    const codes = [...source.matchAll(refused)].map((found) => found[1]);
    assert.ok(codes.length > 30);
    const unsaid = codes.filter((code) => !CATALOGUES.en[`people.refusal.${code}`]);
    assert.deepEqual(unsaid, []);
    for (const [, what] of source.matchAll(/what: '([a-z-]+)'|, '([a-z]+-?[a-z]+)', async \(store/g))
      if (what) assert.ok(CATALOGUES.en[`people.event.${what}`], what);
    assert.deepEqual(node.defects, []);
  });

  test('nothing breaks on what no browser sends', async () => {
    const odd = 'x'.repeat(5000);
    for (const path of ['/sign-in', '/sign-in/code', '/sign-in/passkey', '/setup/x', '/invitation/x']) {
      const fields = {
        loginName: odd,
        password: odd,
        code: '\u0000',
        step: odd,
        token: odd,
        assertion: '{"id":"a","response":{}}',
      };
      assert.ok((await post(path, fields)).status < 500, path);
      const raw = await node.app.request(`${HOST}${path}`, { method: 'POST', body: 'not a form', headers: OURS });
      assert.ok(raw.status < 500, path);
    }
    for (const act of ['password', 'authenticator', 'passkey-add', 'passkey-remove', 'recovery-codes']) {
      const fields = { csrf: reviewer.csrf, passkey: '{}', assertion: '[]', id: odd, newPassword: odd };
      assert.ok((await post(`/me/${act}`, fields, reviewer)).status < 500, act);
    }
    assert.deepEqual(node.defects, []);
  });
});
