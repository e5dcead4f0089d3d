// The operator's own PostgreSQL, by DATABASE_URL: the service's role is put on, and one that could do more is refused.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { Client } from 'pg';
import { openDatabase } from '../../src/adapters/postgres/server/open-database.ts';
import { databaseSettings } from '../../src/adapters/postgres/server/settings.ts';
import type { Fault, Outcome } from '../../src/kernel/outcome.ts';
import { ask } from '../crash/support.ts';
import { must, quiet, type TestDatabase, testDatabase } from '../support/database.ts';

const open = (databaseUrl: string, databaseOwnerUrl?: string) =>
  openDatabase({ dataDirectory: '/nowhere', databaseUrl, databaseOwnerUrl, log: quiet });

const url = ({ owner }: TestDatabase, user: string, more = ''): string =>
  `postgresql://${user}@${encodeURIComponent(owner.host)}:${owner.port}/${owner.database}${more}`;

async function server(t: TestContext): Promise<TestDatabase> {
  const database = await testDatabase();
  t.after(database.stop);
  return database;
}

/** A role of this test's own; roles belong to the whole server. */
async function role(t: TestContext, { owner }: TestDatabase, rights: string): Promise<string> {
  const name = `role_${randomUUID().slice(0, 8)}`;
  await ask(owner, `create role ${name} login ${rights}`);
  t.after(() => ask({ ...owner, database: 'postgres' }, `drop role ${name}`));
  return name;
}

const only = (outcome: Outcome<unknown>): Fault | undefined => (outcome.ok ? undefined : outcome.faults[0]);

test('with one address, the owner migrates and the service puts on its role, which it cannot take off by resetting', async (t) => {
  const database = await server(t);
  const opened = must(await open(url(database, 'rogatory_owner', '?options=-c%20work_mem%3D5MB')));
  assert.equal(opened.source, 'url');
  assert.deepEqual(await ask(opened.owner, 'select current_user::text as role'), [{ role: 'rogatory_owner' }]);
  assert.deepEqual(await ask(opened.app, `select current_user::text as role, current_setting('work_mem') as memory`), [
    { role: 'rogatory_app', memory: '5MB' },
  ]);
  const client = new Client(opened.app);
  await client.connect();
  await client.query('reset role');
  assert.deepEqual((await client.query('select current_user::text as role')).rows, [{ role: 'rogatory_app' }]);
  await client.end();
  await opened.stop();
  assert.deepEqual(await ask(opened.owner, 'select 1 as one'), [{ one: 1 }]);
});

test('with two addresses, each is used as it is', async (t) => {
  const database = await server(t);
  const opened = must(await open(url(database, 'rogatory_app'), url(database, 'rogatory_owner')));
  assert.deepEqual(await ask(opened.app, 'select session_user::text as role'), [{ role: 'rogatory_app' }]);
  assert.deepEqual(await ask(opened.owner, 'select session_user::text as role'), [{ role: 'rogatory_owner' }]);
});

for (const rights of ['superuser', 'bypassrls'])
  test(`a service's role with ${rights} is refused`, async (t) => {
    const database = await server(t);
    const name = await role(t, database, rights);
    const fault = only(await open(url(database, name), url(database, 'rogatory_owner')));
    assert.equal(fault?.pointer, 'DATABASE_URL');
    assert.match(fault?.detail ?? '', new RegExp(`role ${name} is a superuser or passes by row security`));
  });

test('a role that was not given the rights of the service is refused with the line that gives them', async (t) => {
  const database = await server(t);
  const name = await role(t, database, '');
  const fault = only(await open(url(database, name), url(database, 'rogatory_owner')));
  assert.match(fault?.detail ?? '', new RegExp(`GRANT rogatory_app TO ${name}`));
  await ask(database.owner, `grant rogatory_app to ${name}`);
  must(await open(url(database, name), url(database, 'rogatory_owner')));
});

test('a server that does not answer is a fault that names the setting and no password', async () => {
  const fault = only(await open('postgresql://someone:hunter2@127.0.0.1:1/rogatory'));
  assert.equal(fault?.pointer, 'DATABASE_URL');
  assert.match(fault?.detail ?? '', /cannot be used: .*ECONNREFUSED/);
  assert.doesNotMatch(fault?.detail ?? '', /hunter2/);
  const owner = only(await open('postgresql://a@127.0.0.1:1/rogatory', 'postgresql://b@127.0.0.1:1/rogatory'));
  assert.equal(owner?.pointer, 'DATABASE_OWNER_URL');
});

test('the settings come from the environment, and an empty one is none', () => {
  assert.deepEqual(databaseSettings({ DATABASE_URL: 'postgresql://x', DATABASE_OWNER_URL: '', OTHER: '1' }), {
    databaseUrl: 'postgresql://x',
    databaseOwnerUrl: undefined,
    binaries: undefined,
  });
});
