// A report that takes a while: whoever publishes it sees at once that it is being made and how far it is; nothing half of it is ever
// there, however it ends.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { plotCharts } from '../../src/adapters/charts/plot.ts';
import { nodeMark } from '../../src/adapters/keys/node-mark.ts';
import { officeStore } from '../../src/adapters/postgres/office.ts';
import { reportStore } from '../../src/adapters/postgres/reporting/reports.ts';
import { thresholdProposals } from '../../src/adapters/postgres/reporting/thresholds.ts';
import { reportMaking } from '../../src/app/reporting/making.ts';
import type { ReportStore } from '../../src/app/reporting/ports.ts';
import { preview, proposeReport, publishReport, type ReportingPorts } from '../../src/app/reporting/publish.ts';
import { figuresRoutes } from '../../src/web/figures/routes.ts';
import { openFrontDoor } from '../casework/front-door.ts';
import { takeIn } from '../support/casework.ts';
import { come, made, onceMade, openFiguresOffice, publishedBy } from './office.ts';

/** A front door whose reports are written when the test lets them, in the way that the test says. */
async function openSlowDoor(t: TestContext) {
  const door = await openFrontDoor();
  let open = (): void => undefined;
  t.after(() => {
    open();
    return door.close();
  });
  const { front, office, app } = door;
  const mark = nodeMark(office.ports.vault);
  const real = reportStore(office.db, mark);
  let publish: ReportStore['publish'] = real.publish;
  const reporting: ReportingPorts = {
    store: { ...real, publish: (...all) => publish(...all) },
    lists: [],
    office: front.office,
    now: front.world.now,
    today: front.world.today,
    chance: (length) => new Uint8Array(randomBytes(length)),
    giveWay: () => setImmediate(),
    sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
    log: { origin: 'node.example/log', every: 300 },
  };
  const records = await officeStore(office.db, front.office(), () => Date.now(), mark);
  const threshold = { proposals: thresholdProposals(office.db, mark), records, now: front.world.now };
  const ports = { reporting, threshold, log: {} as never, press: {} as never, draw: plotCharts(), work: front };
  app.route('/', figuresRoutes({ ...ports, origin: undefined }));
  const { people, office: own } = await door.hire('duty');
  assert.ok(people.duty);
  for (let n = 0; n < 7; n++) await takeIn(front, own.staff['duty-officer'], { otherState: 'AA' });
  const today = front.world.today();
  const quarter = `${today.slice(0, 4)}-Q${Math.ceil(Number(today.slice(5, 7)) / 3)}`;
  office.later(3600 * 24 * 95);
  const hired = await door.hire('ada', 'aldo', 'remy');
  const { ada, aldo, remy } = hired.people;
  const [approver, page] = [{ id: ada.id, roles: ['approver'] } as const, `/office/figures/${quarter}`];
  const { hash } = made(await preview(reporting, approver, quarter));
  made(await proposeReport(reporting, approver, quarter, hash));
  return {
    ...{ app, real, remy, aldo, quarter, page },
    press: () => remy.post(page, { do: 'publish', read: hash }),
    /** From now on reports are written so, once the test opens the gate; `reached` is when one stands before it. */
    holdBack: (how: ReportStore['publish']) => {
      const gate = Promise.withResolvers<void>();
      const { promise: reached, resolve } = Promise.withResolvers<void>();
      open = gate.resolve;
      publish = async (...all) => {
        resolve();
        await gate.promise;
        return how(...all);
      };
      return { open, reached };
    },
  };
}

test('while a report is made its pages say so, with and without script, and then it is there', async (t) => {
  const { app, real, remy, aldo, quarter, page, press, holdBack } = await openSlowDoor(t);
  const { open, reached } = holdBack(real.publish);
  const pressed = await press();
  assert.deepEqual([pressed.status, pressed.next], [303, page], 'nobody waits for it');
  await reached;
  const { text } = await aldo.get(page);
  assert.match(text, /Being published: /);
  assert.match(text, /The proof of each figure is being worked out: \d+% done/);
  assert.match(text, /<progress data-live max="1" value="[\d.]+"/);
  assert.match(text, /<noscript><meta http-equiv="refresh" content="3"><\/noscript>/);
  assert.doesNotMatch(text, /name="do"/, 'nobody begins it twice');
  assert.match((await aldo.get('/office/figures')).text, /is being published/);
  assert.equal((await app.request(`/figures/${quarter}`)).status, 404, 'nothing half is there');
  const stream = await app.request(`http://localhost:8787${page}/events`, {
    headers: { cookie: `session=${aldo.cookie}; lang=en` },
  });
  assert.equal((await press()).next, page, 'who presses again joins');
  open();
  const said = await stream.text();
  assert.match(
    said,
    /^event: progress\ndata: \{"share":[\d.]+,"says":"The proof of each figure .* done\."\}\n\nevent: changed\n/,
  );
  assert.equal((await remy.get(page)).next, `/figures/${quarter}`);
  assert.equal((await real.all()).length, 1);
});

test('a report that could not be made is told to whoever began it, and can be published again', async (t) => {
  const { real, remy, aldo, quarter, page, press, holdBack } = await openSlowDoor(t);
  const overtaken = holdBack(async () => false);
  assert.equal((await press()).next, page);
  await overtaken.reached;
  overtaken.open();
  await setTimeout(20);
  assert.equal((await aldo.get(page)).status, 200, 'to others it is as if it had not begun');
  const refused = await remy.get(page);
  assert.equal(refused.status, 422);
  assert.match(refused.text, /Another report was published at the same moment/);
  assert.match((await remy.get(page)).text, /Publish this report/, 'told once');

  const broken = holdBack(async () => {
    throw new Error('the disk is full');
  });
  assert.equal((await press()).next, page);
  await broken.reached;
  broken.open();
  await setTimeout(20);
  await assert.rejects(remy.get(page), /a defect/, 'with an id, and in the log');
  assert.equal((await real.all()).length, 0);
  holdBack(real.publish).open();
  assert.equal((await onceMade(remy, page, await press())).next, `/figures/${quarter}`);
});

test('cut off in the middle of writing, nothing of a report is there, and it is published again', async (t) => {
  const office = await openFiguresOffice(t);
  const { ports, staff, clock, owner, app } = office;
  await come(office, 'AA', 7);
  clock.days(90);
  const { hash } = made(await preview(ports, staff.approver, '2028-Q1'));
  made(await proposeReport(ports, staff.approver, '2028-Q1', hash));
  const count = async () =>
    (await sql<{ n: number }>`select ((select count(*) from report) + (select count(*) from commitment))::integer as n`
      .execute(owner.db)
      .then(({ rows }) => rows[0]?.n)) ?? 0;
  const before = await count();
  const cut = await owner.db.transaction().execute(async (tx) => {
    // The last of its rows cannot be written; what came before is, as far as the node can tell.
    await sql`lock table report_secret in exclusive mode`.execute(tx);
    const publishing = publishReport(ports, staff.registrar, '2028-Q1', hash).then(
      () => 'published',
      (error: Error) => error.message,
    );
    let killed = 0;
    for (let tries = 0; killed === 0 && tries < 400; tries++) {
      const { rows } = await sql`
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and wait_event_type = 'Lock' and query like '%report_secret%' and pid <> pg_backend_pid()`.execute(
        app.db,
      );
      killed = rows.length;
      await setTimeout(5);
    }
    assert.equal(killed, 1);
    return publishing;
  });
  assert.match(cut, /terminat/);
  assert.equal(await count(), before);
  const again = made(await publishReport(ports, staff.registrar, '2028-Q1', hash));
  assert.equal(again.report.no, 1);
});

test('how far it is grows to the whole, and no two are made of one period', async (t) => {
  const office = await openFiguresOffice(t);
  const { ports, staff, clock } = office;
  await come(office, 'AA', 7, 6);
  clock.days(90);
  const { hash } = made(await preview(ports, staff.approver, '2028-Q1'));
  made(await proposeReport(ports, staff.approver, '2028-Q1', hash));
  const reports = reportMaking(ports);
  const making = reports.begin(staff.registrar, '2028-Q1', hash);
  assert.deepEqual(making.share(), { done: 0, total: 0 }, 'it is not known yet of how many');
  assert.equal(reports.begin(staff.approver2, '2028-Q1', hash), making);
  const heard: number[] = [];
  making.listen(() => heard.push(making.share().done));
  const { report } = made(await making.ended);
  const { total } = making.share();
  assert.ok(total > 13 && heard.length === report.figures.length + 1);
  assert.deepEqual(
    heard,
    heard.toSorted((a, b) => a - b),
  );
  assert.ok(making.isOver() && reports.of('2028-Q1') === undefined);
  const refused = await publishedBy(ports, staff.approver, staff.registrar, '2028-Q1').catch(({ message }) => message);
  assert.equal(refused, 'reporting.published');
});
