// The store of cases: whole steps or none, in order, committed to, and seen only by those who may.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { asPerson } from '../../src/adapters/postgres/casework/store.ts';
import { act, type Decide } from '../../src/app/casework/act.ts';
import { latest } from '../../src/domain/assessment/assessment.ts';
import type { Reference } from '../../src/domain/docket/case-file.ts';
import { link, withdraw } from '../../src/domain/requests/decide.ts';
import { accept } from '../../src/kernel/outcome.ts';
import { commit } from '../../src/transparency/opening.ts';
import { done, openOffice, refusals, type TestOffice, takeIn } from '../support/casework.ts';

let office: TestOffice;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const arrive = () => takeIn(office.work, office.staff['duty-officer']);

test('a request that arrives has a reference, its stated facts, a first assessment and its notice on file', async () => {
  const file = await arrive();
  assert.match(file.reference, /^BB-2028-\d{6}$/);
  assert.equal(file.assessment.stated['offence.maxPenaltyYears']?.value, 5);
  assert.equal(latest(file.assessment)?.outcome, 'needs-information');
  assert.equal(file.notice.notices.length, 1);
  const history = await office.work.store.history(office.staff.reviewer.id, file.id);
  assert.deepEqual(
    history.map(({ seq }) => seq),
    history.map((_, n) => n + 1),
  );
  assert.equal(history.length, file.version);
});

test('every step of a case is committed to, each commitment after the one before it', async () => {
  const file = await arrive();
  const rows = await asPerson(office.app.db, office.staff.reviewer.id, (tx) =>
    tx
      .selectFrom('event')
      .innerJoin('opening', (on) =>
        on.onRef('opening.case_id', '=', 'event.case_id').onRef('opening.seq', '=', 'event.seq'),
      )
      .select(['event.seq', 'type', 'at', 'person', 'body', 'salt', 'previous', 'commitment'])
      .where('event.case_id', '=', file.id)
      .orderBy('event.seq')
      .execute(),
  );
  let previous: Uint8Array | null = null;
  for (const row of rows) {
    const bodyHash = Buffer.from(office.work.world.hash(Buffer.from(row.body).toString('utf8')), 'hex');
    const { seq, at, type } = row;
    assert.ok(row.salt);
    const made = commit(row.salt, { caseId: file.id, seq, previous, at, actor: row.person ?? 'clock', type, bodyHash });
    assert.deepEqual(Buffer.from(made), Buffer.from(row.commitment));
    previous = row.commitment;
  }
  assert.equal(rows.length, file.version);
});

test('a step that brings no new fact leaves the assessment as it was', async () => {
  const file = await arrive();
  const target = { reference: file.reference, version: null };
  const next = done(
    await act(office.work, office.staff.reviewer, 'request.link', target, (now) =>
      link(now.request, 'BB-2028-000998', 'related'),
    ),
  );
  assert.equal(next.assessment.latest?.no, file.assessment.latest?.no);
});

test('of two steps decided on the same version one is taken, and the other is told and loses nothing', async () => {
  const file = await arrive();
  const target = { reference: file.reference, version: file.version };
  const { work, staff } = office;
  const first = await act(work, staff.reviewer, 'request.link', target, (now) =>
    link(now.request, 'BB-2028-000999', 'related'),
  );
  assert.equal(first.is, 'done');
  const second = await act(work, staff.reviewer2, 'request.withdraw', target, (now) =>
    withdraw(now.request, 'The other State asked us to stop.'),
  );
  assert.equal(second.is, 'conflict');
  const now = await work.store.read(staff.reviewer.id, file.reference, 'request');
  assert.deepEqual([now?.request.withdrawn, now?.request.links.length], [null, 1]);
});

test('a step that fails half way leaves nothing behind', async () => {
  const file = await arrive();
  const { work, staff } = office;
  const failing = {
    ...work,
    store: {
      ...work.store,
      transaction: ((by, run) =>
        work.store.transaction(by, async (tx) => {
          await run(tx);
          throw new Error('the machine broke');
        })) as typeof work.store.transaction,
    },
  };
  const target = { reference: file.reference, version: null };
  await assert.rejects(
    act(failing, staff.reviewer, 'request.withdraw', target, (now) => withdraw(now.request, 'Withdrawn by letter.')),
    /the machine broke/,
  );
  const now = await work.store.read(staff.reviewer.id, file.reference, 'request');
  assert.deepEqual(now, file);
  assert.equal((await work.store.history(staff.reviewer.id, file.id)).length, file.version);
});

test('the registrar sees no case, and nobody sees one without saying who they are', async () => {
  const file = await arrive();
  const { work, staff, app } = office;
  assert.equal(await work.store.read(staff.registrar.id, file.reference, 'request'), undefined);
  assert.equal(await work.store.read(staff['executing-unit'].id, file.reference, 'request'), undefined);
  assert.deepEqual((await work.store.docket(staff.registrar.id, { sort: 'due', size: 10 })).lines, []);
  await assert.rejects(
    app.db.selectFrom('case_file').selectAll().execute(),
    /rogatory\.person|invalid input syntax for type uuid|malformed array literal/,
  );
});

test('what oversight reads is recorded, and oversight changes nothing', async () => {
  const file = await arrive();
  const { work, staff, app, owner } = office;
  assert.ok(await work.store.read(staff.oversight.id, file.reference, 'assessment'));
  const readings = await owner.db.selectFrom('reading').selectAll().where('case_id', '=', file.id).execute();
  assert.deepEqual(
    readings.map(({ person, part }) => [person, part]),
    [[staff.oversight.id, 'assessment']],
  );
  const changed = await asPerson(app.db, staff.oversight.id, (tx) =>
    tx.updateTable('case_file').set({ stage: 'closed' }).where('id', '=', file.id).executeTakeFirst(),
  );
  assert.equal(changed.numUpdatedRows, 0n);
  const target = { reference: file.reference, version: null };
  const tried = await act(work, staff.oversight, 'request.withdraw', target, (now) =>
    withdraw(now.request, 'By force'),
  );
  assert.deepEqual(refusals(tried), ['not-allowed']);
});

test('events are never changed or deleted, by the owner of the tables neither', async () => {
  const file = await arrive();
  for (const { db } of [office.owner]) {
    await assert.rejects(sql`update event set type = 'x' where case_id = ${file.id}`.execute(db), /never changed/);
    await assert.rejects(sql`delete from event where case_id = ${file.id}`.execute(db), /never changed/);
    await assert.rejects(sql`delete from commitment`.execute(db), /never changed|violates foreign key/);
  }
  await assert.rejects(
    asPerson(office.app.db, office.staff.reviewer.id, (tx) => sql`delete from event`.execute(tx)),
    /permission denied/,
  );
});

test('a step refers to its own commitment, and a term to a case that is there, for the owner of the tables too', async () => {
  const file = await arrive();
  const { db } = office.owner;
  const rows = { of: sql`case_id = ${file.id} and seq = 1` };
  for (const entry of [sql`null`, sql`entry + 1000000`, sql`(select max(id) from commitment)`])
    await assert.rejects(
      sql`with e as (insert into event select case_id, 99, type, at, person, body, sealed from event where ${rows.of})
        insert into opening (case_id, seq, commitment, salt, previous, entry)
        select case_id, 99, sha256(commitment), salt, previous, ${entry} from opening where ${rows.of}`.execute(db),
      /of a commitment that are there|duplicate key/,
    );
  await assert.rejects(
    sql`insert into held_step (chain, seq, type, at, body, commitment, salt, entry)
      values ('x/y', 1, 'x', now(), '', sha256('one'), sha256('salt'), rogatory_commit(sha256('another')))`.execute(db),
    /a step refers to its own commitment/,
  );
  await assert.rejects(
    sql`insert into deadline (case_id, key, kind, whose, on_at) values (gen_random_uuid(), 'x', 'x', 'us', now())`.execute(
      db,
    ),
    /a term is of a case that is there/,
  );
});

test('nobody writes an event in another name', async () => {
  const file = await arrive();
  const { staff, app } = office;
  await assert.rejects(
    asPerson(app.db, staff.reviewer.id, (tx) =>
      tx
        .insertInto('event')
        .values({
          case_id: file.id,
          seq: 99,
          type: 'decision.countersigned',
          at: office.clock.now(),
          person: staff.approver.id,
          body: Buffer.from('{}'),
          sealed: false,
        })
        .execute(),
    ),
    /row-level security/,
  );
});

test('a case that is absent and one that is not for these eyes look alike', async () => {
  const file = await arrive();
  const { work, staff } = office;
  const absent = { reference: 'BB-2028-999999' as Reference, version: null };
  const hidden = { reference: file.reference, version: null };
  const decide: Decide = () => accept([]);
  const unit = { id: staff['executing-unit'].id, roles: ['reviewer'] as const };
  assert.deepEqual(
    await act(work, unit, 'request.link', absent, decide),
    await act(work, unit, 'request.link', hidden, decide),
  );
});

test('a docket narrows, pages and counts so that the numbers add up', async () => {
  const { work, staff } = office;
  for (let n = 0; n < 5; n++) await arrive();
  const all = [];
  let after: string | undefined;
  do {
    const page = await work.store.docket(staff.reviewer.id, { sort: 'due', size: 3, ...(after ? { after } : {}) });
    all.push(...page.lines);
    after = page.next ?? undefined;
  } while (after);
  const counts = await work.store.counts(staff.reviewer.id, office.clock.now());
  assert.equal(all.length, counts.total);
  assert.equal(new Set(all.map((line) => line.reference)).size, all.length);
  assert.equal(
    Object.values(counts.byStage).reduce((a, b) => a + b, 0),
    counts.total,
  );
  const found = await work.store.docket(staff.reviewer.id, { sort: 'received', size: 3, words: 'hospital' });
  assert.equal(found.lines.length, 3);
  const none = await work.store.docket(staff.reviewer.id, { sort: 'received', size: 3, words: 'submarine' });
  assert.deepEqual(none.lines, []);
});
