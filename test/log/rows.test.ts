// Whoever owns the database leaves every step as it was and changes what people are shown: each row is named.
// Attacker: the database's owner with triggers off.

import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { officeStore } from '../../src/adapters/postgres/office.ts';
import { confirmKey, enterKey } from '../../src/app/evidence/custody.ts';
import { countAnew } from '../../src/app/office/count-anew.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { done, openOffice, type TestOffice, takeIn } from '../support/casework.ts';
import { arrives, decided } from '../support/decided.ts';
import { sealTo } from '../support/sealed.ts';
import { auditOf, memoryFolder, openTestLog, publicFiles, type TestLog, unseen } from './support.ts';

let office: TestOffice;
let log: TestLog;
let plain: CaseFile;
let sealed: CaseFile;
const data = memoryFolder();

const letter = { name: 'letter.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7 a letter') };
const checked = async (): Promise<readonly string[]> => (await auditOf(log, office)).found;

before(async () => {
  office = await openOffice();
  const { work, staff } = office;
  plain = await decided(office, await arrives(office));
  const target = { reference: plain.reference, version: null };
  const { recipient: key } = await office.keys.newPersonKey(staff.reviewer.id);
  const entered = done(await enterKey(work, staff.reviewer, target, { no: null, name: 'Prosecutor General', key }));
  const read = entered.evidence.keys[0]?.fingerprint.slice(0, 32) ?? '';
  done(await confirmKey(work, staff.approver, target, { no: 1, read, how: 'Read by their clerk over +99 1 0001.' }));
  const other = await takeIn(work, staff['duty-officer'], { documents: [letter] });
  sealed = await sealTo(office, other, [staff.reviewer]);
  log = await openTestLog(office.app.db, data, { cadence: { every: 300, places: 100, reserved: 2 } });
  for (let n = 0; n < 3; n++) {
    assert.equal((await log.publish()).is, 'published');
    log.pass();
  }
});
after(async () => {
  rmSync(data, { recursive: true, force: true });
  await office.close();
});

test('of rows that nobody touched nothing is found', async () => {
  assert.deepEqual(await checked(), []);
});

const changed = (table: string, statement: string) => unseen(office.owner, table, statement, checked);

type Deed = readonly [
  what: string,
  table: string,
  statement: (plain: CaseFile, sealed: CaseFile) => string,
  names: RegExp,
];
const ADA = '00000000-0000-4000-8000-000000000003';
const DEEDS: readonly Deed[] = [
  [
    'another person who countersigned',
    'decision',
    ({ id }) => `update decision set countersigned_by = '00000000-0000-4000-8000-000000000008' where case_id = '${id}'`,
    /the row 1 of decision was changed: countersigned_by/,
  ],
  [
    'a decision taken back to a proposal',
    'decision',
    ({ id }) =>
      `update decision set state = 'open', countersigned_by = null, countersigned_hash = null where case_id = '${id}'`,
    /the row 1 of decision was changed: state is "open" where its steps make it "countersigned"/,
  ],
  [
    'a decision',
    'decision',
    ({ id }) => `delete from decision where case_id = '${id}'`,
    /the row 1 of decision is missing/,
  ],
  [
    'a second decision',
    'decision',
    ({ id }) =>
      `insert into decision select case_id, 2, disposition, assessment_no, outcome, hash, state, proposed_by, countersigned_by, countersigned_hash from decision where case_id = '${id}'`,
    /the row 2 of decision follows from no step/,
  ],
  [
    'a kinder answer of the law',
    'assessment',
    ({ id }) => `update assessment set outcome = 'no-basis' where case_id = '${id}' and no = 1`,
    /the row 1 of assessment was changed: outcome/,
  ],
  [
    'a task',
    'execution_task',
    ({ id }) => `delete from execution_task where case_id = '${id}'`,
    /the row 1 of execution_task is missing/,
  ],
  [
    'a task called produced',
    'execution_task',
    ({ id }) => `update execution_task set status = 'produced' where case_id = '${id}'`,
    /the row 1 of execution_task was changed: status/,
  ],
  [
    'another file in the place of the letter that came',
    'document',
    (_, { id }) => `update document set sha256 = '${'ab'.repeat(32)}' where case_id = '${id}'`,
    /the row \S+ of document was changed: sha256/,
  ],
  [
    'the name of a document of a sealed case',
    'document',
    (_, { id }) => `update document set name = 'bGV0dGVy' where case_id = '${id}'`,
    /the row \S+ of document was changed: name/,
  ],
  ['a document', 'document', (_, { id }) => `delete from document where case_id = '${id}'`, /of document is missing/],
  [
    'a document that nobody handed in',
    'document',
    ({ id }) =>
      `insert into document select '${id}', gen_random_uuid(), kind, 'x', media_type, size, sha256, language, added_at, added_by, false from document limit 1`,
    /of document follows from no step/,
  ],
  [
    'a term, put off',
    'deadline',
    ({ id }) => `update deadline set on_at = on_at + interval '1 year' where case_id = '${id}'`,
    /of deadline was changed: on_at/,
  ],
  ['a term', 'deadline', ({ id }) => `delete from deadline where case_id = '${id}'`, /of deadline is missing/],
  [
    'a term called done before its time',
    'deadline',
    ({ id }) => `update deadline set done = true where case_id = '${id}'`,
    /is called done before it has run out/,
  ],
  [
    'an emergency shown as routine',
    'case_file',
    ({ id }) => `update case_file set urgency = 'emergency', turn = 'nobody' where id = '${id}'`,
    /its row of case_file was changed: urgency is "emergency"/,
  ],
  [
    'a case hidden among the closed',
    'case_file',
    ({ id }) => `update case_file set closed = true where id = '${id}'`,
    /its row of case_file was changed: closed/,
  ],
  [
    'the counterpart of a sealed case, in the clear',
    'case_file',
    (_, { id }) => `update case_file set counterpart = 'Office' where id = '${id}'`,
    /its row of case_file was changed: counterpart/,
  ],
  [
    'the words a case is found by',
    'case_file',
    ({ id }) => `update case_file set search = '' where id = '${id}'`,
    /the words by which it is found are not its own/,
  ],
  [
    'a mark, so that the same account is not seen twice',
    'case_mark',
    ({ id }) => `delete from case_mark where case_id = '${id}'`,
    /of case_mark is missing/,
  ],
  [
    'a conflict of interest that takes a case out of somebody’s sight',
    'conflict_of_interest',
    ({ id }) => `insert into conflict_of_interest values ('${id}', '${ADA}', now())`,
    /of conflict_of_interest follows from no step/,
  ],
  [
    'a person let into a sealed case',
    'case_grant',
    (_, { id }) =>
      `insert into case_grant select case_id, '00000000-0000-4000-8000-000000000001', wrapped_key, granted_by, granted_at from case_grant where case_id = '${id}' limit 1`,
    /the row 00000000-0000-4000-8000-000000000001 of case_grant follows from no step/,
  ],
  [
    'a person shut out of a sealed case',
    'case_grant',
    (_, { id }) => `delete from case_grant where case_id = '${id}' and person = '${ADA}'`,
    /of case_grant is missing/,
  ],
  [
    'the code of a notice',
    'notice_code',
    ({ id }) => `insert into notice_code values ('${id}', 1, '${'cd'.repeat(32)}')`,
    /the row 1 of notice_code follows from no step/,
  ],
  [
    'the key that evidence will be sealed to',
    'evidence_key',
    ({ id }) =>
      `update evidence_key set fingerprint = sha256('x'), confirmed_fingerprint = sha256('x') where case_id = '${id}'`,
    /the row 1 of evidence_key was changed: fingerprint/,
  ],
  [
    'the key of a sealed case',
    'case_key',
    (_, { id }) => `delete from case_key where case_id = '${id}'`,
    /of BB-2028-000002 does not open with the key of its case/,
  ],
  [
    'a handing in by a program',
    'api_intake',
    ({ id, reference }) =>
      `insert into api_intake (api_key, repetition, body_sha256, at, case_id, reference) values (gen_random_uuid(), 'x', sha256('x'), now(), '${id}', '${reference}')`,
    /its row of api_intake follows from no step/,
  ],
  [
    'an erasure that nobody ordered',
    'case_erasure',
    ({ id }) => `insert into case_erasure (case_id, at) values ('${id}', now())`,
    /is called erased, and none of its steps says so/,
  ],
  [
    'the count of the docket',
    'docket_change',
    () =>
      `insert into docket_change (closed, sealed, executing, direction, requesting_state, requested_state, measure, stage, outcome, turn, urgency, taken, n) values (false, false, false, 'incoming', 'AA', 'BB', 'content-data', 'received', '', 'reviewer', 'routine', false, 7)`,
    /the docket counts other cases than there are: received incoming content-data routine: 7, and there are 0/,
  ],
  [
    'a batch that is said to have been larger',
    'log_slot',
    () => 'update log_slot set places = places + 1 where first = 0',
    /the batch of 2028-03-02T09:00:00.000Z is kept otherwise/,
  ],
];

for (const [what, table, statement, names] of DEEDS)
  test(`changed as owner of the database: ${what}`, async () => {
    assert.match((await changed(table, statement(plain, sealed))).join('\n'), names);
  });

test('and all of it put back, nothing is found', async () => {
  assert.deepEqual(await checked(), []);
});

test('a setting that no change of the office made, and a change that is gone; terms are compared once they are counted', async () => {
  const { db } = office.app;
  const own = office.work.office();
  const store = await officeStore(db, own, () => Date.now(), office.keys.mark);
  const change = { at: office.clock.now(), by: office.staff.registrar.id, version: 1 };
  const changes = [{ setting: 'name', from: own.name, to: 'Another division' }];
  assert.ok(await store.change({ ...own, name: 'Another division' }, { ...change, changes }));
  const before = await auditOf(log, office);
  assert.deepEqual([before.found, before.linesLeftOut], [[], true]);
  office.clock.hours(1);
  await countAnew(office.work, store);
  const after = await auditOf(log, office);
  assert.deepEqual([after.found, after.linesLeftOut], [[], false]);

  const named = await changed('office', `update office set name = 'A third'`);
  assert.match(named.join('\n'), /^the setting name of the office is not what it was changed to last$/m);
  const back = [{ setting: 'name', from: 'Another division', to: own.name }];
  assert.ok(await store.change(own, { ...change, version: 2, changes: back }));
  const gap = await changed('office_event', 'delete from office_event where version = 2');
  assert.match(gap.join('\n'), /the record of changes of the office has a gap: 1 changes, and it is at version 2/);
});

test('the beginning of a tile that an older checkpoint needs, and a file that nobody wrote', async () => {
  const files = publicFiles(data);
  const older = [...files.keys()].find((name) => /^tile\/0\/000\.p\/100$/.test(name));
  assert.ok(older, 'the first checkpoint was of 100 entries');
  const path = join(data, 'log', older);
  const whole = readFileSync(path);
  writeFileSync(path, whole.with(40, (whole[40] as number) ^ 1));
  assert.match((await checked()).join('\n'), /tile\/0\/000\.p\/100 is not the beginning of its tile/);
  writeFileSync(path, whole);
  for (const [name, says] of [
    ['tile/0/000.p/77', /tile\/0\/000\.p\/77 is not the beginning of its tile/],
    ['tile/entries/000.p/9', /tile\/entries\/000\.p\/9 is not the beginning of its tile/],
    ['tile/0/009', /tile\/0\/009 holds what is in no tree/],
    ['tile/0/001.p/250', /tile\/0\/001\.p\/250 holds what is in no tree/],
    ['tile/0/readme', /tile\/0\/readme is no file of a log/],
  ] as const) {
    const planted = join(data, 'log', name);
    mkdirSync(dirname(planted), { recursive: true });
    writeFileSync(planted, Buffer.alloc(77 * 32));
    assert.match((await checked()).join('\n'), says);
    rmSync(planted);
  }
  assert.deepEqual(await checked(), []);
});
