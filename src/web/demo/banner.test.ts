// Every page of a demonstration says that it is one, and leads to where the reader changes places; no page of an office does.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_POLICY } from '../../law/profile.ts';
import { webApp } from '../app.ts';
import { signInPage } from '../people/sign-in-page.ts';
import { assets, book, catalogues, TODAY } from '../testing/web.ts';

const appOf = (demonstration: boolean) =>
  webApp({
    book,
    policy: DEFAULT_POLICY,
    catalogues,
    assets,
    today: () => TODAY,
    log: { error: () => {} },
    newId: () => 'id-of-test',
    demonstration,
  });

const read = async (demonstration: boolean, path: string): Promise<string> =>
  (await appOf(demonstration).request(`http://localhost${path}`)).text();

test('a demonstration says so on every page, one that is not there included, with a way to become somebody', async () => {
  for (const path of ['/', '/nowhere']) {
    const text = await read(true, path);
    assert.match(text, /Demonstration: everything here is invented\./, path);
    assert.match(text, /<a class="no-print" href="\/demo">Choose a person<\/a>/, path);
  }
  assert.match(await read(true, '/?lang=ar'), /href="\/demo">اختيار شخص</);
});

test('an office never looks like a demonstration', async () => {
  for (const path of ['/', '/nowhere'])
    assert.doesNotMatch(await read(false, path), /demo-banner|Choose a person/, path);
});

test('nobody of a demonstration is asked for a password: whoever comes to the sign-in chooses a person', async () => {
  const asked = async (demonstration: boolean): Promise<string> => {
    const app = appOf(demonstration);
    const view = { next: '/work', loginName: '', passkeys: false, federated: false, errors: [] };
    app.get('/door', (c) => c.html(signInPage(c.var.page, view)));
    return (await app.request('http://localhost/door')).text();
  };
  const shown = await asked(true);
  assert.match(shown, /<a class="ds-button" href="\/demo">Choose a person<\/a>/);
  assert.doesNotMatch(shown, /type="password"/);
  assert.match(await asked(false), /type="password"/);
});
