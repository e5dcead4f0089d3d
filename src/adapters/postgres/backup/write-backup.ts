// A backup: one moment of the database and every file beside it, as an archive sealed while it is written.

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, type Stats } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import type { BackupOrder, KeptSafe } from '../../../app/keep-safe.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { ConnectionSettings } from '../server/settings.ts';
import { FILES_LOCK } from '../locks.ts';
import { copyOut } from './copy.ts';
import {
  HEADER,
  type Header,
  isPlainPath,
  MANIFEST,
  type Manifest,
  partName,
  type TableSum,
  tableName,
} from './format.ts';
import { seal, sealerFor } from './sealed.ts';
import { beginPlain, copyOutText, migrationsOf, sequencesOf, tablesOf } from './tables.ts';
import { TAR_END, tarHeader, tarPadding } from './tar.ts';

/** Rows are gathered to parts of about this size, each an entry: an entry's size must be known before it is written. */
const PART_BYTES = 4 * 1_048_576;

/** Writes the backup to `order.to`, which appears there only when it is whole and on disk. */
export async function writeBackup(
  owner: ConnectionSettings,
  order: BackupOrder,
  asOf: string,
): Promise<Outcome<KeptSafe>> {
  const sealer = sealerFor(order.recipients);
  if (!sealer.ok) return sealer;
  if (existsSync(order.to)) return refuse({ pointer: order.to, detail: 'exists already; a backup overwrites nothing' });
  const walked = await filesToKeep(order);
  if (!walked.ok) return walked;
  const partial = `${order.to}.partial`;
  const client = new Client(owner);
  let lost: Error | undefined;
  client.on('error', (error) => {
    lost = error;
  });
  const kept = { tables: 0, rows: 0, files: 0, keys: 0, asOf };
  try {
    await client.connect();
    // Files that follow the seal of their case wait, or the copy of one kind could be gone before the other is there.
    await client.query(`select pg_advisory_lock_shared(${FILES_LOCK})`);
    await beginPlain(client, 'read only');
    // What a killed backup left under this name is of no use to anybody.
    await rm(partial, { force: true });
    const file = createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(seal(sealer.value, archive(client, order, kept)), file);
    const { size } = await stat(partial);
    await rename(partial, order.to);
    return accept({ ...kept, size });
  } catch (error) {
    await rm(partial, { force: true });
    return refuse({ pointer: order.to, detail: `was not written: ${(lost ?? (error as Error)).message}` });
  } finally {
    await client.end().catch(() => {});
  }
}

/** The archive as it is written; `kept` is counted up on the way. */
async function* archive(
  client: Client,
  order: BackupOrder,
  kept: { tables: number; rows: number; files: number; keys: number; asOf: string },
): AsyncGenerator<Buffer> {
  const whole = createHash('sha256');
  const seconds = Math.floor(Date.parse(kept.asOf) / 1000);
  const told = (bytes: Buffer): Buffer => {
    whole.update(bytes);
    return bytes;
  };
  const entry = (name: string, content: Buffer): Buffer =>
    Buffer.concat([tarHeader(name, content.length, seconds), content, tarPadding(content.length)]);

  const tables = await tablesOf(client);
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int / 10000 as version`,
  );
  const header: Header = {
    rogatory: 'backup/1',
    asOf: kept.asOf,
    postgres: rows[0]?.version ?? 0,
    migrations: await migrationsOf(client),
    tables,
  };
  yield told(entry(HEADER, json(header)));

  const sums: TableSum[] = [];
  for (const table of tables) {
    const sum = new Sum(tableName(table));
    let parts = 0;
    let waiting: Buffer[] = [];
    let size = 0;
    for await (const batch of copyOut(client, copyOutText(table))) {
      sum.add(batch);
      waiting.push(batch);
      size += batch.length;
      if (size < PART_BYTES) continue;
      yield told(entry(partName(table, ++parts), Buffer.concat(waiting)));
      waiting = [];
      size = 0;
    }
    if (size > 0) yield told(entry(partName(table, ++parts), Buffer.concat(waiting)));
    sums.push(sum.total());
    kept.tables += 1;
    kept.rows += sum.total().rows;
  }
  const sequences = await sequencesOf(client);

  // Files come after the rows: whatever a row of our moment names was on disk before the row was.
  const files = await filesToKeep(order);
  for (const { kind, path, at } of files.ok ? files.value : []) {
    const found = await stat(at).catch(() => undefined);
    if (found === undefined) continue;
    for await (const bytes of fileEntry(`${kind}/${path}`, at, found)) yield told(bytes);
    kept[kind] += 1;
  }
  const manifest: Manifest = {
    sha256: whole.digest('hex'),
    tables: sums,
    sequences,
    files: kept.files,
    keys: kept.keys,
  };
  yield entry(MANIFEST, json(manifest));
  yield TAR_END;
}

const json = (value: object): Buffer => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);

async function* fileEntry(name: string, path: string, { size, mtimeMs }: Stats): AsyncGenerator<Buffer> {
  yield tarHeader(name, size, Math.floor(mtimeMs / 1000));
  let read = 0;
  for await (const bytes of createReadStream(path) as AsyncIterable<Buffer>) {
    read += bytes.length;
    yield bytes;
  }
  if (read !== size) throw new Error(`${name} changed while it was read`);
  yield tarPadding(size);
}

/** The rows and the SHA-256 of a table in COPY's text format, where a line break is always the end of a row. */
export class Sum {
  private readonly table: string;
  private readonly hash = createHash('sha256');
  private rows = 0;

  constructor(table: string) {
    this.table = table;
  }
  add(bytes: Buffer): void {
    this.hash.update(bytes);
    for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) this.rows += 1;
  }
  total(): TableSum {
    return { table: this.table, rows: this.rows, sha256: this.hash.copy().digest('hex') };
  }
}

type Kept = { readonly kind: 'files' | 'keys'; readonly path: string; readonly at: string };

/** Every file to go along. Names that begin with a dot are files that were never finished. */
async function filesToKeep({ dataDirectory, withKeys }: BackupOrder): Promise<Outcome<Kept[]>> {
  const kept: Kept[] = [];
  for (const kind of withKeys ? (['files', 'keys'] as const) : (['files'] as const)) {
    const folder = join(dataDirectory, kind);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      },
    );
    for (const entry of entries) {
      if (entry.isDirectory() || entry.name.startsWith('.')) continue;
      const at = join(entry.parentPath, entry.name);
      const path = relative(folder, at);
      if (!entry.isFile() || !isPlainPath(path) || `${kind}/${path}`.length > 100)
        return refuse({ pointer: at, detail: `is nothing that Rogatory put into ${dirname(at)}; move it elsewhere` });
      kept.push({ kind, path, at });
    }
  }
  return accept(kept.sort((one, other) => (one.at < other.at ? -1 : 1)));
}
