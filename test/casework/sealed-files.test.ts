// Files of sealed cases: on the disk nobody reads them, to whoever may open the case nothing changes, and wherever the
// machine stops on the way nothing is lost. Attacker: holds a copy of the disk.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { objectSeals } from '../../src/adapters/evidence/headers.ts';
import { fileStore } from '../../src/adapters/files/file-store.ts';
import { sealedFiles } from '../../src/adapters/files/sealed-files.ts';
import { draftStore } from '../../src/adapters/postgres/casework/drafts.ts';
import { fileRecords } from '../../src/adapters/postgres/casework/file-records.ts';
import { caseFiles, type FileParts } from '../../src/app/casework/files.ts';
import { putDown } from '../../src/app/casework/front-desk.ts';
import type { Actor, Draft } from '../../src/app/casework/ports.ts';
import { sealCase, unsealCase } from '../../src/app/casework/sealing.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { at, done, openOffice, type TestOffice, takeIn } from '../support/casework.ts';
import { sealTo, WHY } from '../support/sealed.ts';

const SAFE = 'The witness is safe now.';

let office: TestOffice;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

/** A letter longer than one piece of the cipher, whose words are found wherever they lie in the clear. */
const letter = (words: string): Buffer => Buffer.from(`${words} ${'. '.repeat(50_000)} ${words}`);
const arrive = (bytes: Uint8Array): Promise<CaseFile> =>
  takeIn(office.work, office.staff['duty-officer'], {
    documents: [{ name: 'letter.txt', mediaType: 'text/plain', bytes }],
  });
const seal = (file: CaseFile): Promise<CaseFile> => sealTo(office, file, [office.staff.reviewer]);
const unseal = async (file: CaseFile): Promise<CaseFile> =>
  done(await unsealCase(office.work, office.staff.approver, at(file), SAFE));

/** Every file below the data directory that holds these words. */
function onDisk(words: string): string[] {
  const all = readdirSync(office.folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  assert.ok(all.length > 0);
  return all.map((one) => join(one.parentPath, one.name)).filter((path) => readFileSync(path).includes(words));
}
async function read(file: CaseFile, who: Actor): Promise<Uint8Array | undefined> {
  const [document] = await office.work.store.documents(office.staff.oversight.id, file.id);
  return office.work.files.get(document?.sha256 ?? '', { by: who.id, caseId: file.id });
}
/** Said in a word: the difference of two long files is no help to anybody. */
const same = (bytes: Uint8Array | undefined, expected: Buffer): void =>
  assert.ok(bytes !== undefined && expected.equals(bytes), bytes ? 'other bytes' : 'there is no such file');

test('in the data directory there is no plain byte of a document of a sealed case, and it is there again when unsealed', async () => {
  const { staff } = office;
  const bytes = letter('The witness lives at Harbour Road');
  const file = await arrive(bytes);
  assert.equal(onDisk('Harbour Road').length, 1);
  await seal(file);
  assert.deepEqual(onDisk('Harbour Road'), []);
  same(await read(file, staff.reviewer), bytes);
  same(await read(file, staff.oversight), bytes);
  assert.equal(await read(file, staff['duty-officer']), undefined);
  assert.equal(await read(file, staff.approver2), undefined);
  await unseal(file);
  assert.equal(onDisk('Harbour Road').length, 1);
  same(await read(file, staff['duty-officer']), bytes);
  assert.deepEqual(
    readdirSync(join(office.folder, 'files', 'sealed')).filter((one) => one === file.id),
    [],
  );
});

test('a file that two cases share stays in the clear for the one that is not sealed, and goes when both are', async () => {
  const bytes = letter('Shared annex of two requests');
  const [one, other] = [await arrive(bytes), await arrive(bytes)];
  await seal(one);
  same(await read(other, office.staff['duty-officer']), bytes);
  assert.equal(onDisk('Shared annex').length, 1);
  await seal(other);
  assert.deepEqual(onDisk('Shared annex'), []);
  await unseal(one);
  same(await read(one, office.staff['duty-officer']), bytes);
  same(await read(other, office.staff.reviewer), bytes);
});

test('what comes into a sealed case goes under its seal at once', async () => {
  const { work, staff } = office;
  const file = await seal(await arrive(letter('First of all')));
  const of = { by: staff.reviewer.id, caseId: file.id };
  const { sha256 } = await putDown(work, { name: 'b.txt', bytes: letter('A name nobody may read') }, of);
  assert.deepEqual(onDisk('A name nobody may read'), []);
  same(await work.files.get(sha256, of), letter('A name nobody may read'));
  // With the hash alone, or through another case, nobody reads it.
  assert.equal(await work.files.get(sha256), undefined);
  const other = await arrive(letter('Another'));
  assert.equal(await work.files.get(sha256, { by: staff.reviewer.id, caseId: other.id }), undefined);
});

test('what came with a form that was dropped does not stay, and what a form still holds does', async () => {
  const { work, staff, app, keys, clock } = office;
  const drafts = draftStore(app.db, keys);
  const officer = staff['duty-officer'];
  const attached = await putDown(work, { name: 'c.txt', bytes: letter('Half a letter') });
  const draft: Draft = {
    id: work.world.newId(),
    purpose: 'receive',
    caseId: null,
    basedOn: null,
    channel: 'letter',
    measure: null,
    otherState: null,
    instrument: null,
    content: {},
    unread: {},
    documents: [attached],
    version: 1,
    changedAt: clock.now(),
  };
  assert.equal(await drafts.save(officer.id, draft), true);
  assert.deepEqual((await work.files.follow()).failed, []);
  assert.equal(onDisk('Half a letter').length, 1);
  await drafts.drop(officer.id, draft.id);
  assert.deepEqual((await work.files.follow()).failed, []);
  assert.deepEqual(onDisk('Half a letter'), []);
});

test('what was put down a moment ago is not taken away under whoever is about to name it', async () => {
  const plain = fileStore(join(office.folder, 'fresh'));
  const { sha256 } = await plain.put(letter('Fresh'));
  assert.equal(await plain.remove(sha256), false);
  same(await plain.get(sha256), letter('Fresh'));
});

test('wherever the machine stops while files follow a seal, each can be read, and the next round brings it to its end', async () => {
  const { work, staff, app, keys, folder } = office;
  const bytes = letter('Interrupted');
  const parts = {
    plain: fileStore(join(folder, 'files'), 0),
    sealed: sealedFiles(join(folder, 'files', 'sealed')),
    objects: objectSeals(join(folder, 'files', 'evidence')),
    records: fileRecords(app.db, keys),
  };
  for (const way of ['seal', 'unseal'] as const) {
    for (let steps = 0, ended = false; !ended; steps++) {
      assert.ok(steps < 40);
      const file = await arrive(bytes);
      if (way === 'unseal') await seal(file);
      const dying = { ...work, files: caseFiles(stoppedAfter(parts, steps)) };
      const acted = await (way === 'seal'
        ? sealCase(dying, staff.approver, at(file), { reason: WHY, to: [staff.reviewer.id] })
        : unsealCase(dying, staff.approver, at(file), SAFE)
      ).then(
        () => true,
        () => false,
      );
      ended = acted && !stopped;
      // As it lies on the disk at that moment: whoever may open the case reads the file.
      same(await read(file, staff.reviewer), bytes);
      assert.deepEqual((await work.files.follow()).failed, []);
      same(await read(file, staff.reviewer), bytes);
      const sealed = (await work.store.read(staff.reviewer.id, file.reference, 'request'))?.sealed;
      const left = onDisk('Interrupted');
      assert.equal(left.length, sealed ? 0 : 1, `${way}, stopped after ${steps} steps: ${left}`);
      // Not one of many cases with the same file, in the next turn.
      if (!sealed) await seal(file);
    }
  }
});

let stopped = false;

/** The same stores, that do so many steps and then none any more, as if the power had gone. */
function stoppedAfter(parts: FileParts, steps: number): FileParts {
  let left = steps;
  stopped = false;
  const counted = <T extends object>(store: T): T =>
    new Proxy(store, {
      get: (target, name) => {
        const own = Reflect.get(target, name) as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => {
          if (left-- <= 0) {
            stopped = true;
            return Promise.reject(new Error('the power is gone'));
          }
          return own(...args);
        };
      },
    });
  return {
    plain: counted(parts.plain),
    sealed: counted(parts.sealed),
    objects: counted(parts.objects),
    records: counted(parts.records),
  };
}
