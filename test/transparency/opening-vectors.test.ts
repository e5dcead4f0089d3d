// The commitment as docs/spec/opening.md writes it, made again here with node:crypto alone, and held against the vectors beside it.

import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commit, openingBytes } from '../../src/transparency/opening.ts';
import { ROOT } from '../../tools/tree.ts';

type Vector = {
  readonly what: string;
  readonly salt: string;
  readonly opening: {
    readonly caseId: string;
    readonly seq: number;
    readonly previous: string | null;
    readonly at: string;
    readonly actor: string;
    readonly type: string;
    readonly bodyHash: string;
  };
  readonly body: string;
  readonly openingBytes: string;
  readonly commitment: string;
};

const { version, vectors } = JSON.parse(readFileSync(`${ROOT}/docs/spec/opening-vectors.json`, 'utf8')) as {
  version: number;
  vectors: Vector[];
};
const hex = (text: string | null): Buffer => Buffer.from(text ?? '', 'hex');

/** A field with its length before it, as the document says. */
function field(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function written({ opening }: Vector): Buffer {
  const { caseId, seq, previous, at, actor, type, bodyHash } = opening;
  const fields = [caseId, String(seq), hex(previous), at, actor, type, hex(bodyHash)];
  return Buffer.concat([Buffer.of(version), ...fields.map(field)]);
}

const hmac = (salt: string, bytes: Buffer): string =>
  createHmac('sha256', hex(salt)).update('rogatory/commit/v1').update(field(bytes)).digest('hex');

test('there are vectors, of version 1, with a first step, a chain and a step of the clock', () => {
  assert.equal(version, 1);
  assert.equal(vectors[0]?.opening.previous, null);
  assert.ok(vectors.some(({ opening }) => opening.actor === 'clock'));
  for (const [n, { opening }] of vectors.entries()) {
    assert.equal(opening.seq, n + 1);
    if (n > 0) assert.equal(opening.previous, vectors[n - 1]?.commitment);
  }
});

for (const vector of vectors) {
  test(`whoever has the document and a hash function makes the same commitment: ${vector.what}`, () => {
    assert.equal(createHash('sha256').update(vector.body, 'utf8').digest('hex'), vector.opening.bodyHash);
    assert.equal(written(vector).toString('hex'), vector.openingBytes);
    assert.equal(hmac(vector.salt, written(vector)), vector.commitment);
  });

  test(`the program makes the same commitment: ${vector.what}`, () => {
    const { previous, bodyHash, ...rest } = vector.opening;
    const opening = { ...rest, previous: previous === null ? null : hex(previous), bodyHash: hex(bodyHash) };
    assert.equal(Buffer.from(openingBytes(opening)).toString('hex'), vector.openingBytes);
    assert.equal(Buffer.from(commit(hex(vector.salt), opening)).toString('hex'), vector.commitment);
  });
}
