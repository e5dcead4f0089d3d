// Ed25519 and ML-DSA-44 for notes and cosignatures, by node:crypto: raw keys in, raw signatures out.

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { ML_DSA_44_COSIGNATURE, type SignatureType, type Signer, type Verify } from '../../transparency/note.ts';

const algorithmOf = (type: SignatureType) => (type === ML_DSA_44_COSIGNATURE ? 'ml-dsa-44' : 'ed25519');
/** The secret half as it is kept: 32 bytes for either. */
const secretFormat = (type: SignatureType) => (type === ML_DSA_44_COSIGNATURE ? 'raw-seed' : 'raw-private');

/** Public keys made out of raw bytes, kept: a checkpoint is read more often than keys change. */
const known = new Map<string, KeyObject>();
const MOST_KNOWN = 256;

function publicKey(type: SignatureType, key: Uint8Array): KeyObject {
  const name = `${algorithmOf(type)} ${Buffer.from(key).toString('base64')}`;
  const found = known.get(name);
  if (found !== undefined) return found;
  const made = createPublicKey({ key: Buffer.from(key), format: 'raw-public', asymmetricKeyType: algorithmOf(type) });
  if (known.size < MOST_KNOWN) known.set(name, made);
  return made;
}

const verifyBeside = promisify(verify);
/**
 * So many at a time are checked beside the thread that serves people. With them all processors are taken: one more would wait
 * for longer than it takes to check it here.
 */
const MOST_BESIDE = availableParallelism();
let beside = 0;

/** False for whatever does not hold, a key that is none included. */
export const verifySignature: Verify = async (type, key, message, signature) => {
  try {
    const opened = publicKey(type, key);
    if (beside >= MOST_BESIDE) return verify(null, message, opened, signature);
    beside += 1;
    return await verifyBeside(null, message, opened, signature).finally(() => (beside -= 1));
  } catch {
    return false;
  }
};

/** The same, and what held is not worked out again: a checkpoint is looked at for each receipt under it, and in each slot. */
export function rememberingSignatures(most = 256): Verify {
  const held = new Set<string>();
  return async (type, key, message, signature) => {
    // With their lengths, so that no other cut through the same bytes has the same name.
    const parts = [key, signature, message];
    const lengths = Buffer.from(`${type} ${parts.map(({ length }) => length).join(' ')} `);
    const name = hash('sha256', Buffer.concat([lengths, ...parts]), 'hex');
    if (held.has(name)) return true;
    const holds = await verifySignature(type, key, message, signature);
    if (holds) held.add(name);
    for (const oldest of held) {
      if (held.size <= most) break;
      held.delete(oldest);
    }
    return holds;
  };
}

/** A fresh secret of 32 bytes for this kind of signature. */
export function newSecret(type: SignatureType): Uint8Array {
  // Two calls, because their types overlap in nothing that TypeScript would see.
  const pair = type === ML_DSA_44_COSIGNATURE ? generateKeyPairSync('ml-dsa-44') : generateKeyPairSync('ed25519');
  return pair.privateKey.export({ format: secretFormat(type) });
}

/** What signs under that secret and name. */
export function signerOf(type: SignatureType, name: string, secret: Uint8Array): Signer {
  const privateKey = createPrivateKey({
    key: Buffer.from(secret),
    format: secretFormat(type),
    asymmetricKeyType: algorithmOf(type),
  });
  const key = createPublicKey(privateKey).export({ format: 'raw-public' });
  return { name, type, key: new Uint8Array(key), sign: (message) => sign(null, message, privateKey) };
}
