// An auditor's work by page: draw a sample, look at it, prove a case, make a finding, and have the office answer it.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { inWords, parsePolicy } from '../../verify/verify.ts';
import { answers } from '../../verify/command.ts';
import { checkSample } from '../../verify/sample.ts';
import { openSpace, type Space } from './door.ts';

const data = mkdtempSync(join(tmpdir(), 'rogatory-oversight-'));
let space: Space;
before(async () => {
  space = await openSpace(data);
});
after(async () => {
  await space.close();
  rmSync(data, { recursive: true, force: true });
});

const reason = (text: string): string => /error-summary[\s\S]{0,600}/.exec(text)?.[0] ?? text.slice(0, 200);
const goes = async (answer: Promise<{ readonly status: number; readonly next: string; readonly text: string }>) => {
  const { status, next, text } = await answer;
  assert.equal(status, 303, reason(text));
  return next;
};
const rows = (text: string): number => text.match(/<tr role="row"><th scope="row"/g)?.length ?? 0;
/** What docs/spec says of the report as data. */
const SCHEMA = JSON.parse(
  readFileSync(new URL('../../docs/spec/oversight-report.schema.json', import.meta.url), 'utf8'),
) as Parameters<typeof z.fromJSONSchema>[0];
const SECRET = 'a heron at dusk';

test('before anything was done, the space says how to begin, and every list has its count', async () => {
  const { olga } = space.people;
  const { status, text } = await olga.get('/oversight');
  assert.equal(status, 200);
  assert.match(text, /href="\/oversight\/samples\/new">Draw a sample of cases/);
  for (const [list, count] of [
    ['overrides', 0],
    ['emergencies', 1],
    ['late-notices', 0],
    ['long-secrecy', 1],
    ['complaints', 1],
    ['sealed', 1],
  ] as const)
    assert.match(text, new RegExp(`/oversight/lists/${list}"><span class="book-count">${count}<`), list);
});

test('each list shows its cases in words and as a file, sealed ones too, and reading it is on record', async () => {
  const { olga } = space.people;
  const { told, urgent, sealed } = space.cases;
  for (const [list, file, words] of [
    ['emergencies', urgent, /not yet/],
    ['long-secrecy', told, /Order 12\/2028[\s\S]*200 days/],
    ['complaints', told, /0 days/],
    ['sealed', sealed, /A threatened witness could be told/],
  ] as const) {
    const { text } = await olga.get(`/oversight/lists/${list}`);
    assert.equal(rows(text), 1, list);
    assert.match(text, new RegExp(file.reference));
    assert.match(text, words);
    const csv = await olga.get(`/oversight/lists/${list}.csv`);
    assert.match(csv.headers.get('content-type') ?? '', /text\/csv/);
    assert.equal(csv.text.trim().split('\r\n').length, 2);
    assert.match(csv.text, new RegExp(file.reference));
  }
  for (const list of ['overrides', 'late-notices'])
    assert.match((await olga.get(`/oversight/lists/${list}`)).text, /class="note"/);
  assert.match((await olga.get('/oversight/lists/access')).text, /Account taken up[\s\S]*Approver/);
  assert.equal((await olga.get('/oversight/lists/nothing')).status, 404);
  assert.equal((await olga.get('/oversight/lists/sealed?from=2030-02-30')).status, 422);
  assert.match((await olga.get('/oversight/lists/emergencies?from=2031-01-01')).text, /class="note"/);
  const read = (await olga.get('/oversight/readings')).text;
  assert.match(read, /List: sealed cases/);
  assert.match(read, new RegExp(sealed.reference));
});

test('a sample is fixed, waits for the log, is drawn, and a stranger draws the same', async () => {
  const { olga } = space.people;
  const typed = {
    purpose: 'The quarter’s look at what is done under pressure.',
    kind: 'by-risk',
    from: '2028-01-01',
    to: '2028-12-31',
    count: '3',
    lock: createHash('sha256').update(SECRET).digest('hex'),
  };
  const counted = await olga.post('/oversight/samples', { ...typed, do: 'count' });
  assert.match(counted.text, /10 cases could be drawn now/);
  const at = await goes(olga.post('/oversight/samples', { ...typed, do: 'fix' }));
  assert.equal(at, '/oversight/samples/1');
  assert.match((await olga.get(at)).text, /The fixing enters the public log/);
  const early = await olga.post(`${at}/draw`, { secret: SECRET });
  assert.match(early.text, /not in the public log yet/);
  await space.publish(1);
  assert.match((await olga.post(`${at}/draw`, { secret: SECRET })).text, /has not reached [\d,]+ entries yet/);
  assert.doesNotMatch((await olga.get(at)).text, /Draw the cases/);
  await space.publish(1);
  assert.match((await olga.get('/oversight')).text, /Sample 1 can be drawn/);
  assert.match((await olga.post(`${at}/draw`, { secret: 'another' })).text, /not the secret/);
  await goes(olga.post(`${at}/draw`, { secret: SECRET }));
  assert.match((await olga.post(`${at}/draw`, { secret: SECRET })).text, /drawn already/);
  // The log goes on; what was drawn is shown under whatever is published by now.
  await space.publish(2);

  const { text: file } = await olga.get(`${at}/sample.json`);
  const { vkey } = (JSON.parse(file) as { log: { vkey: string } }).log;
  const checked = await checkSample(file, parsePolicy(`log ${vkey}\nquorum none\n`));
  assert.deepEqual(checked.wrong, []);
  assert.equal(checked.shown.length, 5, checked.shown.map(inWords).join('\n'));
  // By the command, with several files at once: each under its name, the worst of them the status.
  const [good, bad] = ['sample-1.json', 'other.json'].map((name) => join(data, name)) as [string, string];
  writeFileSync(good, file);
  writeFileSync(bad, '{}');
  const both = await answers({ what: 'sample' }, [good, bad], false);
  assert.match(
    both.text,
    /sample-1\.json: PROVEN[\s\S]*The seed gives the \d+ cases[\s\S]*other\.json: Unusable: the file is not a sample/,
  );
  assert.equal(both.status, 2);
  assert.match((await answers({ what: 'sample' }, [good], false)).text, /^PROVEN\n/);
  const population = (await olga.get(`${at}/population.txt`)).text;
  assert.equal(population.trim().split('\n').length, 10);
  assert.match(population, new RegExp(`^${space.cases.urgent.reference} \\S+ 6 emergency$`, 'm'));
  assert.match(population, new RegExp(`^${space.cases.plain.reference} \\S+ 1 -$`, 'm'));
});

test('what oversight saw in each case is written down, and the sample is done when all were looked at', async () => {
  const { olga } = space.people;
  const at = '/oversight/samples/1';
  const drawn = [...(await olga.get(at)).text.matchAll(/<li id="case-([^"]+)"/g)].map(([, one]) => one ?? '');
  assert.equal(drawn.length, 3);
  const [first = '', ...others] = drawn;
  const without = await olga.post(`${at}/look`, { reference: first, result: 'finding', note: ' ' });
  assert.equal(without.status, 422);
  assert.match(without.text, new RegExp(`id="note-${first}-error"`));
  await goes(olga.post(`${at}/look`, { reference: first, result: 'finding', note: 'No reasons were given.' }));
  for (const reference of others) await goes(olga.post(`${at}/look`, { reference, result: 'in-order', note: '' }));
  assert.match((await olga.get(at)).text, /looked through/);
  const elsewhere = await olga.post(`${at}/look`, { reference: 'BB-2028-999999', result: 'in-order', note: '' });
  assert.match(elsewhere.text, /was not drawn/);
});

test('a case is proven step by step against the log; what is not proven is said; a sealed one too', async () => {
  const { olga } = space.people;
  for (const file of [space.cases.told, space.cases.sealed]) {
    const { text } = await olga.get(`/oversight/cases/${file.reference}`);
    assert.match(text, /All \d+ steps of this case are what was committed to, in order, and in the public log/);
    assert.doesNotMatch(text, /not proven<\/span>/);
    assert.match(text, /nothing came after the last step/);
    assert.match(text, new RegExp(`href="/requests/${file.reference}/export"`));
  }
  assert.match((await olga.get('/oversight/readings')).text, /Proof/);
  assert.equal((await olga.get('/oversight/cases/BB-2028-999999')).status, 404);
  assert.equal((await olga.get('/oversight/cases?reference=bb-2028-000001')).next, '/oversight/cases/BB-2028-000001');
  assert.equal((await olga.get('/oversight/cases?reference=what')).status, 422);
});

const FINDING = {
  to: 'approver',
  title: 'Reasons are missing',
  text: 'In one case of three nobody wrote down why.',
  recommendation: 'Write down why.',
  replyBy: '2028-04-01',
};

test('a finding is made, answered by the office under a name, looked at again, and closed', async () => {
  const { olga, ada } = space.people;
  const faulty = await olga.post('/oversight/findings', { ...FINDING, title: '', cases: 'BB-2028-999999' });
  assert.equal(faulty.status, 422);
  assert.match(faulty.text, /There is no case/);
  assert.match(faulty.text, /In one case of three/);
  const at = await goes(
    olga.post('/oversight/findings', { ...FINDING, cases: space.cases.plain.reference, sample: '1' }),
  );
  assert.equal(at, '/oversight/findings/1');
  assert.match((await ada.get('/office/findings')).text, /Reasons are missing/);
  const theirs = '/office/findings/1';
  assert.equal((await ada.post(`${theirs}/reply`, { stance: 'accepted', text: '' })).status, 422);
  assert.match(
    (await ada.post(`${theirs}/reply`, { stance: 'accepted', text: 'Yes.', doneBy: '2027-01-01' })).text,
    /not over/,
  );
  await goes(ada.post(`${theirs}/reply`, { stance: 'partly-accepted', text: 'We will.', doneBy: '2028-05-01' }));
  const { text } = await olga.get('/oversight');
  assert.match(text, /The office answered finding 1/);
  await goes(olga.post(`${at}/follow-up`, { text: 'Half of it is done.', replyBy: '2028-06-01' }));
  await goes(ada.post(`${theirs}/reply`, { stance: 'accepted', text: 'All of it now.' }));
  assert.equal((await olga.post(`${at}/close`, { 'end-text': '' })).status, 422);
  await goes(olga.post(`${at}/close`, { 'end-text': 'Seen in three cases.' }));
  const shown = (await ada.get(theirs)).text;
  for (const words of ['partly accepted', 'Half of it is done.', 'All of it now.', 'Seen in three cases.'])
    assert.match(shown, new RegExp(words));
  assert.doesNotMatch(shown, /action="[^"]*reply"/);
  assert.match((await ada.post(`${theirs}/reply`, { stance: 'accepted', text: 'More.' })).text, /closed/);
});

test('a finding goes to those alone whom it concerns and who see its cases; the head of the office is told of none', async () => {
  const { olga, ada, aldo, remy } = space.people;
  await goes(olga.post('/oversight/findings', { ...FINDING, title: 'The seal', cases: space.cases.sealed.reference }));
  const approvers = await Promise.all([ada, aldo].map(async (one) => (await one.get('/office/findings/2')).status));
  assert.deepEqual(approvers, [200, 200]);
  const wrong = await olga.post('/oversight/findings', {
    ...FINDING,
    to: 'registrar',
    cases: space.cases.plain.reference,
  });
  assert.match(wrong.text, /sees no case/);
  await goes(olga.post('/oversight/findings', { ...FINDING, to: 'registrar', title: 'Old accounts' }));
  assert.equal((await remy.get('/office/findings/3')).status, 200);
  assert.equal((await remy.get('/office/findings/1')).status, 404);
  assert.equal((await ada.get('/office/findings/3')).status, 404);
  await goes(remy.post('/office/findings/3/reply', { stance: 'accepted', text: 'Made void today.' }));
});

test('the report of a period names no case and no person, and is a page, a file for spreadsheets, and data', async () => {
  const { olga } = space.people;
  const query = 'from=2028-01-01&to=2028-12-31';
  const { text } = await olga.get(`/oversight/report?${query}`);
  const csv = (await olga.get(`/oversight/report.csv?${query}`)).text;
  const json = (await olga.get(`/oversight/report.json?${query}`)).text;
  const report = JSON.parse(json);
  assert.ok(z.fromJSONSchema(SCHEMA).safeParse(report).success);
  assert.ok(!z.fromJSONSchema(SCHEMA).safeParse({ ...report, madeAt: 'today' }).success);
  assert.equal(report.figures.received, 10);
  assert.equal(report.figures.emergencies, 1);
  assert.equal(report.figures.complaintsReceived, 1);
  assert.equal(report.figures.sealed, 1);
  assert.deepEqual(
    report.samples.map(({ drawn, inOrder, withFinding }: { [name: string]: number }) => [drawn, inOrder, withFinding]),
    [[3, 2, 1]],
  );
  assert.deepEqual(
    report.findings.map(({ state, stance }: { state: string; stance: string | null }) => [state, stance]),
    [
      ['closed', 'accepted'],
      ['waits-for-office', null],
      ['with-oversight', 'accepted'],
    ],
  );
  assert.match(csv, /"figures","received","","10"/);
  for (const file of Object.values(space.cases))
    for (const one of [text, csv, json]) assert.doesNotMatch(one, new RegExp(file.reference));
  for (const one of [csv, json]) assert.doesNotMatch(one, /Name of/);
  assert.equal((await olga.get('/oversight/report?from=x')).status, 422);
});
