// Chance and hashes for people and access: tokens, recovery codes, and the key pair of a person (an age identity).

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { Secrets } from '../../app/people/ports.ts';
import { totpStep } from './totp.ts';

/** RFC 4648 base 32, in small letters: no letter looks like a digit of it. */
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** Base 32 without padding. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let [bits, value] = [0, 0];
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32[(value >>> (bits - 5)) & 31];
  }
  return bits > 0 ? text + BASE32[(value << (5 - bits)) & 31] : text;
}

export const secrets: Secrets = {
  token: () => randomBytes(32).toString('base64url'),
  hash: (text) => createHash('sha256').update(text).digest('hex'),
  newId: () => randomUUID(),
  recoveryCode: () => base32(randomBytes(10)),
  totpStep,
  personKey: async () => {
    const identity = await generateX25519Identity();
    return { recipient: await identityToRecipient(identity), identity: new TextEncoder().encode(identity) };
  },
};
