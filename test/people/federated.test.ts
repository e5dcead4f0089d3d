// Sign-in through a real OpenID provider on loopback: whom a registrar linked comes in, and nobody else by any trick.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Context, Provider } from 'oidc-provider';
import { identityProvider, providerSettings } from '../../src/adapters/keys/identity-provider.ts';
import { disablePerson, linkIdentity } from '../../src/app/people/manage.ts';
import type { SignedIn } from '../../src/app/people/sessions.ts';
import { type Node, openNode } from './node.ts';
import { must, refusals } from './office.ts';

const HOST = 'http://localhost';
const BACK = `${HOST}/sign-in/federated/back`;

describe('sign-in through an identity provider', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oidc-'));
  let ministry: Server;
  let issuer: string;
  let node: Node;
  let registrar: SignedIn;
  /** Whom the ministry says the browser is. */
  let subject = 'ministry-4711';

  before(async () => {
    ministry = createServer();
    await new Promise<void>((listening) => void ministry.listen(0, 'localhost', listening));
    issuer = `http://localhost:${(ministry.address() as AddressInfo).port}`;
    const provider = new Provider(issuer, {
      clients: [{ client_id: 'rogatory', client_secret: 'a secret of the test', redirect_uris: [BACK] }],
      cookies: { keys: ['a'] },
      features: { devInteractions: { enabled: false } },
      pkce: { required: () => true },
      interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/here/${uid}` },
      findAccount: (_context: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
      loadExistingGrant: async ({ oidc }: Context) => {
        const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
    });
    const answer = provider.callback();
    ministry.on('request', (request, response) => {
      if (request.url?.startsWith('/here/'))
        void provider.interactionFinished(request, response, { login: { accountId: subject } });
      else answer(request, response);
    });
    writeFileSync(join(folder, 'secret'), 'a secret of the test\n');
    const settings = providerSettings({
      ROGATORY_OIDC_ISSUER: issuer,
      ROGATORY_OIDC_CLIENT_ID: 'rogatory',
      ROGATORY_OIDC_CLIENT_SECRET_FILE: join(folder, 'secret'),
    });
    assert.ok(settings);
    node = await openNode({ provider: identityProvider(settings), onClock: true });
    registrar = await node.session((await node.begin()).person);
  });
  after(async () => {
    await node.stop();
    ministry.close();
    ministry.closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  /** Leaves for the ministry, signs in there, and comes back with an address that has not been opened yet. */
  async function goThere(): Promise<{ readonly cookie: string; readonly back: string }> {
    const left = await node.app.request(`${HOST}/sign-in/federated`);
    const cookie = left.headers.getSetCookie()[0] ?? '';
    assert.match(cookie, /^federated=.*HttpOnly.*SameSite=Lax/);
    const jar = new Map<string, string>();
    let next = left.headers.get('location') ?? '';
    while (next.startsWith(issuer)) {
      const header = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(next, { redirect: 'manual', headers: { cookie: header } });
      for (const one of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
        jar.set(name, value);
      }
      next = new URL(response.headers.get('location') ?? 'about:blank', next).href;
    }
    return { cookie: cookie.split(';')[0] ?? '', back: next };
  }
  const comeBack = async (back: string, cookie: string) => {
    const response = await node.app.request(back, { headers: { cookie } });
    const session = response.headers.getSetCookie().find((one) => one.startsWith('session='));
    return { status: response.status, session: session?.split(';')[0] };
  };

  test('a subject that nobody linked comes in nowhere, and nobody is made', async () => {
    const count = (await node.ports.store.members()).length;
    const { cookie, back } = await goThere();
    assert.deepEqual(await comeBack(back, cookie), { status: 422, session: undefined });
    assert.equal((await node.ports.store.members()).length, count);
  });

  test('whom a registrar linked comes in once with each answer, with the roles of this office and no others', async () => {
    const { person } = await node.add(registrar, 'amal', ['reviewer']);
    must(await linkIdentity(node.ports, registrar, person, issuer, subject));
    assert.deepEqual(
      refusals(
        await linkIdentity(
          node.ports,
          registrar,
          (await node.add(registrar, 'bo', ['reviewer'])).person,
          issuer,
          subject,
        ),
      ),
      ['subject-taken'],
    );
    const { cookie, back } = await goThere();
    const { status, session = '' } = await comeBack(back, cookie);
    assert.equal(status, 200);
    const me = await (await node.app.request(`${HOST}/me`, { headers: { cookie: session } })).text();
    assert.match(me, /Name of amal/);
    assert.doesNotMatch(me, /office\/people/);
    assert.equal((await comeBack(back, cookie)).session, undefined);
  });

  test('an answer without the browser that asked, with another state, or without a code opens nothing', async () => {
    const one = await goThere();
    const two = await goThere();
    assert.equal((await comeBack(one.back, '')).session, undefined);
    assert.equal((await comeBack(one.back, two.cookie)).session, undefined);
    const stateless = new URL((await goThere()).back);
    stateless.searchParams.set('state', 'another');
    assert.equal((await comeBack(stateless.href, (await goThere()).cookie)).session, undefined);
    const { cookie } = await goThere();
    assert.equal((await comeBack(`${BACK}?error=access_denied`, cookie)).session, undefined);
    assert.deepEqual(node.defects, []);
  });

  test('a disabled person stays out, whatever the ministry says', async () => {
    subject = 'ministry-4712';
    const { person } = await node.add(registrar, 'cem', ['reviewer']);
    must(await linkIdentity(node.ports, registrar, person, issuer, subject));
    must(await disablePerson(node.ports, registrar, person));
    const { cookie, back } = await goThere();
    assert.equal((await comeBack(back, cookie)).session, undefined);
  });

  test('a ministry that is away is said to be, and the node goes on', async () => {
    const clientSecretFile = join(folder, 'secret');
    const away = identityProvider({ issuer: 'http://localhost:9', clientId: 'rogatory', clientSecretFile });
    const alone = await openNode({ provider: away });
    const response = await alone.app.request(`${HOST}/sign-in/federated`);
    assert.equal(response.status, 422);
    assert.match(await response.text(), /cannot be reached/);
    assert.deepEqual(alone.defects, []);
    await alone.stop();
  });
});
