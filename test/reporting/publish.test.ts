// The report of a quarter and of a year, from steps in a real database: counted without people, committed to the log, never changed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { asPerson } from '../../src/adapters/postgres/casework/store.ts';
import type { Published, ReportStore } from '../../src/app/reporting/ports.ts';
import { choicesOf, preview, proposeReport, publishReport } from '../../src/app/reporting/publish.ts';
import { proofsFor } from '../../src/app/reporting/proofs.ts';
import type { Shown } from '../../src/app/reporting/report.ts';
import { keyOf } from '../../src/domain/reporting/figures.ts';
import type { Agreed } from '../../src/domain/reporting/proposal.ts';
import { commitReport } from '../../src/transparency/report.ts';
import { takeIn } from '../support/casework.ts';
import { sealTo } from '../support/sealed.ts';
import { come, comeSealed, decide, made, openFiguresOffice, proofsOf, publishedBy } from './office.ts';

const figure = (figures: readonly Shown[], key: string): number | null | undefined =>
  figures.find((one) => keyOf(one) === key)?.n;
const codes = (outcome: { readonly ok: boolean; readonly faults?: readonly { readonly code: string }[] }) =>
  outcome.ok ? [] : (outcome.faults ?? []).map(({ code }) => code);

test('a person publishes a quarter: what is small is withheld, and the report is an entry of the log', async (t) => {
  const office = await openFiguresOffice(t);
  const { ports, staff, clock, log } = office;
  await come(office, 'AA', 12, 6);
  await come(office, 'CC', 8);
  await come(office, 'DD', 2);
  await decide(office, 6);
  await log.publish();
  assert.deepEqual(codes(await publishReport(ports, staff.approver, '2028-Q1', '')), ['reporting.not-over']);
  clock.days(90);
  assert.deepEqual(codes(await publishReport(ports, staff.reviewer, '2028-Q1', '')), ['reporting.not-allowed']);
  assert.deepEqual(codes(await publishReport(ports, staff.approver, '2028-Q7', '')), ['reporting.no-such-period']);
  assert.deepEqual(codes(await publishReport(ports, staff.approver, '2027-Q4', '')), ['reporting.no-such-period']);
  assert.deepEqual(await choicesOf(ports, staff.oversight), undefined);
  const choices = (await choicesOf(ports, staff.registrar)) ?? [];
  assert.deepEqual(
    choices.map(({ period, published }) => [period.name, published]),
    [['2028-Q1', false]],
  );

  const seen = made(await preview(ports, staff.registrar, '2028-Q1')).drawn;
  made(
    await proposeReport(ports, staff.approver, '2028-Q1', made(await preview(ports, staff.approver, '2028-Q1')).hash),
  );
  assert.deepEqual(await ports.store.taken('2028-Q1' as never), undefined, 'neither looking nor proposing keeps steps');
  const published = made(await publishedBy(ports, staff.approver, staff.registrar, '2028-Q1'));
  const { figures, times, threshold, no } = published.report;
  assert.deepEqual(
    figures.map(({ proof: _, ...rest }) => rest),
    seen.figures,
    'what was seen is what was published',
  );
  assert.equal(no, 1);
  assert.equal(threshold, 5);
  assert.equal(figure(figures, 'received'), 28);
  assert.equal(figure(figures, 'received state=DD'), null);
  assert.equal(figure(figures, 'received state=AA'), 18);
  assert.equal(figure(figures, 'received state=CC'), null, 'or DD could be subtracted');
  assert.equal(figure(figures, 'acknowledged'), 6);
  assert.equal(figure(figures, 'decided'), 6);
  assert.deepEqual(times.find(({ of }) => of === 'acknowledged')?.hours, [1, 1, 1]);
  assert.doesNotMatch(published.body, /Prosecutor|intruder|Mail Example|[0-9a-f]{8}-[0-9a-f]{4}-/u, 'nobody is in it');

  const opening = {
    origin: ports.log.origin,
    no: 1,
    previous: null,
    at: published.report.madeAt,
    bodyHash: ports.sha256(new TextEncoder().encode(published.body)),
  };
  assert.deepEqual(commitReport(published.salt, opening), published.commitment);
  log.pass();
  assert.equal((await log.publish()).is, 'published');
  assert.equal(typeof (await log.ports.entries.indexOf(published.commitment)), 'number');
  assert.deepEqual(codes(await publishReport(ports, staff.approver, '2028-Q1', '')), ['reporting.published']);

  await assert.rejects(sql`update report set body = '{}'`.execute(office.owner.db), /never changed/);
  await assert.rejects(sql`delete from report_fact`.execute(office.owner.db), /never changed/);
  for (const who of ['reviewer', 'approver', 'registrar', 'duty-officer'] as const)
    await asPerson(office.app.db, staff[who].id, async (tx) => {
      assert.equal((await tx.selectFrom('report_fact').selectAll().execute()).length, 0, who);
      assert.equal((await tx.selectFrom('report_secret').selectAll().execute()).length, 0, who);
      assert.equal((await tx.selectFrom('report').selectAll().execute()).length, 1);
    });
  await assert.rejects(
    asPerson(office.app.db, staff.oversight.id, (tx) =>
      sql`select * from rogatory_figures('2028-01-01', '2028-04-01')`.execute(tx),
    ),
    /the node itself counts/,
  );
  await assert.rejects(
    asPerson(office.app.db, staff.reviewer.id, (tx) =>
      tx
        .insertInto('report')
        .values({
          no: 2,
          period: '2028-Q2',
          made_at: clock.now(),
          made_by: staff.reviewer.id,
          body: '{}',
          commitment: Buffer.from(published.commitment),
          previous: Buffer.from(published.commitment),
          salt: Buffer.alloc(32),
          entry: 1,
        })
        .execute(),
    ),
    /row-level security/,
  );

  assert.equal(await proofsFor(ports, staff.approver, '2028-Q1'), undefined);
  const proofs = await proofsOf(ports, staff.oversight, '2028-Q1');
  const withheld = proofs.figures.find((one) => keyOf(one) === 'received state=DD');
  assert.equal(withheld?.n, 2, 'oversight sees what is withheld');
  assert.equal(new Set(withheld?.commitments).size, 2);
});

test('sealed cases stand in no quarter, and in a year as one number where they are enough; what was counted stays counted', async (t) => {
  const office = await openFiguresOffice(t);
  const { ports, staff, clock, work } = office;
  await come(office, 'AA', 10);
  await comeSealed(office, 4);
  const late = await takeIn(work, staff['duty-officer'], { otherState: 'AA' });
  clock.days(90);
  const first = made(await publishedBy(ports, staff.approver2, staff.approver, '2028-Q1'));
  assert.equal(figure(first.report.figures, 'received'), 11);
  assert.doesNotMatch(first.body, /"EE"|sealed/);

  // Sealed after its quarter was published: what was published stays true of the year as well.
  await sealTo(office, late, [staff.approver2]);
  await come(office, 'CC', 7);
  clock.days(280);
  const quiet = made(await preview(ports, staff.approver, '2028')).drawn;
  assert.equal(figure(quiet.figures, 'received'), 18);
  assert.equal(figure(quiet.figures, 'sealed'), undefined, 'four are not told from none');
  const year = made(await publishedBy(ports, staff.approver2, staff.approver, '2028'));
  assert.equal(figure(year.report.figures, 'received'), 18);
  assert.equal(year.report.no, 2);
  assert.deepEqual(year.previous, first.commitment);
});

test('five sealed cases in a year are one number of their own', async (t) => {
  const office = await openFiguresOffice(t);
  const { ports, staff, clock } = office;
  await come(office, 'AA', 6);
  await comeSealed(office, 5);
  clock.days(380);
  const { report }: Published = made(await publishedBy(ports, staff.approver2, staff.approver, '2028'));
  assert.equal(figure(report.figures, 'sealed'), 5);
  assert.equal(figure(report.figures, 'received'), 6);
});

test('a report is published by somebody else than who proposed it, and as it was proposed', async (t) => {
  const office = await openFiguresOffice(t);
  const { ports, staff, clock } = office;
  const { approver, approver2, registrar, reviewer } = staff;
  await come(office, 'AA', 12);
  clock.days(90);
  const look = async () => made(await preview(ports, approver, '2028-Q1'));
  const { hash } = await look();
  assert.deepEqual(codes(await publishReport(ports, approver, '2028-Q1', hash)), ['reporting.not-proposed']);
  assert.deepEqual(codes(await proposeReport(ports, reviewer, '2028-Q1', hash)), ['reporting.not-allowed']);
  assert.deepEqual(codes(await proposeReport(ports, approver, '2028-Q1', 'another')), ['reporting.changed']);
  made(await proposeReport(ports, approver, '2028-Q1', hash));
  // Who proposes once more what stands, whoever it is, takes nobody's place.
  made(await proposeReport(ports, approver2, '2028-Q1', hash));
  assert.equal((await look()).proposed?.by, approver.id);
  assert.deepEqual(codes(await publishReport(ports, approver, '2028-Q1', hash)), ['reporting.same-person']);
  assert.deepEqual(codes(await publishReport(ports, registrar, '2028-Q1', 'what another page showed')), [
    'reporting.changed',
  ]);

  // A case of the quarter is sealed after the proposal: nobody proposed what the report would now say.
  const [one] = (await office.work.store.docket(approver.id, { sort: 'received', size: 1 })).lines;
  assert.ok(one);
  await sealTo(office, one, [approver2]);
  const later = (await look()).hash;
  assert.notEqual(later, hash);
  assert.deepEqual(codes(await publishReport(ports, registrar, '2028-Q1', hash)), ['reporting.changed']);
  assert.deepEqual(codes(await publishReport(ports, registrar, '2028-Q1', later)), ['reporting.changed']);
  assert.deepEqual(await ports.store.taken('2028-Q1' as never), undefined);
  made(await proposeReport(ports, registrar, '2028-Q1', later));
  assert.equal(made(await publishReport(ports, approver, '2028-Q1', later)).report.no, 1);
});

test('the database takes no report of one person, and none that says something else than was proposed', async (t) => {
  const office = await openFiguresOffice(t);
  const { ports, staff, clock } = office;
  const { approver, approver2 } = staff;
  await come(office, 'AA', 12);
  clock.days(90);
  const { hash } = made(await preview(ports, approver, '2028-Q1'));
  made(await proposeReport(ports, approver, '2028-Q1', hash));
  // The real report, on its way into the database, in other hands.
  const publish = (change: (agreed: Agreed, report: Published) => readonly [Agreed, Published]) => {
    const store: ReportStore = {
      ...ports.store,
      publish: (agreed, report, secret) => ports.store.publish(...change(agreed, report), secret),
    };
    return publishReport({ ...ports, store }, approver2, '2028-Q1', hash);
  };
  await assert.rejects(
    publish((agreed, report) => [{ ...agreed, by: approver.id }, report]),
    /two_people_publish/,
  );
  await assert.rejects(
    publish((agreed, report) => [
      { ...agreed, by: approver.id, proposed: { ...agreed.proposed, by: approver2.id } },
      report,
    ]),
    /report_proposal_proposed_by_fkey/,
  );
  for (const [from, to] of [
    ['"n":12', '"n":13'],
    ['"threshold":5', '"threshold":3'],
  ] as const)
    await assert.rejects(
      publish((agreed, report) => {
        assert.ok(report.body.includes(from), from);
        return [agreed, { ...report, body: report.body.replace(from, to) }];
      }),
      /published as it was proposed/,
    );
  await assert.rejects(
    sql`update report_proposal set proposed_by = ${approver2.id}`.execute(office.owner.db),
    /never changed/,
  );
  assert.equal(made(await publishReport(ports, approver2, '2028-Q1', hash)).report.no, 1);
});
