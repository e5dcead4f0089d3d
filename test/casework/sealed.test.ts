// Sealed cases: to whoever may not open one there is nothing, and a copy of the database says nothing of what is in it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { draftStore } from '../../src/adapters/postgres/casework/drafts.ts';
import { committed, keptEvent, keyOf } from '../../src/adapters/postgres/casework/sealed.ts';
import { asPerson } from '../../src/adapters/postgres/casework/store.ts';
import { assignCase, declare } from '../../src/app/casework/assign.ts';
import { tick } from '../../src/app/casework/clock.ts';
import { acknowledge, linkTo } from '../../src/app/casework/front-desk.ts';
import type { Actor, Draft } from '../../src/app/casework/ports.ts';
import { openTo, shutTo, unsealCase } from '../../src/app/casework/sealing.ts';
import type { CaseFile, Reference } from '../../src/domain/docket/case-file.ts';
import { searchTerms } from '../../src/domain/docket/search.ts';
import { at, CONTENT, done, openOffice, refusals, type TestOffice, takeIn } from '../support/casework.ts';
import { sealTo, steppedBack, WHY } from '../support/sealed.ts';

/** What nobody may find in a copy of the database. */
const WORDS = [
  'hospital',
  'intruder',
  'Prosecutor',
  'AA-PG-88',
  'Illegal access',
  'threatened',
  'neighbour',
  'letter.pdf',
];

let office: TestOffice;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

/** A case with a letter in it, from which the second reviewer stepped back. */
const arrive = (): Promise<CaseFile> =>
  steppedBack(office, {
    documents: [{ name: 'letter.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-') }],
  });
const sealed = async (to: readonly Actor[] = [office.staff.reviewer]): Promise<CaseFile> =>
  sealTo(office, await arrive(), to);

/** Every value of every table that stands in rows of this case or could, as its owner reads it. */
async function copyOfDatabase(): Promise<string> {
  const { db } = office.owner;
  const { rows: tables } = await sql<{ name: string }>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(db);
  assert.ok(tables.length > 25);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.raw(name)}`.execute(db);
    for (const row of rows)
      for (const value of Object.values(row))
        found.push(value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : JSON.stringify(value));
  }
  return found.join('\n');
}

test('a copy of the database contains no word of a sealed case, of what was there before it was sealed neither', async () => {
  const own = await openOffice();
  const shared = office;
  office = own;
  try {
    const file = await arrive();
    const draft: Draft = {
      id: own.work.world.newId(),
      purpose: 'amend',
      caseId: file.id,
      basedOn: 1,
      channel: 'form',
      measure: 'content-data',
      otherState: null,
      instrument: null,
      content: { ...CONTENT, purpose: 'Half of a correction about the hospital.' },
      unread: {},
      documents: [],
      version: 1,
      changedAt: own.clock.now(),
    };
    const drafts = draftStore(own.app.db, own.keys);
    const { reviewer } = own.staff;
    assert.equal(await drafts.save(own.staff['duty-officer'].id, draft), true);
    const open = await copyOfDatabase();
    assert.deepEqual(
      WORDS.filter((word) => word !== 'threatened' && !open.includes(word)),
      [],
      'they are there while it is not sealed',
    );
    await sealTo(own, file, [reviewer]);
    assert.equal(await drafts.save(reviewer.id, { ...draft, id: own.work.world.newId() }), true);
    done(await linkTo(own.work, reviewer, at(file), (await arriveOther(own)).reference, 'related'));
    own.clock.days(40);
    await tick(own.work);
    const shut = await copyOfDatabase();
    assert.deepEqual(
      WORDS.filter((word) => shut.includes(word)),
      [],
    );
    assert.equal((await drafts.ofCase(reviewer.id, file.id, 'amend'))?.content.purpose, draft.content.purpose);
    const [letter] = await own.work.store.documents(reviewer.id, file.id);
    assert.equal(letter?.name, 'letter.pdf');
  } finally {
    office = shared;
    await own.close();
  }
});

/** Another case, with none of the words. */
const arriveOther = ({ work, staff }: TestOffice): Promise<CaseFile> =>
  takeIn(work, staff['duty-officer'], { measure: 'subscriber-data', content: {} });

test('to whoever may not open it, a sealed case is in no list, count, search, likeness or link, and cannot be read', async () => {
  const { work, staff } = office;
  const file = await sealed();
  const twin = await arrive();
  const { reference } = file;
  for (const person of [staff['duty-officer'], staff.approver2, staff['executing-unit'], staff.registrar]) {
    assert.equal(await work.store.read(person.id, reference, 'request'), undefined);
    assert.deepEqual(await work.store.history(person.id, file.id), []);
    assert.deepEqual(await work.store.documents(person.id, file.id), []);
  }
  const outside = staff['duty-officer'].id;
  const inside = staff.reviewer.id;
  const all = (who: typeof inside) => work.store.docket(who, { sort: 'received', size: 100 });
  const seen = async (who: typeof inside) => (await all(who)).lines.some((line) => line.reference === reference);
  assert.deepEqual([await seen(outside), await seen(inside)], [false, true]);
  const total = async (who: typeof inside) => (await work.store.counts(who, office.clock.now())).total;
  assert.equal(await total(outside), (await all(outside)).lines.length);
  assert.equal(await total(inside), (await total(outside)) + 1);
  const words = searchTerms('hospital');
  for (const who of [outside, inside]) {
    const { lines } = await work.store.docket(who, { sort: 'received', size: 100, words });
    assert.equal(
      lines.some((line) => line.reference === reference),
      false,
    );
  }
  const later = '2029-01-01T00:00:00.000Z' as never;
  const falling = async (who: typeof inside) =>
    (await work.store.falling(who, later, 500)).some(({ line }) => line.reference === reference);
  assert.deepEqual([await falling(outside), await falling(inside)], [false, true]);
  const marks = (
    await office.owner.db.selectFrom('case_mark').select('mark').where('case_id', '=', file.id).execute()
  ).map(({ mark }) => mark);
  assert.ok(marks.length > 0);
  const alike = async (who: typeof inside) =>
    (await work.store.transaction(who, (tx) => tx.alike(marks, twin.id))).some((one) => one.reference === reference);
  assert.deepEqual([await alike(outside), await alike(inside)], [false, true]);
  const absent = 'BB-2028-999999' as Reference;
  assert.deepEqual(
    await linkTo(work, staff['duty-officer'], at(twin), reference, 'related'),
    await linkTo(work, staff['duty-officer'], at(twin), absent, 'related'),
  );
  assert.deepEqual(
    await acknowledge(work, staff['duty-officer'], at(file)),
    await acknowledge(work, staff['duty-officer'], { reference: absent, version: null }),
  );
});

test('in lists a sealed case shows its reference, the States and the measure, and whom it came from to nobody', async () => {
  const { work, staff } = office;
  const file = await sealed();
  const { lines } = await work.store.docket(staff.reviewer.id, { sort: 'received', size: 100 });
  const line = lines.find(({ reference }) => reference === file.reference);
  assert.deepEqual(
    [line?.counterpart, line?.requestingState, line?.requestedState, line?.measure, line?.sealed],
    ['', 'AA', 'BB', 'content-data', true],
  );
});

test('whoever is let in reads all of it, and whoever is shut out finds nothing, what came before neither', async () => {
  const { work, staff } = office;
  const { approver, approver2, reviewer } = staff;
  const file = await sealed();
  const opened = done(await openTo(work, approver, at(file), { reason: WHY, to: approver2.id }));
  assert.deepEqual(await work.store.read(approver2.id, file.reference, 'request'), opened);
  assert.equal((await work.store.history(approver2.id, file.id)).length, opened.version);
  const shut = done(await shutTo(work, approver2, at(file), { reason: WHY, from: reviewer.id }));
  assert.equal(await work.store.read(reviewer.id, file.reference, 'request'), undefined);
  assert.deepEqual(await work.store.history(reviewer.id, file.id), []);
  assert.deepEqual(shut.entitled, [approver.id, approver2.id]);
  const grants = await office.owner.db
    .selectFrom('case_grant')
    .select('person')
    .where('case_id', '=', file.id)
    .execute();
  assert.deepEqual(new Set(grants.map(({ person }) => person)), new Set(shut.entitled));
});

test('whoever leaves the office, or has a conflict of interest, can open a sealed case no longer', async () => {
  const { work, staff, owner } = office;
  const { approver, approver2, reviewer } = staff;
  const file = await sealed([reviewer, approver2]);
  const after = done(await declare(work, approver2, at(file), 'The suspect is my neighbour.'));
  assert.deepEqual(after.entitled, [approver.id, reviewer.id]);
  assert.equal(await work.store.read(approver2.id, file.reference, 'request'), undefined);
  const takenAt = office.clock.now();
  const role = owner.db.updateTable('person_role').where('person', '=', reviewer.id);
  await role.set({ taken_at: takenAt }).execute();
  try {
    assert.equal(await work.store.read(reviewer.id, file.reference, 'request'), undefined);
  } finally {
    await role.set({ taken_at: null }).execute();
  }
  assert.ok(await work.store.read(reviewer.id, file.reference, 'request'));
});

test('the last approver who may open a sealed case lets another one in before leaving it', async () => {
  const { work, staff } = office;
  const { approver, approver2, reviewer } = staff;
  const file = await sealed([reviewer]);
  const left = () => declare(work, approver, at(file), 'The suspect is my neighbour.');
  assert.deepEqual(refusals(await left()), ['docket.last-approver']);
  assert.ok(await work.store.read(approver.id, file.reference, 'request'), 'the case is still theirs');
  done(await openTo(work, approver, at(file), { reason: 'Somebody must decide it.', to: approver2.id }));
  assert.deepEqual(done(await left()).entitled, [reviewer.id, approver2.id]);
  assert.equal(await work.store.read(approver.id, file.reference, 'request'), undefined);
  assert.ok(await work.store.read(approver2.id, file.reference, 'request'));
});

test('a sealed case is handed to nobody to whom it is shut', async () => {
  const { work, staff } = office;
  const file = await sealed([staff.reviewer]);
  const handed = (to: Actor) => assignCase(work, staff.approver, at(file), to.id);
  assert.deepEqual(refusals(await handed(staff.reviewer2)), ['docket.cannot-take']);
  assert.equal(done(await handed(staff.reviewer)).assignee, staff.reviewer.id);
});

test('oversight reads sealed cases, and that it did is recorded', async () => {
  const { work, staff, owner } = office;
  const file = await sealed();
  assert.deepEqual(await work.store.read(staff.oversight.id, file.reference, 'request'), file);
  assert.equal((await work.store.history(staff.oversight.id, file.id)).length, file.version);
  const readings = await owner.db.selectFrom('reading').select('person').where('case_id', '=', file.id).execute();
  assert.deepEqual(readings, [{ person: staff.oversight.id }]);
});

test('the clock goes on in a sealed case, and calls nobody but those who may open it', async () => {
  const { work, staff, owner, clock } = office;
  const file = await sealed();
  await owner.db.deleteFrom('outbox').execute();
  await owner.db.updateTable('deadline').set({ done: true }).where('case_id', '!=', file.id).execute();
  clock.days(40);
  assert.deepEqual((await tick(work)).failed, []);
  const mine = await owner.db
    .selectFrom('deadline')
    .select(['kind', 'done'])
    .where('case_id', '=', file.id)
    .where('on_at', '<', clock.now())
    .execute();
  assert.ok(mine.length > 0 && mine.every(({ done }) => done));
  const calls = await owner.db.selectFrom('outbox').select(['person', 'role']).execute();
  assert.ok(calls.length > 0);
  for (const { person, role } of calls) {
    assert.equal(role, null);
    assert.ok(file.entitled.includes(person as never), `${person} is called`);
  }
  assert.ok((await work.store.read(staff.reviewer.id, file.reference, 'request'))?.sealed);
});

test('sealed or not, the bytes of each event are those that were committed to', async () => {
  const { keys, staff, app, work } = office;
  const plain = await arrive();
  const read = (sealed: boolean) =>
    asPerson(app.db, staff.approver.id, async (tx) =>
      committed(tx, keys, plain.id, sealed ? await keyOf(tx, keys, staff.approver.id, plain.id) : null),
    );
  const before = await read(false);
  const shut = await sealTo(office, plain, [staff.reviewer]);
  const during = await read(true);
  assert.deepEqual(during.slice(0, before.length), before.map(asKept));
  assert.equal(during.length, shut.version);
  const open = done(await unsealCase(work, staff.approver, at(plain), 'The witness is safe now.'));
  const afterwards = await read(false);
  assert.deepEqual(afterwards.slice(0, during.length).map(asKept), during.map(asKept));
  assert.equal(afterwards.length, open.version);
});
const asKept = <T extends { body: Uint8Array; salt: Uint8Array }>(one: T) => ({
  ...one,
  body: Buffer.from(one.body),
  salt: Buffer.from(one.salt),
});

test('a case that is unsealed is there for everybody again, with its words, and its key is gone', async () => {
  const { work, staff, owner } = office;
  const file = await sealed();
  const open = done(await unsealCase(work, staff.approver, at(file), 'The witness is safe now.'));
  assert.deepEqual(await work.store.read(staff['duty-officer'].id, file.reference, 'request'), open);
  assert.deepEqual([open.sealed, open.entitled], [false, []]);
  assert.equal((await work.store.documents(staff['duty-officer'].id, file.id))[0]?.name, 'letter.pdf');
  const words = searchTerms('hospital');
  const { lines } = await work.store.docket(staff['duty-officer'].id, { sort: 'received', size: 100, words });
  const line = lines.find(({ reference }) => reference === file.reference);
  assert.equal(line?.counterpart, 'Office of the Prosecutor General');
  for (const table of ['case_grant', 'case_key'] as const)
    assert.deepEqual(await owner.db.selectFrom(table).select('case_id').where('case_id', '=', file.id).execute(), []);
});

test('a changed byte of a sealed event is found when it is read, and nothing is unsealed with it', async () => {
  const { work, staff, owner } = office;
  const file = await sealed();
  await sql`alter table event disable trigger user`.execute(owner.db);
  try {
    await sql`update event set body = set_byte(body, 60, get_byte(body, 60) # 1) where case_id = ${file.id} and seq = 2`.execute(
      owner.db,
    );
  } finally {
    await sql`alter table event enable trigger user`.execute(owner.db);
  }
  await assert.rejects(work.store.history(staff.reviewer.id, file.id), /does not open/);
  await assert.rejects(unsealCase(work, staff.approver, at(file), 'The witness is safe now.'), /does not open/);
  assert.ok((await work.store.read(staff.reviewer.id, file.reference, 'request'))?.sealed);
});

test('an event that somebody with the key of the case wrote over is not what was committed to, and nothing is unsealed with it', async () => {
  const { work, staff, owner, app, keys } = office;
  const file = await sealed();
  const key = await asPerson(app.db, staff.approver.id, (tx) => keyOf(tx, keys, staff.approver.id, file.id));
  const forged = Buffer.from('{"type":"request.acknowledged"}');
  const { body } = keptEvent(keys, key, file.id, 2, forged, Buffer.alloc(32, 3));
  await sql`alter table event disable trigger user`.execute(owner.db);
  try {
    await sql`update event set body = ${body} where case_id = ${file.id} and seq = 2`.execute(owner.db);
  } finally {
    await sql`alter table event enable trigger user`.execute(owner.db);
  }
  await assert.rejects(unsealCase(work, staff.approver, at(file), 'The witness is safe now.'), /step 2 .* is not what/);
  assert.ok((await work.store.read(staff.reviewer.id, file.reference, 'request'))?.sealed);
});

test('whoever has the password of the application seals nothing in another way than the office does', async () => {
  const { app, staff, owner } = office;
  const open = await arrive();
  const shut = await sealed();
  const reseal = (by: Actor, id: string) =>
    asPerson(app.db, by.id, (tx) =>
      sql`select rogatory_reseal(${id}, array[1], array['\\x00'::bytea], array[null::bytea], '{}', '{}')`.execute(tx),
    );
  await assert.rejects(reseal(staff.approver, open.id), /an approver who may open it/);
  await assert.rejects(reseal(staff.approver2, shut.id), /an approver who may open it/);
  await assert.rejects(reseal(staff.reviewer, shut.id), /an approver who may open it/);
  await assert.rejects(reseal(staff.approver, shut.id), /never changed/);
  await assert.rejects(
    sql`update event set body = '\\x7b7d', sealed = false where case_id = ${shut.id}`.execute(owner.db),
    /never changed|rogatory/,
  );
  await assert.rejects(
    asPerson(app.db, staff.reviewer.id, (tx) =>
      tx
        .insertInto('event')
        .values({
          case_id: shut.id,
          seq: 99,
          type: 'request.acknowledged',
          at: office.clock.now(),
          person: staff.reviewer.id,
          body: Buffer.from('{"type":"request.acknowledged"}'),
          sealed: false,
        })
        .execute(),
    ),
    /what is written in a sealed case is sealed/,
  );
});
