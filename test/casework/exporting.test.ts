// The export of a whole case: what stands in it, who may take it, and what taking it leaves behind. Checked by hand here from
// docs/spec/case-export.md with node:crypto alone, and by the verifier that shares no code with the node.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { caseArchive } from '../../src/adapters/files/case-archive.ts';
import { loadCatalogues } from '../../src/adapters/files/message-store.ts';
import { openedSteps } from '../../src/adapters/postgres/casework/openings.ts';
import type { CaseExport, ExportPorts } from '../../src/app/casework/export-ports.ts';
import { exportCase, type Taker } from '../../src/app/casework/exporting.ts';
import { sealCase } from '../../src/app/casework/sealing.ts';
import type { CaseFile, Reference } from '../../src/domain/docket/case-file.ts';
import { canonicalJson, type Json } from '../../src/kernel/canonical-json.ts';
import type { Language } from '../../src/kernel/language.ts';
import { readableCase } from '../../src/web/exporting/readable.ts';
import { PAGE_LANGUAGES } from '../../src/web/messages.ts';
import { verifyCase } from '../../verify/verify.ts';
import { done, openOffice, type TestOffice, takeIn } from '../support/casework.ts';
import { arrives, decided } from '../support/decided.ts';
import { WHY } from '../support/sealed.ts';

let office: TestOffice;
let ports: ExportPorts;
before(async () => {
  office = await openOffice();
  const { work, app, keys } = office;
  ports = {
    steps: (by, id) => openedSteps(app.db, keys, by, id),
    readable: readableCase({
      ...work.law,
      catalogues: loadCatalogues(PAGE_LANGUAGES),
      timeZone: () => 'UTC',
    }),
    archive: (folder, files) => caseArchive(folder, files, 0),
  };
});
after(() => office.close());

const take = (taker: Taker, reference: string, language: Language = 'en') =>
  exportCase(office.work, ports, taker, reference as Reference, language);

let taken = 0;
/** The export unpacked by the machine's own tar, as somebody outside would. */
async function unpacked(taker: Taker, file: CaseFile, language?: Language) {
  const exported = await take(taker, file.reference, language);
  if (exported.is !== 'exported') throw new Error(JSON.stringify(exported));
  const pieces: Uint8Array[] = [];
  for await (const piece of exported.archive) pieces.push(piece);
  const archive = Buffer.concat(pieces);
  const at = join(office.folder, `export-${taken++}`);
  mkdirSync(at);
  const { status, stderr } = spawnSync('tar', ['-x', '-C', at], { input: archive });
  assert.equal(status, 0, String(stderr));
  assert.deepEqual(readdirSync(at), [file.reference]);
  const folder = join(at, file.reference);
  const text = readFileSync(join(folder, 'case.json'), 'utf8');
  return { archive, folder, text, copy: JSON.parse(text) as CaseExport, sha256: exported.sha256 };
}
const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The commitment of docs/spec/opening.md, made again from the words of that page. */
function commitmentOf(id: string, step: CaseExport['steps'][number]): string {
  const u32 = (n: number): Buffer => Buffer.from([n >>> 24, n >>> 16, n >>> 8, n]);
  const field = (bytes: Buffer): Buffer => Buffer.concat([u32(bytes.length), bytes]);
  const text = (value: string): Buffer => field(Buffer.from(value));
  const opening = Buffer.concat([
    Buffer.of(1),
    text(id),
    text(String(step.seq)),
    field(Buffer.from(step.previous ?? '', 'hex')),
    text(step.at),
    text(step.actor),
    text(step.type),
    field(createHash('sha256').update(step.body).digest()),
  ]);
  return createHmac('sha256', Buffer.from(step.salt ?? '', 'hex'))
    .update('rogatory/commit/v1')
    .update(u32(opening.length))
    .update(opening)
    .digest('hex');
}

test('a stranger with tar, sha256sum and the specification checks every file and every step', async () => {
  const { work, staff } = office;
  const file = await decided(office, await arrives(office));
  const { folder, text, copy, sha256: hash } = await unpacked(staff.approver, file);
  assert.equal(text, canonicalJson(copy as unknown as Json));
  assert.equal(sha256(text), hash);
  const checked = spawnSync('sha256sum', ['-c', 'manifest-sha256.txt'], { cwd: folder });
  assert.equal(checked.status, 0, String(checked.stderr));
  assert.equal(copy.length, file.version);
  assert.equal(copy.steps.length, file.version);
  let previous: string | null = null;
  for (const [n, step] of copy.steps.entries()) {
    assert.equal(step.seq, n + 1);
    assert.equal(step.previous, previous);
    assert.equal(sha256(step.body), step.bodyHash);
    assert.equal(JSON.parse(step.body).type, step.type);
    assert.equal(commitmentOf(copy.case.id, step), step.commitment);
    previous = step.commitment;
  }
  const countersigned = copy.steps.find(({ type }) => type === 'decision.countersigned');
  const proposed = copy.steps.find(({ type }) => type === 'decision.proposed');
  assert.notEqual(countersigned?.actor, proposed?.actor);
  assert.equal(copy.people[staff.approver.id], 'Ada Approver');
  // The next export has this one on record.
  const later = await unpacked(staff.approver, file);
  const noted = later.copy.steps.find(({ type }) => type === 'docket.exported');
  assert.deepEqual(JSON.parse(noted?.body ?? ''), {
    type: 'docket.exported',
    by: staff.approver.id,
    sha256: hash,
    steps: file.version,
  });
  assert.equal(noted?.actor, staff.approver.id);
  assert.equal((await work.store.read(staff.approver.id, file.reference, 'request'))?.version, file.version + 2);
});

test('the independent verifier finds the export proven, and any change of a step it finds out', async () => {
  const file = await decided(office, await arrives(office));
  const { text, archive, copy } = await unpacked(office.staff.approver, file);
  assert.equal((await verifyCase(archive, undefined)).proven, true);
  const given = Buffer.from(text);
  assert.equal((await verifyCase(given, undefined)).proven, true);
  const changed = (change: (steps: CaseExport['steps'][number][]) => void) => {
    const other = structuredClone(copy) as unknown as { steps: CaseExport['steps'][number][]; length: number };
    change(other.steps);
    other.length = other.steps.length;
    return verifyCase(Buffer.from(canonicalJson(other as unknown as Json)), undefined);
  };
  for (const change of [
    (steps: CaseExport['steps'][number][]) => steps.splice(3, 1),
    (steps: CaseExport['steps'][number][]) => steps.splice(2, 2, ...steps.slice(2, 4).reverse()),
    (steps: CaseExport['steps'][number][]) => {
      const last = steps.at(-1);
      if (last) steps[steps.length - 1] = { ...last, actor: office.staff.reviewer.id };
    },
  ])
    assert.equal((await changed((steps) => void change(steps))).proven, false);
});

test('the page inside tells the whole timeline in the reader’s language, runs nothing and fetches nothing', async () => {
  const { work, staff } = office;
  const hostile = await takeIn(work, staff['duty-officer'], {
    documents: [
      { name: '<script>alert(1)</script>.txt', mediaType: 'text/plain', bytes: Buffer.from('hello') },
      { name: 'letter.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-') },
    ],
  });
  const english = readFileSync(join((await unpacked(staff.approver, hostile)).folder, 'index.html'), 'utf8');
  assert.match(english, /The request was registered/);
  assert.match(english, /Dana Duty/);
  assert.doesNotMatch(english, /<script|https?:|href="\/|src=|<form/);
  const paths = [...english.matchAll(/href="(documents\/[^"]+)"/g)].map(([, path]) => path);
  assert.deepEqual(paths.sort(), [`documents/${sha256('%PDF-')}.pdf`, `documents/${sha256('hello')}.txt`].sort());
  const { folder } = await unpacked(staff.approver, hostile, 'ar');
  const arabic = readFileSync(join(folder, 'index.html'), 'utf8');
  assert.match(arabic, /<html lang="ar" dir="rtl">/);
  assert.equal(readFileSync(join(folder, 'documents', `${sha256('hello')}.txt`), 'utf8'), 'hello');
});

test('who may not export, or may not see the case, gets nothing and leaves nothing behind', async () => {
  const { work, staff } = office;
  const file = await arrives(office);
  for (const role of ['duty-officer', 'reviewer', 'executing-unit', 'registrar'] as const)
    assert.deepEqual(await take(staff[role], file.reference), { is: 'not-allowed' });
  assert.deepEqual(await take(staff.approver, 'BB-2028-999999'), { is: 'absent' });
  assert.deepEqual(await take('operator', 'BB-2028-999999'), { is: 'absent' });
  assert.equal((await work.store.read(staff.approver.id, file.reference, 'request'))?.version, file.version);
});

test('a sealed case is exported opened by whoever may open it, and by nobody else, the operator of the machine included', async () => {
  const { work, staff, owner } = office;
  const bytes = Buffer.from('The witness lives at Harbour Road.');
  const file = await takeIn(work, staff['duty-officer'], {
    documents: [{ name: 'witness.txt', mediaType: 'text/plain', bytes }],
  });
  const target = { reference: file.reference, version: null };
  const sealed = done(await sealCase(work, staff.approver, target, { reason: WHY, to: [staff.reviewer.id] }));
  assert.deepEqual(await take(staff.approver2, file.reference), { is: 'absent' });
  assert.deepEqual(await take('operator', file.reference), {
    is: 'refused',
    refusals: [{ code: 'docket.export-sealed' }],
  });
  const { folder, copy, archive } = await unpacked(staff.approver, sealed);
  assert.equal(copy.case.sealed, true);
  assert.equal(copy.documents[0]?.name, 'witness.txt');
  assert.deepEqual(readFileSync(join(folder, copy.documents[0]?.path ?? '')), bytes);
  assert.equal((await verifyCase(archive, undefined)).proven, true);
  // Oversight reads it too; that it did is a row of its readings, and a step that the node notes.
  const seen = await unpacked(staff.oversight, sealed);
  assert.equal(seen.copy.length, sealed.version + 1);
  const readings = await owner.db.selectFrom('reading').select('part').where('case_id', '=', file.id).execute();
  assert.ok(readings.some(({ part }) => part === 'export'));
  const last = (await work.store.history(staff.approver.id, file.id)).at(-1);
  assert.equal(last?.by, 'clock');
  assert.deepEqual(last?.event, {
    type: 'docket.exported',
    by: staff.oversight.id,
    sha256: seen.sha256,
    steps: sealed.version + 1,
  });
});

test('what was changed in the database since is exported as it stands, and the verifier says which step', async () => {
  const { owner, staff } = office;
  const file = await arrives(office);
  const { db } = owner;
  await sql`alter table event disable trigger user`.execute(db);
  await sql`update event set at = at + interval '1 hour' where case_id = ${file.id} and seq = 2`.execute(db);
  await sql`alter table event enable trigger user`.execute(db);
  const { archive } = await unpacked(staff.approver, file);
  const verdict = await verifyCase(archive, undefined);
  assert.equal(verdict.proven, false);
  assert.deepEqual(
    verdict.wrong.map(({ facts }) => facts?.['seq']),
    [2],
  );
});
