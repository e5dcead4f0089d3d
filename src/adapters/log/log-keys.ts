// The keys of the log and of this node as a witness, in `<data>/keys/log`: made once, with the name they are known by.
// Attacker: holds a backup without keys, or the database; neither can sign.

import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Defect } from '../../kernel/outcome.ts';
import {
  ED25519,
  ED25519_COSIGNATURE,
  ML_DSA_44_COSIGNATURE,
  type SignatureType,
  type Signer,
} from '../../transparency/note.ts';
import { writeDurably } from './durable.ts';
import { newSecret, signerOf } from './signatures.ts';

export type NodeLogKeys = {
  readonly log: readonly [Signer, Signer];
  readonly witness: readonly [Signer, Signer];
};

const SECRETS: readonly (readonly [file: string, type: SignatureType])[] = [
  ['ed25519', ED25519],
  ['ml-dsa-44', ML_DSA_44_COSIGNATURE],
  ['witness-ed25519', ED25519_COSIGNATURE],
  ['witness-ml-dsa-44', ML_DSA_44_COSIGNATURE],
];
const SECRET_BYTES = 32;

/** Whose host is not known calls its log by chance, and by no address. */
const NAMELESS = '.node.invalid';
export const isNameless = (origin: string): boolean => origin.endsWith(`${NAMELESS}/log`);

/** Whether this node has a log. */
export const hasLogKeys = (dataDirectory: string): boolean => existsSync(join(dataDirectory, 'keys', 'log'));

/**
 * Opens the keys, making them when there are none. `host` is where browsers reach the node, and becomes part of the log's
 * name; it counts only when the keys are made, because the name belongs to the keys.
 */
export async function openLogKeys(dataDirectory: string, host: string | undefined): Promise<NodeLogKeys> {
  const folder = join(dataDirectory, 'keys', 'log');
  if (!hasLogKeys(dataDirectory))
    await makeKeys(dataDirectory, folder, host ?? `${randomBytes(8).toString('hex')}${NAMELESS}`);
  const name = readFileSync(join(folder, 'host'), 'utf8').trim();
  const signers = SECRETS.map(([file, type]) => {
    const secret = readFileSync(join(folder, file));
    if (secret.length !== SECRET_BYTES)
      throw new Defect(`${join(folder, file)} is no key: it has ${secret.length} bytes`);
    return signerOf(type, `${name}/${file.startsWith('witness') ? 'witness' : 'log'}`, secret);
  });
  const [log, logPostQuantum, witness, witnessPostQuantum] = signers as [Signer, Signer, Signer, Signer];
  return { log: [log, logPostQuantum], witness: [witness, witnessPostQuantum] };
}

/** All of them or none: the folder gets its name when everything in it is on the disk. */
async function makeKeys(dataDirectory: string, folder: string, host: string): Promise<void> {
  const coming = join(dataDirectory, 'keys', `.log-${randomUUID()}`);
  mkdirSync(coming, { recursive: true, mode: 0o700 });
  const secrets = SECRETS.map(([file, type]) => ({ path: join(coming, file), bytes: newSecret(type) }));
  await writeDurably([...secrets, { path: join(coming, 'host'), bytes: Buffer.from(`${host}\n`) }], 0o600);
  try {
    renameSync(coming, folder);
  } catch (error) {
    // Another process made them in the meantime, and its keys count.
    rmSync(coming, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
