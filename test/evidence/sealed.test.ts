// Evidence of sealed cases opens with the key of the case and not without, and wherever the machine stops nothing is lost.
// Attacker: runs the node: holds its disk, and the key under which it keeps evidence.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { openAge, openerFor } from '../../src/adapters/evidence/age.ts';
import { headerPath, objectPath, objectSeals } from '../../src/adapters/evidence/headers.ts';
import { storageKey } from '../../src/adapters/evidence/object-store.ts';
import { openPackage } from '../../src/adapters/evidence/read-package.ts';
import { fileRecords } from '../../src/adapters/postgres/casework/file-records.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import { sealCase, unsealCase } from '../../src/app/casework/sealing.ts';
import { makePackage } from '../../src/app/evidence/packing.ts';
import { clearUploads } from '../../src/app/evidence/uploading.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import type { ObjectId } from '../../src/domain/evidence/evidence.ts';
import { done } from '../support/casework.ts';
import { type Bench, evidenceBench } from './bench.ts';

const MAIL = Buffer.concat([Buffer.from('From a@mail.example\n'), randomBytes(200_000)]);
const SAFE = 'The witness is safe now.';

let bench: Bench;
let file: CaseFile;
let first: ObjectId;
let folder: string;
before(async () => {
  bench = await evidenceBench();
  folder = join(bench.office.folder, 'files', 'evidence');
  file = await bench.take(MAIL);
  first = (file.evidence.objects[0] ?? assert.fail()).object;
});
after(() => bench.close());

const target = () => ({ reference: file.reference, version: null });
const seal = async () => {
  const { work, staff } = bench.office;
  const to = [staff.reviewer.id, staff['executing-unit'].id];
  done(await sealCase(work, staff.approver, target(), { reason: 'A witness could be told from it.', to }));
};
const unseal = (reason = SAFE) => unsealCase(bench.office.work, bench.office.staff.approver, target(), reason);
async function all(source: AsyncIterable<Uint8Array> | undefined): Promise<Buffer | undefined> {
  if (source === undefined) return undefined;
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}
const read = async (who: Actor, id = first) => all(await bench.ports.objects.open(id, { by: who.id, caseId: file.id }));
/** As the operator would: with the key of the node and what lies on the disk. */
const byNode = async (id = first) => {
  const { identity } = await storageKey(bench.office.folder);
  return all(openAge(createReadStream(objectPath(folder, id)), openerFor([identity])));
};
const same = (bytes: Buffer | undefined, expected = MAIL) => assert.ok(bytes?.equals(expected));

test('with the key of the node alone an object of a sealed case does not open, and for those entitled nothing changes', async () => {
  const { staff, work } = bench.office;
  same(await byNode());
  await seal();
  await assert.rejects(byNode(), { name: 'NotOpened' });
  // Nor does what lies beside it give the header away.
  assert.ok(!readFileSync(headerPath(folder, first)).includes('age-encryption'));
  same(await read(staff.reviewer));
  same(await read(staff.oversight));
  assert.equal(await read(staff['duty-officer']), undefined);
  assert.equal(await read(staff.approver2), undefined);
  const identity = await generateX25519Identity();
  const fingerprint = await bench.confirmed(await identityToRecipient(identity));
  const packing = { objects: [first], fingerprints: [fingerprint], purpose: 'The answer to their request.' };
  const signed = await bench.signed({ act: 'evidence.package', ...packing });
  const made = done(await makePackage(work, bench.ports, staff.approver, target(), signed)).evidence.packages.at(-1);
  const sealed = await bench.ports.packages.open(made?.package ?? '');
  assert.ok(sealed && (await openPackage(sealed, openerFor([identity]))).ok);
});

test('what comes into a sealed case goes under its seal with the step, and is no upload that was left', async () => {
  const { staff, work, clock } = bench.office;
  const bytes = randomBytes(70_000);
  const id = ((await bench.take(bytes, { name: 'more.mbox' })).evidence.objects.at(-1) ?? assert.fail()).object;
  await assert.rejects(byNode(id), { name: 'NotOpened' });
  same(await read(staff.reviewer, id), bytes);
  // A process that ended between the step and the end of its upload left the upload behind.
  const upload = { id, caseId: file.id, size: bytes.length, partSize: bytes.length, begunAt: clock.now() };
  await bench.ports.uploads.begin(staff['executing-unit'].id, upload);
  clock.days(8);
  assert.equal(await clearUploads(work, bench.ports), 1);
  same(await read(staff.reviewer, id), bytes);
});

test('wherever the machine stops while headers are taken away or put back, the object opens, and the next round goes on', async () => {
  const { staff, app, keys, work } = bench.office;
  const key = await fileRecords(app.db, keys).keyOf({ by: staff.reviewer.id, caseId: file.id });
  assert.ok(key);
  const { shut, bare } = objectSeals(folder);
  const whole = readFileSync(objectPath(folder, first));
  // Half of the zeros were written.
  const half = Buffer.from(whole);
  half.write('age-encryption.org/v1\n-> mlkem768x25519', 0);
  writeFileSync(objectPath(folder, first), half);
  same(await read(staff.reviewer));
  await shut(first, key);
  assert.ok(readFileSync(objectPath(folder, first)).equals(whole));
  // Put back, and the seal stays after all.
  await bare(first, key);
  await bare(first, key);
  same(await byNode());
  same(await read(staff.reviewer));
  await fileRecords(app.db, keys).moving({ by: staff.approver.id, caseId: file.id });
  assert.deepEqual((await work.files.follow()).failed, []);
  await assert.rejects(byNode(), { name: 'NotOpened' });
  same(await read(staff.reviewer));
});

test('an unsealing that is refused leaves everything under the seal, and one that is done opens it to the node again', async () => {
  const { staff } = bench.office;
  assert.equal((await unseal('')).is, 'refused');
  await assert.rejects(byNode(), { name: 'NotOpened' });
  done(await unseal());
  same(await byNode());
  same(await read(staff['duty-officer']));
  await seal();
  await assert.rejects(byNode(), { name: 'NotOpened' });
  same(await read(staff.reviewer));
});
