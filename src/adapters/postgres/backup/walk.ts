// Goes through the archive of a backup in order and holds it against its own header and manifest.

import { createHash } from 'node:crypto';
import type { Outcome } from '../../../kernel/outcome.ts';
import {
  HEADER,
  type Header,
  kindOf,
  MANIFEST,
  type Manifest,
  MAX_DESCRIPTION_BYTES,
  readHeader,
  readManifest,
  type TableShape,
  tableName,
} from './format.ts';
import { readTar, type TarEntry, TornArchive } from './tar.ts';

export type Counts = { files: number; keys: number };
export type Content = { kind: 'table'; table: TableShape } | { kind: 'files' | 'keys'; path: string };

/**
 * Hands each part of a table and each file to `take`, which reads it to its end. Throws `TornArchive` when anything is
 * missing, changed or too much; what was taken until then is to be thrown away.
 */
export async function walk(
  bytes: AsyncIterable<Uint8Array>,
  take: (content: Content, entry: TarEntry) => Promise<void>,
): Promise<{ header: Header; manifest: Manifest; counts: Counts }> {
  const whole = createHash('sha256');
  // The hash of the manifest ends before the manifest's own header, so the piece last read is held back from it.
  let last: Buffer = Buffer.alloc(0);
  const entries = readTar(bytes, (piece) => {
    whole.update(last);
    last = piece;
  });
  const first = await entries.next();
  if (first.done || first.value.name !== HEADER) throw new TornArchive('it does not begin as a backup does');
  const header = described(readHeader(await textOf(first.value)));
  const tables = new Map(header.tables.map((table) => [tableName(table), table]));
  const counts: Counts = { files: 0, keys: 0 };
  let manifest: Manifest | undefined;
  for await (const entry of entries) {
    if (manifest !== undefined) throw new TornArchive('something follows the manifest');
    if (entry.name === MANIFEST) {
      const sha256 = whole.copy().digest('hex');
      manifest = described(readManifest(await textOf(entry)));
      if (manifest.sha256 !== sha256) throw new TornArchive('its bytes are not those that its manifest names');
    } else {
      const content = contentOf(entry.name, tables);
      await take(content, entry);
      if (content.kind !== 'table') counts[content.kind] += 1;
    }
  }
  if (manifest === undefined) throw new TornArchive('it ends before its manifest');
  if (counts.files !== manifest.files || counts.keys !== manifest.keys) throw new TornArchive('files are missing');
  return { header, manifest, counts };
}

function contentOf(name: string, tables: ReadonlyMap<string, TableShape>): Content {
  const what = kindOf(name);
  if (what?.kind !== 'table') {
    if (what !== undefined) return what;
    throw new TornArchive(`it holds ${JSON.stringify(name)}, which no backup does`);
  }
  const table = tables.get(what.table);
  if (table === undefined) throw new TornArchive(`it holds rows of ${what.table}, of which its header does not know`);
  return { kind: 'table', table };
}

/** Reads an entry to its end for nothing but its hash. */
export async function drain(_content: Content, { body }: TarEntry): Promise<void> {
  for await (const _ of body);
}

export async function bytesOf({ body }: TarEntry): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function textOf(entry: TarEntry): Promise<string> {
  if (entry.size > MAX_DESCRIPTION_BYTES) throw new TornArchive(`${entry.name} is too large`);
  return (await bytesOf(entry)).toString('utf8');
}

function described<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new TornArchive(outcome.faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; '));
}
