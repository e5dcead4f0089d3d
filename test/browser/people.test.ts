// People and access in Chromium: an office set up and entered without scripts, passkeys on a virtual authenticator, and every page under axe.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { stepAt, totpCode } from '../../src/adapters/keys/totp.ts';
import { prepareSetUp } from '../../src/app/people/set-up.ts';
import { actionHash, stepUps } from '../../src/app/people/step-up.ts';
import type { PersonId } from '../../src/domain/registry/person.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { type Node, openNode } from '../people/node.ts';
import { PASSWORD } from '../people/office.ts';
import { launch, open, type Server, skip, violations } from './support.ts';

/** RFC 4648 back to bytes, as an authenticator app reads a secret that was typed. */
function bytesOf(base32: string): Uint8Array {
  const bits = [...base32.replace(/\s/g, '').toLowerCase()]
    .map((letter) => 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
/** Codes are used once, so each one taken is that of the next step, which counts as well. */
const codeOf = (secret: Uint8Array, ahead = 0): string =>
  totpCode(secret, stepAt(new Date().toISOString() as Instant) + ahead);

const submit = (page: Page) => page.click('main form button[type=submit]');

/** Fills in what an invitation or the set-up asks for and gives back the secret of the app. */
async function takeUp(page: Page): Promise<Uint8Array> {
  const secret = bytesOf((await page.textContent('.people-secret code')) ?? '');
  await page.fill('#password', PASSWORD);
  await page.fill('#code', codeOf(secret));
  await submit(page);
  await page.waitForSelector('.recovery-codes');
  assert.equal(await page.locator('.recovery-codes li').count(), 10);
  return secret;
}

async function withAuthenticator(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

describe('people in the browser', { skip }, () => {
  let node: Node;
  let server: Server;
  let browser: Browser;
  before(async () => {
    node = await openNode({ onClock: true });
    server = await node.listen();
    browser = await launch();
  });
  after(async () => {
    await server?.stop();
    await node?.stop();
  });

  test('without scripts: an office is set up, a person invited, and that person signs in with password and code', async () => {
    const token = await prepareSetUp(node.ports);
    const { page, complaints } = await open(browser, server, 'en', { javaScriptEnabled: false });
    await page.goto(`/setup/${token}`);
    await page.fill('#name', 'Nadia Haddad');
    await page.fill('#loginName', 'nadia');
    await takeUp(page);
    assert.equal(await page.getAttribute('nav a', 'href'), '/office/people');
    await page.goto('/office/people');
    await page.fill('#name', 'Amal Karim');
    await page.fill('#loginName', 'amal');
    await page.selectOption('#language', 'ar');
    await page.check('input[value=reviewer]');
    await page.check('input[value=approver]');
    await submit(page);
    const link = (await page.textContent('.secret-link code')) ?? '';

    const amal = (await open(browser, server, 'ar', { javaScriptEnabled: false })).page;
    await amal.goto(link);
    const secret = await takeUp(amal);
    await amal.click('.site-account button');
    assert.equal((await amal.goto('/me'))?.url(), `${server.address}/sign-in?next=%2Fme`);
    await amal.fill('#loginName', 'amal');
    await amal.fill('#password', PASSWORD);
    await submit(amal);
    await amal.fill('#code', codeOf(secret, 1));
    await submit(amal);
    assert.equal(new URL(amal.url()).pathname, '/me');
    assert.equal(await amal.getAttribute('html', 'dir'), 'rtl');
    assert.match((await amal.textContent('.site-account')) ?? '', /Amal Karim/);
    assert.deepEqual(complaints, []);
  });

  test('a passkey: taken up with an invitation, signed in with, another added, an act confirmed over its hash', async () => {
    const [nadia] = (await node.ports.store.members()).filter((one) => one.roles.includes('registrar'));
    const registrar = await node.session(nadia?.id as PersonId);
    const { page, complaints } = await open(browser, server, 'en');
    await withAuthenticator(page);
    await page.context().addCookies([{ name: 'session', value: registrar.cookie, url: server.address }]);
    await page.goto('/office/people');
    await page.fill('#name', 'Boris');
    await page.fill('#loginName', 'boris');
    await page.check('input[value=approver]');
    await submit(page);
    const link = (await page.textContent('.secret-link code')) ?? '';
    await page.context().clearCookies({ name: 'session' });

    await page.goto(link);
    await page.fill('#label', 'This laptop');
    await page.click('#passkey');
    await page.click('main a.ds-button');
    assert.match((await page.textContent('main')) ?? '', /This laptop/);
    await page.click('.site-account button');
    await page.goto('/sign-in?next=%2Fme');
    await page.click('#passkey');
    await page.waitForURL('**/me');

    const boris = (await node.ports.store.members()).find((one) => one.loginName === 'boris')?.id as PersonId;
    const cookie = (await page.context().cookies()).find((one) => one.name === 'session')?.value ?? '';
    const { readSession } = await import('../../src/app/people/sessions.ts');
    const who = await readSession(node.ports, cookie);
    assert.ok(who);
    assert.deepEqual(who.ways, { password: false, passkey: true });
    const steps = stepUps(node.ports);
    const hash = actionHash(node.ports, { act: 'decision.countersign', case: 'AA-2028-000017' });
    await page.goto(
      await steps.begin(who, { hash, sentence: 'Countersign the refusal of AA-2028-000017.', back: '/me' }),
    );
    await page.click('[data-passkey-sign]');
    await page.waitForURL('**/me');
    assert.equal(await steps.spend(who, hash), true);
    assert.equal(await steps.spend(who, hash), false);

    const [key] = await node.ports.store.passkeysOf(boris);
    await page.goto(`/me/passkey-remove?id=${encodeURIComponent(key?.id ?? '')}`);
    await page.click('[data-passkey-sign]');
    await page.waitForSelector('#error-summary');
    assert.equal((await node.ports.store.passkeysOf(boris)).length, 1);
    assert.deepEqual(
      complaints.filter((one) => !one.includes('422')),
      [],
    );
  });

  test('a password account adds a passkey, confirming with its code', async () => {
    const amal = (await node.ports.store.members()).find((one) => one.loginName === 'amal')?.id as PersonId;
    const session = await node.session(amal);
    const { page } = await open(browser, server, 'en');
    await withAuthenticator(page);
    await page.context().addCookies([{ name: 'session', value: session.cookie, url: server.address }]);
    await page.goto('/me/passkey-add');
    await page.fill('#label', 'Key of Amal');
    await page.fill('#password', PASSWORD);
    await page.fill('#code', '000000');
    await submit(page);
    await page.waitForSelector('#error-summary');
    assert.equal(await page.inputValue('#label'), 'Key of Amal');
    assert.equal((await node.ports.store.passkeysOf(amal)).length, 0);
    // The step of the code that signed in is spent; a later one is made good by forgetting it, as waiting would.
    await node.db.updateTable('login').set({ totp_step: 0 }).where('person', '=', amal).execute();
    await page.fill('#password', PASSWORD);
    await page.fill('#code', await node.code(amal));
    await submit(page);
    await page.waitForURL('**/me');
    assert.match((await page.textContent('main')) ?? '', /Key of Amal/);
  });

  for (const [language, width] of [
    ['en', 1280],
    ['ar', 390],
  ] as const) {
    test(`axe finds nothing on any page of people (${language}, ${width} pixels)`, async () => {
      const members = await node.ports.store.members();
      const registrar = members.find((one) => one.roles.includes('registrar'))?.id as PersonId;
      const { page } = await open(browser, server, language, { viewport: { width, height: 900 } });
      const clean = async (what: string) => {
        assert.deepEqual(await violations(page), [], what);
        const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        assert.ok(wider <= 0, `${what} is ${wider} pixels too wide`);
      };
      const setUp = await prepareSetUp(node.ports, true);
      await page.goto(`/setup/${setUp}`);
      await clean('set-up');
      await submit(page);
      await page.waitForSelector('#error-summary');
      await clean('set-up with faults');
      await page.goto('/sign-in');
      await clean('sign-in');
      await page.fill('#loginName', 'nadia');
      await page.fill('#password', PASSWORD);
      await page.click('form[action="/sign-in"] button');
      await clean('code');
      await page.fill('#code', '1');
      await page.click('main form button[type=submit]');
      await clean('wrong code');
      const session = await node.session(registrar);
      await page.context().addCookies([{ name: 'session', value: session.cookie, url: server.address }]);
      const ways = ['password', 'authenticator', 'passkey-add', 'recovery-codes'].map((act) => `/me/${act}`);
      const person = `/office/people/${members.find((one) => one.id !== registrar)?.id}`;
      for (const path of ['/me', ...ways, '/office/people', person]) {
        await page.goto(path);
        await clean(path);
      }
      await page.goto('/office/people');
      await submit(page);
      await page.waitForSelector('#error-summary');
      await clean('invitation with faults');
      const { cookie: _, ...who } = session;
      const action = { hash: 'ab'.repeat(32), sentence: 'Unseal the case.', back: '/me' };
      await page.goto(await stepUps(node.ports).begin(who, action));
      await clean('step-up');
      await page.goto('/setup/none');
      await clean('void link');
      assert.deepEqual(node.defects, []);
    });
  }
});
