// A node's data, hard to copy on purpose, and a place for its backups.

import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { Client, type ClientConfig } from 'pg';
import type { Fault, Outcome } from '../../src/kernel/outcome.ts';
import { ask, emptyDirectory } from '../crash/support.ts';
import { testDatabase } from '../support/database.ts';

export const AS_OF = '2028-03-01T09:30:00.000Z';
const identity = await generateX25519Identity();
const recipient = await identityToRecipient(identity);

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const onlyFault = (outcome: Outcome<unknown>): Fault => {
  assert.equal(outcome.ok, false);
  return (outcome.ok ? undefined : outcome.faults[0]) as Fault;
};

/** A folder through which the server's user may pass. */
export function openRoot(t: TestContext): string {
  const root = emptyDirectory(t);
  chmodSync(root, 0o711);
  return root;
}

/** A folder with a node's files and keys, a place for backups, and the key file. */
export function place(t: TestContext) {
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
export async function pair(client: Client, name: string): Promise<void> {
  await client.query('begin');
  await client.query(`insert into person (id, name, language, created_at) values ($1, $2, 'en', now())`, [
    randomUUID(),
    name,
  ]);
  await client.query('insert into commitment (value) values ($1)', [randomBytes(32)]);
  await client.query('commit');
}

export async function connected(settings: ClientConfig): Promise<Client> {
  const client = new Client(settings);
  await client.connect();
  return client;
}

/** Hard words: what COPY must escape, and bytes that are no text. */
export async function furnish(owner: ClientConfig): Promise<void> {
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
export async function contents(owner: ClientConfig): Promise<Record<string, string>> {
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

export async function source(t: TestContext) {
  const database = await testDatabase();
  t.after(database.stop);
  await furnish(database.owner);
  return database;
}

/** Seals bytes as a backup is sealed. */
export async function sealed(bytes: Uint8Array): Promise<Uint8Array> {
  const sealer = new Encrypter();
  sealer.addRecipient(recipient);
  return sealer.encrypt(bytes);
}

/** The bytes inside the seal. */
export async function unsealed(file: string): Promise<Buffer> {
  const opener = new Decrypter();
  opener.addIdentity(identity);
  return Buffer.from(await opener.decrypt(readFileSync(file)));
}
