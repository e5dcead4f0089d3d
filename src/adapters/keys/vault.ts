// The secret of this node: one file outside the database and outside ordinary backups, under which person keys and
// authenticator secrets are sealed. Attacker: holds a copy of the database and nothing else.

import { hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Vault } from '../../app/people/ports.ts';
import { Defect } from '../../kernel/outcome.ts';
import { openUnder, sealUnder } from './aead.ts';

const SECRET_BYTES = 32;

/** Opens `<data>/keys/vault`, making it (mode 0600) when it is not there. */
export function openVault(dataDirectory: string): Vault {
  const path = join(dataDirectory, 'keys', 'vault');
  return vaultOf(readSecret(path) ?? makeSecret(path));
}

function readSecret(path: string): Uint8Array | undefined {
  let secret: Uint8Array;
  try {
    secret = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (secret.length !== SECRET_BYTES)
    throw new Defect(`${path} is not the vault of a node: it has ${secret.length} bytes`);
  return secret;
}

function makeSecret(path: string): Uint8Array {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  chmodSync(dirname(path), 0o700);
  const secret = randomBytes(SECRET_BYTES);
  let file: number;
  try {
    // 'wx': of two processes that start at once, one makes it and the other reads what that one made.
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readSecret(path) ?? secret;
  }
  writeSync(file, secret);
  fsyncSync(file);
  closeSync(file);
  return secret;
}

/** Seals under a key of its own for each name (HKDF, RFC 5869). */
export function vaultOf(secret: Uint8Array): Vault {
  const derive = (name: string, length: number): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), name, length));
  const keyOf = (name: string): Uint8Array => derive(`seal:${name}`, 32);
  return {
    derive: (name, length) => derive(`derive:${name}`, length),
    seal: (name, bytes) => sealUnder(keyOf(name), name, bytes),
    open: (name, sealed) => openUnder(keyOf(name), name, sealed),
  };
}
