// Bytes sealed under a key and a name: AES-256-GCM with a random nonce; what was sealed under one name does not open under another.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Defect } from '../../kernel/outcome.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** The first byte of what is sealed: how it was sealed, so that it can be changed later. */
const VERSION = 1;

/** A version byte, the nonce, what was enciphered, and its tag; the name is authenticated with them. `key` has 32 bytes. */
export function sealUnder(key: Uint8Array, name: string, bytes: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), nonce, sealed, cipher.getAuthTag()]);
}

/** The bytes; throws a Defect when they were changed or sealed under another name or key. */
export function openUnder(key: Uint8Array, name: string, sealed: Uint8Array): Uint8Array {
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const tag = sealed.subarray(sealed.length - TAG_BYTES);
  try {
    if (sealed[0] !== VERSION || sealed.length < 1 + NONCE_BYTES + TAG_BYTES) throw new Error('of another form');
    const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(name)).setAuthTag(tag);
    return Buffer.concat([cipher.update(sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES)), cipher.final()]);
  } catch (cause) {
    throw new Defect(`what was sealed as ${name} does not open`, { cause });
  }
}
