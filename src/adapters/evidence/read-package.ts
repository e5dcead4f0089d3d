// Opens a package that somebody sent and holds it against itself, in one pass and without putting anything on the disk.
// Attacker: whoever made it. Every length is bounded, every name looked at, and whatever is wrong is an answer and never a crash.

import { createHash } from 'node:crypto';
import { accept, type Fault, type Outcome, refuse } from '../../kernel/outcome.ts';
import { parseJson } from '../../kernel/strict-json.ts';
import { readTar, type TarEntry, TornArchive } from '../postgres/backup/tar.ts';
import { type HeaderOpener, NotOpened, openAge } from './age.ts';
import { type Bag, type BagEntry, readBag } from './bag.ts';
import { type PackageJson, readPackageJson } from './package-json.ts';

/** Texts of a package are kept in memory up to this; objects are hashed and let go. */
const MOST_TEXT_BYTES = 32 * 1_048_576;
const MOST_ENTRIES = 20_000;

export type Opened = {
  readonly folder: string;
  readonly bag: Bag;
  readonly package: PackageJson;
  /** The texts of the bag by their path: JSON, the manifests, the time stamp. */
  readonly texts: ReadonlyMap<string, Uint8Array>;
};

const bad = (pointer: string, detail: string) => refuse({ pointer, detail });

/** Opens the seal and reads what is in it; `take`, where given, is handed each object as it comes. */
export async function openPackage(
  file: AsyncIterable<Uint8Array>,
  opener: HeaderOpener,
  take?: (path: string, body: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<Outcome<Opened>> {
  return readArchive(openAge(file, opener), take);
}

/** Reads the archive that was in the seal. */
export async function readArchive(
  archive: AsyncIterable<Uint8Array>,
  take?: (path: string, body: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<Outcome<Opened>> {
  try {
    return await checked(archive, take);
  } catch (error) {
    if (error instanceof NotOpened) return bad('', `cannot be opened: ${error.message}`);
    if (error instanceof TornArchive) return bad('', `is no whole archive: ${error.message}`);
    throw error;
  }
}

async function checked(
  archive: AsyncIterable<Uint8Array>,
  take?: (path: string, body: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<Outcome<Opened>> {
  const entries: BagEntry[] = [];
  const hashes = new Map<string, string>();
  const texts = new Map<string, Uint8Array>();
  let folder: string | undefined;
  let kept = 0;
  for await (const entry of readTar(archive, () => undefined)) {
    if (entries.length >= MOST_ENTRIES) return bad('', `holds more than ${MOST_ENTRIES} files`);
    if (entry.type !== '0') return bad(entry.name, 'is no plain file');
    const [first = '', ...rest] = entry.name.split('/');
    folder ??= first;
    if (first !== folder || !FOLDER.test(first)) return bad(entry.name, 'is not in the one folder of a package');
    const path = rest.join('/');
    if (hashes.has(path)) return bad(path, 'is there twice');
    const object = path.startsWith('data/objects/');
    kept += object ? 0 : entry.size;
    if (kept > MOST_TEXT_BYTES) return bad(path, `makes the texts of the package longer than ${MOST_TEXT_BYTES} bytes`);
    const read = await hashed(entry, object, take && object ? (body) => take(path, body) : undefined);
    hashes.set(path, read.sha256);
    if (!object) texts.set(path, read.bytes);
    entries.push({ path, kind: 'file', size: entry.size });
  }
  if (folder === undefined) return bad('', 'is empty');
  const bag = await readBag(
    {
      entries,
      read: async (path, limit) => {
        const bytes = texts.get(path);
        return bytes === undefined || bytes.length > limit ? undefined : bytes;
      },
      hash: async (path, algorithm) => (algorithm === 'sha256' ? hashes.get(path) : undefined),
    },
    { versions: ['1.0'], algorithms: ['sha256'] },
  );
  if (!bag.ok) return bag;
  // What the tag manifest does not cover, the time stamp does not either.
  const listed = Buffer.from(texts.get('tagmanifest-sha256.txt') ?? []).toString('utf8');
  for (const path of ['bag-info.txt', 'bagit.txt', 'manifest-sha256.txt'])
    if (!listed.includes(`  ${path}\n`)) return bad('tagmanifest-sha256.txt', `does not list ${path}`);
  const said = packageOf(texts);
  if (!said.ok) return said;
  const faults = [...objectsHold(said.value, entries, hashes), ...infoHolds(said.value, bag.value, folder)];
  return faults.length > 0 ? refuse(...faults) : accept({ folder, bag: bag.value, package: said.value, texts });
}

/** A reference and a number: nothing that a file system or a terminal would read as more. */
const FOLDER = /^[A-Z]{2}-\d{4}-\d{6,12}-\d{1,9}$/;

async function hashed(
  { body, size }: TarEntry,
  object: boolean,
  take?: (body: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<{ sha256: string; bytes: Uint8Array }> {
  const hash = createHash('sha256');
  const parts: Buffer[] = [];
  async function* seen(): AsyncGenerator<Buffer> {
    for await (const piece of body) {
      hash.update(piece);
      if (!object) parts.push(Buffer.from(piece));
      yield piece;
    }
  }
  const source = seen();
  if (take) await take(source);
  // Read to its end, whatever the taker left of it.
  for await (const _ of source);
  return { sha256: hash.digest('hex'), bytes: object ? new Uint8Array() : Buffer.concat(parts, size) };
}

function packageOf(texts: ReadonlyMap<string, Uint8Array>): Outcome<PackageJson> {
  const json: { [path: string]: unknown } = {};
  for (const path of ['data/package.json', 'data/custody.json', 'data/decision.json', 'data/conditions.json']) {
    const bytes = texts.get(path);
    if (bytes === undefined) return bad(path, 'is missing');
    const parsed = parsedFrom(path, bytes);
    if (!parsed.ok) return parsed;
    json[path] = parsed.value;
  }
  return readPackageJson(json['data/package.json']);
}

function parsedFrom(path: string, bytes: Uint8Array): Outcome<unknown> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bad(path, 'is not UTF-8');
  }
  const parsed = parseJson(text);
  return parsed.ok
    ? accept(parsed.value.value)
    : refuse(...parsed.faults.map(({ detail }) => ({ pointer: path, detail })));
}

function objectsHold(
  { objects, timeStamp }: PackageJson,
  entries: readonly BagEntry[],
  hashes: ReadonlyMap<string, string>,
): Fault[] {
  const faults: Fault[] = [];
  const named = new Set(objects.map(({ path }) => path));
  for (const { path, size, sha256 } of objects) {
    const entry = entries.find((one) => one.path === path);
    if (entry?.size !== size || hashes.get(path) !== sha256)
      faults.push({ pointer: path, detail: 'is not the object that package.json names' });
  }
  for (const { path } of entries)
    if (path.startsWith('data/objects/') && !named.has(path))
      faults.push({ pointer: path, detail: 'is an object that package.json does not name' });
  if ((timeStamp !== null) !== hashes.has('timestamp.tsr'))
    faults.push({ pointer: 'timestamp.tsr', detail: 'is there, or is missing, against what package.json says' });
  return faults;
}

function infoHolds(said: PackageJson, { info }: Bag, folder: string): Fault[] {
  const values = (name: string): string[] => info.filter(([one]) => one === name).map(([, value]) => value);
  const expected: readonly (readonly [string, string])[] = [
    ['External-Identifier', said.case.reference],
    ['Internal-Sender-Identifier', said.id],
    ['Rogatory-Package', said.form],
  ];
  const faults = expected
    .filter(([name, value]) => values(name).join('\n') !== value)
    .map(([name, value]) => ({ pointer: 'bag-info.txt', detail: `must give ${value} as ${name}` }));
  return folder === `${said.case.reference}-${said.no}`
    ? faults
    : [...faults, { pointer: '', detail: `lies in the folder ${folder}, which is not that of the package it is` }];
}
