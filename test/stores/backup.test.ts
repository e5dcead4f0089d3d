// A sealed backup of everything and a node made out of it: the same rows, one moment, nothing overwritten.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { generateX25519Identity } from 'age-encryption';
import { Migrator } from 'kysely/migration';
import { restoreBackup } from '../../src/adapters/postgres/backup/restore-backup.ts';
import { writeBackup } from '../../src/adapters/postgres/backup/write-backup.ts';
import { connect } from '../../src/adapters/postgres/connection.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { migrations } from '../../src/adapters/postgres/migrations/index.ts';
import { openDatabase } from '../../src/adapters/postgres/server/open-database.ts';
import type { KeptSafe } from '../../src/app/keep-safe.ts';
import { AVAILABLE, ask, beforeRemoval, startNode, usedDirectory } from '../crash/support.ts';
import { must, quiet, testDatabase } from '../support/database.ts';
import {
  AS_OF,
  connected,
  contents,
  furnish,
  onlyFault,
  openRoot,
  pair,
  place,
  sha256,
  source,
  unsealed,
} from './backup-support.ts';

const [ANY = 'machine'] = AVAILABLE;

test('a backup restored into an empty directory is the same node: rows, counters and files', async (t) => {
  const { owner } = await source(t);
  const { root, order, file, key, target, evidence } = place(t);
  const made = must(await writeBackup(owner, order, AS_OF));
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const before = await contents(owner);
  assert.ok(Object.keys(before).length > 10);
  // Made on one version of PostgreSQL, restored on another where there are two.
  const other = AVAILABLE.at(-1);
  const restored: KeptSafe = must(await restoreBackup({ from: file, identity: key, to: target }, other, quiet));
  assert.deepEqual(restored, made);
  assert.equal(made.asOf, AS_OF);
  assert.equal(made.rows, 91);
  assert.deepEqual(readdirSync(target).sort(), ['files', 'postgres']);
  for (const bytes of evidence) {
    const name = sha256(bytes);
    assert.deepEqual(readFileSync(join(target, 'files', name.slice(0, 2), name)), bytes);
  }
  assert.equal(existsSync(join(target, 'files', '.unfinished')), false);
  const opened = must(await openDatabase({ dataDirectory: target, log: quiet }));
  beforeRemoval(root, opened.stop);
  assert.deepEqual(await contents(opened.owner), before);
  assert.deepEqual(await migrate(opened.owner), []);
  assert.deepEqual(await ask(opened.owner, `select nextval('case_number')::int as next`), [{ next: 8 }]);
  const added = `insert into commitment (value) values ('\\x${'00'.repeat(32)}') returning id::int`;
  assert.deepEqual(await ask(opened.owner, added), [{ id: 46 }]);
  await assert.rejects(ask(opened.owner, 'delete from commitment'), /never changed or deleted/);
  await opened.stop();
});

test('a backup made while people work is one moment of the node', async (t) => {
  const { owner } = await source(t);
  const { root, order, file, key, target } = place(t);
  let working = true;
  let acknowledged = 45;
  const workers = [1, 2, 3].map(async () => {
    const client = await connected(owner);
    while (working) {
      await pair(client, 'at work');
      acknowledged += 1;
    }
    await client.end();
  });
  while (acknowledged < 60) await new Promise((resolve) => setTimeout(resolve, 5));
  const atLeast = acknowledged;
  must(await writeBackup(owner, order, AS_OF));
  const atMost = acknowledged + 3;
  working = false;
  await Promise.all(workers);
  must(await restoreBackup({ from: file, identity: key, to: target }, undefined, quiet));
  const opened = must(await openDatabase({ dataDirectory: target, log: quiet }));
  beforeRemoval(root, opened.stop);
  const [counts] = await ask<{ people: number; marks: number; next: boolean }>(
    opened.owner,
    `select (select count(*) from person)::int as people, (select count(*) from commitment)::int as marks,
            nextval(pg_get_serial_sequence('commitment', 'id')) > (select max(id) from commitment) as next`,
  );
  assert.equal(counts?.people, counts?.marks);
  assert.ok((counts?.people ?? 0) >= atLeast && (counts?.people ?? 0) <= atMost);
  assert.equal(counts?.next, true);
  await opened.stop();
});

test('a backup of an earlier version is restored as it was, and the next start brings it to the present', async (t) => {
  const { owner: now } = await testDatabase();
  const owner = { ...now, database: `older_${randomUUID().slice(0, 8)}` };
  await ask(now, `create database ${owner.database}`);
  const { db, close } = connect(owner, 1);
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateTo(
    '001-base',
  );
  await close();
  assert.equal(error, undefined);
  await ask(owner, `insert into office (one, state, name, settings) values (true, 'AA', 'An office', '{}')`);
  const { root, order, file, key, target } = place(t);
  assert.equal(must(await writeBackup(owner, order, AS_OF)).rows, 1);
  must(await restoreBackup({ from: file, identity: key, to: target }, undefined, quiet));
  const opened = must(await openDatabase({ dataDirectory: target, log: quiet }));
  beforeRemoval(root, opened.stop);
  assert.deepEqual(await migrate(opened.owner), Object.keys(migrations).slice(1));
  assert.deepEqual(await ask(opened.owner, 'select name from office'), [{ name: 'An office' }]);
  await opened.stop();
});

test('an owner from whom policies hide rows is refused, where a backup would be short', async (t) => {
  const { owner } = await source(t);
  const { order, file } = place(t);
  const name = `role_${randomUUID().slice(0, 8)}`;
  await ask(owner, `create role ${name} login; grant pg_read_all_data to ${name}`);
  t.after(() => ask({ ...owner, database: 'postgres' }, `drop role ${name}`));
  const fault = onlyFault(await writeBackup({ ...owner, user: name }, order, AS_OF));
  assert.match(fault.detail, /row-level security/);
  assert.deepEqual([existsSync(file), existsSync(`${file}.partial`)], [false, false]);
  await ask(owner, `alter role ${name} bypassrls`);
  assert.equal(must(await writeBackup({ ...owner, user: name }, order, AS_OF)).rows, 91);
});

test('a restore overwrites nothing, a backup neither', async (t) => {
  const { owner } = await source(t);
  const { order, file, key, target } = place(t);
  must(await writeBackup(owner, order, AS_OF));
  const whole = readFileSync(file);
  assert.match(onlyFault(await writeBackup(owner, order, AS_OF)).detail, /exists already/);
  assert.deepEqual(readFileSync(file), whole);
  mkdirSync(target);
  writeFileSync(join(target, 'note.txt'), 'mine');
  const fault = onlyFault(await restoreBackup({ from: file, identity: key, to: target }, undefined, quiet));
  assert.match(fault.detail, /is not empty/);
  assert.deepEqual(readdirSync(target), ['note.txt']);
});

test('what a killed restore left is no node, and the next restore clears it away', async (t) => {
  const { root, key, target } = place(t);
  mkdirSync(join(target, 'restoring', 'postgres'), { recursive: true });
  const opened = onlyFault(await openDatabase({ dataDirectory: target, log: quiet }));
  assert.match(opened.detail, /restore .* was cut short/);
  const missing = onlyFault(
    await restoreBackup({ from: join(root, 'none'), identity: key, to: target }, undefined, quiet),
  );
  assert.match(missing.detail, /does not exist/);
  assert.deepEqual(readdirSync(target), []);
});

test('without the right identity nothing opens, and without a recipient nothing is written', async (t) => {
  const { owner } = await source(t);
  const { order, file, key, target } = place(t);
  must(await writeBackup(owner, order, AS_OF));
  assert.equal(readFileSync(file).includes('An office'), false);
  const open = () => restoreBackup({ from: file, identity: key, to: target }, undefined, quiet);
  writeFileSync(key, await generateX25519Identity());
  assert.match(onlyFault(await open()).detail, /sealed to somebody else/);
  const secret = 'AGE-SECRET-KEY-1QQQQ';
  writeFileSync(key, secret);
  const fault = onlyFault(await open());
  assert.match(fault.detail, /no age identity/);
  assert.doesNotMatch(fault.detail, new RegExp(secret));
  for (const recipients of [[], ['age1nobody']]) {
    const unsealed = await writeBackup(owner, { ...order, to: `${file}.2`, recipients }, AS_OF);
    assert.equal(onlyFault(unsealed).pointer, '--recipient');
    assert.equal(existsSync(`${file}.2`), false);
  }
});

test('any tar reads what is inside; keys are in it only when told', async (t) => {
  const { owner } = await source(t);
  const { order, file, root, data } = place(t);
  must(await writeBackup(owner, order, AS_OF));
  const withKeys = { ...order, to: `${file}.keys`, withKeys: true };
  assert.equal(must(await writeBackup(owner, withKeys, AS_OF)).keys, 1);
  const archive = join(root, 'inside.tar');
  const tar = (...words: string[]) => spawnSync('tar', words).stdout;
  writeFileSync(archive, await unsealed(file));
  assert.equal(tar('-xOf', archive, 'database/public.person/000001.copy').toString().split('\n').length, 46);
  assert.doesNotMatch(tar('-tf', archive).toString(), /keys/);
  writeFileSync(archive, await unsealed(withKeys.to));
  assert.deepEqual(tar('-xOf', archive, 'keys/vault'), readFileSync(join(data, 'keys', 'vault')));
});

test('the commands make a key, back up a node at work, and restore it', async (t) => {
  const directory = await usedDirectory(t, ANY);
  const { child, said } = await startNode(directory, ANY);
  assert.ok(said.owner);
  await migrate(said.owner);
  await furnish(said.owner);
  const root = openRoot(t);
  const rogatory = async (...words: string[]) => {
    const run = spawn(process.execPath, ['src/cli/main.ts', ...words], {
      env: { ...process.env, ROGATORY_DATA: directory },
    });
    const [out, err] = await Promise.all([run.stdout, run.stderr].map((stream) => stream.toArray()));
    if (run.exitCode === null) await once(run, 'exit');
    return { code: run.exitCode, out: out?.join('') ?? '', err: err?.join('') ?? '' };
  };
  const key = join(root, 'key');
  const file = join(root, 'backup');
  const made = await rogatory('backup-key', '--to', key);
  assert.match(made.out, /^age1pq1\w+\n$/);
  assert.equal(statSync(key).mode & 0o777, 0o600);
  const backup = await rogatory('backup', '--to', file, '--recipient', made.out.trim());
  assert.deepEqual([backup.code, backup.err], [0, '']);
  assert.match(backup.out, /91 rows of \d+ tables, 0 files as of .*\nThe keys in .* are not in it/);
  const before = await contents(said.owner);
  child.kill('SIGTERM');
  await once(child, 'exit');
  const target = join(root, 'restored');
  const restore = await rogatory('restore', file, '--identity', key, '--to', target);
  assert.deepEqual([restore.code, restore.err], [0, '']);
  assert.match(restore.out, /91 rows of .* every row was read back and is as it was\nPut the node's keys/);
  const opened = must(await openDatabase({ dataDirectory: target, log: quiet }));
  beforeRemoval(root, opened.stop);
  assert.deepEqual(await contents(opened.owner), before);
  const none = await rogatory(
    'backup',
    '--to',
    `${file}.2`,
    '--recipient',
    made.out.trim(),
    '--data',
    join(root, 'nowhere'),
  );
  assert.equal(none.code, 2);
  assert.match(none.err, /^ROGATORY_DATA: there is no database in /);
});
