// Bags (BagIt 1.0, RFC 8493): the texts that make one, and a strict reader that believes nothing a bag says of itself.
// Attacker: whoever packed it. No link is followed, nothing is fetched, no name leads out, and what has no line is refused.

import { accept, type Fault, type Outcome, refuse } from '../../kernel/outcome.ts';
import { folded, unescaped, unfitPath } from './bag-paths.ts';

export const MANIFEST = 'manifest-sha256.txt';
export const TAG_MANIFEST = 'tagmanifest-sha256.txt';
export const BAG_DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** Lines of a manifest as `sha256sum -c` reads them. Paths must need no escapes. */
export const manifestText = (lines: readonly { readonly path: string; readonly sha256: string }[]): string =>
  [...lines]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, sha256 }) => `${sha256}  ${path}\n`)
    .join('');

/** `bag-info.txt`; a value is one line. */
export const bagInfoText = (fields: readonly (readonly [string, string])[]): string =>
  fields.map(([name, value]) => `${name}: ${value.replace(/\s+/g, ' ').trim()}\n`).join('');

export type BagEntry = {
  readonly path: string;
  readonly kind: 'file' | 'link' | 'other';
  readonly size: number;
};
/** A bag wherever it lies: what is in it, and its bytes on demand. */
export type BagSource = {
  readonly entries: readonly BagEntry[];
  /** The whole of a small file; undefined where it is longer than the limit. */
  readonly read: (path: string, limit: number) => Promise<Uint8Array | undefined>;
  /** In hexadecimal, lower case; undefined for an algorithm that the source does not know. */
  readonly hash: (path: string, algorithm: string) => Promise<string | undefined>;
};

export type BagRules = {
  readonly versions: readonly string[];
  readonly algorithms: readonly string[];
  /** Takes what is no more than odd, such as `./` before a name or another encoding than UTF-8, and says it as a warning. */
  readonly lenient?: boolean;
};
/** What offices of this system send one another. */
export const OUR_RULES: BagRules = { versions: ['1.0'], algorithms: ['sha256', 'sha512'] };

export type Bag = {
  readonly version: string;
  /** Fields of `bag-info.txt` in their order; a name may come more than once. */
  readonly info: readonly (readonly [string, string])[];
  /** What lies below `data/`. */
  readonly payload: readonly string[];
  readonly warnings: readonly string[];
};

const MOST_ENTRIES = 100_000;
const MOST_TEXT_BYTES = 64 * 1_048_576;
const fault = (pointer: string, detail: string): Fault => ({ pointer, detail });

/** Reads a bag and holds it against its manifests: the bag, or every fault that was found. */
export async function readBag(source: BagSource, rules: BagRules = OUR_RULES): Promise<Outcome<Bag>> {
  const faults: Fault[] = [];
  const warnings: string[] = [];
  const odd = (pointer: string, detail: string): void => {
    if (rules.lenient) warnings.push(`${pointer} ${detail}`);
    else faults.push(fault(pointer, detail));
  };
  const files = filesOf(source.entries, faults, odd);
  if (faults.length > 0) return refuse(...faults);
  if (files.has('fetch.txt'))
    return refuse(fault('fetch.txt', 'sends its reader elsewhere for parts of the bag, and is never followed'));

  const declared = await declaration(source, files, rules);
  if (!declared.ok) return declared;
  const { version, encoding } = declared.value;
  if (!/^utf-8$/i.test(encoding)) odd('bagit.txt', `says that its texts are in ${encoding} and not in UTF-8`);
  const text = (path: string) => readText(source, path, encoding);

  const manifests = [...files.keys()].filter((path) => /^(tag)?manifest-[a-z0-9]+\.txt$/.test(path));
  if (!manifests.some((path) => path.startsWith('manifest-'))) return refuse(fault('', 'has no manifest'));
  const payload = [...files.keys()].filter((path) => path.startsWith('data/'));
  for (const path of manifests) {
    const algorithm = /-([a-z0-9]+)\.txt$/.exec(path)?.[1] ?? '';
    if (!rules.algorithms.includes(algorithm)) {
      faults.push(fault(path, `uses ${algorithm}, which is not taken here`));
      continue;
    }
    const read = await text(path);
    const listed = read.ok ? linesOf(path, read.value, files, odd) : read;
    if (!listed.ok) faults.push(...listed.faults);
    else faults.push(...(await held(source, path, algorithm, listed.value, payload)));
  }
  const info = files.has('bag-info.txt') ? infoOf(await text('bag-info.txt')) : accept([]);
  if (!info.ok) faults.push(...info.faults);
  else faults.push(...oxum(info.value, payload, files));
  return faults.length > 0 || !info.ok ? refuse(...faults) : accept({ version, info: info.value, payload, warnings });
}

/** The files by their paths; what is no plain file, or has a name that no file may have, is a fault. */
function filesOf(entries: readonly BagEntry[], faults: Fault[], odd: Odd): Map<string, number> {
  const files = new Map<string, number>();
  const seen = new Map<string, string>();
  if (entries.length > MOST_ENTRIES) faults.push(fault('', `has more than ${MOST_ENTRIES} entries`));
  for (const { path, kind, size } of entries.slice(0, MOST_ENTRIES)) {
    const unfit = unfitPath(path);
    if (unfit) faults.push(fault(path, unfit));
    else if (kind !== 'file') faults.push(fault(path, kind === 'link' ? 'is a link' : 'is no plain file'));
    else if (files.has(path)) faults.push(fault(path, 'is there twice'));
    else {
      const other = seen.get(folded(path));
      if (other !== undefined) odd(path, `is the same name as ${other} to some machines`);
      seen.set(folded(path), path);
      files.set(path, size);
    }
  }
  return files;
}
type Odd = (pointer: string, detail: string) => void;

async function declaration(source: BagSource, files: ReadonlyMap<string, number>, { versions, lenient }: BagRules) {
  if (!files.has('bagit.txt')) return refuse(fault('bagit.txt', 'is missing'));
  const bytes = await source.read('bagit.txt', 1_000);
  const text = bytes === undefined ? '' : Buffer.from(bytes).toString('utf8');
  const exact = /^BagIt-Version: (\d+\.\d+)(?:\r\n|\n|\r)Tag-File-Character-Encoding: ([\w-]+)(?:\r\n|\n|\r)?$/;
  const found = exact.exec(lenient ? text.replace(/[ \t]+$/gm, '') : text);
  if (!found) return refuse(fault('bagit.txt', 'must be the two lines that declare a bag, and nothing else'));
  const [, version = '', encoding = ''] = found;
  return versions.includes(version)
    ? accept({ version, encoding })
    : refuse(fault('bagit.txt', `is of version ${version}, which is not taken here`));
}

async function readText(source: BagSource, path: string, encoding: string): Promise<Outcome<string>> {
  const bytes = await source.read(path, MOST_TEXT_BYTES);
  if (bytes === undefined) return refuse(fault(path, 'is too long'));
  try {
    const bigEndian = /^utf-16/i.test(encoding) && bytes[0] === 0xfe;
    return accept(new TextDecoder(bigEndian ? 'utf-16be' : encoding, { fatal: true }).decode(bytes));
  } catch {
    return refuse(fault(path, `is not text in ${encoding}`));
  }
}

/** What a manifest lists: a hash by path. */
function linesOf(manifest: string, text: string, files: ReadonlyMap<string, number>, odd: Odd) {
  const listed = new Map<string, string>();
  const faults: Fault[] = [];
  const seen = new Map<string, string>();
  for (const [n, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line === '') continue;
    const at = { pointer: manifest, line: n + 1 };
    const [, hash = '', mark = '', written = ''] = /^([0-9A-Fa-f]+)[ \t]+(\*?)(.*)$/.exec(line) ?? [];
    if (hash === '') {
      faults.push({ ...at, detail: 'must be a hash, white space and a path' });
      continue;
    }
    if (mark !== '') odd(manifest, 'marks a path with an asterisk');
    const dotted = written.startsWith('./');
    if (dotted) odd(manifest, 'begins a path with ./');
    const path = unescaped(dotted ? written.slice(2) : written);
    const unfit = unfitPath(path) ?? wrongPlace(manifest, path);
    const other = seen.get(folded(path));
    if (unfit) faults.push({ ...at, detail: `names ${JSON.stringify(path)}, which ${unfit}` });
    else if (listed.has(path) && listed.get(path) !== hash.toLowerCase())
      faults.push({ ...at, detail: `names ${path} again, with another hash` });
    else if (listed.has(path)) odd(manifest, `names ${path} twice`);
    else if (!files.has(path)) faults.push({ ...at, detail: `names ${path}, which is not there` });
    else if (other !== undefined) odd(manifest, `names ${path} and ${other}, which are one name to some machines`);
    seen.set(folded(path), path);
    listed.set(path, hash.toLowerCase());
  }
  return faults.length > 0 ? refuse(...faults) : accept(listed);
}

function wrongPlace(manifest: string, path: string): string | undefined {
  const ofPayload = manifest.startsWith('manifest-');
  if (ofPayload && !path.startsWith('data/')) return 'is no payload';
  if (!ofPayload && (path.startsWith('data/') || path.startsWith('tagmanifest-'))) return 'is no tag file to be listed';
  return undefined;
}

/** Holds every file against its line; and in a manifest of the payload, every file below `data/` must have one. */
async function held(
  source: BagSource,
  manifest: string,
  algorithm: string,
  listed: ReadonlyMap<string, string>,
  payload: readonly string[],
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [path, hash] of listed) {
    const is = await source.hash(path, algorithm);
    if (is === undefined) faults.push(fault(manifest, `uses ${algorithm}, which is not computed here`));
    else if (is !== hash) faults.push(fault(path, `is not what ${manifest} says`));
  }
  if (manifest.startsWith('manifest-'))
    for (const path of payload) if (!listed.has(path)) faults.push(fault(path, `has no line in ${manifest}`));
  return faults;
}

function infoOf(text: Outcome<string>): Outcome<[string, string][]> {
  if (!text.ok) return text;
  const fields: [string, string][] = [];
  for (const [n, line] of text.value.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === '') continue;
    const last = fields.at(-1);
    const at = line.indexOf(':');
    // A line that begins with white space goes on with the one before.
    if (/^[ \t]/.test(line) && last) last[1] = `${last[1]} ${line.trim()}`;
    else if (at < 1)
      return refuse({ pointer: 'bag-info.txt', line: n + 1, detail: 'must be a name, a colon and a value' });
    else fields.push([line.slice(0, at).trim(), line.slice(at + 1).trim()]);
  }
  return accept(fields);
}

/** How many bytes in how many files the bag says it has. */
function oxum(info: Bag['info'], payload: readonly string[], files: ReadonlyMap<string, number>): Fault[] {
  const said = info.filter(([name]) => name.toLowerCase() === 'payload-oxum').map(([, value]) => value);
  const size = payload.reduce((sum, path) => sum + (files.get(path) ?? 0), 0);
  const is = `${size}.${payload.length}`;
  return said.filter((one) => one !== is).map((one) => fault('bag-info.txt', `says Payload-Oxum ${one}; it is ${is}`));
}
