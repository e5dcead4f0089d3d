// Signed notes (C2SP signed-note) and cosignatures (tlog-cosignature): text, the lines under it, and the keys that read them.
// Signing and checking of signatures come in as functions, so that this runs wherever hashes do.

import { sha256 } from '@noble/hashes/sha2.js';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { bigEndian, fromBase64, fromBigEndian, joined, sameBytes, toBase64, utf8 } from './bytes.ts';

/** The kinds of signature we make and read, by their byte. */
export const ED25519 = 0x01;
export const ED25519_COSIGNATURE = 0x04;
export const ML_DSA_44_COSIGNATURE = 0x06;
export type SignatureType = typeof ED25519 | typeof ED25519_COSIGNATURE | typeof ML_DSA_44_COSIGNATURE;

const KEY_BYTES: { readonly [T in SignatureType]: number } = { 1: 32, 4: 32, 6: 1312 };
const TIME_BYTES = 8;
const ID_BYTES = 4;
/** Of a cosigner or a log, in bytes: a cosignature has one byte for the length. */
const LONGEST_NAME = 255;
/** A note with more lines is refused before any of them is looked at. */
const MOST_SIGNATURES = 64;

export type VerifierKey = { readonly name: string; readonly type: SignatureType; readonly key: Uint8Array };
export type NoteSignature = { readonly name: string; readonly id: number; readonly bytes: Uint8Array };
/** The text ends in a line break. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

/** Checks a raw signature under a raw public key of this kind of signature. Several may be asked for at once; none is a throw. */
export type Verify = (
  type: SignatureType,
  key: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => Promise<boolean>;

/** A key that signs: its public half, and the raw signature over a message. */
export type Signer = VerifierKey & { readonly sign: (message: Uint8Array) => Uint8Array };

/** What a cosignature is about, besides the note: the tree head. */
export type Head = { readonly origin: string; readonly size: number; readonly root: Uint8Array };

const isName = (name: string): boolean => /^[^\s\p{White_Space}\p{Cc}+]+$/u.test(name) && name.isWellFormed();

/** The first four bytes of a hash over name, kind and key: a hint of which key it is, and no more. */
export function keyId(of: VerifierKey): number {
  const known = IDS.get(of);
  if (known !== undefined) return known;
  const { name, type, key } = of;
  const id = fromBigEndian(sha256(joined(utf8(`${name}\n`), Uint8Array.of(type), key)).subarray(0, ID_BYTES));
  IDS.set(of, id);
  return id;
}
/** Of each key once: the ids of a policy are asked for with every receipt. */
const IDS = new WeakMap<VerifierKey, number>();

export const formatKey = (key: VerifierKey): string =>
  `${key.name}+${bigEndian(keyId(key), 4).toHex()}+${toBase64(joined(Uint8Array.of(key.type), key.key))}`;

/** Reads a verifier key. Its id must be the one that its kind of key has. */
export function parseKey(text: string, pointer = ''): Outcome<VerifierKey> {
  const no = (detail: string) => refuse({ pointer, detail });
  const [name = '', id = '', ...rest] = text.split('+');
  const bytes = fromBase64(rest.join('+'));
  if (!isName(name) || !/^[0-9a-f]{8}$/.test(id) || bytes === undefined)
    return no('must be a verifier key: name, id of 8 hexadecimal digits and base64, with plus signs between');
  const type = bytes[0] as SignatureType;
  const key: VerifierKey = { name, type, key: bytes.subarray(1) };
  if (KEY_BYTES[type] !== key.key.length)
    return no('must be a key for Ed25519 (type 1 or 4) or ML-DSA-44 (type 6), of its full length');
  return keyId(key) === Number.parseInt(id, 16) ? accept(key) : no('has an id that is not the id of its key');
}

/** Reads a note of any size that the caller is willing to hash. */
export function parseNote(text: string, pointer = ''): Outcome<Note> {
  const no = (detail: string) => refuse({ pointer, detail });
  if (!text.isWellFormed() || /[^\n\P{Cc}]/u.test(text.replaceAll(/[\u007f-\u009f]/g, '')))
    return no('must be text without control characters but line breaks');
  const split = text.lastIndexOf('\n\n');
  if (split < 0) return no('must be a signed note: text, an empty line, signatures');
  const body = text.slice(0, split + 1);
  const below = text.slice(split + 2);
  if (!below.endsWith('\n')) return no('must have signatures below the empty line, the last ended by a line break');
  const lines = below.slice(0, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) return no(`must have at most ${MOST_SIGNATURES} signatures`);
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === undefined) return no('has a line below its text that is no signature');
    signatures.push(signature);
  }
  return accept({ text: body, signatures });
}

function parseSignature(line: string): NoteSignature | undefined {
  const [, name = '', base64 = ''] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? [];
  const bytes = fromBase64(base64);
  if (!isName(name) || bytes === undefined || bytes.length <= ID_BYTES) return undefined;
  return { name, id: fromBigEndian(bytes.subarray(0, ID_BYTES)), bytes: bytes.subarray(ID_BYTES) };
}

/** Signature lines alone, as a witness answers with; undefined when one of them is none. */
export function parseSignatures(text: string): readonly NoteSignature[] | undefined {
  if (!text.endsWith('\n')) return undefined;
  const lines = text.slice(0, -1).split('\n');
  const signatures = lines.slice(0, MOST_SIGNATURES).map(parseSignature);
  return lines.length <= MOST_SIGNATURES && signatures.every((one) => one !== undefined) ? signatures : undefined;
}

export const formatSignature = ({ name, id, bytes }: NoteSignature): string =>
  `\u2014 ${name} ${toBase64(joined(bigEndian(id, 4), bytes))}\n`;

export const formatNote = ({ text, signatures }: Note): string =>
  `${text}\n${signatures.map(formatSignature).join('')}`;

/** Signs a checkpoint as the log itself, over the text of the note. */
export const signNote = (signer: Signer, text: string): NoteSignature => ({
  name: signer.name,
  id: keyId(signer),
  bytes: signer.sign(utf8(text)),
});

/** Signs a checkpoint as somebody who saw it at that moment, in seconds since 1970. */
export function cosignNote(signer: Signer, text: string, head: Head, seconds: number): NoteSignature {
  const signature = signer.sign(cosigned(signer, text, head, seconds));
  return { name: signer.name, id: keyId(signer), bytes: joined(bigEndian(seconds, TIME_BYTES), signature) };
}

function cosigned({ type, name }: VerifierKey, text: string, head: Head, seconds: number): Uint8Array {
  if (type === ED25519_COSIGNATURE) return utf8(`cosignature/v1\ntime ${seconds}\n${text}`);
  const [cosigner, origin] = [utf8(name), utf8(head.origin)];
  return joined(
    utf8('subtree/v1\n\0'),
    bigEndian(cosigner.length, 1),
    cosigner,
    bigEndian(seconds, 8),
    bigEndian(origin.length, 1),
    origin,
    bigEndian(0, 8),
    bigEndian(head.size, 8),
    head.root,
  );
}

/** What the lines of a note say of one key: nothing, a signature that holds (with its moment, where it has one), or a false one. */
export type Standing = { readonly is: 'absent' | 'false' } | { readonly is: 'signed'; readonly seconds: number | null };

/** Looks for a key among the signatures of a checkpoint. Of several lines of one key each must hold. */
export async function standingOf(key: VerifierKey, note: Note, head: Head, verify: Verify): Promise<Standing> {
  const id = keyId(key);
  const own = note.signatures.filter((one) => one.name === key.name && one.id === id);
  let latest: Standing = { is: 'absent' };
  for (const { bytes } of own) {
    const seconds = key.type === ED25519 ? null : fromBigEndian(bytes.subarray(0, TIME_BYTES));
    if (seconds !== null && (bytes.length <= TIME_BYTES || !Number.isSafeInteger(seconds))) return { is: 'false' };
    // Neither has a form for a longer name, so nobody can have signed it.
    if (seconds !== null && Math.max(utf8(key.name).length, utf8(head.origin).length) > LONGEST_NAME)
      return { is: 'false' };
    const message = seconds === null ? utf8(note.text) : cosigned(key, note.text, head, seconds);
    if (!(await verify(key.type, key.key, message, seconds === null ? bytes : bytes.subarray(TIME_BYTES))))
      return { is: 'false' };
    latest = { is: 'signed', seconds };
  }
  return latest;
}

/** Whether two keys are the same key, under whatever name. */
export const sameKey = (one: VerifierKey, other: VerifierKey): boolean => sameBytes(one.key, other.key);
