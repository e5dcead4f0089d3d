// Chance and hashes for people and access: tokens, and the key pair of a person (an age identity).

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { Secrets } from '../../app/people/ports.ts';
import { totpStep } from './totp.ts';

export const secrets: Secrets = {
  token: () => randomBytes(32).toString('base64url'),
  hash: (text) => createHash('sha256').update(text).digest('hex'),
  newId: () => randomUUID(),
  random: (length) => new Uint8Array(randomBytes(length)),
  totpStep,
  personKey: async () => {
    const identity = await generateX25519Identity();
    return { recipient: await identityToRecipient(identity), identity: new TextEncoder().encode(identity) };
  },
};
