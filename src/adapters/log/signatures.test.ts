// Signatures that are remembered, and hashes that OpenSSL gives, are what they would be without either.

import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import fc from 'fast-check';
import { hashRow, LEAF, NODE } from '../../transparency/merkle.ts';
import { ED25519, ML_DSA_44_COSIGNATURE } from '../../transparency/note.ts';
import { newSecret, rememberingSignatures, signerOf, verifySignature } from './signatures.ts';
import { tileStore } from './tile-store.ts';

const message = Buffer.from('a tree of 100 entries');

test('what held once holds again, and nothing else does because of it', async () => {
  for (const type of [ED25519, ML_DSA_44_COSIGNATURE] as const) {
    const { key, sign } = signerOf(type, 'log.example/log', newSecret(type));
    const other = signerOf(type, 'log.example/log', newSecret(type));
    const signature = Buffer.from(sign(message));
    const verify = rememberingSignatures();
    for (const _ of ['first', 'again']) {
      assert.equal(await verify(type, key, message, signature), true);
      assert.equal(await verify(type, other.key, message, signature), false);
      assert.equal(await verify(type, key, Buffer.from('a tree of 101 entries'), signature), false);
      // The same bytes cut elsewhere: the end of the signature as the beginning of the message.
      const [cut, longer] = [signature.subarray(0, -1), Buffer.concat([signature.subarray(-1), message])];
      assert.equal(await verify(type, key, longer, cut), false);
      assert.equal(await verify(type, key, message, other.sign(message)), false);
    }
  }
});

test('of more signatures than there are processors each has its own answer', async () => {
  const { key, sign } = signerOf(ED25519, 'log.example/log', newSecret(ED25519));
  const messages = Array.from({ length: 3 * availableParallelism() }, (_, n) => Buffer.from(`a tree of ${n} entries`));
  for (const _ of ['first', 'again']) {
    const answers = messages.map((one, n) =>
      verifySignature(ED25519, n % 3 === 0 ? Buffer.from('no key') : key, one, sign(n % 2 === 0 ? one : message)),
    );
    const expected = messages.map((_, n) => n % 3 !== 0 && n % 2 === 0);
    assert.deepEqual(await Promise.all(answers), expected);
  }
});

test('what was forgotten is checked again', async () => {
  const { key, sign } = signerOf(ED25519, 'log.example/log', newSecret(ED25519));
  const verify = rememberingSignatures(1);
  const messages = ['one', 'two', 'three'].map((text) => Buffer.from(text));
  for (const _ of ['first', 'again'])
    for (const one of messages) assert.equal(await verify(ED25519, key, one, sign(one)), true);
});

test('rows are hashed by OpenSSL as they are everywhere', () => {
  const { hashes } = tileStore('nowhere');
  assert.ok(hashes);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 700 }), fc.integer({ min: 1, max: 80 }), (row, length) => {
      for (const before of [LEAF, NODE]) assert.deepEqual(hashes(before, row, length), hashRow(before, row, length));
    }),
  );
});
