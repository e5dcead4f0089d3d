// A node made out of a backup: built beside, held against the manifest, and put in its place only when it is whole.

import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, rename, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Migrator } from 'kysely/migration';
import { Client } from 'pg';
import type { KeptSafe, RestoreOrder } from '../../../app/keep-safe.ts';
import { accept, type Fault, type Outcome, refuse } from '../../../kernel/outcome.ts';
import { connect } from '../connection.ts';
import { migrations } from '../migrations/index.ts';
import { letThrough } from '../server/account.ts';
import { openDatabase } from '../server/open-database.ts';
import { type ConnectionSettings, type Log, RESTORING } from '../server/settings.ts';
import { copyIn, copyOut } from './copy.ts';
import { HEADER, type Header, MANIFEST, type Manifest, type TableShape, type TableSum, tableName } from './format.ts';
import { unseal } from './sealed.ts';
import { beginPlain, copyInText, copyOutText, difference, quoted, tablesOf } from './tables.ts';
import { TornArchive } from './tar.ts';
import { bytesOf, type Counts, drain, walk } from './walk.ts';
import { Sum } from './write-backup.ts';

/** Why a backup is not taken: thrown inside, a fault outside. */
class Unusable extends Error {
  readonly faults: readonly Fault[];
  constructor(...faults: readonly Fault[]) {
    super(faults[0]?.detail);
    this.faults = faults;
  }
}

/** Restores into an empty directory. Whatever goes wrong, the directory is empty again afterwards. */
export async function restoreBackup(
  order: RestoreOrder,
  binaries: string | undefined,
  log: Log,
): Promise<Outcome<KeptSafe>> {
  const there = existsSync(order.to);
  // What a restore that was killed left behind is no data.
  if (there && readdirSync(order.to).some((name) => name !== RESTORING))
    return refuse({ pointer: order.to, detail: 'is not empty; a backup is restored into a directory of its own' });
  const building = join(order.to, RESTORING);
  try {
    // Once through for its own sake: a damaged backup costs no database, and what follows meets no surprise.
    const { header } = await reading(order, (bytes) => walk(bytes, drain));
    refuseUnknownVersion(header);
    rmSync(building, { recursive: true, force: true });
    mkdirSync(building, { recursive: true, mode: 0o700 });
    letThrough(order.to);
    const database = orThrow(await openDatabase({ dataDirectory: building, binaries, log }));
    const counts = await reading(order, (bytes) => fill(database.owner, building, header, bytes)).finally(
      database.stop,
    );
    for (const part of ['files', 'keys', 'postgres']) {
      if (!existsSync(join(building, part))) continue;
      await rename(join(building, part), join(order.to, part));
    }
    rmSync(building, { recursive: true, force: true });
    await syncFolder(order.to);
    const { size } = await stat(order.from);
    return accept({ ...counts, tables: header.tables.length, asOf: header.asOf, size });
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    if (!there) await rmdir(order.to).catch(() => {});
    return refuse(...faultsOf(error, order.from));
  }
}

/** Opens the backup for one reading. */
async function reading<T>(order: RestoreOrder, work: (bytes: AsyncIterable<Uint8Array>) => Promise<T>): Promise<T> {
  const { bytes, file } = orThrow(await unseal(order.from, order.identity));
  return work(bytes).finally(() => file.destroy());
}

function orThrow<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Unusable(...outcome.faults);
}

function faultsOf(error: unknown, file: string): readonly Fault[] {
  if (error instanceof Unusable) return error.faults;
  if (error instanceof TornArchive)
    return [{ pointer: file, detail: `is damaged or cut short: ${error.message}; nothing was restored` }];
  return [{ pointer: file, detail: `could not be restored: ${(error as Error).message}; nothing is left behind` }];
}

/** Reads the archive into a new database and the folders beside it, then reads everything back. */
async function fill(
  owner: ConnectionSettings,
  folder: string,
  header: Header,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Counts & { rows: number }> {
  await migrateAsThen(owner, header);
  const client = new Client(owner);
  client.on('error', () => {});
  await client.connect();
  try {
    await beginPlain(client, 'read write');
    // Neither append-only triggers nor the order of foreign keys stand in the way of rows that stood together before.
    await client.query('set local session_replication_role = replica');
    const odd = difference(header.tables, await tablesOf(client));
    if (odd !== undefined)
      throw new Unusable({ pointer: HEADER, detail: `does not fit this version of Rogatory: ${odd}` });
    await client.query(`truncate ${header.tables.map(quoted).join(', ')}`);
    const { manifest, counts } = await walk(bytes, async (what, entry) => {
      if (what.kind === 'table') return copyIn(client, copyInText(what.table), await bytesOf(entry));
      const path = join(folder, what.kind, what.path);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      return pipeline(entry.body, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
    });
    for (const { schema, name, last, called } of manifest.sequences)
      await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted({ schema, name }), last, called]);
    await client.query('commit');
    await client.query('analyze');
    return { ...counts, rows: await holdAgainst(client, header.tables, manifest) };
  } finally {
    await client.end().catch(() => {});
  }
}

/** A backup of an earlier version is a beginning of our list of migrations; anything else is not for us to read. */
function refuseUnknownVersion(header: Header): void {
  const known = Object.keys(migrations).sort();
  const unknown = header.migrations.filter((name, at) => known[at] !== name);
  if (unknown.length > 0)
    throw new Unusable({
      pointer: HEADER,
      detail: `the backup was made by a Rogatory that this one does not know (${unknown[0]}); restore it with that version or a newer one`,
    });
}

/** Brings the tables to what they were when the backup was made; the next start brings them to the present. */
async function migrateAsThen(owner: ConnectionSettings, header: Header): Promise<void> {
  const { db, close } = connect(owner, 2);
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error } = await migrator.migrateTo(header.migrations.at(-1) ?? '');
    if (error !== undefined) throw error;
  } finally {
    await close();
  }
}

/** Reads every table back and compares; returns the number of rows. */
async function holdAgainst(client: Client, tables: readonly TableShape[], manifest: Manifest): Promise<number> {
  const expected = new Map(manifest.tables.map((sum) => [sum.table, sum]));
  await beginPlain(client, 'read only');
  let rows = 0;
  for (const table of tables) {
    const found = await sumOf(client, table);
    const kept = expected.get(found.table);
    if (kept?.rows !== found.rows || kept.sha256 !== found.sha256)
      throw new Unusable({ pointer: MANIFEST, detail: `table ${found.table} did not come out as it was kept` });
    rows += found.rows;
  }
  await client.query('commit');
  return rows;
}

async function sumOf(client: Client, table: TableShape): Promise<TableSum> {
  const sum = new Sum(tableName(table));
  for await (const batch of copyOut(client, copyOutText(table))) sum.add(batch);
  return sum.total();
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync();
  await handle.close();
}
