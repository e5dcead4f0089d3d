// A sealed backup of everything and a node made out of it: equal rows, or a refusal that leaves nothing behind.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Client, type ClientConfig } from 'pg';
import { restoreBackup } from '../../src/adapters/postgres/backup/restore-backup.ts';
import { TAR_END, tarHeader, tarPadding } from '../../src/adapters/postgres/backup/tar.ts';
import { writeBackup } from '../../src/adapters/postgres/backup/write-backup.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { openDatabase } from '../../src/adapters/postgres/server/open-database.ts';
import type { KeptSafe } from '../../src/app/keep-safe.ts';
import type { Fault, Outcome } from '../../src/kernel/outcome.ts';
import { AVAILABLE, ask, beforeRemoval, emptyDirectory, startNode, usedDirectory } from '../crash/support.ts';
import { must, quiet, testDatabase } from '../support/database.ts';

const [ANY = 'machine'] = AVAILABLE;
const AS_OF = '2028-03-01T09:30:00.000Z';
const identity = await generateX25519Identity();
const recipient = await identityToRecipient(identity);

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const onlyFault = (outcome: Outcome<unknown>): Fault => {
  assert.equal(outcome.ok, false);
  return (outcome.ok ? undefined : outcome.faults[0]) as Fault;
};

/** A folder through which the server's user may pass. */
function openRoot(t: TestContext): string {
  const root = emptyDirectory(t);
  chmodSync(root, 0o711);
  return root;
}

/** A folder with a node's files and keys, a place for backups, and the key file. */
function place(t: TestContext) {
  const root = openRoot(t);
  const data = join(root, 'data');
  const evidence = [randomBytes(70_000), randomBytes(512), Buffer.alloc(0)];
  for (const bytes of evidence) {
    const name = sha256(bytes);
    mkdirSync(join(data, 'files', name.slice(0, 2)), { recursive: true });
    writeFileSync(join(data, 'files', name.slice(0, 2), name), bytes);
  }
  writeFileSync(join(data, 'files', '.unfinished'), 'half');
  mkdirSync(join(data, 'keys'));
  writeFileSync(join(data, 'keys', 'vault'), randomBytes(32));
  const key = join(root, 'key.txt');
  writeFileSync(key, `# of a test\n${identity}\n`);
  const file = join(root, 'node.backup');
  const order = { dataDirectory: data, to: file, recipients: [recipient], withKeys: false };
  return { root, data, evidence, key, file, order, target: join(root, 'restored') };
}

/** A pair of rows in one transaction, a person and a public mark: in any one moment there are as many of each. */
async function pair(client: Client, name: string): Promise<void> {
  await client.query('begin');
  await client.query(`insert into person (id, name, language, created_at) values ($1, $2, 'en', now())`, [
    randomUUID(),
    name,
  ]);
  await client.query('insert into commitment (value) values ($1)', [randomBytes(32)]);
  await client.query('commit');
}

async function connected(settings: ClientConfig): Promise<Client> {
  const client = new Client(settings);
  await client.connect();
  return client;
}

/** Hard words: what COPY must escape, and bytes that are no text. */
async function furnish(owner: ClientConfig): Promise<void> {
  const client = await connected(owner);
  for (const name of ['a\tb\nc\\d', '\\N', '\\.', 'قاضٍ', '"quoted", and \'so\'']) await pair(client, name);
  for (let n = 0; n < 40; n++) await pair(client, `${n} ${'x'.repeat(150)}`);
  await client.query(
    `insert into office (one, state, name, settings) values (true, 'AA', 'An office', '{"a": [1, 2.50]}')`,
  );
  await client.query(`select nextval('case_number') from generate_series(1, 7)`);
  await client.end();
}

/** What each table holds, by a way of its own: the rows as PostgreSQL prints them, sorted. */
async function contents(owner: ClientConfig): Promise<Record<string, string>> {
  const tables = await ask<{ name: string }>(
    owner,
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema') and tablename not like 'kysely%' order by 1`,
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await ask<{ rows: string }>(
      owner,
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, chr(10) order by t::text)), '') as rows from ${name} t`,
    );
    found[name] = row?.rows ?? '';
  }
  return found;
}

async function source(t: TestContext) {
  const database = await testDatabase();
  t.after(database.stop);
  await furnish(database.owner);
  return database;
}

test('a backup restored into an empty directory is the same node: rows, counters and files', async (t) => {
  const { owner } = await source(t);
  const { root, order, file, key, target, evidence } = place(t);
  const made = must(await writeBackup(owner, order, AS_OF));
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const before = await contents(owner);
  assert.ok(Object.keys(before).length > 10);
  const restored: KeptSafe = must(await restoreBackup({ from: file, identity: key, to: target }, undefined, quiet));
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

test('a changed or missing byte anywhere is refused, and nothing is left behind', async (t) => {
  const { owner } = await source(t);
  const { order, file, key, target, root } = place(t);
  must(await writeBackup(owner, order, AS_OF));
  const whole = readFileSync(file);
  const torn = join(root, 'torn.backup');
  const attempts: [string, Buffer][] = [];
  for (const at of [0, 120, 250, 5_000, whole.length >> 1, whole.length - 1]) {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 1;
    attempts.push([`byte ${at} changed`, changed], [`cut at ${at}`, whole.subarray(0, at)]);
  }
  attempts.push(['a byte too many', Buffer.concat([whole, Buffer.from('x')])]);
  for (const [what, bytes] of attempts) {
    writeFileSync(torn, bytes);
    const fault = onlyFault(await restoreBackup({ from: torn, identity: key, to: target }, undefined, quiet));
    assert.match(fault.detail, /damaged|is no backup|sealed to somebody else/, what);
    assert.equal(existsSync(target), false, what);
  }
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

/** The bytes inside the seal. */
async function opened(file: string): Promise<Buffer> {
  const opener = new Decrypter();
  opener.addIdentity(identity);
  return Buffer.from(await opener.decrypt(readFileSync(file)));
}

test('any tar reads what is inside; keys are in it only when told', async (t) => {
  const { owner } = await source(t);
  const { order, file, root, data } = place(t);
  must(await writeBackup(owner, order, AS_OF));
  const withKeys = { ...order, to: `${file}.keys`, withKeys: true };
  assert.equal(must(await writeBackup(owner, withKeys, AS_OF)).keys, 1);
  const archive = join(root, 'inside.tar');
  const tar = (...words: string[]) => spawnSync('tar', words).stdout;
  writeFileSync(archive, await opened(file));
  assert.equal(tar('-xOf', archive, 'database/public.person/000001.copy').toString().split('\n').length, 46);
  assert.doesNotMatch(tar('-tf', archive).toString(), /keys/);
  writeFileSync(archive, await opened(withKeys.to));
  assert.deepEqual(tar('-xOf', archive, 'keys/vault'), readFileSync(join(data, 'keys', 'vault')));
});

/** A backup by somebody who knows the form and means harm, or has another version. */
async function forged(entries: readonly [string, string][], hashed?: string): Promise<Uint8Array> {
  const parts = entries.flatMap(([name, text]) => {
    const body = Buffer.from(text);
    return [tarHeader(name, body.length, 0), body, tarPadding(body.length)];
  });
  const manifest = { sha256: hashed ?? sha256(Buffer.concat(parts)), tables: [], sequences: [], files: 0, keys: 0 };
  const body = Buffer.from(JSON.stringify({ ...manifest, files: entries.length - 1 }));
  parts.push(tarHeader('manifest.json', body.length, 0), body, tarPadding(body.length), TAR_END);
  const sealer = new Encrypter();
  sealer.addRecipient(recipient);
  return sealer.encrypt(Buffer.concat(parts));
}

test('a backup of a version to come, or with a file that would lie elsewhere, is refused', async (t) => {
  const { file, key, target, root } = place(t);
  const tables = [{ schema: 'public', name: 'person', columns: ['id'] }];
  const header = (migrations: string[], rogatory = 'backup/1') =>
    JSON.stringify({ rogatory, asOf: AS_OF, postgres: 15, migrations, tables });
  const attempts: [RegExp, [string, string][]][] = [
    [
      /made by a Rogatory that this one does not know \(999-later\)/,
      [['backup.json', header(['001-base', '999-later'])]],
    ],
    [/rogatory/, [['backup.json', header(['001-base'], 'backup/2')]]],
    [
      /which no backup does/,
      [
        ['backup.json', header(['001-base'])],
        ['files/../../elsewhere', 'x'],
      ],
    ],
    [
      /which no backup does/,
      [
        ['backup.json', header(['001-base'])],
        ['/elsewhere', 'x'],
      ],
    ],
    [
      /of which its header does not know/,
      [
        ['backup.json', header(['001-base'])],
        ['database/pg_catalog.pg_authid/000001.copy', 'x'],
      ],
    ],
    [/does not begin as a backup does/, [['files/aa', 'x']]],
  ];
  for (const [expected, entries] of attempts) {
    writeFileSync(file, await forged(entries));
    const fault = onlyFault(await restoreBackup({ from: file, identity: key, to: target }, undefined, quiet));
    assert.match(fault.detail, expected);
    assert.equal(existsSync(target), false);
    assert.equal(existsSync(join(root, 'elsewhere')), false);
  }
  writeFileSync(file, await forged([['backup.json', header(['001-base'])]], sha256(Buffer.from('other bytes'))));
  const fault = onlyFault(await restoreBackup({ from: file, identity: key, to: target }, undefined, quiet));
  assert.match(fault.detail, /its bytes are not those that its manifest names/);
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
