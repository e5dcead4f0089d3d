// An office for tests: real PostgreSQL, real hashes at a low price, a clock that is moved by hand, and people who are quickly enrolled.

import { randomBytes } from 'node:crypto';
import { nodeMark } from '../../src/adapters/keys/node-mark.ts';
import { argon2Passwords } from '../../src/adapters/keys/passwords.ts';
import { webAuthn } from '../../src/adapters/keys/passkeys.ts';
import { secrets } from '../../src/adapters/keys/secrets.ts';
import { stepAt, totpCode } from '../../src/adapters/keys/totp.ts';
import { vaultOf } from '../../src/adapters/keys/vault.ts';
import { connect } from '../../src/adapters/postgres/connection.ts';
import { peopleStore } from '../../src/adapters/postgres/people/store.ts';
import { DEFAULT_SETTINGS } from '../../src/app/people/answers.ts';
import { secretOfLink, totpName } from '../../src/app/people/enrol.ts';
import { acceptInvitation, invite } from '../../src/app/people/invite.ts';
import type { Answer, PeoplePorts, PeopleSettings } from '../../src/app/people/ports.ts';
import { readSession, type SignedIn } from '../../src/app/people/sessions.ts';
import { prepareSetUp, setUp } from '../../src/app/people/set-up.ts';
import { enter } from '../../src/app/people/sign-in.ts';
import { type Instant, instantAt, millisecondsOf } from '../../src/kernel/instant.ts';
import type { PersonId, Role } from '../../src/domain/registry/person.ts';
import { testDatabase } from '../support/database.ts';

export const SITE = { origin: 'http://localhost:8787', rpId: 'localhost' };
export const PASSWORD = 'seven grey herons at dusk';
export const ADDRESS = '192.0.2.7';

export function must<T>(answer: Answer<T>): T {
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults));
  return answer.value;
}
/** The codes of the refusal, without `people.`; none when it was no refusal. */
export const refusals = (answer: Answer<unknown>): string[] =>
  answer.ok ? [] : answer.faults.map((one) => one.code.replace('people.', ''));

export type Office = Awaited<ReturnType<typeof openOffice>>;

/** A fresh database with nobody in it. */
export async function openOffice(settings: Partial<PeopleSettings> = {}, clock?: () => Instant) {
  const database = await testDatabase();
  const { db, close } = connect(database.app, 8);
  let at = '2028-03-01T09:00:00.000Z' as Instant;
  const vault = vaultOf(randomBytes(32));
  const ports: PeoplePorts = {
    store: peopleStore(db, nodeMark(vault)),
    vault,
    passwords: argon2Passwords({ memory: 64, passes: 1, parallelism: 1 }),
    passkeys: webAuthn,
    secrets,
    settings: { ...DEFAULT_SETTINGS, ...settings },
    now: clock ?? (() => at),
  };
  const codeFor = (secret: Uint8Array): string => totpCode(secret, stepAt(ports.now()));
  const choice = (token: string) =>
    ({ by: 'password', password: PASSWORD, code: codeFor(secretOfLink(ports, token)) }) as const;
  const office = {
    ports,
    db,
    database,
    stop: async () => {
      await close();
      await database.stop();
    },
    later: (seconds: number) => {
      at = instantAt(millisecondsOf(at) + seconds * 1000);
    },
    choice,
    codeFor,
    /** The code that the person's app shows now. */
    code: async (person: PersonId): Promise<string> => {
      const account = await ports.store.account(person);
      return codeFor(ports.vault.open(totpName(person), account?.totp ?? new Uint8Array()));
    },
    /** The first registrar. */
    begin: async () => {
      const token = (await prepareSetUp(ports)) ?? '';
      const form = { name: 'Nadia Haddad', loginName: 'nadia', language: 'ar', choice: choice(token) };
      return must(await setUp(ports, SITE, token, form));
    },
    /** Somebody with these roles, enrolled by password. */
    add: async (by: SignedIn, loginName: string, roles: readonly Role[]) => {
      const form = { name: `Name of ${loginName}`, loginName, language: 'en', roles };
      const { person, token } = must(await invite(ports, by, form));
      return { ...must(await acceptInvitation(ports, SITE, token, choice(token))), person };
    },
    /** A session of that person, without going through sign-in. */
    session: async (person: PersonId): Promise<SignedIn & { readonly cookie: string }> => {
      const { cookie } = must(await enter(ports, person, 'password', ADDRESS, {}));
      const session = await readSession(ports, cookie);
      if (session === undefined) throw new Error('no session');
      return { ...session, cookie };
    },
    proof: async (person: PersonId) => ({
      assertion: '',
      password: PASSWORD,
      code: await office.code(person),
      address: ADDRESS,
    }),
  };
  return office;
}
