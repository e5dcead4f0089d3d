// What the independent verifier stands on: its own SHA-256 and HMAC, paths through trees, keys, checkpoints and policies.

import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  hmac,
  leafHash,
  parseCheckpoint,
  parseKey,
  parsePolicy,
  rootFrom,
  Sha256,
  sha256,
  Unusable,
} from '../../verify/verify.ts';

const VECTORS = new URL('../../../shared/vectors/transparency-dev-merkle/testdata/inclusion', import.meta.url).pathname;

test('SHA-256 and HMAC give what the platform gives, however the bytes arrive', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }),
      fc.uint8Array({ maxLength: 64 }),
      (pieces, key) => {
        const whole = Buffer.concat(pieces);
        const fed = pieces.reduce((hash, piece) => hash.add(piece), new Sha256()).end();
        assert.equal(Buffer.from(fed).toString('hex'), createHash('sha256').update(whole).digest('hex'));
        assert.equal(
          Buffer.from(hmac(key, whole)).toString('hex'),
          createHmac('sha256', key).update(whole).digest('hex'),
        );
      },
    ),
  );
  assert.equal(
    Buffer.from(sha256(new Uint8Array(1_000_003))).toString('hex'),
    createHash('sha256').update(new Uint8Array(1_000_003)).digest('hex'),
  );
});

const skip = existsSync(VECTORS) ? false : 'the outside vectors are not here';
test('a path leads to the root exactly where the vectors of transparency-dev say so', { skip }, () => {
  const files = readdirSync(VECTORS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  assert.ok(files.length >= 98);
  for (const name of files) {
    const vector = JSON.parse(readFileSync(join(VECTORS, name), 'utf8')) as {
      leafIdx: number;
      treeSize: number;
      root: string;
      leafHash: string;
      proof: string[] | null;
      wantErr: boolean;
    };
    const bytes = (digits: string | null) => new Uint8Array(Buffer.from(digits ?? '', 'base64'));
    const found = rootFrom(bytes(vector.leafHash), vector.leafIdx, vector.treeSize, (vector.proof ?? []).map(bytes));
    const good = found !== undefined && Buffer.from(found).equals(bytes(vector.root));
    assert.equal(good, !vector.wantErr, name);
  }
});

const VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';

test('a verifier key whose id is not made from it is refused', () => {
  assert.equal(parseKey(VKEY).name, 'example.com/foo');
  assert.throws(() => parseKey(VKEY.replace('530d903a', '530d903b')), Unusable);
  assert.throws(() => parseKey(VKEY.replace('U2k', 'U2l')), Unusable);
});

test('a checkpoint needs origin, size and root, and its sizes have one form', () => {
  const root = Buffer.from(leafHash(new Uint8Array())).toString('base64');
  assert.equal(parseCheckpoint(`a.example/log\n7\n${root}\n\n\u2014 a.example/log AAAAAAAA\n`).size, 7);
  for (const size of ['07', '-1', '1e3', '', '99999999999999999'])
    assert.throws(() => parseCheckpoint(`a.example/log\n${size}\n${root}\n\n`), Unusable, size);
  assert.throws(() => parseCheckpoint(`a.example/log\n7\n${root.slice(4)}\n\n`), Unusable);
  assert.throws(() => parseCheckpoint('gibberish'), Unusable);
});

test('a policy names each key once, each group only members named before, and one quorum', () => {
  const line = `witness w ${VKEY}`;
  assert.equal(parsePolicy(`# ours\n\n${line}\ngroup g 1 w\nquorum g\n`).quorum, 'g');
  for (const bad of [
    line,
    `${line}\nquorum nobody`,
    `${line}\nquorum w\nquorum w`,
    `${line}\nwitness v ${VKEY}\nquorum w`,
    `${line}\ngroup g 2 w\nquorum g`,
    `${line}\ngroup g 0 w\nquorum g`,
    `${line}\ngroup g any w x\nquorum g`,
    `${line}\ngroup g any w\ngroup h any w\nquorum h`,
    `log ${VKEY} \nsomething else\nquorum none`,
  ])
    assert.throws(() => parsePolicy(bad), Unusable, bad);
});
