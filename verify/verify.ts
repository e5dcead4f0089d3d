// Checks what a node of Rogatory published or handed out, and believes nothing it says: the log, a receipt, the export of a case, a package of evidence.
//
// One file, no imports, the same in Node and in a browser; written from docs/spec/*.md and the C2SP and RFC texts they name, not from the
// code that it checks. Signatures are the platform's (WebCrypto); all hashing is below. Read it once before you rely on it.
//
// verify/command.ts reads the files and prints what is found; the page /verify does the same in a browser.

// ---------------------------------------------------------------------------------------------------------------- what it says

type Facts = Readonly<Record<string, string | number>>;
/** A sentence: its key in SENTENCES below (and in the catalogue of a page), and what goes into it. */
export type Said = { readonly key: Key; readonly facts: Facts };
export type Verdict = {
  /** Whether everything that was claimed was proven. */
  readonly proven: boolean;
  readonly wrong: readonly Said[];
  readonly shown: readonly Said[];
  /** What this check leaves open, said every time. */
  readonly open: readonly Said[];
};
/** Input that nothing can be said about. */
export class Unusable extends Error {}
/** Gives the bytes of a file of the log by its path (`checkpoint`, `tile/0/000`), or undefined where there is none. */
export type Fetch = (path: string) => Promise<Uint8Array | undefined>;

class Notes {
  readonly wrong: Said[] = [];
  readonly shown: Said[] = [];
  readonly open: Said[] = [];
  fail(key: Key, facts: Facts = {}): false {
    this.wrong.push({ key, facts });
    return false;
  }
  show(key: Key, facts: Facts = {}): void {
    this.shown.push({ key, facts });
  }
  /** Said once, however often it is found. */
  leave(key: Key, facts: Facts = {}): void {
    const same = canonical({ key, facts });
    if (!this.open.some((one) => canonical(one) === same)) this.open.push({ key, facts });
  }
  verdict = (): Verdict => ({ proven: this.wrong.length === 0, wrong: this.wrong, shown: this.shown, open: this.open });
}

export const SENTENCES = {
  'log.rootDiffers': 'The checkpoint says root {said} for {size} entries; the entries give {found}.',
  'log.missing': 'The file {path} is missing, which a log of {size} entries must have.',
  'log.length': 'The file {path} has {found} bytes instead of {expected}.',
  'log.entry': 'Entry {index} is not 33 bytes that begin with 01.',
  'log.tile': 'Hash {place} of {path} is not the one that the entries give.',
  'log.whole':
    'All {size} entries were read, every hash of every tile was made again, and they give the root of the checkpoint.',
  'log.shrunk': 'The earlier checkpoint counts {before} entries, this one {now}: entries were taken away.',
  'log.rewritten':
    'The first {before} entries no longer give the root of the earlier checkpoint: what was published has been changed.',
  'log.continues': 'It continues the earlier checkpoint of {before} entries: nothing before was changed or taken out.',
  'log.twoHistories':
    'Two checkpoints of {size} entries with different roots, both signed by {origin}: the log shows two histories.',
  'log.otherOrigin': 'The earlier checkpoint is of {other}, this one of {origin}.',
  'log.meaning': 'What entries stand for cannot be seen from outside, nor whether a step was never recorded.',
  'log.noSince': 'No earlier checkpoint was given, so that nothing was changed since then was not checked.',
  'sign.good': 'The checkpoint ({size} entries) is signed by {origin}.',
  'sign.bad': 'The signature of {name} on the checkpoint is not good.',
  'sign.none': 'The checkpoint has no signature by a log that is trusted here.',
  'sign.ownKey': 'The key came from the log itself. Compare it with one you have from elsewhere: {vkey}',
  'sign.unknown': 'No key was given: who signed the checkpoint was not checked.',
  'sign.unable': 'The signature of {name} is of a kind that this browser cannot check.',
  'witness.met': '{count} of the trusted witnesses cosigned it, which is enough by the policy; the last at {at}.',
  'witness.notMet': 'The policy asks for more witnesses than cosigned it ({count}).',
  'witness.none': 'No independent witness is asked for. The log could show somebody else another history.',
  'receipt.included': 'Entry {index} is in the log, under this checkpoint.',
  'receipt.notIncluded': 'The proof does not lead from entry {index} to the root of the checkpoint.',
  'receipt.opened': 'It is step {seq} of case {case}: {type}, {at}, by {actor}.',
  'receipt.padding': 'It is padding of the log, no step of a case.',
  'receipt.report': 'It is a report of public figures.',
  'receipt.notOpened': 'The opening in it is not that of the entry.',
  'receipt.noOpening': 'What the entry stands for is not told by this receipt.',
  'case.length': 'The file says {said} steps and holds {found}.',
  'case.number': 'Step {seq} stands where step {expected} should be: a step is missing, doubled or out of order.',
  'case.body': 'The words of step {seq} ({type}) are not those that were hashed.',
  'case.type': 'Step {seq} calls itself {type}, and its words are of another kind.',
  'case.chain': 'Step {seq} does not follow on the step before it: the chain is broken.',
  'case.commitment': 'The commitment of step {seq} ({type}, {at}) does not open to what is written there.',
  'case.erased': 'The salt of step {seq} was erased: it can be read and not proven.',
  'case.opened': 'The first step does not open this case, or another one does again.',
  'case.twoPeople': 'Decision {no} was not countersigned by another person over the same words.',
  'case.noDecision': 'Execution was opened at step {seq} without a decision of two people to execute.',
  'case.validated': 'The emergency of decision {no} was validated by the person who opened it.',
  'case.receipt': 'The receipt of step {seq} does not prove that step.',
  'case.order': 'Step {seq} stands in the log before the step it follows.',
  'case.chained': 'All {count} steps are there, in order, none was changed, and each opens its commitment.',
  'case.decided': '{count} decisions were each countersigned by another person over exactly what was proposed.',
  'case.logged': '{count} of {of} steps are proven to stand in the log.',
  'case.unlogged':
    '{count} steps are not in the log yet; nobody but the office could show that these were not made later.',
  'case.end': 'Steps after the last one here cannot be ruled out from this file alone.',
  'case.files': 'All {count} files beside it have their hashes, and each letter is the one its step names.',
  'case.letter': 'The letter of step {seq} is not the document that stands for it.',
  'case.documentGone': 'The document “{name}” was no longer there when this was exported.',
  'case.clock': 'The clock runs backwards at step {seq}.',
  'told.opened': 'All {count} steps that were opened to you are what their commitments stand for; none was changed.',
  'told.wordless':
    'Of {count} of them the words were kept back: kind, moment and number are shown, and a hash that fixes the words.',
  'told.placed': '{count} steps were told to you and not opened: what is said of them was not checked.',
  'told.untold':
    '{count} steps up to the last one here were not shown to you. Their numbers are missing; what they are cannot be seen.',
  'told.twoPeople': 'The decision was proposed by one person and countersigned by another.',
  'told.onePerson': 'The decision was proposed and countersigned by the same person.',
  'evidence.path': 'The archive holds a name that is not allowed: {path}',
  'evidence.kind': '{path} is not a plain file.',
  'evidence.unlisted': '{path} is in no manifest.',
  'evidence.gone': '{path} is in the manifest and not in the package.',
  'evidence.changed': '{path} was changed: its hash is not that of the manifest.',
  'evidence.twice': '{path} stands twice.',
  'evidence.object': 'Object {no} is not what package.json says of it.',
  'evidence.custody': 'Object {no} has no step of custody that fits.',
  'evidence.flag': 'Object {no} goes beyond the request, and nobody answered for that.',
  'evidence.twoPeople': 'The decision in the package was not countersigned by another person.',
  'evidence.conditions': 'A condition or assurance in the package is still open.',
  'evidence.later': 'Step {seq} is later than the package says it knows.',
  'evidence.oxum': 'bag-info.txt counts other files than there are.',
  'evidence.whole': 'All {files} files have the hashes of the manifests; {objects} objects are what package.json says.',
  'evidence.chain': '{count} steps of custody, decision and conditions open their commitments.',
  'evidence.stamped':
    'The time stamp is over this package. Its signature was not checked here: openssl ts -verify does.',
  'evidence.otherStamp': 'The time stamp is over something else.',
  'evidence.notStamped': 'The package has no time stamp: its moments are the office’s own.',
  'sample.fixed': 'The first step does not fix this sample.',
  'sample.again': 'The sample was fixed or drawn more than once.',
  'sample.list': 'The list of cases is not the one whose hash was fixed.',
  'sample.listed': 'The list of {count} cases is the one that was fixed.',
  'sample.unlogged': 'That this sample was fixed is not in the public log yet.',
  'sample.early': 'The fixing stands in the log as entry {index}, where its seed could be known.',
  'sample.seedLater':
    'The fixing is entry {index}; the seed is the root over {size} entries, {later} of them of a later batch.',
  'sample.undrawn': 'The sample was not drawn yet.',
  'sample.checkpoint': 'The checkpoint of the seed is not the one under the receipts.',
  'sample.root': 'The seed is not the root of the tree that was announced.',
  'sample.tree': 'The signed tree of {size} entries does not continue the tree of {before} that gave the seed.',
  'sample.rooted': 'The root that gave the seed is that of the public log.',
  'sample.secret': 'The secret is not the one that was locked in.',
  'sample.seed': 'The seed does not follow from root and secret.',
  'sample.others': 'The seed gives other cases than were drawn: {cases}.',
  'sample.drawn': 'The seed gives the {count} cases that were drawn: {cases}.',
  'sample.every': 'It does not show that the list held every case: hold it against what is published.',
  'sample.numbers':
    'It does not show that no other sample was drawn and left out: ask for samples 1 to {no}; their numbers have no gaps.',
  'sample.noSecret': 'It does not show that whoever runs the log did not try roots: no secret was locked in.',
  'report.commitment': 'The report is not what was committed to: something in it was changed.',
  'report.receipt': 'The receipt does not prove that this report stands in the log.',
  'report.logged': 'Report {no} ({period}) is entry {index} of the log and was not changed since.',
  'report.unlogged': 'The report is not in the log yet; nobody could show that it was not changed.',
  'report.tree': 'The log as it was at the {which} of the period is not a beginning of the log of the receipt.',
  'report.batches': 'The log grew by {found} entries in the period, and the batches that are named hold {said}.',
  'report.cadence': '{count} batches are named for a period that has room for {slots}.',
  'report.rhythm':
    'The log grew by {entries} entries in the period, in {count} batches where there was room for {slots}.',
  'report.noLog': 'The log began after the period: it shows nothing of how many entries there were in it.',
  'report.twice': '{figure} stands twice.',
  'report.small': '{figure} is published with {n}, below the threshold of {threshold}.',
  'report.sum': '{figure} is not the sum of its parts.',
  'report.told': '{figure} is withheld, and what is published shows that it is below the threshold of {threshold}.',
  'report.time': 'How long it took is told of {figure}, which is withheld or below the threshold.',
  'report.more': '{figure} counts {n} steps, and the log has {size} entries.',
  'report.sums':
    'All sums of {tables} tables are right; {withheld} of {figures} figures are withheld, and none follows from these tables.',
  'report.proof': 'The proof of {figure} is not that of the steps it is said to count.',
  'report.proofs': 'All {figures} figures, withheld ones included, are the numbers of their commitments.',
  'report.noProofs': 'Which steps a figure counts is for oversight to check, which holds the proofs and the openings.',
  'report.unrecorded': 'It does not show that a step that was never recorded is missing.',
  'evidence.truth': 'It shows what was received and handed over, not that the data are true.',
} as const;
export type Key = keyof typeof SENTENCES;
export const inWords = ({ key, facts }: Said): string =>
  SENTENCES[key].replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));

// ---------------------------------------------------------------------------------------------------------------------- bytes

type Bytes = Uint8Array<ArrayBufferLike>;
const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
const hex = (bytes: Bytes): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const b64 = (bytes: Bytes): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
const same = (a: Bytes, b: Bytes): boolean => a.length === b.length && a.every((byte, n) => byte === b[n]);
const u32 = (n: number): Bytes => Uint8Array.of(n >>> 24, n >>> 16, n >>> 8, n);
const u64 = (n: number): Bytes => join(u32(Math.floor(n / 2 ** 32)), u32(n));

function join(...parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function text(bytes: Bytes, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Unusable(`${what} is not UTF-8 text`);
  }
}

function unhex(digits: unknown, length?: number): Bytes {
  if (typeof digits !== 'string' || !/^([0-9a-f]{2})*$/.test(digits))
    throw new Unusable('hexadecimal digits are expected');
  const bytes = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  if (length !== undefined && bytes.length !== length) throw new Unusable(`${length} bytes are expected`);
  return bytes;
}

/** Standard base64, and only the one form of it: what encodes to other digits again is refused. */
function unb64(digits: string): Bytes {
  try {
    const bytes = Uint8Array.from(atob(digits), (c) => c.charCodeAt(0));
    if (b64(bytes) === digits) return bytes;
  } catch {}
  throw new Unusable('base64 is expected');
}

/** Canonical JSON (RFC 8785) of a parsed value. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}

type Json = { readonly [member: string]: unknown };
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A JSON object in canonical form. Whatever stands in it twice, or otherwise, does not come out the same and is refused. */
function strict(bytes: Bytes, what: string): Json {
  const words = text(bytes, what);
  let value: unknown;
  try {
    value = JSON.parse(words);
  } catch {
    throw new Unusable(`${what} is not JSON`);
  }
  if (!isObject(value)) throw new Unusable(`${what} is not a JSON object`);
  if (canonical(value) !== words) throw new Unusable(`${what} is not in canonical form (RFC 8785)`);
  return value;
}

const K = Uint32Array.from(primes(64), (p) => fraction(Math.cbrt(p)));
const H0 = Uint32Array.from(primes(8), (p) => fraction(Math.sqrt(p)));
function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}
function fraction(root: number): number {
  return ((root - Math.floor(root)) * 2 ** 32) >>> 0;
}

/** SHA-256 (FIPS 180-4), fed piece by piece. */
export class Sha256 {
  readonly #h = H0.slice();
  readonly #w = new Uint32Array(64);
  readonly #block = new Uint8Array(64);
  readonly #view = new DataView(this.#block.buffer);
  #filled = 0;
  #length = 0;

  add(data: Bytes): this {
    this.#length += data.length;
    const whole = new DataView(data.buffer, data.byteOffset, data.byteLength);
    for (let at = 0; at < data.length; ) {
      // Blocks that lie whole in what comes are not copied.
      if (this.#filled === 0 && data.length - at >= 64) {
        this.#compress(whole, at);
        at += 64;
        continue;
      }
      const take = Math.min(64 - this.#filled, data.length - at);
      this.#block.set(data.subarray(at, at + take), this.#filled);
      this.#filled += take;
      at += take;
      if (this.#filled === 64) this.#compress(this.#view, 0);
    }
    return this;
  }

  end(): Bytes {
    const bits = this.#length * 8;
    this.#block[this.#filled++] = 0x80;
    this.#block.fill(0, this.#filled);
    if (this.#filled > 56) {
      this.#compress(this.#view, 0);
      this.#block.fill(0);
    }
    this.#view.setUint32(56, Math.floor(bits / 2 ** 32));
    this.#view.setUint32(60, bits);
    this.#compress(this.#view, 0);
    const digest = new Uint8Array(32);
    const out = new DataView(digest.buffer);
    this.#h.forEach((word, i) => {
      out.setUint32(i * 4, word);
    });
    return digest;
  }

  #compress(block: DataView, at: number): void {
    const [w, h] = [this.#w, this.#h];
    for (let i = 0; i < 16; i++) w[i] = block.getUint32(at + i * 4);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15] as number;
      const y = w[i - 2] as number;
      const s0 = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
      const s1 = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
      w[i] = (w[i - 16] as number) + s0 + (w[i - 7] as number) + s1;
    }
    const word = (i: number) => h[i] as number;
    let a = word(0);
    let b = word(1);
    let c = word(2);
    let d = word(3);
    let e = word(4);
    let f = word(5);
    let g = word(6);
    let last = word(7);
    for (let i = 0; i < 64; i++) {
      const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const t1 = (last + s1 + ((e & f) ^ (~e & g)) + (K[i] as number) + (w[i] as number)) | 0;
      const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      last = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    const sums = [a, b, c, d, e, f, g, last];
    for (let i = 0; i < 8; i++) h[i] = word(i) + (sums[i] as number);
    this.#filled = 0;
  }
}
const turn = (x: number, n: number): number => (x >>> n) | (x << (32 - n));
export const sha256 = (...parts: readonly Bytes[]): Bytes =>
  parts.reduce((hash, part) => hash.add(part), new Sha256()).end();

/** What hashes files, which may be large: whoever has something faster than what stands above gives it. */
export type Hashing = () => { readonly add: (data: Bytes) => unknown; readonly end: () => Bytes };
const ownHashing: Hashing = () => new Sha256();

/** HMAC (RFC 2104) with SHA-256; keys here are never longer than a block. */
export function hmac(key: Bytes, message: Bytes): Bytes {
  const padded = join(key, new Uint8Array(64 - key.length));
  return sha256(
    padded.map((byte) => byte ^ 0x5c),
    sha256(
      padded.map((byte) => byte ^ 0x36),
      message,
    ),
  );
}

// --------------------------------------------------------------------------------------------------- the tree (RFC 6962, 2.1)

export const leafHash = (entry: Bytes): Bytes => sha256(Uint8Array.of(0), entry);
const nodeHash = (left: Bytes, right: Bytes): Bytes => sha256(Uint8Array.of(1), left, right);

/** A tree that grows leaf by leaf; it keeps the roots of its complete subtrees, largest first. */
class Tree {
  size = 0;
  #peaks: { readonly leaves: number; readonly hash: Bytes }[] = [];

  add(hash: Bytes): void {
    this.size++;
    let peak = { leaves: 1, hash };
    for (let last = this.#peaks.at(-1); last?.leaves === peak.leaves; last = this.#peaks.at(-1)) {
      this.#peaks.pop();
      peak = { leaves: peak.leaves * 2, hash: nodeHash(last.hash, peak.hash) };
    }
    this.#peaks.push(peak);
  }

  root(): Bytes {
    if (this.#peaks.length === 0) return sha256();
    return this.#peaks.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(left, right));
  }
}

/** The root that a leaf and its path give (RFC 9162, 2.1.3.2); undefined where the path has not the length it must have. */
export function rootFrom(leaf: Bytes, index: number, size: number, path: readonly Bytes[]): Bytes | undefined {
  if (!(index >= 0 && index < size) || leaf.length !== 32) return undefined;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const other of path) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(other, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    } else hash = nodeHash(hash, other);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : undefined;
}

// ----------------------------------------------------------------------------------- checkpoints, keys, policies (C2SP)

export type Key1 = {
  readonly name: string;
  readonly id: string;
  readonly type: number;
  readonly key: Bytes;
  readonly vkey: string;
};
export type Checkpoint = {
  readonly note: string;
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
  readonly signatures: readonly { readonly name: string; readonly id: string; readonly bytes: Bytes }[];
};
type Group = { readonly name: string; readonly atLeast: number; readonly members: readonly string[] };
export type Policy = {
  readonly logs: readonly Key1[];
  readonly witnesses: ReadonlyMap<string, Key1>;
  readonly groups: readonly Group[];
  readonly quorum: string;
};

const ED25519 = 1;
const COSIGNED_ED25519 = 4;
const COSIGNED_ML_DSA_44 = 6;

export function parseKey(vkey: string): Key1 {
  const [, name, id, material] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey) ?? [];
  if (name === undefined || id === undefined || material === undefined)
    throw new Unusable(`not a verifier key: ${vkey}`);
  const [type = 0, ...rest] = unb64(material);
  const key = Uint8Array.from(rest);
  if (hex(sha256(utf8(`${name}\n`), Uint8Array.of(type), key)).slice(0, 8) !== id)
    throw new Unusable(`a verifier key whose id does not fit it: ${name}`);
  return { name, id, type, key, vkey };
}

const SIZE = /^(0|[1-9][0-9]{0,15})$/;

export function parseCheckpoint(words: string): Checkpoint {
  const end = words.lastIndexOf('\n\n');
  const note = words.slice(0, end + 1);
  const [origin = '', size = '', root = ''] = note.split('\n');
  if (end < 0 || origin === '' || !SIZE.test(size) || unb64(root).length !== 32) throw new Unusable('not a checkpoint');
  const signatures = words
    .slice(end + 2)
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [, name, sealed] = /^\u2014 ([^\s+]+) (\S+)$/.exec(line) ?? [];
      if (name === undefined || sealed === undefined)
        throw new Unusable('a checkpoint with a line that is no signature');
      const bytes = unb64(sealed);
      return { name, id: hex(bytes.subarray(0, 4)), bytes: bytes.subarray(4) };
    });
  return { note, origin, size: Number(size), root: unb64(root), signatures };
}

/** C2SP tlog-policy. */
export function parsePolicy(words: string): Policy {
  const logs: Key1[] = [];
  const witnesses = new Map<string, Key1>();
  const groups: Group[] = [];
  let quorum: string | undefined;
  const known = (name: string) => witnesses.has(name) || groups.some((group) => group.name === name);
  const used = new Set<string>();
  for (const line of words.split('\n')) {
    const [what, name = '', ...rest] = line.split(/[ \t]+/).filter((word) => word !== '');
    if (what === undefined || what.startsWith('#')) continue;
    const fresh = name !== 'none' && name !== '' && !known(name);
    if (what === 'log') logs.push(parseKey(name));
    else if (what === 'witness' && fresh) witnesses.set(name, parseKey(rest[0] ?? ''));
    else if (what === 'group' && fresh) {
      const [count = '', ...members] = rest;
      const atLeast = count === 'any' ? 1 : count === 'all' ? members.length : Number(count);
      const sound = members.every((one) => known(one) && !used.has(one)) && new Set(members).size === members.length;
      if (!sound || !(atLeast >= 1 && atLeast <= members.length)) throw new Unusable(`policy: group ${name}`);
      for (const one of members) used.add(one);
      groups.push({ name, atLeast, members });
    } else if (what === 'quorum' && quorum === undefined && (name === 'none' || known(name))) quorum = name;
    else throw new Unusable(`policy: ${line.trim()}`);
  }
  const keys = [...witnesses.values(), ...logs].map(({ key, type }) => `${type}${hex(key)}`);
  if (new Set(keys).size !== keys.length) throw new Unusable('policy: a key stands twice');
  if (quorum === undefined) throw new Unusable('policy: no quorum');
  return { logs, witnesses, groups, quorum };
}

/** Whether the signature is good; undefined where the platform does not know its kind. */
async function verified(
  kind: 'Ed25519' | 'ML-DSA-44',
  key: Bytes,
  signature: Bytes,
  message: Bytes,
): Promise<boolean | undefined> {
  const plain = (bytes: Bytes) => bytes.slice() as Uint8Array<ArrayBuffer>;
  try {
    const form = kind === 'Ed25519' ? 'raw' : ('raw-public' as 'raw');
    const made = await crypto.subtle.importKey(form, plain(key), kind, true, ['verify']);
    return await crypto.subtle.verify(kind, made, plain(signature), plain(message));
  } catch (error) {
    return error instanceof Error && error.name === 'NotSupportedError' ? undefined : false;
  }
}

/** A cosignature: when it was given, and whether it is good (tlog-cosignature). */
async function cosigned(checkpoint: Checkpoint, witness: Key1, signature: Bytes) {
  const at = signature.subarray(0, 8).reduce((sum, byte) => sum * 256 + byte, 0);
  const lead = (words: string) => join(Uint8Array.of(utf8(words).length), utf8(words));
  const message =
    witness.type === COSIGNED_ED25519
      ? utf8(`cosignature/v1\ntime ${at}\n${checkpoint.note}`)
      : join(
          utf8('subtree/v1\n\0'),
          lead(witness.name),
          u64(at),
          lead(checkpoint.origin),
          u64(0),
          u64(checkpoint.size),
          checkpoint.root,
        );
  const kind = witness.type === COSIGNED_ED25519 ? 'Ed25519' : 'ML-DSA-44';
  return { at, good: await verified(kind, witness.key, signature.subarray(8), message) };
}

/** Signatures of the log and of witnesses under a policy. Each known signature must be good; one bad one is a finding, never passed over. */
async function signed(notes: Notes, checkpoint: Checkpoint, policy: Policy | undefined): Promise<void> {
  if (policy === undefined) return notes.leave('sign.unknown');
  const of = (key: Key1) => checkpoint.signatures.find(({ name, id }) => name === key.name && id === key.id);
  let byLog = false;
  for (const key of policy.logs.filter(({ name }) => name === checkpoint.origin)) {
    const signature = of(key);
    if (signature === undefined) continue;
    const good =
      key.type === ED25519
        ? await verified('Ed25519', key.key, signature.bytes, utf8(checkpoint.note))
        : key.type === COSIGNED_ML_DSA_44
          ? (await cosigned(checkpoint, key, signature.bytes)).good
          : undefined;
    if (good === undefined) notes.leave('sign.unable', { name: key.name });
    else if (good) byLog = true;
    else notes.fail('sign.bad', { name: key.name });
  }
  if (byLog) notes.show('sign.good', { origin: checkpoint.origin, size: checkpoint.size });
  else notes.fail('sign.none');

  const met = new Set<string>();
  let last = 0;
  for (const [name, key] of policy.witnesses) {
    const signature = of(key);
    if (signature === undefined) continue;
    const { at, good } = await cosigned(checkpoint, key, signature.bytes);
    if (good === undefined) notes.leave('sign.unable', { name: key.name });
    else if (!good) notes.fail('sign.bad', { name: key.name });
    else {
      met.add(name);
      last = Math.max(last, at);
    }
  }
  const count = met.size;
  for (const { name, atLeast, members } of policy.groups)
    if (members.filter((member) => met.has(member)).length >= atLeast) met.add(name);
  if (policy.quorum === 'none') notes.leave('witness.none');
  else if (met.has(policy.quorum)) notes.show('witness.met', { count, at: new Date(last * 1000).toISOString() });
  else notes.fail('witness.notMet', { count });
}

// --------------------------------------------------------------------------------------------------- openings (docs/spec)

const fields = (version: number, ...all: readonly Bytes[]): Bytes =>
  join(Uint8Array.of(version), ...all.flatMap((field) => [u32(field.length), field]));
const commitmentOf = (salt: Bytes, label: string, opening: Bytes): Bytes =>
  hmac(salt, join(utf8(label), u32(opening.length), opening));
const LABELS: Readonly<Record<number, string>> = {
  1: 'rogatory/commit/v1',
  2: 'rogatory/padding/v1',
  3: 'rogatory/report/v1',
};

/** The fields of an opening, or undefined where the lengths in it do not add up. */
function readOpening(opening: Bytes): Bytes[] | undefined {
  const found: Bytes[] = [];
  for (let at = 1; at < opening.length; ) {
    if (at + 4 > opening.length) return undefined;
    const length = new DataView(opening.buffer, opening.byteOffset + at).getUint32(0);
    if (at + 4 + length > opening.length) return undefined;
    found.push(opening.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return found;
}

// --------------------------------------------------------------------------------------------------------------- the log

const place = (n: number): string => {
  const digits =
    String(n)
      .padStart(Math.ceil(String(n).length / 3) * 3, '0')
      .match(/.{3}/g) ?? [];
  return digits.map((three, i) => (i < digits.length - 1 ? `x${three}` : three)).join('/');
};
const tilePath = (level: number | 'entries', n: number, width: number): string =>
  `tile/${level}/${place(n)}${width < 256 ? `.p/${width}` : ''}`;

/** Reads the whole log, makes every hash again and compares; with an earlier checkpoint, that this one continues it. */
export async function verifyLog(
  fetch: Fetch,
  policy: Policy | undefined,
  since?: string,
  progress?: (done: number, of: number) => void,
): Promise<Verdict> {
  const notes = new Notes();
  const file = await fetch('checkpoint');
  if (file === undefined) throw new Unusable('there is no checkpoint');
  const checkpoint = parseCheckpoint(text(file, 'the checkpoint'));
  const { size, origin } = checkpoint;
  await signed(notes, checkpoint, policy ?? (await ownPolicy(notes, fetch)));

  const earlier = since === undefined ? undefined : parseCheckpoint(since);
  if (earlier === undefined) notes.leave('log.noSince');
  else if (earlier.origin !== origin) notes.fail('log.otherOrigin', { other: earlier.origin, origin });
  else if (earlier.size > size) notes.fail('log.shrunk', { before: earlier.size, now: size });

  /** A file of the log with so many bytes; a partial one may have been replaced by the full one. */
  const get = async (level: number | 'entries', n: number, width: number, each: number): Promise<Bytes | undefined> => {
    const path = tilePath(level, n, width);
    const found =
      (await fetch(path)) ??
      (width < 256 ? (await fetch(tilePath(level, n, 256)))?.subarray(0, width * each) : undefined);
    if (found === undefined) notes.fail('log.missing', { path, size });
    else if (found.length !== width * each)
      notes.fail('log.length', { path, found: found.length, expected: width * each });
    else return found;
    return undefined;
  };

  const tree = new Tree();
  let hashes: Bytes[] = [];
  for (let n = 0; n * 256 < size; n++) {
    const width = Math.min(256, size - n * 256);
    const bundle = await get('entries', n, width, 35);
    if (bundle === undefined) return notes.verdict();
    for (let i = 0; i < width; i++) {
      const entry = bundle.subarray(i * 35, i * 35 + 35);
      if (entry[0] !== 0 || entry[1] !== 33 || entry[2] !== 1) notes.fail('log.entry', { index: n * 256 + i });
      const hash = leafHash(entry.subarray(2));
      hashes.push(hash);
      if (earlier?.size === tree.size && earlier.size > 0 && !same(tree.root(), earlier.root))
        notes.fail('log.rewritten', { before: tree.size });
      tree.add(hash);
    }
    progress?.(tree.size, size);
  }
  for (let level = 0; hashes.length > 0; level++) {
    const above: Bytes[] = [];
    for (let n = 0; n * 256 < hashes.length; n++) {
      const own = hashes.slice(n * 256, n * 256 + 256);
      const tile = await get(level, n, own.length, 32);
      if (tile === undefined) return notes.verdict();
      own.forEach((hash, i) => {
        if (!same(hash, tile.subarray(i * 32, i * 32 + 32)))
          notes.fail('log.tile', { path: tilePath(level, n, own.length), place: i });
      });
      if (own.length === 256) {
        const subtree = new Tree();
        for (const hash of own) subtree.add(hash);
        above.push(subtree.root());
      }
    }
    hashes = above;
  }
  const root = tree.root();
  if (!same(root, checkpoint.root))
    notes.fail('log.rootDiffers', { said: b64(checkpoint.root), found: b64(root), size });
  if (earlier?.size === size && !same(earlier.root, checkpoint.root)) {
    // Anybody can write a checkpoint; only one that the log signed convicts it.
    const about = new Notes();
    await signed(about, earlier, policy);
    if (policy !== undefined && about.wrong.length === 0) notes.fail('log.twoHistories', { size, origin });
    else notes.fail('log.rewritten', { before: size });
  }
  if (notes.wrong.length === 0) {
    notes.show('log.whole', { size });
    if (earlier !== undefined) notes.show('log.continues', { before: earlier.size });
  }
  notes.leave('log.meaning');
  return notes.verdict();
}

/** Without a policy of the reader's own: the key that lies beside the log, and no witness. */
async function ownPolicy(notes: Notes, fetch: Fetch): Promise<Policy | undefined> {
  const file = await fetch('vkey');
  if (file === undefined) return undefined;
  const vkey = text(file, 'vkey').trim();
  notes.leave('sign.ownKey', { vkey });
  return { logs: [parseKey(vkey)], witnesses: new Map(), groups: [], quorum: 'none' };
}

// -------------------------------------------------------------------------------------------------------------- receipts

type Receipt = {
  readonly index: number;
  readonly extra: Bytes;
  readonly path: readonly Bytes[];
  readonly checkpoint: Checkpoint;
};

/** A C2SP tlog-proof. */
export function parseReceipt(words: string): Receipt {
  const end = words.indexOf('\n\n');
  const [form, ...lines] = words.slice(0, Math.max(end, 0)).split('\n');
  if (form !== 'c2sp.org/tlog-proof@v1') throw new Unusable('not a receipt (C2SP tlog-proof)');
  const extra = lines[0]?.startsWith('extra ') ? unb64((lines.shift() ?? '').slice(6)) : new Uint8Array();
  const index = /^index (.*)$/.exec(lines.shift() ?? '')?.[1] ?? '';
  const path = lines.map(unb64);
  if (!SIZE.test(index) || path.some((hash) => hash.length !== 32))
    throw new Unusable('a receipt with a line that does not belong');
  return { index: Number(index), extra, path, checkpoint: parseCheckpoint(words.slice(end + 2)) };
}

const included = ({ index, path, checkpoint }: Receipt, entry: Bytes): boolean => {
  const root = rootFrom(leafHash(entry), index, checkpoint.size, path);
  return root !== undefined && same(root, checkpoint.root);
};

export async function verifyReceipt(words: string, policy: Policy | undefined): Promise<Verdict> {
  const notes = new Notes();
  const receipt = parseReceipt(words);
  const { index, extra, checkpoint } = receipt;
  const [entry, salt, opening] = [extra.subarray(0, 33), extra.subarray(33, 65), extra.subarray(65)];
  if (entry.length !== 33 || entry[0] !== 1) throw new Unusable('a receipt without its entry');
  await signed(notes, checkpoint, policy);
  if (included(receipt, entry)) notes.show('receipt.included', { index });
  else notes.fail('receipt.notIncluded', { index });
  if (extra.length === 33) notes.leave('receipt.noOpening');
  else {
    const label = LABELS[opening[0] ?? 0];
    const found = readOpening(opening);
    const opens =
      label !== undefined && found !== undefined && same(commitmentOf(salt, label, opening), entry.subarray(1));
    const word = (n: number) => text(found?.[n] ?? new Uint8Array(), 'the opening');
    if (!opens) notes.fail('receipt.notOpened');
    else if (opening[0] === 2) notes.show('receipt.padding');
    else if (opening[0] === 3) notes.show('receipt.report');
    else notes.show('receipt.opened', { case: word(0), seq: word(1), at: word(3), actor: word(4), type: word(5) });
  }
  notes.leave('log.meaning');
  return notes.verdict();
}

// ---------------------------------------------------------------------------------------------------------- steps of cases

type Step = {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly type: string;
  readonly previous: string | null;
  readonly body: Json | null;
  readonly commitment: string;
  readonly index: number | undefined;
};

/** The place of a step in the log, where a receipt proves it. */
async function placed(notes: Notes, seq: number, commitment: string, log: unknown, policy: Policy | undefined) {
  if (!isObject(log)) return undefined;
  const receipt = parseReceipt(String(log['receipt']));
  const about = new Notes();
  await signed(about, receipt.checkpoint, policy);
  for (const { key, facts } of about.open) notes.leave(key, facts);
  const sound = receipt.index === log['index'] && included(receipt, join(Uint8Array.of(1), unhex(commitment, 32)));
  if (sound && about.wrong.length === 0) return receipt.index;
  notes.fail('case.receipt', { seq });
  return undefined;
}

/** Checks one step by itself: its words, its commitment, its receipt. Gives it parsed. */
async function step(notes: Notes, raw: unknown, caseId: string, policy: Policy | undefined): Promise<Step> {
  if (!isObject(raw)) throw new Unusable('a step is not an object');
  const { seq, at, actor, type, previous, body, bodyHash, salt, commitment } = raw;
  if (typeof seq !== 'number' || typeof at !== 'string' || typeof actor !== 'string' || typeof type !== 'string')
    throw new Unusable('a step without number, moment, actor or type');
  if (typeof commitment !== 'string' || (previous !== null && typeof previous !== 'string'))
    throw new Unusable(`step ${seq} without commitments`);
  let words: Json | null = null;
  if (typeof body === 'string') {
    if (hex(sha256(utf8(body))) !== bodyHash) notes.fail('case.body', { seq, type });
    words = strict(utf8(body), `the body of step ${seq}`);
    if (words['type'] !== type) notes.fail('case.type', { seq, type });
  }
  if (salt === null) notes.leave('case.erased', { seq });
  else {
    const before = previous === null ? new Uint8Array() : unhex(previous, 32);
    const opening = fields(
      1,
      utf8(caseId),
      utf8(String(seq)),
      before,
      utf8(at),
      utf8(actor),
      utf8(type),
      unhex(bodyHash, 32),
    );
    if (hex(commitmentOf(unhex(salt, 32), LABELS[1] ?? '', opening)) !== commitment)
      notes.fail('case.commitment', { seq, type, at });
  }
  const index = await placed(notes, seq, commitment, raw['log'], policy);
  return { seq, at, actor, type, previous, body: words, commitment, index };
}

/** What two people signed: SHA-256 of case and proposal in canonical form. */
const proposalHash = (caseId: string, reference: string, proposal: unknown): string =>
  hex(sha256(utf8(canonical({ case: caseId, proposal, reference }))));
const EXECUTING: readonly unknown[] = ['execute', 'execute-in-part', 'execute-with-conditions'];
const ENDED: readonly string[] = ['decision.sent-back', 'decision.withdrawn', 'decision.voided'];
const NOBODY = 'clock';

/** The proposal that a countersign rests on, where another person made it over the same words and nothing ended it in between. */
function foundation(steps: readonly Step[], at: number, caseId: string, reference: string): Json | undefined {
  const signedNow = steps[at];
  const { no, hash } = signedNow?.body ?? {};
  const proposals = steps
    .slice(0, at)
    .filter(
      ({ type, body }) => type === 'decision.proposed' && isObject(body?.['proposal']) && body['proposal']['no'] === no,
    );
  const [proposed] = proposals;
  const proposal = proposed?.body?.['proposal'];
  if (proposals.length !== 1 || proposed === undefined || !isObject(proposal)) return undefined;
  const ended = steps
    .slice(steps.indexOf(proposed), at)
    .some(({ type, body }) => ENDED.includes(type) && body?.['no'] === no);
  const people = proposed.actor !== signedNow?.actor && proposed.actor !== NOBODY && signedNow?.actor !== NOBODY;
  const over = proposed.body?.['hash'] === hash && proposalHash(caseId, reference, proposal) === hash;
  return people && over && !ended ? proposal : undefined;
}

const list = (value: unknown, what: string): readonly unknown[] => {
  if (!Array.isArray(value)) throw new Unusable(`${what} is not a list`);
  return value;
};

/** The export of a case (docs/spec/case-export.md): `case.json`, or the archive that holds it; or what its person was told of it. */
export async function verifyCase(file: Bytes, policy: Policy | undefined): Promise<Verdict> {
  const notes = new Notes();
  const files =
    file[0] === 0x7b ? undefined : await archive(notes, [file], (path) => READ_OF_CASE.test(path), ownHashing);
  const json = files ? [...files].find(([path]) => /(^|\/)case\.json$/.test(path))?.[1].bytes : file;
  if (json === undefined) throw new Unusable('neither case.json nor an archive that holds one');
  const data = strict(json, 'case.json');
  const told = data['form'] === 'rogatory/notice/v1';
  if (!told && data['form'] !== 'rogatory/case-export/v1') throw new Unusable('not the export of a case, version 1');
  const about = isObject(data['case']) ? data['case'] : {};
  const [caseId, reference] = [String(about['id']), String(about['reference'])];
  const raw = list(data['steps'], 'steps');
  const log = isObject(data['log']) ? String(data['log']['vkey']) : undefined;
  const trusted =
    policy ??
    (log === undefined ? undefined : { logs: [parseKey(log)], witnesses: new Map(), groups: [], quorum: 'none' });
  if (policy === undefined && log !== undefined) notes.leave('sign.ownKey', { vkey: log });
  if (told) return verifyTold(notes, raw, caseId, reference, trusted);
  if (data['length'] !== raw.length || raw.length === 0)
    notes.fail('case.length', { said: String(data['length']), found: raw.length });

  const steps: Step[] = [];
  for (const one of raw) steps.push(await step(notes, one, caseId, trusted));
  let decided = 0;
  let lastIndex = -1;
  const executable = new Set<unknown>();
  for (const [n, { seq, type, actor, at, previous, body, index }] of steps.entries()) {
    const before = steps[n - 1];
    if (seq !== n + 1) notes.fail('case.number', { seq, expected: n + 1 });
    if (previous !== (before?.commitment ?? null)) notes.fail('case.chain', { seq });
    if (before !== undefined && at < before.at) notes.leave('case.clock', { seq });
    const opens = body?.['id'] === caseId && body['reference'] === reference;
    if ((type === 'case.opened') !== (n === 0) || (n === 0 && !opens)) notes.fail('case.opened');
    if (index !== undefined && index <= lastIndex) notes.fail('case.order', { seq });
    lastIndex = index ?? lastIndex;
    if (type === 'decision.countersigned') {
      const proposal = foundation(steps, n, caseId, reference);
      if (proposal === undefined) notes.fail('case.twoPeople', { no: String(body?.['no']) });
      else {
        decided++;
        if (EXECUTING.includes(proposal['disposition'])) executable.add(proposal['no']);
      }
    }
    if (type === 'execution.opened' && !executable.has(body?.['decisionNo'])) notes.fail('case.noDecision', { seq });
    if (type === 'execution.validated') {
      const no = body?.['decisionNo'];
      const opener = steps.find((one) => one.type === 'execution.opened' && one.body?.['decisionNo'] === no);
      if (opener?.actor === actor) notes.fail('case.validated', { no: String(no) });
    }
  }
  if (files && files.size > 1) besideCase(notes, files, list(data['documents'], 'documents'), steps);
  if (notes.wrong.length === 0) notes.show('case.chained', { count: steps.length });
  notes.show('case.decided', { count: decided });
  const logged = steps.filter(({ index }) => index !== undefined).length;
  notes.show('case.logged', { count: logged, of: steps.length });
  if (logged < steps.length) notes.leave('case.unlogged', { count: steps.length - logged });
  notes.leave('case.end');
  return notes.verdict();
}

/** What of an export is read as well as hashed. */
const READ_OF_CASE = /(?:^|\/)(?:case\.json|manifest-sha256\.txt)$/;

/** The files beside case.json: each as the manifest says, each document as the case says, each letter as its step says. */
function besideCase(
  notes: Notes,
  files: ReadonlyMap<string, Filed>,
  documents: readonly unknown[],
  steps: readonly Step[],
) {
  const folder = [...files.keys()][0]?.split('/')[0] ?? '';
  const listed = new Map(hashLines(files.get(`${folder}/manifest-sha256.txt`)?.bytes, 'manifest-sha256.txt'));
  for (const [path, hash] of listed) sameFile(notes, path, files.get(`${folder}/${path}`), hash);
  for (const path of files.keys()) {
    const name = path.slice(folder.length + 1);
    if (name !== 'manifest-sha256.txt' && !listed.has(name)) notes.fail('evidence.unlisted', { path });
  }
  const found = new Map<unknown, unknown>();
  for (const one of documents.filter(isObject)) {
    found.set(one['id'], one['sha256']);
    const path = one['path'];
    if (typeof path === 'string') sameFile(notes, path, files.get(`${folder}/${path}`), String(one['sha256']));
    else notes.leave('case.documentGone', { name: String(one['name']) });
  }
  for (const { seq, type, body } of steps)
    if (type === 'letter.issued' && found.get(body?.['document']) !== body?.['sha256'])
      notes.fail('case.letter', { seq });
  if (notes.wrong.length === 0) notes.show('case.files', { count: listed.size });
}

function sameFile(notes: Notes, path: string, file: Filed | undefined, hash: string): void {
  if (file === undefined) notes.fail('evidence.gone', { path });
  else if (file.hash !== hash) notes.fail('evidence.changed', { path });
}

/** Lines of hash and path, as `sha256sum -c` reads them. */
function hashLines(file: Bytes | undefined, what: string): (readonly [path: string, hash: string])[] {
  if (file === undefined) throw new Unusable(`${what} is missing`);
  const lines = text(file, what)
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => {
    const [, hash, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (hash === undefined || name === undefined) throw new Unusable(`${what} has a line that is none`);
    return [name, hash] as const;
  });
}

/** What a person concerned was told of their case (docs/spec/notice.md): some of its steps, in order, opened as far as they may be. */
async function verifyTold(
  notes: Notes,
  raw: readonly unknown[],
  caseId: string,
  reference: string,
  policy: Policy | undefined,
): Promise<Verdict> {
  if (raw.length === 0) throw new Unusable('a file without steps');
  const steps: Pick<Step, 'seq' | 'commitment' | 'index'>[] = [];
  const opened: Step[] = [];
  for (const one of raw) {
    if (!isObject(one)) throw new Unusable('a step is not an object');
    const { seq, commitment } = one;
    const before = steps.at(-1);
    if (one['salt'] !== undefined) {
      const made = await step(notes, one, caseId, policy);
      if (before !== undefined && made.seq === before.seq + 1 && made.previous !== before.commitment)
        notes.fail('case.chain', { seq: made.seq });
      const opens = made.body === null || (made.body['id'] === caseId && made.body['reference'] === reference);
      if ((made.type === 'case.opened') !== (made.seq === 1) || (made.seq === 1 && !opens)) notes.fail('case.opened');
      opened.push(made);
      steps.push(made);
    } else {
      if (typeof seq !== 'number' || typeof commitment !== 'string')
        throw new Unusable('a step without number or commitment');
      unhex(commitment, 32);
      steps.push({ seq, commitment, index: await placed(notes, seq, commitment, one['log'], policy) });
    }
    const now = steps.at(-1);
    if (now === undefined || !Number.isSafeInteger(now.seq) || now.seq < 1) throw new Unusable('a step without number');
    if (before !== undefined && now.seq <= before.seq)
      notes.fail('case.number', { seq: now.seq, expected: before.seq + 1 });
    const lastIndex = steps.slice(0, -1).findLast(({ index }) => index !== undefined)?.index ?? -1;
    if (now.index !== undefined && now.index <= lastIndex) notes.fail('case.order', { seq: now.seq });
  }
  const countersigned = opened.findLast(({ type }) => type === 'decision.countersigned');
  const proposed = opened.findLast(({ type, seq }) => type === 'decision.proposed' && seq < (countersigned?.seq ?? 0));
  if (countersigned !== undefined && proposed !== undefined) {
    const people = new Set([proposed.actor, countersigned.actor, NOBODY]);
    if (people.size === 3) notes.show('told.twoPeople');
    else notes.fail('told.onePerson');
  }
  if (notes.wrong.length === 0) notes.show('told.opened', { count: opened.length });
  const logged = steps.filter(({ index }) => index !== undefined).length;
  notes.show('case.logged', { count: logged, of: steps.length });
  const wordless = opened.filter(({ body }) => body === null).length;
  if (wordless > 0) notes.leave('told.wordless', { count: wordless });
  if (opened.length < steps.length) notes.leave('told.placed', { count: steps.length - opened.length });
  const untold = (steps.at(-1)?.seq ?? 0) - steps.length;
  if (untold > 0) notes.leave('told.untold', { count: untold });
  if (logged < steps.length) notes.leave('case.unlogged', { count: steps.length - logged });
  notes.leave('case.end');
  return notes.verdict();
}

// --------------------------------------------------------------------------------------------------------------- evidence

/** A file of an archive: its bytes where they are read, and of every other its size and hash alone. */
type Filed = { readonly size: number; readonly hash: string; readonly bytes: Bytes | undefined };
type Pieces = AsyncIterable<Bytes> | Iterable<Bytes>;
const MOST_READ = 268_435_456;

/** Bytes as they come, asked for by length. */
function reader(source: Pieces) {
  const pieces = (async function* () {
    yield* source;
  })();
  let kept: Bytes = new Uint8Array();
  /** Some of the next bytes, at most so many; undefined at the end. */
  const some = async (most: number): Promise<Bytes | undefined> => {
    while (kept.length === 0) {
      const next = await pieces.next();
      if (next.done) return undefined;
      kept = next.value;
    }
    const given = kept.subarray(0, most);
    kept = kept.subarray(given.length);
    return given;
  };
  /** Each piece of the next so many bytes; whether there were as many. */
  const each = async (length: number, take: (piece: Bytes) => void): Promise<boolean> => {
    for (let left = length; left > 0; ) {
      const piece = await some(left);
      if (piece === undefined) return false;
      take(piece);
      left -= piece.length;
    }
    return true;
  };
  return { each };
}

/**
 * The plain files of a tar archive (POSIX ustar), in memory that does not grow with those that are not read; links, folders,
 * strange names and doubles are findings.
 */
async function archive(
  notes: Notes,
  source: Pieces,
  isRead: (path: string) => boolean,
  hashing: Hashing,
): Promise<Map<string, Filed>> {
  const files = new Map<string, Filed>();
  const names = new Set<string>();
  const { each } = reader(source);
  const header = new Uint8Array(512);
  const word = (at: number, length: number) => {
    const field = header.subarray(at, at + length);
    const end = field.indexOf(0);
    return text(end < 0 ? field : field.subarray(0, end), 'a name in the archive');
  };
  for (;;) {
    let filled = 0;
    const whole = await each(512, (piece) => {
      header.set(piece, filled);
      filled += piece.length;
    });
    if (files.size === 0 && word(0, 21) === 'age-encryption.org/v1')
      throw new Unusable('this package is still sealed; open it first: age -d -i KEY FILE > package.tar');
    if (!whole || header[0] === 0) break;
    const sum = header.reduce((all, byte, n) => all + (n >= 148 && n < 156 ? 32 : byte), 0);
    if (Number.parseInt(word(148, 8), 8) !== sum) throw new Unusable('not a tar archive, or a damaged one');
    const large = (header[124] ?? 0) >= 0x80;
    const size = large
      ? header.subarray(128, 136).reduce((all, byte) => all * 256 + byte, 0)
      : Number.parseInt(word(124, 12), 8);
    if (!Number.isSafeInteger(size)) throw new Unusable('an archive that ends too early');
    const prefix = word(345, 155);
    const path = `${prefix === '' ? '' : `${prefix}/`}${word(0, 100)}`;
    if (header[156] !== 0x30 && header[156] !== 0) notes.fail('evidence.kind', { path });
    if (
      path.startsWith('/') ||
      path.includes('\\') ||
      path.split('/').some((part) => part === '' || part === '.' || part === '..')
    )
      notes.fail('evidence.path', { path });
    if (names.has(path.toLowerCase())) notes.fail('evidence.twice', { path });
    names.add(path.toLowerCase());
    const read: Bytes[] | undefined = isRead(path) && size <= MOST_READ ? [] : undefined;
    const hash = hashing();
    const there = await each(size, (piece) => {
      hash.add(piece);
      read?.push(piece);
    });
    if (!there) throw new Unusable('an archive that ends too early');
    files.set(path, { size, hash: hex(hash.end()), bytes: read && join(...read) });
    await each((512 - (size % 512)) % 512, () => undefined);
  }
  if (files.size === 0) throw new Unusable('an empty archive, or none');
  return files;
}

/** An opened package of evidence (docs/spec/evidence.md), checked from itself alone. */
export async function verifyEvidence(
  file: Pieces,
  policy: Policy | undefined,
  hashing: Hashing = ownHashing,
): Promise<Verdict> {
  const notes = new Notes();
  // Objects are hashed as they come; whatever is said of them is read.
  const all = await archive(notes, file, (path) => !path.includes('/data/objects/'), hashing);
  const folder = [...all.keys()][0]?.split('/')[0] ?? '';
  const bag = new Map(
    [...all].map(([path, one]) => [path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path, one]),
  );
  const need = (path: string): Bytes => {
    const found = bag.get(path)?.bytes;
    if (found === undefined) throw new Unusable(`${path} is missing`);
    return found;
  };

  const payload = new Map(hashLines(bag.get('manifest-sha256.txt')?.bytes, 'manifest-sha256.txt'));
  const tags = new Map(hashLines(bag.get('tagmanifest-sha256.txt')?.bytes, 'tagmanifest-sha256.txt'));
  for (const [path, hash] of [...payload, ...tags]) sameFile(notes, path, bag.get(path), hash);
  for (const path of bag.keys()) {
    const free = path === 'tagmanifest-sha256.txt' || path === 'timestamp.tsr';
    if (!free && !(path.startsWith('data/') ? payload : tags).has(path)) notes.fail('evidence.unlisted', { path });
  }

  const main = strict(need('data/package.json'), 'package.json');
  if (main['form'] !== 'rogatory/evidence/v1') throw new Unusable('not a package of evidence, version 1');
  const about = isObject(main['case']) ? main['case'] : {};
  const [caseId, reference] = [String(about['id']), String(about['reference'])];
  const data = [...bag].filter(([path]) => path.startsWith('data/'));
  const oxum = `${data.reduce((sum, [, { size }]) => sum + size, 0)}.${data.length}`;
  const info = text(need('bag-info.txt'), 'bag-info.txt').split('\n');
  if (!info.includes(`Payload-Oxum: ${oxum}`) || !info.includes(`External-Identifier: ${reference}`))
    notes.fail('evidence.oxum');

  const stepsOf = async (name: string): Promise<Step[]> => {
    const raw = list(strict(need(`data/${name}.json`), name)['steps'], `steps of ${name}`);
    const found: Step[] = [];
    for (const one of raw) {
      const made = await step(notes, one, caseId, policy);
      const before = found.at(-1);
      if (before !== undefined && made.seq <= before.seq)
        notes.fail('case.number', { seq: made.seq, expected: before.seq + 1 });
      if (before !== undefined && made.seq === before.seq + 1 && made.previous !== before.commitment)
        notes.fail('case.chain', { seq: made.seq });
      if (made.seq > Number(main['asOf'])) notes.fail('evidence.later', { seq: made.seq });
      found.push(made);
    }
    return found;
  };
  const [custody, decision, conditions] = [
    await stepsOf('custody'),
    await stepsOf('decision'),
    await stepsOf('conditions'),
  ];

  const objects = list(main['objects'], 'objects').filter(isObject);
  for (const object of objects) {
    const no = String(object['no']);
    const held = bag.get(String(object['path']));
    if (held === undefined || held.size !== object['size'] || held.hash !== object['sha256'])
      notes.fail('evidence.object', { no });
    const came = custody.filter(
      ({ type, body }) =>
        (type === 'evidence.received' || type === 'evidence.redacted') && body?.['object'] === object['id'],
    );
    const [arrival] = came;
    const fits = ['no', 'sha256', 'size'].every((member) => arrival?.body?.[member] === object[member]);
    const source =
      arrival?.type !== 'evidence.redacted' ||
      custody.some((one) => one.seq < arrival.seq && one.body?.['object'] === arrival.body?.['of']);
    if (
      came.length !== 1 ||
      !fits ||
      !source ||
      arrival?.actor !== object['receivedBy'] ||
      arrival?.at !== object['receivedAt']
    )
      notes.fail('evidence.custody', { no });
    const flags = Array.isArray(arrival?.body?.['flags']) ? arrival.body['flags'].length : 0;
    for (let flag = 1; flag <= flags; flag++) {
      const answer = custody.findLast(
        ({ type, body }) =>
          type === 'evidence.flag-answered' && body?.['object'] === object['id'] && body?.['flag'] === flag,
      );
      if (answer?.body?.['say'] !== 'within') notes.fail('evidence.flag', { no });
    }
  }

  const standing = strict(need('data/decision.json'), 'decision.json')['decision'];
  const sealedAt = decision.findLastIndex(({ type }) => type === 'decision.countersigned');
  const [countersigned, proposed] = [
    decision[sealedAt],
    decision.slice(0, Math.max(sealedAt, 0)).findLast(({ type }) => type === 'decision.proposed'),
  ];
  const open = proposed?.body === null || foundation(decision, sealedAt, caseId, reference) !== undefined;
  const agrees =
    isObject(standing) &&
    countersigned?.body?.['no'] === standing['no'] &&
    countersigned?.body?.['hash'] === standing['hash'];
  if (
    proposed === undefined ||
    proposed.actor === countersigned?.actor ||
    proposed.actor === NOBODY ||
    countersigned?.actor === NOBODY ||
    !open ||
    !agrees
  )
    notes.fail('evidence.twoPeople');
  const terms = strict(need('data/conditions.json'), 'conditions.json');
  const pending = (name: string, ...states: string[]) =>
    list(terms[name], name).some((one) => isObject(one) && states.includes(String(one['status'])));
  if (pending('conditions', 'proposed', 'not-accepted') || pending('assurances', 'asked', 'given', 'not-credible'))
    notes.fail('evidence.conditions');

  const stamp = bag.get('timestamp.tsr')?.bytes;
  if (main['timeStamp'] === null || stamp === undefined) notes.leave('evidence.notStamped');
  else if (hex(stamp).includes(`0420${hex(sha256(need('tagmanifest-sha256.txt')))}`)) notes.leave('evidence.stamped');
  else notes.fail('evidence.otherStamp');
  const steps = [...custody, ...decision, ...conditions];
  const logged = steps.filter(({ index }) => index !== undefined).length;
  if (notes.wrong.length === 0) {
    notes.show('evidence.whole', { files: bag.size, objects: objects.length });
    notes.show('evidence.chain', { count: steps.length });
  }
  notes.show('case.logged', { count: logged, of: steps.length });
  if (logged < steps.length) notes.leave('case.unlogged', { count: steps.length - logged });
  notes.leave('evidence.truth');
  return notes.verdict();
}

// ------------------------------------------------------------------------------------------------------------- public figures

/** Whether a tree of `from` entries is the beginning of one of `to` (RFC 9162, 2.1.4.2). */
export function continues(from: number, to: number, before: Bytes, after: Bytes, path: readonly Bytes[]): boolean {
  if (from > to || from < 1) return false;
  if (from === to) return path.length === 0 && same(before, after);
  let [node, last] = [from - 1, to - 1];
  const up = () => {
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  };
  while (node % 2 === 1) up();
  // Where the smaller tree is complete its root is left out of the proof.
  const [first, ...rest] = node === 0 ? [before, ...path] : path;
  if (first === undefined) return false;
  let [old, now] = [first, first];
  for (const hash of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      old = nodeHash(hash, old);
      now = nodeHash(hash, now);
      while (node % 2 === 0 && node !== 0) up();
    } else now = nodeHash(now, hash);
    up();
  }
  return last === 0 && same(old, before) && same(now, after);
}

const object = (value: unknown, what: string): Json => {
  if (!isObject(value)) throw new Unusable(`${what} is not an object`);
  return value;
};
const number = (value: unknown, what: string): number => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw new Unusable(`${what} is not a count`);
  return value;
};

type Figure = {
  readonly name: string;
  readonly of: string;
  readonly at: Json;
  readonly n: number | null;
  readonly proof: string;
};
const nameOf = (of: unknown, at: Json): string =>
  [
    String(of),
    ...Object.keys(at)
      .sort()
      .map((key) => `${key}=${String(at[key])}`),
  ].join(' ');

/** A report of public figures (docs/spec/report.md), by itself; and with the proofs that oversight holds, figure by figure. */
export async function verifyReport(file: Bytes, policy: Policy | undefined, proofs?: Bytes): Promise<Verdict> {
  const notes = new Notes();
  const data = strict(file, 'the report');
  if (data['form'] !== 'rogatory/report/v1') throw new Unusable('not a report of public figures, version 1');
  const report = object(data['report'], 'report');
  const log = object(report['log'], 'report.log');
  const commitment = unhex(data['commitment'], 32);
  const previous = data['previous'] === null ? new Uint8Array() : unhex(data['previous'], 32);
  const opening = fields(
    3,
    utf8(String(log['origin'])),
    utf8(String(report['no'])),
    previous,
    utf8(String(report['madeAt'])),
    sha256(utf8(canonical(report))),
  );
  if (!same(commitmentOf(unhex(data['salt'], 32), 'rogatory/report/v1', opening), commitment))
    notes.fail('report.commitment');
  const size = await reportInLog(notes, data, report, log, commitment, policy);
  reportRhythm(notes, report, log);
  const figures = figuresOf(notes, report);
  reportSums(notes, report, figures);
  for (const { name, n } of figures.values())
    if (size !== undefined && n !== null && n > size) notes.fail('report.more', { figure: name, n, size });
  if (proofs === undefined) notes.leave('report.noProofs');
  else reportProofs(notes, figures, strict(proofs, 'the proofs'));
  notes.leave('report.unrecorded');
  return notes.verdict();
}

/** The receipt, and the trees at both ends of the period; gives how many entries the log of the receipt has. */
async function reportInLog(
  notes: Notes,
  data: Json,
  report: Json,
  log: Json,
  commitment: Bytes,
  policy: Policy | undefined,
): Promise<number | undefined> {
  if (data['log'] === null) {
    notes.leave('report.unlogged');
    return undefined;
  }
  const proof = object(data['log'], 'log');
  const receipt = parseReceipt(String(proof['receipt']));
  const vkey = String(proof['vkey']);
  const own: Policy = { logs: [parseKey(vkey)], witnesses: new Map(), groups: [], quorum: 'none' };
  if (policy === undefined) notes.leave('sign.ownKey', { vkey });
  await signed(notes, receipt.checkpoint, policy ?? own);
  const sound = receipt.index === proof['index'] && receipt.checkpoint.origin === log['origin'];
  if (sound && included(receipt, join(Uint8Array.of(1), commitment)))
    notes.show('report.logged', {
      no: String(report['no']),
      period: String(object(report['period'], 'period')['name']),
      index: receipt.index,
    });
  else notes.fail('report.receipt');
  for (const [which, path] of [
    ['start', 'fromStart'],
    ['end', 'fromEnd'],
  ] as const) {
    if (log[which] === null) continue;
    const tree = object(log[which], which);
    const hashes = list(proof[path], path).map((one) => unhex(one, 32));
    const { root } = receipt.checkpoint;
    if (!continues(number(tree['size'], which), receipt.checkpoint.size, unhex(tree['root'], 32), root, hashes))
      notes.fail('report.tree', { which });
  }
  return receipt.checkpoint.size;
}

function reportRhythm(notes: Notes, report: Json, log: Json): void {
  if (log['end'] === null) {
    notes.leave('report.noLog');
    return;
  }
  const sizeOf = (which: string) => (log[which] === null ? 0 : number(object(log[which], which)['size'], which));
  const batches = list(log['batches'], 'batches').map((one) => object(one, 'a batch'));
  const count = batches.reduce((sum, one) => sum + number(one['count'], 'count'), 0);
  const said = batches.reduce((sum, one) => sum + Number(one['count']) * number(one['places'], 'places'), 0);
  const entries = sizeOf('end') - sizeOf('start');
  const period = object(report['period'], 'period');
  const seconds = (Date.parse(String(period['to'])) - Date.parse(String(period['from']))) / 1000;
  const slots = Math.floor(seconds / Math.max(1, number(log['every'], 'every'))) + 1;
  if (said !== entries) notes.fail('report.batches', { found: entries, said });
  else if (!(count <= slots)) notes.fail('report.cadence', { count, slots });
  else notes.show('report.rhythm', { entries, count, slots });
}

function figuresOf(notes: Notes, report: Json): Map<string, Figure> {
  const figures = new Map<string, Figure>();
  for (const one of list(report['figures'], 'figures')) {
    const { of, at, n, proof } = object(one, 'a figure') as Record<string, unknown>;
    const told = object(at, 'at');
    const name = nameOf(of, told);
    if (figures.has(name)) notes.fail('report.twice', { figure: name });
    unhex(proof, 32);
    figures.set(name, { name, of: String(of), at: told, n: n === null ? null : number(n, name), proof: String(proof) });
  }
  return figures;
}

/** Goes through all sums until nothing more follows: what is published must fit, and what is withheld must not come out as small. */
function reportSums(notes: Notes, report: Json, figures: ReadonlyMap<string, Figure>): void {
  const threshold = number(report['threshold'], 'threshold');
  if (threshold < 3) throw new Unusable('a threshold below 3 withholds nothing');
  const bounds = new Map<string, [number, number]>();
  for (const { name, n } of figures.values()) {
    if (n !== null && n > 0 && n < threshold) notes.fail('report.small', { figure: name, n, threshold });
    bounds.set(name, n === null ? [1, Number.POSITIVE_INFINITY] : [n, n]);
  }
  const sums = new Map<string, readonly [total: string, parts: readonly string[]]>();
  const tables = list(report['tables'], 'tables').map((one) => object(one, 'a table'));
  for (const { of, where, by } of tables as { of: unknown; where: unknown; by: unknown }[]) {
    const given = object(where, 'where');
    const ways = list(by, 'by').map(String);
    const own = [...figures.values()].filter(
      (one) =>
        one.of === of &&
        Object.keys(one.at).every((key) => ways.includes(key) || key in given) &&
        Object.keys(given).every((key) => one.at[key] === given[key]),
    );
    if (!figures.has(nameOf(of, given))) throw new Unusable(`a table without its total: ${nameOf(of, given)}`);
    for (const total of own)
      for (const way of ways.filter((one) => !(one in total.at))) {
        const parts = own.filter((one) => {
          const { [way]: value, ...rest } = one.at;
          return value !== undefined && nameOf(one.of, rest) === total.name;
        });
        sums.set(`${total.name} / ${way}`, [total.name, parts.map(({ name }) => name)]);
      }
  }
  const of = (name: string) => bounds.get(name) ?? [0, 0];
  const wrong = new Set<string>();
  for (let changed = true, rounds = 0; changed && rounds < 1000; rounds++) {
    changed = false;
    const narrow = (name: string, least: number, most: number, total: string): void => {
      const [low, high] = of(name);
      const next: [number, number] = [Math.max(low, least), Math.min(high, most)];
      if (next[0] > next[1]) wrong.add(total);
      else if (next[0] !== low || next[1] !== high) {
        bounds.set(name, next);
        changed = true;
      }
    };
    for (const [total, parts] of sums.values()) {
      const least = parts.reduce((sum, one) => sum + of(one)[0], 0);
      const open = parts.filter((one) => of(one)[1] === Number.POSITIVE_INFINITY);
      const most = parts.reduce((sum, one) => sum + (open.includes(one) ? 0 : of(one)[1]), 0);
      narrow(total, least, open.length > 0 ? Number.POSITIVE_INFINITY : most, total);
      const [low, high] = of(total);
      for (const one of parts) {
        const others = open.filter((other) => other !== one).length > 0;
        narrow(
          one,
          others ? 0 : low - (most - (open.includes(one) ? 0 : of(one)[1])),
          high - (least - of(one)[0]),
          total,
        );
      }
    }
  }
  for (const total of wrong) notes.fail('report.sum', { figure: total });
  let withheld = 0;
  for (const { name, n } of figures.values()) {
    if (n !== null) continue;
    withheld++;
    if (wrong.size === 0 && of(name)[1] < threshold) notes.fail('report.told', { figure: name, threshold });
  }
  for (const one of list(report['times'], 'times')) {
    const { of: kind, at, hours } = object(one, 'a time') as Record<string, unknown>;
    const name = nameOf(kind, object(at, 'at'));
    if (hours !== null && (figures.get(name)?.n ?? 0) < threshold) notes.fail('report.time', { figure: name });
  }
  if (notes.wrong.length === 0) notes.show('report.sums', { tables: tables.length, withheld, figures: figures.size });
}

/** Each figure is the number of its commitments, and its proof their root, under its salt. */
function reportProofs(notes: Notes, figures: ReadonlyMap<string, Figure>, proofs: Json): void {
  if (proofs['form'] !== 'rogatory/report-proofs/v1') throw new Unusable('not the proofs of a report, version 1');
  const shown = new Set<string>();
  for (const one of list(proofs['figures'], 'figures')) {
    const { of, at, n, salt, commitments } = object(one, 'a proof') as Record<string, unknown>;
    const name = nameOf(of, object(at, 'at'));
    const figure = figures.get(name);
    const steps = list(commitments, 'commitments').map((step) => hex(unhex(step, 32)));
    const tree = new Tree();
    for (const leaf of [unhex(salt, 32), ...[...new Set(steps)].sort().map((step) => unhex(step, 32))])
      tree.add(leafHash(leaf));
    const counts =
      steps.length === n && (figure?.n === null || figure?.n === n) && new Set(steps).size === steps.length;
    if (!counts || hex(tree.root()) !== figure?.proof) notes.fail('report.proof', { figure: name });
    shown.add(name);
  }
  for (const name of figures.keys()) if (!shown.has(name)) notes.fail('report.proof', { figure: name });
  if (notes.wrong.length === 0) notes.show('report.proofs', { figures: figures.size });
}
