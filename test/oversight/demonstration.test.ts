// Oversight of the demonstration works as oversight does: a finding that the office answers, and a sample that the log draws.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEMO_PROFILE, loadDemoOffice } from '../../src/adapters/files/demo-store.ts';
import { loadPolicy } from '../../src/adapters/files/law-store.ts';
import { openedSteps } from '../../src/adapters/postgres/casework/openings.ts';
import { openOversight } from '../../src/adapters/postgres/oversight/open-oversight.ts';
import { staffFrom } from '../../src/app/demo/open.ts';
import { overseeDemonstration } from '../../src/app/demo/oversight.ts';
import { seedDemonstration } from '../../src/app/demo/seed.ts';
import { findingsFor } from '../../src/app/oversight/findings.ts';
import { leftIn, samplesOf } from '../../src/app/oversight/samples.ts';
import { dataDirectory, openTestLog } from '../log/support.ts';
import { openOffice } from '../support/casework.ts';

test('the demonstration has a finding with its answer, and a sample as soon as the log allows', async (t) => {
  const office = await openOffice();
  t.after(() => office.close());
  const policy = await loadPolicy(office.work.law.book.rules, DEMO_PROFILE);
  assert(policy.ok);
  const work = { ...office.work, law: { ...office.work.law, policy: policy.value } };
  const data = loadDemoOffice();
  const requests = data.requests.filter(({ goal }) => goal === 'closed').slice(0, 3);
  const staff = staffFrom(Object.values(office.staff));
  const now = office.clock.now();
  await seedDemonstration(work, staff, { ...data, requests }, now);
  // Fewer places than steps that wait: a sample that was fixed at once would come too late.
  const log = await openTestLog(office.app.db, dataDirectory(t), { cadence: { every: 60, places: 32, reserved: 2 } });
  const ports = openOversight(office.app.db, {
    work,
    steps: (by, id) => openedSteps(office.app.db, office.keys, by, id),
    log: log.ports,
  });
  const said = { ...data.oversight, sample: { ...data.oversight.sample, count: 3 } };

  let rounds = 0;
  for (; !(await overseeDemonstration(ports, staff, said)); rounds++) {
    assert(rounds < 30, 'it comes to an end');
    assert.equal((await log.publish()).is, 'published');
    log.pass();
  }
  assert(rounds > 4, 'it waited for the log');
  const [finding, ...noMore] = await findingsFor(ports, staff.approver);
  assert.equal(noMore.length, 0);
  assert.deepEqual([finding?.cases.length, finding?.entries.map(({ is }) => is)], [2, ['reply']]);
  const [sample] = await samplesOf(ports, staff.oversight);
  assert(sample);
  assert.equal(sample.lapsed, null);
  assert.deepEqual([sample.drawn?.drawn.length, leftIn(sample)], [3, 1]);
  assert.equal(await overseeDemonstration(ports, staff, said), true, 'once more changes nothing');
  assert.equal((await samplesOf(ports, staff.oversight)).length, 1);
});
