// The age file around a backup (age-encryption.org/v1): sealed to recipients while it is written, opened while it is read.

import { createReadStream, type ReadStream, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import { TornArchive } from './tar.ts';

/** An identity file holds a few lines. */
const MAX_IDENTITY_BYTES = 65_536;

/** Makes ready to seal to these recipients, or says which of them is none. */
export function sealerFor(recipients: readonly string[]): Outcome<Encrypter> {
  const sealer = new Encrypter();
  for (const recipient of recipients) {
    try {
      sealer.addRecipient(recipient);
    } catch {
      return refuse({ pointer: '--recipient', detail: `"${recipient.slice(0, 40)}" is no age recipient (age1...)` });
    }
  }
  return recipients.length > 0
    ? accept(sealer)
    : refuse({ pointer: '--recipient', detail: 'a backup is sealed to somebody: name a recipient (age1...)' });
}

/** The sealed bytes of `bytes`, as they come. */
export async function* seal(sealer: Encrypter, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const plain = Readable.toWeb(
    Readable.from(bytes, { objectMode: true, highWaterMark: 1 }),
  ) as ReadableStream<Uint8Array>;
  yield* (await sealer.encrypt(plain as never)) as unknown as AsyncIterable<Uint8Array>;
}

export type Unsealed = { readonly bytes: AsyncIterable<Uint8Array>; readonly file: ReadStream };

/** Opens a sealed file with the identities of a key file; damage further on is thrown while it is read. */
export async function unseal(path: string, identityFile: string): Promise<Outcome<Unsealed>> {
  const opener = openerFrom(identityFile);
  if (!opener.ok) return opener;
  const file = createReadStream(path);
  try {
    const bytes = await opener.value.decrypt(Readable.toWeb(file) as never);
    return accept({ bytes: unbroken(bytes as unknown as AsyncIterable<Uint8Array>), file });
  } catch (error) {
    file.destroy();
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return refuse({ pointer: path, detail: 'does not exist' });
    const mismatch = /no identity matched/.test((error as Error).message);
    return mismatch
      ? refuse({ pointer: identityFile, detail: `opens ${path} not: it was sealed to somebody else` })
      : refuse({ pointer: path, detail: 'is no backup, or its beginning is damaged' });
  }
}

/** The cipher holds every 64 KiB, and that the last one is the last: a changed or missing byte ends the reading here. */
async function* unbroken(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    // What the disk says has a code and stays what it is.
    throw (error as NodeJS.ErrnoException).code === undefined ? new TornArchive('its seal is broken') : error;
  }
}

function openerFrom(identityFile: string): Outcome<Decrypter> {
  const fault = (detail: string) => refuse({ pointer: identityFile, detail });
  let text: string;
  try {
    text = readFileSync(identityFile, 'utf8').slice(0, MAX_IDENTITY_BYTES);
  } catch {
    return fault('cannot be read; it is the file with the age identity (AGE-SECRET-KEY-...)');
  }
  const opener = new Decrypter();
  const identities = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  try {
    for (const identity of identities) opener.addIdentity(identity);
  } catch {
    // The library's message may quote the line, which is a secret.
    return fault('holds a line that is no age identity (AGE-SECRET-KEY-...)');
  }
  return identities.length > 0 ? accept(opener) : fault('holds no age identity (AGE-SECRET-KEY-...)');
}

/** A new key for backups, safe against quantum computers to come: the text of the identity file, and the recipient. */
export async function newIdentity(): Promise<{ file: string; recipient: string }> {
  const identity = await generateHybridIdentity();
  const recipient = await identityToRecipient(identity);
  return {
    file: `# Opens the backups of a Rogatory node. Keep it away from the node.\n# recipient: ${recipient}\n${identity}\n`,
    recipient,
  };
}
