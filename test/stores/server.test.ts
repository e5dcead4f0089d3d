// The PostgreSQL in the data directory: made, started, found again after every kind of end, and shared with nobody.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Pool } from 'pg';
import { unprivilegedAccount } from '../../src/adapters/postgres/server/account.ts';
import { openDatabase } from '../../src/adapters/postgres/server/open-database.ts';
import { linkLibraries } from '../../src/adapters/postgres/server/package-libraries.ts';
import { processSpace, startOf } from '../../src/adapters/postgres/server/process-table.ts';
import type { Database, Log } from '../../src/adapters/postgres/server/settings.ts';
import {
  AVAILABLE,
  ask,
  beforeRemoval,
  emptyDirectory,
  killHard,
  serverPid,
  startNode,
  usedDirectory,
} from '../crash/support.ts';
import { must, quiet } from '../support/database.ts';

const asRoot = process.getuid?.() === 0;

/** Opens a directory for the length of a test. */
async function open(directory: string, binaries: string, log: Log = quiet): Promise<Database> {
  const database = must(await openDatabase({ dataDirectory: directory, binaries, log }));
  beforeRemoval(directory, database.stop);
  return database;
}

test('at least one PostgreSQL is found here', () => assert.notEqual(AVAILABLE.length, 0));

for (const source of AVAILABLE) {
  test(`${source}: an empty directory becomes a database, and what was written is there after a stop and a start`, async (t) => {
    const directory = emptyDirectory(t);
    const first = await open(directory, source);
    assert.equal(first.source, source);
    await ask(first.owner, 'create table kept (word text); insert into kept values ($$request$$)');
    const settings = await ask<{ name: string; setting: string }>(
      first.owner,
      `select name, setting from pg_settings where name in
        ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'listen_addresses', 'TimeZone', 'server_encoding')`,
    );
    assert.deepEqual(Object.fromEntries(settings.map(({ name, setting }) => [name, setting])), {
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '',
      server_encoding: 'UTF8',
      synchronous_commit: 'on',
      TimeZone: 'UTC',
    });
    assert.equal(statSync(join(directory, 'run')).mode & 0o777, 0o700);
    await first.stop();
    assert.equal(serverPid(directory), undefined);
    assert.deepEqual(
      readdirSync(directory).filter((name) => name === 'lock'),
      [],
    );
    const second = await open(directory, source);
    assert.deepEqual(await ask(second.owner, 'select word from kept'), [{ word: 'request' }]);
  });

  test(`${source}: the role of the service is no superuser, makes no roles and does not pass by row security`, async (t) => {
    const { app, owner } = await open(await usedDirectory(t, source), source);
    await ask(
      owner,
      `create table guarded (of text); insert into guarded values ('another');
       alter table guarded enable row level security; grant select on guarded to public`,
    );
    assert.deepEqual(await ask(app, 'select * from guarded'), []);
    for (const attempt of [
      'create role other',
      'create database other',
      'alter table guarded disable row level security',
      'set role rogatory_owner',
      'create table public.own (a int)',
    ])
      await assert.rejects(ask(app, attempt), /permission denied|must be owner/, attempt);
  });

  test(`${source}: a server left behind by a killed node is gone on with, and stopped in the end`, async (t) => {
    const directory = await usedDirectory(t, source);
    const { child, said } = await startNode(directory, source);
    assert.ok(said.ok, JSON.stringify(said.faults));
    await ask(said.owner ?? {}, 'create table kept (a int)');
    const orphan = serverPid(directory);
    await killHard(child);
    assert.notEqual(serverPid(directory), undefined);
    const database = await open(directory, source);
    assert.equal(serverPid(directory), orphan);
    assert.deepEqual(await ask(database.owner, 'select * from kept'), []);
    await database.stop();
    assert.equal(serverPid(directory), undefined);
  });

  test(`${source}: a server that is killed is started again, and a pool of connections recovers`, async (t) => {
    const directory = await usedDirectory(t, source);
    const lines: string[] = [];
    const note = (_: object, text: string): void => void lines.push(text);
    const { app, owner } = await open(directory, source, { ...quiet, error: note });
    await ask(owner, 'create table kept (a int); insert into kept values (1); grant select on kept to public');
    const pool = new Pool(app);
    pool.on('error', () => {});
    beforeRemoval(directory, () => pool.end());
    assert.equal((await pool.query('select * from kept')).rowCount, 1);
    const killed = serverPid(directory) ?? 0;
    process.kill(killed, 'SIGKILL');
    for (;;) {
      const answer = await pool.query('select * from kept').catch(() => undefined);
      const now = serverPid(directory);
      if (answer !== undefined && now !== undefined && now !== killed) {
        assert.equal(answer.rowCount, 1);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.deepEqual(lines, ['PostgreSQL ended; starting it again']);
  });
}

const [ANY = 'machine'] = AVAILABLE;

test('a second Rogatory on the same directory is refused, and the first goes on', async (t) => {
  const directory = await usedDirectory(t, ANY);
  const { owner } = await open(directory, ANY);
  const { said } = await startNode(directory, ANY);
  assert.equal(said.ok, false);
  assert.equal(said.faults?.[0]?.pointer, 'ROGATORY_DATA');
  assert.match(said.faults?.[0]?.detail ?? '', new RegExp(`in use by another Rogatory \\(process ${process.pid}\\)`));
  assert.deepEqual(await ask(owner, 'select 1 as one'), [{ one: 1 }]);
});

test('of several that take over a dead lock at once, one gets the directory', async (t) => {
  const directory = await usedDirectory(t, ANY);
  writeFileSync(join(directory, 'lock'), lockOf({ pid: process.pid, start: 'another life' }));
  const nodes = await Promise.all([1, 2, 3].map(() => startNode(directory, ANY)));
  assert.deepEqual(nodes.map(({ said }) => said.ok).sort(), [false, false, true]);
});

test('a lock whose pid is another process by now is taken over', async (t) => {
  const directory = await usedDirectory(t, ANY);
  writeFileSync(join(directory, 'lock'), lockOf({ pid: process.pid, start: 'another life' }));
  await open(directory, ANY);
});

test('a lock torn by a power cut names nobody', async (t) => {
  const directory = await usedDirectory(t, ANY);
  writeFileSync(join(directory, 'lock'), '{"pid":');
  await open(directory, ANY);
});

test('a lock of another container holds while it is touched, and not after', async (t) => {
  const directory = await usedDirectory(t, ANY);
  const lock = join(directory, 'lock');
  writeFileSync(lock, lockOf({ pid: process.pid, start: startOf(process.pid) ?? '', space: 'another machine' }));
  const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), 100);
  const refused = await openDatabase({ dataDirectory: directory, binaries: ANY, log: quiet });
  clearInterval(beat);
  assert.match(refused.ok ? '' : (refused.faults[0]?.detail ?? ''), /in use by another Rogatory/);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(lock, longAgo, longAgo);
  await open(directory, ANY);
});

/** Whose socket's path would be longer than a socket's path may be. */
function longDirectory(t: TestContext): Promise<string> {
  return usedDirectory(t, ANY, 'a-long-name-'.repeat(9));
}

const lockOf = (holder: { pid: number; start: string; space?: string }): string =>
  JSON.stringify({ space: processSpace(), token: randomUUID(), ...holder });

test('a postmaster.pid whose number is somebody else by now does not stand in the way', async (t) => {
  const directory = await usedDirectory(t, ANY);
  const stranger = spawn('sleep', ['600'], asRoot ? { uid: statSync(join(directory, 'postgres')).uid } : {});
  t.after(() => stranger.kill());
  const left = `${stranger.pid}\n${directory}/postgres\n1\n5432\n${directory}/run\n\n 1 1\nready   \n`;
  writeFileSync(join(directory, 'postgres', 'postmaster.pid'), left);
  await open(directory, ANY);
  assert.equal(stranger.exitCode, null);
});

test('an initdb that was cut short is begun again', async (t) => {
  const directory = emptyDirectory(t);
  mkdirSync(join(directory, 'postgres.new', 'base'), { recursive: true });
  writeFileSync(join(directory, 'postgres.new', 'PG_VERSION'), '15\n');
  const { owner } = await open(directory, ANY);
  assert.deepEqual(await ask(owner, 'select 1 as one'), [{ one: 1 }]);
});

test('a directory of a version that is not here is refused with the way out, and left as it is', async (t) => {
  const directory = await usedDirectory(t, ANY);
  const file = join(directory, 'postgres', 'PG_VERSION');
  writeFileSync(file, '14\n');
  const refused = await openDatabase({ dataDirectory: directory, log: quiet });
  assert.equal(refused.ok ? '' : refused.faults[0]?.pointer, 'ROGATORY_DATA');
  assert.match(refused.ok ? '' : (refused.faults[0]?.detail ?? ''), /is of PostgreSQL 14, .*make a backup with it/);
  assert.equal(readFileSync(file, 'utf8'), '14\n');
  assert.equal(lstatSync(join(directory, 'lock'), { throwIfNoEntry: false }), undefined);
});

test('a directory keeps the version it was made with where newer ones are at hand', async (t) => {
  if (AVAILABLE.length < 2) return t.skip('needs two versions of PostgreSQL');
  for (const source of AVAILABLE) {
    const directory = await usedDirectory(t, source);
    const { version, stop } = await open(directory, source);
    await stop();
    const again = must(await openDatabase({ dataDirectory: directory, log: quiet }));
    beforeRemoval(directory, again.stop);
    assert.equal(again.version, version);
  }
});

test('a word that is no source of PostgreSQL is refused', async (t) => {
  const refused = await openDatabase({ dataDirectory: emptyDirectory(t), binaries: 'docker', log: quiet });
  assert.equal(refused.ok ? '' : refused.faults[0]?.pointer, 'ROGATORY_POSTGRES');
});

test('a path too long for a socket gets a private folder elsewhere, the same at each start', async (t) => {
  const directory = await longDirectory(t);
  const first = await open(directory, ANY);
  const { host = '' } = first.owner as { host?: string };
  beforeRemoval(directory, async () => rmSync(host, { recursive: true, force: true }));
  assert.ok(!host.startsWith(directory));
  assert.equal(statSync(host).mode & 0o777, 0o700);
  await first.stop();
  assert.deepEqual((await open(directory, ANY)).owner, first.owner);
});

test('a private folder that somebody else could enter by now is not used again', async (t) => {
  const directory = await longDirectory(t);
  const first = await open(directory, ANY);
  await first.stop();
  const { host = '' } = first.owner as { host?: string };
  chmodSync(host, 0o755);
  const second = await open(directory, ANY);
  const { host: other = '' } = second.owner as { host?: string };
  beforeRemoval(directory, async () => {
    for (const path of [host, other]) rmSync(path, { recursive: true, force: true });
  });
  assert.notEqual(other, host);
});

test("started as root, neither the server nor its files are root's", async (t) => {
  if (!asRoot) return t.skip('needs root');
  const directory = await usedDirectory(t, ANY);
  await open(directory, ANY);
  const pid = serverPid(directory) ?? 0;
  assert.notEqual(statSync(`/proc/${pid}`).uid, 0);
  assert.match(readFileSync(`/proc/${pid}/status`, 'utf8'), /^Groups:\s*$/m);
  for (const entry of readdirSync(join(directory, 'postgres'), { recursive: true }))
    assert.notEqual(
      lstatSync(join(directory, 'postgres', entry as string), { throwIfNoEntry: false })?.uid,
      0,
      entry as string,
    );
});

test('started as root in a folder that only root may enter, it is refused with the reason', async (t) => {
  if (!asRoot) return t.skip('needs root');
  const closed = emptyDirectory(t);
  const refused = await openDatabase({ dataDirectory: join(closed, 'data'), binaries: ANY, log: quiet });
  assert.match(refused.ok ? '' : (refused.faults[0]?.detail ?? ''), new RegExp(`may not enter ${closed};`));
});

test('an ordinary user runs a database of their own, and is refused that of another', async (t) => {
  if (!asRoot) return t.skip('needs root to become an ordinary user');
  const directory = emptyDirectory(t);
  const user = unprivilegedAccount(readFileSync('/etc/passwd', 'utf8'));
  assert.ok(user);
  chownSync(directory, user.uid, user.gid);
  const { child, said } = await startNode(directory, ANY, { uid: user.uid, gid: user.gid });
  assert.ok(said.ok, JSON.stringify(said.faults));
  child.kill('SIGTERM');
  await once(child, 'exit');
  assert.equal(serverPid(directory), undefined);
  chmodSync(directory, 0o777);
  const other = await startNode(directory, ANY, { uid: 12_345, gid: 12_345 });
  assert.match(other.said.faults?.[0]?.detail ?? '', /belongs to user \d+ and this is user 12345/);
});

test('the user to drop to is one without rights, never a name that is missing or is root', () => {
  const passwd = (...names: string[]) => names.map((name, at) => `${name}:x:${at}:${at}::/:/bin/sh`).join('\n');
  assert.equal(unprivilegedAccount(passwd('root', 'nobody', 'postgres'))?.name, 'postgres');
  assert.equal(unprivilegedAccount(passwd('root', 'nobody', 'postgres', 'rogatory'))?.name, 'rogatory');
  assert.equal(unprivilegedAccount(passwd('root', 'daemon', 'nobody'))?.name, 'nobody');
  assert.equal(unprivilegedAccount(passwd('postgres', 'daemon')), undefined);
});

test('where the package may not be written, its libraries are linked elsewhere', (t) => {
  const directory = emptyDirectory(t);
  const sealed = join(directory, 'package');
  mkdirSync(join(sealed, 'native'), { recursive: true });
  // No lib folder: links beside the libraries fail for root as they do on a read-only disk.
  const links = [{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }];
  writeFileSync(join(sealed, 'native', 'pg-symlinks.json'), JSON.stringify(links));
  const fallback = join(directory, 'links');
  const path = `${fallback}:${join(sealed, 'native/lib')}`;
  for (let twice = 0; twice < 2; twice++) assert.equal(linkLibraries(sealed, fallback), path);
  assert.equal(readlinkSync(join(fallback, 'libx.so.1')), join(sealed, 'native/lib/libx.so.1.2'));
  mkdirSync(join(sealed, 'native', 'lib'));
  writeFileSync(join(sealed, 'native/lib/libx.so.1.2'), 'library');
  for (let twice = 0; twice < 2; twice++) assert.equal(linkLibraries(sealed, fallback), undefined);
  assert.equal(readFileSync(join(sealed, 'native/lib/libx.so.1'), 'utf8'), 'library');
});
