// The verifier of strangers reads a package as it comes: memory stays flat, and each thing that was changed is named.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { openAge, openerFor } from '../../src/adapters/evidence/age.ts';
import { makePackage } from '../../src/app/evidence/packing.ts';
import { answer } from '../../verify/command.ts';
import { Unusable, verifyEvidence } from '../../verify/verify.ts';
import { done } from '../support/casework.ts';
import { type Bench, evidenceBench } from './bench.ts';
import { held } from './held.ts';

const SIZE = 48_000_000;
let bench: Bench;
let opened: () => AsyncGenerator<Uint8Array>;
before(async () => {
  bench = await evidenceBench();
  const { work, staff } = bench.office;
  await bench.take(randomBytes(SIZE));
  const file = await bench.take(Buffer.from('From a@mail.example\n'), { name: 'short.mbox' });
  const identity = await generateX25519Identity();
  const fingerprints = [await bench.confirmed(await identityToRecipient(identity))];
  const objects = file.evidence.objects.map(({ object }) => object);
  const packing = { objects, fingerprints, purpose: 'The answer to their request.' };
  const signed = await bench.signed({ act: 'evidence.package', ...packing });
  const target = { reference: file.reference, version: null };
  const made = done(await makePackage(work, bench.ports, staff.approver, target, signed)).evidence.packages.at(-1);
  opened = async function* () {
    yield* openAge((await bench.ports.packages.open(made?.package ?? '')) ?? assert.fail(), openerFor([identity]));
  };
});
after(() => bench.close());

/** The same bytes with one of them changed. */
async function* changed(at: number): AsyncGenerator<Uint8Array> {
  let before = 0;
  for await (const piece of opened()) {
    const here = Buffer.from(piece);
    if (at >= before && at < before + here.length) here[at - before] = (here[at - before] ?? 0) ^ 1;
    before += here.length;
    yield here;
  }
}

test('a package is proven as it streams by, and memory does not grow with it', async () => {
  const start = held();
  let [most, n] = [0, 0];
  async function* watched() {
    for await (const piece of opened()) {
      if (n++ % 100 === 0) most = Math.max(most, held() - start);
      yield piece;
    }
  }
  const verdict = await verifyEvidence(watched(), undefined);
  assert.deepEqual([verdict.proven, verdict.wrong], [true, []]);
  assert.ok(most < SIZE / 2, `${most}`);
});

test('an object that was changed is named, an archive cut short proves nothing, and one still sealed says what to do', async () => {
  const verdict = await verifyEvidence(changed(SIZE / 2), undefined);
  assert.equal(verdict.proven, false);
  assert.deepEqual([...new Set(verdict.wrong.map(({ key }) => key))], ['evidence.changed', 'evidence.object']);
  const parts: Uint8Array[] = [];
  for await (const piece of opened()) parts.push(piece);
  const whole = Buffer.concat(parts);
  await assert.rejects(verifyEvidence([whole.subarray(0, SIZE)], undefined), Unusable);
  await assert.rejects(verifyEvidence([Buffer.alloc(0)], undefined), Unusable);
  await assert.rejects(verifyEvidence([Buffer.from('age-encryption.org/v1\n-> X25519 x')], undefined), /age -d/);
  // By the command, which hashes by the platform, and in whatever pieces it comes.
  const path = join(bench.office.folder, 'package.tar');
  writeFileSync(path, whole);
  const { text, status } = await answer({ what: 'evidence', of: path }, false);
  assert.equal(status, 0, text);
  assert.equal((await answer({ what: 'evidence', of: `${path}.not` }, false)).status, 2);
});
