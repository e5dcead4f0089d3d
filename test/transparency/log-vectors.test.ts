// docs/spec/log-vectors.json, made again from fixed secrets: whoever writes a verifier holds theirs against the same bytes.

import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { signerOf, verifySignature } from '../../src/adapters/log/signatures.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { checkpointText, parseCheckpoint } from '../../src/transparency/checkpoint.ts';
import { commitPadding, entryOf, extraOf, paddingBytes } from '../../src/transparency/leaf.ts';
import { leafHash, rootOf } from '../../src/transparency/merkle.ts';
import {
  cosignNote,
  ED25519,
  ED25519_COSIGNATURE,
  formatKey,
  formatNote,
  parseKey,
  signNote,
} from '../../src/transparency/note.ts';
import { parsePolicy } from '../../src/transparency/policy.ts';
import { formatProof, verifyReceipt } from '../../src/transparency/proof.ts';
import { ROOT } from '../../tools/tree.ts';
import { must } from '../support/database.ts';

const PATH = `${ROOT}/docs/spec/log-vectors.json`;
const sha256 = (text: string): Uint8Array => new Uint8Array(createHash('sha256').update(text).digest());

/** Everything of it follows from these words; Ed25519 signs the same message in the same way every time. */
function made() {
  const log = signerOf(ED25519, 'log.example/log', sha256('test log key'));
  const witness = signerOf(ED25519_COSIGNATURE, 'witness.example/witness', sha256('test witness key'));
  const slot = '2028-03-01T09:30:00.000Z' as Instant;
  const padding = [0, 1, 2].map((index) => {
    const salt = sha256(`test padding salt ${index}`);
    const opening = paddingBytes({ origin: log.name, slot, index });
    const commitment = commitPadding(salt, { origin: log.name, slot, index });
    return {
      origin: log.name,
      slot,
      index,
      salt,
      opening,
      entry: entryOf(commitment),
      leafHash: leafHash(entryOf(commitment)),
    };
  });
  const leaves = padding.map((one) => one.leafHash);
  const head = { origin: log.name, size: 3, root: rootOf(leaves) };
  const text = checkpointText(head);
  const checkpoint = formatNote({
    text,
    signatures: [signNote(log, text), cosignNote(witness, text, head, 1_835_515_900)],
  });
  const [, , last] = padding;
  const proof = { index: 2, hashes: [rootOf(leaves.slice(0, 2))], checkpoint };
  const policy = `log ${formatKey(log)}\nwitness W ${formatKey(witness)}\nquorum W\n`;
  return {
    version: 1,
    padding: padding.map((one) => ({
      ...one,
      salt: one.salt.toHex(),
      opening: one.opening.toHex(),
      entry: one.entry.toHex(),
      leafHash: one.leafHash.toHex(),
    })),
    log: formatKey(log),
    policy,
    checkpoint,
    receipt: formatProof({ ...proof, extra: extraOf(last?.entry ?? new Uint8Array()) }),
    receiptWithOpening: formatProof({
      ...proof,
      extra: extraOf(last?.entry ?? new Uint8Array(), {
        salt: last?.salt ?? new Uint8Array(),
        opening: last?.opening ?? new Uint8Array(),
      }),
    }),
  };
}

test('the vectors are what this program makes of the words they are made of', () => {
  if (process.env['ROGATORY_WRITE_VECTORS'] === '1') writeFileSync(PATH, `${JSON.stringify(made(), null, 2)}\n`);
  assert.deepEqual(JSON.parse(readFileSync(PATH, 'utf8')), made());
});

test('their receipts hold, and their checkpoint is signed by plain Ed25519 over the note', async () => {
  const { log, policy, receipt, receiptWithOpening, checkpoint } = made();
  const key = must(parseKey(log));
  for (const one of [receipt, receiptWithOpening])
    assert.equal(must(await verifyReceipt(one, key, must(parsePolicy(policy)), verifySignature)).index, 2);
  const { note } = must(parseCheckpoint(checkpoint));
  const publicKey = createPublicKey({ key: Buffer.from(key.key), format: 'raw-public', asymmetricKeyType: 'ed25519' });
  assert.ok(verify(null, Buffer.from(note.text), publicKey, note.signatures[0]?.bytes ?? Buffer.of()));
});
