// Below which number figures are withheld: one person proposes, another confirms, by use case, by page and in the database alike.
// Attacker: a registrar alone, somebody with the password of the application, and the owner of the database.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { nodeMark } from '../../src/adapters/keys/node-mark.ts';
import { plotCharts } from '../../src/adapters/charts/plot.ts';
import { asPerson } from '../../src/adapters/postgres/casework/store.ts';
import { officeStore } from '../../src/adapters/postgres/office.ts';
import { thresholdProposals } from '../../src/adapters/postgres/reporting/thresholds.ts';
import { preview } from '../../src/app/reporting/publish.ts';
import {
  confirmThreshold,
  proposeThreshold,
  thresholdNow,
  type ThresholdPorts,
} from '../../src/app/reporting/threshold.ts';
import type { PersonId } from '../../src/domain/registry/person.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import type { Refusal } from '../../src/kernel/refusal.ts';
import { figuresRoutes } from '../../src/web/figures/routes.ts';
import { officeRoutes } from '../../src/web/office/routes.ts';
import { openFrontDoor } from '../casework/front-door.ts';
import { auditOf, unseen } from '../log/support.ts';
import { come, made, openFiguresOffice } from './office.ts';

const codes = (outcome: Outcome<unknown, Refusal>): string[] =>
  outcome.ok ? [] : outcome.faults.map(({ code }) => code);

async function openThreshold(t: TestContext) {
  const office = await openFiguresOffice(t);
  const records = await officeStore(office.app.db, office.work.office(), () => Date.now(), office.keys.mark);
  const proposals = thresholdProposals(office.app.db, office.keys.mark);
  const threshold: ThresholdPorts = { proposals, records, now: office.clock.now };
  const holds = async () => (await thresholdNow(threshold)).holds;
  return { ...office, records, threshold, holds, ports: { ...office.ports, office: records.office } };
}

test('a threshold holds once another person confirmed it, and the record of the office names both', async (t) => {
  const { threshold, staff, holds, records, ports, clock, ...office } = await openThreshold(t);
  const { registrar, approver, approver2, reviewer, oversight } = staff;
  await come({ ...office, ports, staff, clock }, 'AA', 12);
  clock.days(90);
  for (const one of [reviewer, oversight, staff['duty-officer'], staff['executing-unit']]) {
    assert.deepEqual(codes(await proposeThreshold(threshold, one, '10')), ['reporting.not-allowed']);
    assert.deepEqual(codes(await confirmThreshold(threshold, one, '10')), ['reporting.not-allowed']);
  }
  for (const typed of ['', '2', '100', '4.5', '-7', 'ten', '5; 10'])
    assert.deepEqual(codes(await proposeThreshold(threshold, registrar, typed)), ['reporting.threshold-number'], typed);
  assert.deepEqual(codes(await confirmThreshold(threshold, approver, '10')), ['reporting.not-proposed']);

  made(await proposeThreshold(threshold, registrar, '١٠'));
  // Who proposes once more what stands takes nobody's place, and cannot so become another person.
  made(await proposeThreshold(threshold, approver2, '10'));
  assert.equal((await thresholdNow(threshold)).proposed?.by, registrar.id);
  assert.equal(await holds(), 5, 'a proposal changes nothing');
  assert.equal(made(await preview(ports, approver, '2028-Q1')).shown.threshold, 5);
  assert.deepEqual(codes(await confirmThreshold(threshold, registrar, '10')), ['reporting.same-person']);
  assert.deepEqual(codes(await confirmThreshold(threshold, approver, '9')), ['reporting.changed']);
  made(await confirmThreshold(threshold, approver, '10'));
  assert.equal(await holds(), 10);
  assert.equal(made(await preview(ports, approver, '2028-Q1')).shown.threshold, 10);
  const [event] = await records.changes(1);
  assert.deepEqual([event?.by, event?.proposed?.by], [approver.id, registrar.id]);
  assert.deepEqual(event?.changes, [{ setting: 'figures-least', from: 5, to: 10 }]);
  assert.deepEqual(codes(await confirmThreshold(threshold, approver2, '10')), ['reporting.not-proposed'], 'it is done');
});

test('what was taken back or replaced cannot be confirmed any more', async (t) => {
  const { threshold, staff, holds } = await openThreshold(t);
  const { registrar, approver, approver2 } = staff;
  made(await proposeThreshold(threshold, registrar, '3'));
  made(await proposeThreshold(threshold, registrar, '5'));
  assert.equal((await thresholdNow(threshold)).proposed, undefined, 'who proposes what holds takes it back');
  assert.deepEqual(codes(await confirmThreshold(threshold, approver, '3')), ['reporting.not-proposed']);
  made(await proposeThreshold(threshold, registrar, '7'));
  made(await proposeThreshold(threshold, approver, '8'));
  assert.deepEqual(codes(await confirmThreshold(threshold, approver2, '7')), ['reporting.changed']);
  assert.deepEqual(codes(await confirmThreshold(threshold, approver, '8')), ['reporting.same-person']);
  // Of two who confirm at once one does, and both find it done.
  const ended = await Promise.all([registrar, approver2].map((one) => confirmThreshold(threshold, one, '8')));
  assert.equal(ended.filter(({ ok }) => ok).length, 1);
  assert.equal(await holds(), 8);
});

test('the database takes no threshold of one person, whoever has the password of the application', async (t) => {
  const { threshold, staff, holds, records, app } = await openThreshold(t);
  const { registrar, approver, approver2, reviewer } = staff;
  made(await proposeThreshold(threshold, registrar, '6'));
  made(await confirmThreshold(threshold, approver, '6'));
  made(await proposeThreshold(threshold, registrar, '20'));
  const superseded = (await threshold.proposals.latest())?.id ?? '';
  made(await proposeThreshold(threshold, registrar, '30'));
  const latest = (await threshold.proposals.latest())?.id ?? '';
  const { office, version } = await records.standing();
  const write = (to: number, by: PersonId, proposed?: { id: string; by: PersonId }) => {
    const settings = { ...office.settings, 'figures-least': to };
    const changes = [{ setting: 'figures-least', from: 6, to }];
    const change = { at: threshold.now(), by, version: version + 1, changes };
    return records.change({ ...office, settings }, { ...change, ...(proposed && { proposed }) });
  };
  await assert.rejects(write(30, approver.id), /takes two people/, 'nobody proposed it');
  await assert.rejects(
    write(30, registrar.id, { id: latest, by: registrar.id }),
    /two_people_change/,
    'by the same person',
  );
  await assert.rejects(
    write(30, approver.id, { id: latest, by: approver2.id }),
    /proposed_by_fkey/,
    'by somebody else',
  );
  await assert.rejects(write(3, approver.id, { id: latest, by: registrar.id }), /takes two people/, 'another number');
  await assert.rejects(write(30, reviewer.id, { id: latest, by: registrar.id }), /takes two people/, 'by a reviewer');
  assert.equal(await write(20, approver.id, { id: superseded, by: registrar.id }), false, 'replaced since');
  const quietly = (statement: string) =>
    asPerson(app.db, approver.id, (tx) => sql.raw(statement).execute(tx) as Promise<unknown>);
  const lower = `update office set settings = jsonb_set(settings, '{settings,figures-least}', '3')`;
  await assert.rejects(quietly(lower), /takes two people/, 'without a record');
  await assert.rejects(quietly(`${lower}, version = version + 1`), /takes two people/);
  const dropped = `update office set settings = settings #- '{settings,figures-least}'`;
  await assert.rejects(quietly(dropped), /takes two people/, 'back to what an office has that never said');
  for (const one of ['update threshold_proposal set threshold = 3', 'delete from threshold_proposal'])
    await assert.rejects(quietly(one), /permission denied/);
  const propose = (who: PersonId, by: PersonId) =>
    asPerson(app.db, who, (tx) =>
      sql`insert into threshold_proposal (threshold, proposed_by, proposed_at) values (3, ${by}, now())`.execute(tx),
    );
  await assert.rejects(propose(approver.id, registrar.id), /row-level security/, 'in the name of another');
  await assert.rejects(propose(reviewer.id, reviewer.id), /row-level security/);
  assert.equal(await holds(), 6);
  // The other settings are changed as ever.
  const named = [{ setting: 'name', from: office.name, to: 'Another' }];
  const other = { at: threshold.now(), by: registrar.id, version: version + 1, changes: named };
  assert.equal(await records.change({ ...office, name: 'Another' }, other), true);
});

test('the self-audit names a threshold that two people did not set', async (t) => {
  const office = await openThreshold(t);
  const { threshold, staff, owner, log } = office;
  const { registrar, approver } = staff;
  await log.publish();
  made(await proposeThreshold(threshold, registrar, '8'));
  made(await confirmThreshold(threshold, approver, '8'));
  const checked = async (): Promise<string> => (await auditOf(log, office)).found.join('\n');
  assert.equal(await checked(), '');
  const ofTwo = /the threshold of figures of version 1 is not what one person proposed and another confirmed/;
  for (const [table, statement, names] of [
    ['threshold_proposal', 'update threshold_proposal set threshold = 9', ofTwo],
    ['threshold_proposal', 'delete from threshold_proposal', ofTwo],
    ['threshold_proposal', `update threshold_proposal set proposed_by = '${approver.id}'`, ofTwo],
    ['office_event', 'update office_event set proposal = null, proposed_by = null', ofTwo],
    [
      'office',
      `update office set settings = jsonb_set(settings, '{settings,figures-least}', '3')`,
      /the setting figures-least of the office is not what it was changed to last/,
    ],
  ] as const)
    assert.match(await unseen(owner, table, statement, checked), names, statement);
  assert.equal(await checked(), '');
});

test('by page: proposed, taken back, confirmed by another; and whoever has no part in it finds no page', async (t) => {
  const door = await openFrontDoor();
  t.after(() => door.close());
  const { front, office, app } = door;
  const mark = nodeMark(office.ports.vault);
  const records = await officeStore(office.db, front.office(), () => Date.now(), mark);
  const threshold = { proposals: thresholdProposals(office.db, mark), records, now: front.world.now };
  // The list of periods asks no more of the store than whether there is any case.
  const reporting = { store: { first: async () => null } } as never;
  const ports = { reporting, threshold, log: {} as never, press: {} as never, draw: plotCharts(), work: front };
  app
    .route('/', figuresRoutes({ ...ports, origin: undefined }))
    .route('/', officeRoutes({ work: front, office: records, thresholds: threshold.proposals, access: door.access }));
  const { people } = await door.hire('remy', 'ada', 'rana', 'olga');
  const { remy, ada, rana, olga } = people;
  const [page, path] = ['/office/figures', '/office/figures/threshold'];
  const propose = (who: typeof remy, number: string) => who.post(path, { do: 'propose', threshold: number });
  assert.match((await ada.get(page)).text, /Numbers below 5 are withheld/);
  for (const one of [rana, olga]) assert.equal((await propose(one, '9')).status, 403);
  const fault = await propose(remy, '2');
  assert.equal(fault.status, 422);
  assert.match(fault.text, /id="threshold-error".*Give a whole number from 3 to 99/s);
  assert.match(fault.text, /id="threshold"[^>]*value="2"/);

  assert.deepEqual((await propose(remy, '9')).next, `${page}#threshold-title`);
  const own = await remy.get(page);
  assert.match(own.text, /You proposed 9 instead/);
  assert.doesNotMatch(own.text, /value="confirm"/);
  const selfish = await remy.post(path, { do: 'confirm', threshold: '9' });
  assert.equal(selfish.status, 422);
  assert.match(selfish.text, /You proposed this yourself/);
  assert.match(
    (await olga.get('/office/settings')).text,
    /Name of remy<\/bdi> proposed 9 instead .* nobody has confirmed/,
  );
  await propose(remy, '5');
  assert.doesNotMatch((await remy.get(page)).text, /You proposed/);

  await propose(remy, '12');
  const offered = await ada.get(page);
  assert.match(offered.text, /Name of remy<\/bdi> proposed 12 instead/);
  assert.match(offered.text, /<button[^>]*value="confirm">Confirm 12</);
  assert.equal((await ada.post(path, { do: 'confirm', threshold: '9' })).status, 422, 'what an older page showed');
  assert.equal((await ada.post(path, { do: 'confirm', threshold: '12' })).status, 303);
  assert.match((await ada.get(page)).text, /Numbers below 12 are withheld/);
  const settings = await olga.get('/office/settings');
  assert.match(settings.text, /Numbers withheld from public figures below: 5 → 12/);
  assert.match(settings.text, /Name of ada<\/bdi>.*As <bdi>Name of remy<\/bdi> had proposed/s);
  assert.doesNotMatch((await remy.get('/office/settings')).text, /name="figures-least"/);
});
