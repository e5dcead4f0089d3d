// The office's setting that approvers need a key of their own: saved by a registrar on a page, and in force with the next request.
// Attacker: knows an approver's password, and has a code of theirs.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSession, readSession } from '../../src/app/people/sessions.ts';
import type { PersonId } from '../../src/domain/registry/person.ts';
import { type LifeOffice, openLife } from '../browser/life.ts';

let office: LifeOffice;
before(async () => {
  office = await openLife();
});
after(() => office.close());

/** Somebody who signed in with that credential, as their browser asks. */
async function browserOf(person: PersonId, credential: 'password' | `passkey:${string}`) {
  const { people, app } = office.node;
  const { cookie } = await openSession(people, people.store, person, credential, '192.0.2.7');
  const csrf = (await readSession(people, cookie))?.csrf ?? '';
  const headers = { cookie: `session=${cookie}; lang=en`, 'sec-fetch-site': 'same-origin' };
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await app.request(`http://localhost:8787${path}`, { ...init, headers });
    return { status: answer.status, text: await answer.text() };
  };
  return {
    get: (path: string) => ask(path),
    post: (path: string, fields: readonly (readonly [string, string])[]) =>
      ask(path, { method: 'POST', body: new URLSearchParams([['csrf', csrf], ...fields] as [string, string][]) }),
  };
}

test('once the office asks for it, who signed in with a password is no approver, and who holds a key of their own is', async () => {
  const { store } = office.node.people;
  const [remy, ada, aldo] = [
    await office.hire('remy', ['registrar']),
    await office.hire('ada', ['approver']),
    await office.hire('aldo', ['approver']),
  ];
  await store.addPasskey({
    id: 'key-of-ada',
    person: ada,
    publicKey: new Uint8Array(8),
    counter: 0,
    transports: [],
    deviceBound: true,
    label: 'Blue key',
    addedAt: office.node.people.now(),
    usedAt: null,
  });
  const registrar = await browserOf(remy, 'password');
  const [byPassword, byKey] = [await browserOf(aldo, 'password'), await browserOf(ada, 'passkey:key-of-ada')];
  for (const one of [byPassword, byKey]) assert.equal((await one.get('/docket')).status, 200);

  const page = await registrar.get('/office/settings');
  assert.match(page.text, /Have one: <bdi>Ada Office<\/bdi>/);
  assert.match(page.text, /until they add one to their account: <bdi>Aldo Office<\/bdi>/);
  const form = [...page.text.matchAll(/<input\b([^>]*)>/g)].flatMap(([, tag = '']): [string, string][] => {
    const of = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
    const name = of('name');
    const off = of('type') === 'checkbox' && !/ checked/.test(tag);
    return name === undefined || name === 'csrf' || off ? [] : [[name, of('value') ?? '']];
  });
  const zone: [string, string] = ['timeZone', 'UTC'];
  const saved = await registrar.post('/office/settings', [...form, zone, ['approvers-need-hardware', 'yes']]);
  assert.equal(saved.status, 303, saved.text);

  assert.equal((await byPassword.get('/docket')).status, 404, 'to somebody without a role there is no docket');
  assert.match((await byPassword.get('/me')).text, /you do not act as: Approver/);
  assert.equal((await byKey.get('/docket')).status, 200);
  const after = await registrar.get('/office/settings');
  assert.match(after.text, /name="approvers-need-hardware" value="yes"[^>]* checked/);
  assert.match(after.text, /Approvers need a passkey that cannot leave its device: (<bdi>)?no(<\/bdi>)? → (<bdi>)?yes/);
});
