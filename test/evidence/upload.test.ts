// Uploads: in parts, each with its hash, gone on with after a break, sealed as they come, and never two texts in one place.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CHUNK_BYTES, openAge, openerFor } from '../../src/adapters/evidence/age.ts';
import { objectStore, type StorageKey, storageKey } from '../../src/adapters/evidence/object-store.ts';
import { uploadStore } from '../../src/adapters/postgres/evidence/uploads.ts';
import { reportTask, giveTask } from '../../src/app/casework/executing.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import type { ObjectStore, UploadStore } from '../../src/app/evidence/ports.ts';
import {
  beginUpload,
  clearUploads,
  dropUpload,
  endReceiving,
  takePart,
  takeStream,
} from '../../src/app/evidence/uploading.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import type { Coverage, ObjectId } from '../../src/domain/evidence/evidence.ts';
import { done, openOffice, refusals, type TestOffice } from '../support/casework.ts';
import { arrives, decided } from '../support/decided.ts';

let office: TestOffice;
let key: StorageKey;
const keyOf = async () => null;
let objects: ObjectStore;
let uploads: UploadStore;
let file: CaseFile;
let unit: Actor;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
before(async () => {
  office = await openOffice();
  key = await storageKey(office.folder);
  objects = objectStore(join(office.folder, 'objects'), key, keyOf);
  uploads = uploadStore(office.app.db);
  unit = office.staff['executing-unit'];
  const ready = await decided(office, await arrives(office));
  const { work, staff } = office;
  file = done(
    await giveTask(work, staff.reviewer, { reference: ready.reference, version: null }, { task: 1, unit: 'Unit 3' }),
  );
});
after(() => office.close());

const COVERS: readonly Coverage[] = [
  { account: 'intruder@mail.example', category: 'content', from: '2028-01-02', to: '2028-01-10' } as Coverage,
];
const said = (upload: ObjectId, name = 'mail.mbox') => ({
  upload,
  name,
  mediaType: 'application/mbox',
  task: 1,
  receivedFrom: 'Mail Example',
  covers: COVERS,
});
const target = () => ({ reference: file.reference, version: null });
const begin = async (size: number, store = objects) => {
  const begun = await beginUpload(office.work, { objects: store, uploads }, unit, file.reference, size);
  assert.ok(begun.is === 'begun', begun.is);
  return begun.upload;
};
const send = (id: ObjectId, from: number, part: Uint8Array, hash = sha256(part), store = objects) =>
  takePart({ objects: store, uploads }, unit, id, from, part, { sha256: hash, is: sha256(part) });
async function bytesOf(id: ObjectId, store = objects): Promise<Buffer> {
  const source = await store.open(id, { by: unit.id, caseId: file.id });
  assert.ok(source);
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

test('a file of several parts comes in, and is an object with the hash of its bytes and the steps of its custody', async () => {
  const plain = randomBytes(2 * objects.partBytes + 70_000);
  const { id, partSize } = await begin(plain.length);
  for (let from = 0; from < plain.length; from += partSize) {
    const taken = await send(id, from, plain.subarray(from, from + partSize));
    assert.deepEqual(taken, { is: 'taken', at: Math.min(plain.length, from + partSize) });
  }
  const now = done((await endReceiving(office.work, { objects, uploads }, unit, target(), said(id))) as never);
  const object = now.evidence.objects.find((one) => one.object === id);
  assert.equal(object?.sha256, sha256(plain));
  assert.equal(object?.size, plain.length);
  assert.deepEqual(object?.flags, []);
  assert.equal(sha256(await bytesOf(id)), sha256(plain));
  assert.equal(await uploads.find(unit.id, id), undefined);
  // On the disk lies an age file that the key of the node opens, and none of what it says.
  const kept = join(office.folder, 'objects', `${id}.age`);
  assert.ok(!readFileSync(kept).includes(plain.subarray(1000, 1032)));
  const opened: Uint8Array[] = [];
  for await (const part of openAge(createReadStream(kept), openerFor([key.identity]))) opened.push(part);
  assert.equal(sha256(Buffer.concat(opened)), sha256(plain));
});

test('after the process ended, another goes on where the last whole part ended, whatever a broken one left on the disk', async () => {
  const plain = randomBytes(2 * objects.partBytes + 3);
  const { id, partSize } = await begin(plain.length);
  await send(id, 0, plain.subarray(0, partSize));
  // The next part was put down and half written when the power went.
  const second = plain.subarray(partSize, 2 * partSize);
  await uploads.intend(unit.id, id, 1, sha256(second));
  const kept = join(office.folder, 'objects', `${id}.age`);
  writeFileSync(kept, Buffer.alloc(100_000, 7), { flag: 'a' });
  const later = objectStore(join(office.folder, 'objects'), key, keyOf);
  assert.equal((await uploads.find(unit.id, id))?.at, partSize);
  assert.deepEqual(await send(id, 0, plain.subarray(0, partSize), undefined, later), {
    is: 'out-of-order',
    at: partSize,
  });
  assert.equal((await send(id, partSize, second, undefined, later)).is, 'taken');
  const third = objectStore(join(office.folder, 'objects'), key, keyOf);
  assert.equal((await send(id, 2 * partSize, plain.subarray(2 * partSize), undefined, third)).is, 'taken');
  const last = objectStore(join(office.folder, 'objects'), key, keyOf);
  const now = done((await endReceiving(office.work, { objects: last, uploads }, unit, target(), said(id))) as never);
  assert.equal(now.evidence.objects.at(-1)?.sha256, sha256(plain));
  assert.equal(sha256(await bytesOf(id)), sha256(plain));
});

test('a part that was damaged on the way is sent again; one of another file is refused for its place, since two texts under one key give both away', async () => {
  const plain = randomBytes(objects.partBytes + 5);
  const { id, partSize } = await begin(plain.length);
  const part = plain.subarray(0, partSize);
  assert.deepEqual(await send(id, 0, part, sha256(plain)), { is: 'damaged' });
  await uploads.intend(unit.id, id, 0, sha256(part));
  assert.deepEqual(await send(id, 0, randomBytes(partSize)), { is: 'other-file' });
  assert.deepEqual(await send(id, 0, part), { is: 'taken', at: partSize });
  assert.deepEqual(await send(id, 0, part), { is: 'out-of-order', at: partSize });
  assert.deepEqual(await send(id, partSize, plain), { is: 'out-of-order', at: partSize });
  assert.deepEqual(await endReceiving(office.work, { objects, uploads }, unit, target(), said(id)), {
    is: 'unfinished',
    at: partSize,
    size: plain.length,
  });
});

test('what is refused at the end stays uploaded, and is said anew without sending it again', async () => {
  const plain = randomBytes(CHUNK_BYTES);
  const { id } = await begin(plain.length);
  await send(id, 0, plain);
  const ports = { objects, uploads };
  const acted = await endReceiving(office.work, ports, unit, target(), { ...said(id), covers: [] });
  assert.deepEqual(refusals(acted as never), ['evidence.covers-missing']);
  const beyond = [{ ...(COVERS[0] as Coverage), to: '2028-03-01' } as Coverage];
  const now = done((await endReceiving(office.work, ports, unit, target(), { ...said(id), covers: beyond })) as never);
  assert.deepEqual(
    now.evidence.objects.at(-1)?.flags.map(({ code, line }) => [code, line]),
    [['after', '/dataCategories/0/to']],
  );
});

test('an upload is seen by the person whose it is and nobody else, in its case and no other', async () => {
  const { id } = await begin(10);
  const other = office.staff['duty-officer'];
  assert.equal(await uploads.find(other.id, id), undefined);
  assert.equal(
    (await takePart({ objects, uploads }, other, id, 0, Buffer.alloc(10), { sha256: 'a', is: 'a' })).is,
    'absent',
  );
  assert.equal(await dropUpload(office.work, { objects, uploads }, other, id), false);
  const second = await arrives(office);
  const there = { reference: second.reference, version: null };
  await send(id, 0, Buffer.alloc(10));
  assert.equal((await endReceiving(office.work, { objects, uploads }, other, there, said(id))).is, 'absent');
  assert.equal(await dropUpload(office.work, { objects, uploads }, unit, id), true);
  assert.equal(await objects.open(id, { by: unit.id, caseId: file.id }), undefined);
});

test('nobody without the role begins one, none is endless, and what was left lying is cleared away after a week', async () => {
  const ports = { objects, uploads };
  const { work, staff } = office;
  assert.equal((await beginUpload(work, ports, staff.approver, file.reference, 10)).is, 'not-allowed');
  assert.equal((await beginUpload(work, ports, unit, 'BB-2028-999999' as never, 10)).is, 'absent');
  for (const size of [0, -1, 1.5, 2 ** 41, Number.NaN])
    assert.equal((await beginUpload(work, ports, unit, file.reference, size)).is, 'too-large');
  const whole = await takeStream(work, ports, unit, file.reference, [Buffer.from('A file of a form.')], 1_000, sha256);
  assert.ok(whole.is === 'begun' && whole.upload.at === 17);
  assert.equal(await clearUploads(work, ports), 0);
  office.clock.days(8);
  assert.ok((await clearUploads(work, ports)) > 0);
  assert.equal(await objects.open(whole.upload.id, { by: unit.id, caseId: file.id }), undefined);
});

test('an object that was changed on the disk does not open', async () => {
  const plain = randomBytes(300_000);
  const whole = await takeStream(office.work, { objects, uploads }, unit, file.reference, [plain], 2 ** 40, sha256);
  assert.ok(whole.is === 'begun');
  const { id } = whole.upload;
  await objects.finish(id, plain.length);
  const kept = join(office.folder, 'objects', `${id}.age`);
  truncateSync(kept, statSync(kept).size - 16 - 1);
  await assert.rejects(bytesOf(id), { name: 'NotOpened' });
});

test('a file of unknown length ends where it ends, at the end of a part or within one, and leaves nothing where it breaks off', async () => {
  const ports = { objects, uploads };
  const { work } = office;
  for (const size of [1, objects.partBytes, objects.partBytes + 1]) {
    const plain = randomBytes(size);
    const pieces = [plain.subarray(0, size / 2), plain.subarray(size / 2)];
    const taken = await takeStream(work, ports, unit, file.reference, pieces, 2 ** 33, sha256);
    assert.ok(taken.is === 'begun');
    const { id } = taken.upload;
    assert.deepEqual([taken.upload.at, (await uploads.find(unit.id, id))?.size], [size, size]);
    assert.equal(await objects.finish(id, size), sha256(plain));
    assert.equal(sha256(await bytesOf(id)), sha256(plain));
    await dropUpload(work, ports, unit, id);
  }
  const before = (await uploads.ofCase(unit.id, file.id)).length;
  async function* broken() {
    yield randomBytes(objects.partBytes + 5);
    throw new Error('the line is down');
  }
  await assert.rejects(takeStream(work, ports, unit, file.reference, broken(), 2 ** 33, sha256), /line is down/);
  assert.equal((await uploads.ofCase(unit.id, file.id)).length, before);
});

test('a task may be reported on with the hash of what came in', async () => {
  const [object] = file.evidence.objects;
  const hashes = [object?.sha256 ?? 'a'.repeat(64)];
  const report = { task: 1, came: 'produced' as const, count: 1, hashes, reasons: '' };
  done(await reportTask(office.work, unit, target(), report));
});
