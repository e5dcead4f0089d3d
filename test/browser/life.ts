// A whole node in this process for tests with a browser: real pages and database, people with passwords, a clock moved by hand.

import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { argon2Passwords } from '../../src/adapters/keys/passwords.ts';
import { stepAt, totpCode } from '../../src/adapters/keys/totp.ts';
import { loadOfficeDefaults } from '../../src/adapters/files/office-store.ts';
import { totpName } from '../../src/app/people/enrol.ts';
import { composeNode, type Node } from '../../src/compose.ts';
import type { PersonId, Role } from '../../src/domain/registry/person.ts';
import { addMinutes, type Instant, laterBy } from '../../src/kernel/instant.ts';
import { testDatabase } from '../support/database.ts';

export const PASSWORD = 'seven grey herons at dusk';
const PROFILE = new URL('../../law/states/BB.yaml', import.meta.url).pathname;

export type LifeOffice = {
  readonly node: Node;
  readonly address: string;
  readonly database: Awaited<ReturnType<typeof testDatabase>>;
  readonly defects: unknown[];
  readonly hire: (login: string, roles: readonly Role[]) => Promise<PersonId>;
  /** The code that the authenticator of that person shows now. Each is good once, so the clock goes on by a minute. */
  readonly code: (person: PersonId) => string;
  readonly days: (count: number) => void;
  readonly close: () => Promise<void>;
};

export async function openLife(start = '2028-03-02T09:00:00.000Z' as Instant): Promise<LifeOffice> {
  const database = await testDatabase();
  const dataDirectory = mkdtempSync(join(tmpdir(), 'rogatory-life-'));
  const defects: unknown[] = [];
  let at = start;
  const composed = await composeNode({
    dataDirectory,
    owner: database.owner,
    app: database.app,
    profile: PROFILE,
    now: () => at,
    passwords: argon2Passwords({ memory: 64, passes: 1, parallelism: 1 }),
    settings: { idleMinutes: 100_000, sessionHours: 100_000 },
    works: false,
    log: { error: ({ err }) => void defects.push(err) },
  });
  if (!composed.ok) throw new Error(JSON.stringify(composed.faults));
  const node = composed.value;
  await node.office.save({
    state: 'BB',
    name: 'International Cooperation Division',
    languages: ['en', 'fr'],
    settings: loadOfficeDefaults(),
  });
  const secrets = new Map<PersonId, Uint8Array>();
  const server = serve({ fetch: node.app.fetch, port: 0, hostname: 'localhost' });
  await new Promise((ready) => server.once('listening', ready));
  return {
    node,
    address: `http://localhost:${(server.address() as AddressInfo).port}`,
    database,
    defects,
    hire: async (login, roles) => {
      const { vault, passwords, secrets: make } = node.people;
      const id = make.newId() as PersonId;
      const secret = make.random(20);
      const hash = await passwords.hash(PASSWORD);
      const name = `${login[0]?.toUpperCase()}${login.slice(1)} Office`;
      await node.people.store.atomically(async (store) => {
        await store.addPerson({ id, name, language: 'en' }, login, at);
        for (const role of roles) await store.giveRole(id, role, null, at);
        await store.setPassword(id, hash);
        await store.setTotp(id, vault.seal(totpName(id), secret));
        await store.record({ at, by: null, person: id, what: 'invited', facts: { roles: roles.join(' ') } });
      });
      secrets.set(id, secret);
      return id;
    },
    code: (person) => {
      at = addMinutes(at, 1);
      return totpCode(secrets.get(person) ?? new Uint8Array(), stepAt(at));
    },
    days: (count) => {
      at = laterBy(at, count);
    },
    close: async () => {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await node.close();
      await database.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
