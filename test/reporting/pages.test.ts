// The pages of public figures: anybody reads, an approver publishes after a look, and each file is what it says it is.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { plotCharts } from '../../src/adapters/charts/plot.ts';
import { loadStatistics } from '../../src/adapters/files/statistics-store.ts';
import { typstPress } from '../../src/adapters/letters/typst-press.ts';
import { nodeMark } from '../../src/adapters/keys/node-mark.ts';
import { officeStore } from '../../src/adapters/postgres/office.ts';
import { reportStore } from '../../src/adapters/postgres/reporting/reports.ts';
import { thresholdProposals } from '../../src/adapters/postgres/reporting/thresholds.ts';
import { figuresRoutes } from '../../src/web/figures/routes.ts';
import { verifyReport } from '../../verify/verify.ts';
import { openFrontDoor } from '../casework/front-door.ts';
import { dataDirectory, openTestLog } from '../log/support.ts';
import { takeIn } from '../support/casework.ts';
import { onceMade } from './office.ts';

const SCHEMA = new URL('../../schemas/report.schema.json', import.meta.url);

test('an approver looks at a quarter and publishes it; anybody reads it, in words, charts and files', async (t) => {
  const door = await openFrontDoor();
  t.after(() => door.close());
  const { front, office, app } = door;
  const log = await openTestLog(office.db, dataDirectory(t), { cadence: { every: 300, places: 256, reserved: 2 } });
  const mark = nodeMark(office.ports.vault);
  const press = typstPress();
  t.after(() => press.close());
  const reporting = {
    store: reportStore(office.db, mark),
    lists: loadStatistics(),
    office: front.office,
    now: front.world.now,
    today: front.world.today,
    chance: (length: number) => new Uint8Array(randomBytes(length)),
    giveWay: () => setImmediate(),
    sha256: (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest()),
    log: { origin: log.ports.keys.log[0].name, every: 300 },
  };
  app.route(
    '/',
    figuresRoutes({
      reporting,
      threshold: {
        proposals: thresholdProposals(office.db, mark),
        records: await officeStore(office.db, front.office(), () => Date.now(), mark),
        now: front.world.now,
      },
      log: log.ports,
      press,
      draw: plotCharts(),
      work: front,
      origin: 'https://node.example',
    }),
  );
  const [ada, rana] = await Promise.all([
    door.enter('ada', ['approver']),
    door.enter('rana', ['reviewer', 'duty-officer']),
  ]);
  const actor = { id: rana.id, roles: ['reviewer', 'duty-officer'] } as const;
  for (const [state, count] of [
    ['AA', 9],
    ['CC', 7],
    ['FR', 2],
  ] as const)
    for (let n = 0; n < count; n++) await takeIn(front, actor, { otherState: state });
  const quarter = `${front.world.today().slice(0, 4)}-Q${Math.ceil(Number(front.world.today().slice(5, 7)) / 3)}`;
  const read = async (path: string, language = 'en') => {
    const answer = await app.request(path, { headers: { cookie: `lang=${language}` } });
    return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
  };
  const textOf = ({ bytes }: { bytes: Uint8Array }): string => new TextDecoder().decode(bytes);

  assert.match(textOf(await read('/figures')), /No report has been published yet/);
  assert.equal((await rana.get('/office/figures')).status, 403, 'not for a reviewer');
  assert.equal((await ada.get(`/office/figures/${quarter}`)).status, 422, 'the quarter is not over');
  office.later(3600 * 24 * 95);
  const again = await door.enter('aldo', ['approver']);
  assert.match((await again.get('/office/figures')).text, new RegExp(`/office/figures/${quarter}`));
  const seen = await again.get(`/office/figures/${quarter}`);
  assert.match(seen.text, /Propose this report/);
  const fields = (text: string, act: string) => ({
    do: act,
    read: /name="read" value="([0-9a-f]{64})"/.exec(text)?.[1] ?? '',
  });
  const proposal = await again.post(`/office/figures/${quarter}`, fields(seen.text, 'propose'));
  assert.deepEqual([proposal.status, proposal.next], [303, `/office/figures/${quarter}`]);
  const waits = await again.get(`/office/figures/${quarter}`);
  assert.match(waits.text, /You proposed exactly this report/);
  assert.doesNotMatch(waits.text, /name="do"/);
  assert.match((await again.get('/office/figures')).text, /proposed by you, waits for another person/);
  const alone = await again.post(`/office/figures/${quarter}`, fields(seen.text, 'publish'));
  const own = await onceMade(again, `/office/figures/${quarter}`, alone);
  assert.equal(own.status, 422);
  assert.match(own.text, /You proposed this yourself/);
  const remy = await door.enter('remy', ['registrar']);
  assert.match((await remy.get('/office/figures')).text, /proposed by another person, waits for you/);
  const offered = await remy.get(`/office/figures/${quarter}`);
  assert.match(offered.text, /<bdi>Name of aldo<\/bdi> proposed exactly this report/);
  assert.match(offered.text, /Publish this report/);
  assert.match(seen.text, /<td[^>]*class="withheld">withheld<\/td>/);
  assert.equal((await read(`/figures/${quarter}`)).status, 404, 'a look publishes nothing');
  const pressed = await remy.post(`/office/figures/${quarter}`, fields(offered.text, 'publish'));
  const made = await onceMade(remy, `/office/figures/${quarter}`, pressed);
  assert.deepEqual([made.status, made.next], [303, `/figures/${quarter}`]);
  assert.match(
    (await remy.post(`/office/figures/${quarter}`, fields(offered.text, 'publish'))).text,
    /is published already, and stays as it is/,
  );
  log.pass(12 * 24 * 95);
  assert.equal((await log.publish()).is, 'published');

  const page = textOf(await read(`/figures/${quarter}`));
  assert.match(page, /<svg class="chart"[^>]*role="img"[^>]*aria-label="Requests by State: a bar/);
  assert.doesNotMatch(page, /<style|\sstyle=|<script>|onload/, 'nothing that the policy of the pages forbids');
  assert.match(page, /France \(FR\)/);
  assert.match(page, /The report is entry <bdi>\d+<\/bdi> of the public log/);
  const arabic = textOf(await read('/figures', 'ar'));
  assert.match(arabic, /dir="rtl"/);
  assert.match(arabic, /direction="rtl"/);
  assert.match(arabic, /محجوب/);

  const json = await read(`/figures/${quarter}.json`);
  assert.equal(json.headers.get('content-type'), 'application/json');
  const verdict = await verifyReport(json.bytes, undefined);
  assert.deepEqual(verdict.wrong, []);
  assert(verdict.shown.some(({ key }) => key === 'report.logged'));
  const schema = z.fromJSONSchema(JSON.parse(readFileSync(SCHEMA, 'utf8')) as Parameters<typeof z.fromJSONSchema>[0]);
  const file = JSON.parse(textOf(json)) as { report: { figures: { n: unknown }[] } };
  assert.deepEqual(schema.safeParse(file).error?.issues, undefined);
  assert.equal(schema.safeParse({ ...file, report: { ...file.report, figures: [{ n: -1 }] } }).success, false);

  const csv = textOf(await read(`/figures/${quarter}.csv`)).split('\r\n');
  assert.equal(csv.length - 2, file.report.figures.length, 'a line each, and a head');
  assert(csv.some((line) => line.includes('"received","FR"') && line.includes('"","yes"')));
  for (const language of ['en', 'ar']) {
    const pdf = await read(`/figures/${quarter}.pdf`, language);
    assert.equal(pdf.headers.get('content-type'), 'application/pdf');
    assert.equal(textOf({ bytes: pdf.bytes.subarray(0, 5) }), '%PDF-');
  }
  assert.equal((await read('/figures/2001-Q1')).status, 404);
  assert.equal((await read('/figures/2001-Q1.json')).status, 404);

  assert.equal((await again.get(`/figures/${quarter}/proofs.json`)).status, 403);
  const watching = await door.enter('omar', ['oversight']);
  const proofs = await watching.get(`/figures/${quarter}/proofs.json`);
  const whole = await verifyReport(json.bytes, undefined, new TextEncoder().encode(proofs.text));
  assert.deepEqual(whole.wrong, []);
  assert(whole.shown.some(({ key }) => key === 'report.proofs'));
});
