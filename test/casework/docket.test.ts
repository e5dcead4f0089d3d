// Lists and the frame: what waits for whom and why, a docket whose numbers add up, the desk, the timeline, and stepping back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { caseChanges } from '../../src/adapters/postgres/casework/changes.ts';
import { act } from '../../src/app/casework/act.ts';
import { linesOf } from '../../src/app/casework/docket.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import type { CaseFile, Reference } from '../../src/domain/docket/case-file.ts';
import { callBack } from '../../src/domain/execution/emergency.ts';
import { isReturned } from '../../src/domain/requests/request.ts';
import { sendBack } from '../../src/domain/requests/decide.ts';
import type { RequestContent } from '../../src/domain/requests/content.ts';
import { accept } from '../../src/kernel/outcome.ts';
import { caseworkRoutes } from '../../src/web/casework/routes.ts';
import { eventRoutes } from '../../src/web/docket/events.ts';
import { docketRoutes } from '../../src/web/docket/routes.ts';
import { CONTENT, takeIn } from '../support/casework.ts';
import { openFrontDoor, type Page, type Visitor } from './front-door.ts';

type Arrival = { readonly state?: string; readonly urgency?: string; readonly authority?: string };

let door: Awaited<ReturnType<typeof openFrontDoor>>;
let duty: Visitor;
let rana: Visitor;
let rui: Visitor;
let ada: Visitor;
let emil: Visitor;
let olga: Visitor;
const changesOf = () => caseChanges(door.office.db, door.office.database.app);
let changes: ReturnType<typeof changesOf>;

before(async () => {
  door = await openFrontDoor();
  changes = changesOf();
  door.app.route('/', docketRoutes({ work: door.front }));
  door.app.route('/', caseworkRoutes({ work: door.front }));
  door.app.route('/', eventRoutes({ work: door.front, changes }));
  duty = await door.enter('duty', ['duty-officer']);
  rana = await door.enter('rana', ['reviewer']);
  rui = await door.enter('rui', ['reviewer']);
  ada = await door.enter('ada', ['approver']);
  emil = await door.enter('emil', ['executing-unit']);
  olga = await door.enter('olga', ['oversight']);
});
after(async () => {
  await changes.close();
  await door.close();
});

const actor = (who: Visitor, ...roles: Actor['roles']): Actor => ({ id: who.id, roles });

async function arrive({ state = 'AA', urgency, authority }: Arrival = {}): Promise<CaseFile> {
  const content = {
    ...CONTENT,
    ...(authority && { requestingAuthority: { ...CONTENT.requestingAuthority, name: authority } }),
    ...(urgency && { urgency: { level: urgency } }),
  } as RequestContent;
  return takeIn(door.front, actor(duty, 'duty-officer'), { otherState: state, content });
}

const acknowledge = (file: CaseFile) =>
  act(door.front, actor(duty, 'duty-officer'), 'request.receive', { reference: file.reference, version: null }, () =>
    accept([{ type: 'request.acknowledged' }]),
  );

const references = ({ text }: Page): string[] => [
  ...new Set(
    [...text.matchAll(/class="ds-link case-link" href="\/requests\/([^"]+)"/g)].map(([, found]) => found ?? ''),
  ),
];
/** The line of a case in a list of work, as plain text. */
const lineOf = ({ text }: Page, { reference }: CaseFile): string =>
  (text.split('<li class="work-line">').find((line) => line.includes(`/requests/${reference}"`)) ?? '').replace(
    /<[^>]+>/g,
    '',
  );
/** The numbers of the stages as the page shows them; the first is all. */
const stageNumbers = ({ text }: Page): number[] =>
  [...(/<nav class="stages.*?<\/ul>/s.exec(text)?.[0] ?? '').matchAll(/class="n">(\d+)</g)].map(([, n]) => Number(n));

test('a list of work says why each line is there, and shows nobody what is not theirs to do', async () => {
  const file = await arrive();
  assert.match(lineOf(await duty.get('/work'), file), /You are a duty officer: acknowledge it\./);
  assert.ok(!references(await rana.get('/work')).includes(file.reference));
  await acknowledge(file);
  assert.match(lineOf(await rana.get('/work'), file), /You are a reviewer: answer \d+ questions\./);
  assert.ok(!references(await duty.get('/work')).includes(file.reference));
  assert.deepEqual(references(await emil.get('/work')), []);
  assert.match((await emil.get('/work')).text, /Nothing waits for you/);
});

test('who takes a case has it alone; of two who take it at once the second is told', async () => {
  const file = await arrive();
  await acknowledge(file);
  const { reference } = file;
  assert.equal((await rana.post('/work/take', { reference })).next, `/requests/${reference}`);
  assert.match(lineOf(await rana.get('/work'), file), /Assigned to you: answer/);
  assert.ok(!references(await rui.get('/work')).includes(reference));
  const late = await rui.post('/work/take', { reference });
  assert.equal(late.status, 422);
  assert.match(late.text, /A colleague has just taken this case\./);
});

test('a case that somebody has still waits for the other role whose turn it is', async () => {
  const file = await arrive();
  await rana.post('/work/take', { reference: file.reference });
  // It is the duty officer's turn, and a reviewer who has the case cannot do that for them.
  assert.ok(references(await duty.get('/work')).includes(file.reference));
  const mine = await rana.get('/work');
  assert.match(mine.text, /Yours, and waiting for somebody else/);
  assert.match(lineOf(mine, file), /Duty officer: acknowledge it\./);
});

test('a case is handed to a colleague by name, and not to somebody who could not open it', async () => {
  const file = await arrive();
  await acknowledge(file);
  const people = `/requests/${file.reference}/people`;
  const shown = await rana.get(`${people}?next=work`);
  assert.ok(shown.text.includes(`<option value="${rui.id}">`));
  assert.ok(!shown.text.includes(`<option value="${olga.id}">`));
  const version = /name="version" value="(\d+)"/.exec(shown.text)?.[1] ?? '';
  const given = await rana.post(`${people}/hand-over`, { to: rui.id, next: 'work', version });
  assert.deepEqual([given.status, given.next], [303, '/work']);
  assert.match(lineOf(await rui.get('/work'), file), /Assigned to you/);
  const again = await rui.post(`${people}/hand-over`, { to: olga.id, version: String(Number(version) + 1) });
  assert.equal(again.status, 422);
  assert.match(again.text, /This person cannot take the case/);
  // Decided on an older version of the case: nothing is lost, nothing is done.
  const stale = await rana.post(`${people}/hand-over`, { to: ada.id, version });
  assert.equal(stale.status, 409);
  assert.ok(stale.text.includes(`<option value="${ada.id}" selected>`));
});

test('while somebody is away, their cases wait for who stands in', async () => {
  const file = await arrive();
  await acknowledge(file);
  await rana.post('/work/take', { reference: file.reference });
  assert.ok(!references(await rui.get('/work')).includes(file.reference));
  const today = door.front.world.today();
  await door.office.db
    .insertInto('absence')
    .values({ id: crypto.randomUUID(), person: rana.id, deputy: rui.id, from_day: today, until_day: today })
    .execute();
  assert.match(lineOf(await rui.get('/work'), file), /For Name of rana, away until .*: answer \d+ questions\./);
  await door.office.db.deleteFrom('absence').execute();
});

test('the numbers by stage add up, and each leads to just so many lines', async () => {
  const [one] = [await arrive({ state: 'CC' }), await arrive({ state: 'CC' }), await arrive({ state: 'CC' })];
  await acknowledge(one as CaseFile);
  const all = await ada.get('/docket?state=CC');
  const [total, ...parts] = stageNumbers(all);
  assert.equal(total, 3);
  assert.deepEqual(parts, [2, 1]);
  assert.equal(references(await ada.get('/docket?state=CC&stage=received')).length, 2);
  assert.equal(references(await ada.get('/docket?state=CC&stage=assessing')).length, 1);
  // Asking for one stage changes no number beside it.
  assert.deepEqual(stageNumbers(await ada.get('/docket?state=CC&stage=assessing')), [3, 2, 1]);
});

test('the filters are said as a sentence, and what no filter knows is left out', async () => {
  const page = await ada.get(
    '/docket?direction=incoming&state=CC&stage=assessing&due=month&measure=nothing&sort=;drop',
  );
  assert.match(
    page.text,
    /One request: incoming, with Cocos.*?being assessed, due within 30 days; the nearest day first\./,
  );
  const wrong = await ada.get('/docket?state=Atlantis');
  assert.match(wrong.text, /No State has this name or code/);
  assert.ok(wrong.text.includes('value="Atlantis"'));
});

test('a search finds whole words and an unfinished last one, in what the request says', async () => {
  const file = await arrive({ state: 'DD', authority: 'Prosecutor of Zanthoria' });
  const find = async (words: string) => references(await ada.get(`/docket?q=${encodeURIComponent(words)}`));
  assert.deepEqual(await find('ZANTHORIA'), [file.reference]);
  assert.deepEqual(await find('prosecutor zantho'), [file.reference]);
  assert.deepEqual(await find(file.reference), [file.reference]);
  assert.deepEqual(await find('zanthoria nowhere'), []);
  assert.ok((await find("') or true --")).length === 0);
});

test('a docket is read page by page, each case once, those without a term last', async () => {
  const seen: string[] = [];
  const who = actor(ada, 'approver');
  let after: string | undefined;
  do {
    const page = await linesOf(door.front, who, { sort: 'due', size: 3, ...(after === undefined ? {} : { after }) });
    assert.ok(page);
    seen.push(...page.lines.map(({ reference, dueAt }) => `${dueAt ?? 'none'} ${reference}`));
    after = page.next ?? undefined;
  } while (after !== undefined);
  const whole = await linesOf(door.front, who, { sort: 'due', size: 500 });
  assert.deepEqual(
    seen,
    whole?.lines.map(({ reference, dueAt }) => `${dueAt ?? 'none'} ${reference}`),
  );
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.length > 6);
  const dues = whole?.lines.map(({ dueAt }) => dueAt ?? '9') ?? [];
  assert.deepEqual(dues, [...dues].sort());
});

test('the file of a docket holds the same lines, and no formula', async () => {
  const file = await arrive({ state: 'EE', authority: '=HYPERLINK("http://evil.example")' });
  const { text, headers } = await ada.get('/docket.csv?state=EE');
  assert.match(headers.get('content-disposition') ?? '', /^attachment; filename="docket-[\d-]+\.csv"$/);
  const rows = text.trim().split('\r\n');
  assert.equal(rows.length, 2);
  assert.ok(rows[1]?.startsWith(`"${file.reference}","incoming","EE","BB","'=HYPERLINK(""http://evil.example"")"`));
});

test('a view is a name for what was asked, kept for its owner alone', async () => {
  const saved = await ada.post('/docket/views', { query: 'state=CC&stage=received&evil=1', name: 'New from CC' });
  assert.equal(saved.next, '/docket?state=CC&stage=received');
  assert.match((await ada.get('/docket')).text, /href="\/docket\?state=CC&amp;stage=received"[^>]*><bdi>New from CC/);
  assert.ok(!(await rana.get('/docket')).text.includes('New from CC'));
  const nameless = await ada.post('/docket/views', { query: 'state=CC', name: ' ' });
  assert.equal(nameless.status, 422);
  assert.match(nameless.text, /Give the view a name/);
  await ada.post('/docket/views/drop', { name: 'New from CC', query: '' });
  assert.ok(!(await ada.get('/docket')).text.includes('New from CC'));
});

test('the desk shows what cannot wait, and a call until somebody made it', async () => {
  const file = await arrive({ state: 'FF', urgency: 'emergency' });
  const at = '/desk';
  const section = (page: Page, id: string): string =>
    new RegExp(`aria-labelledby="${id}".*?</section>`, 's').exec(page.text)?.[0] ?? '';
  const before = await duty.get(at);
  // Its call stands with it, and not a second time among the calls.
  assert.ok(section(before, 'emergencies').includes(`/requests/${file.reference}/execution#emergency`));
  assert.ok(!section(before, 'calls').includes(file.reference));
  assert.ok(!section(before, 'unacknowledged').includes(file.reference));
  // An hour to acknowledge, eight to answer: both end within the day.
  assert.equal(section(before, 'falling').split(file.reference).length > 2, true);
  await acknowledge(file);
  const between = await duty.get(at);
  assert.ok(!section(between, 'emergencies').includes(file.reference));
  assert.ok(section(between, 'calls').includes(`/requests/${file.reference}/execution#emergency`));
  const { now } = door.front.world;
  await act(
    door.front,
    actor(duty, 'duty-officer'),
    'emergency.call-back',
    { reference: file.reference, version: null },
    (now_, moment) =>
      callBack(
        now_.execution,
        {
          number: '+99 1 0001',
          numberFrom: 'Directory, entry 12',
          calledAt: now(),
          answeredBy: 'A. Prosecutor',
          outcome: 'verified',
          remarks: '',
        },
        duty.id,
        moment,
      ),
  );
  const later = await duty.get(at);
  assert.ok(!section(later, 'emergencies').includes(file.reference));
  assert.ok(!section(later, 'calls').includes(file.reference));
  assert.match((await duty.get('/desk?scheme=dark')).text, /<html[^>]* data-color-scheme="dark"/);
});

test('the timeline says every step in words, with what followed of itself under it', async () => {
  const file = await arrive();
  door.office.later(60);
  await acknowledge(file);
  const newest = await rana.get(`/requests/${file.reference}/timeline`);
  const said = newest.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  assert.ok(
    said.indexOf('Receipt of the request was acknowledged') < said.indexOf(`The case ${file.reference} was opened`),
  );
  assert.match(newest.text, /was opened.*?<ul class="followed">.*?The request was registered/s);
  assert.match(newest.text, /facts were put on record.*?the clock.*?<ul class="followed">.*?Assessment 1: Needs info/s);
  const oldest = (await rana.get(`/requests/${file.reference}/timeline?order=oldest`)).text;
  assert.ok(oldest.indexOf('was opened') < oldest.indexOf('was acknowledged'));
});

test('a clock explains how its day came about, and says that it stands still while the request is away', async () => {
  const file = await arrive();
  await acknowledge(file);
  const clocks = async () => {
    const { text } = await rana.get(`/requests/${file.reference}/timeline`);
    return text.slice(text.indexOf('id="clocks"')).replace(/<[^>]+>/g, ' ');
  };
  assert.match(await clocks(), /Answer the request.*Starts with .*30 days.*set by this office.*Ends with/s);
  const acted = await act(
    door.front,
    actor(rana, 'reviewer'),
    'request.return',
    { reference: file.reference, version: null },
    (now) => sendBack(now.request, [], 'The account is missing.'),
  );
  assert.ok(acted.is === 'done' && isReturned(acted.file.request));
  assert.match(await clocks(), /Answer the request\s+Stands still/);
});

test('whoever declares a conflict loses the case at once, everywhere, and cannot be given it again', async () => {
  const file = await arrive({ state: 'GG' });
  await acknowledge(file);
  const { reference } = file;
  await rui.post('/work/take', { reference });
  const people = `/requests/${reference}/people`;
  const short = await rui.post(`${people}/conflict`, { reason: 'friend' });
  assert.equal(short.status, 422);
  assert.ok(short.text.includes('>friend</textarea>'));
  const stepped = await rui.post(`${people}/conflict`, { reason: 'The accused is my cousin.' });
  assert.equal(stepped.next, `/work?stepped=${reference}`);
  assert.match((await rui.get(stepped.next)).text, /is no longer open to you/);
  assert.deepEqual(references(await rui.get('/docket?state=GG')), []);
  assert.equal((await rui.get(people)).status, 404);
  assert.equal((await rui.get(`/events?case=${reference}&version=1`)).status, 404);
  assert.equal((await rui.post('/work/take', { reference })).status, 404);
  // It is nobody's again, and the list of colleagues no longer offers it to them.
  assert.match(lineOf(await rana.get('/work'), file), /You are a reviewer/);
  const shown = await rana.get(people);
  assert.ok(!shown.text.includes(`<option value="${rui.id}"`));
  const version = /name="version" value="(\d+)"/.exec(shown.text)?.[1] ?? '';
  assert.equal((await rana.post(`${people}/hand-over`, { to: rui.id, version })).status, 422);
});

test('a page that is not for a role looks like one that is not there', async () => {
  const file = await arrive();
  const { reference } = file;
  const absent = await emil.get('/requests/BB-2028-999999/timeline');
  assert.equal(absent.status, 404);
  for (const path of [
    '/docket',
    '/docket.csv',
    '/desk',
    `/requests/${reference}/timeline`,
    `/requests/${reference}/people`,
  ])
    assert.equal((await emil.get(path)).status, 404, path);
  assert.equal((await olga.get('/docket')).status, 200);
  assert.equal((await olga.post(`/requests/${reference}/people/hand-over`, { to: rana.id, version: '1' })).status, 404);
  assert.equal((await olga.post('/work/take', { reference })).status, 404);
  assert.equal(
    (await olga.post(`/requests/${reference}/people/conflict`, { reason: 'Long enough a reason.' })).status,
    404,
  );
  const stranger = await door.app.request('http://localhost:8787/docket');
  assert.deepEqual([stranger.status, stranger.headers.get('location')], [303, '/sign-in?next=%2Fdocket']);
});

test('an open page hears that its case changed, and nothing else', async () => {
  const file = await arrive();
  const shown = await rana.get(`/requests/${file.reference}/timeline`);
  const address = /data-events="([^"]+)"/.exec(shown.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  assert.equal(address, `/events?case=${file.reference}&version=${file.version}`);
  const listen = async (who: Visitor, path: string): Promise<string> => (await who.get(path)).text;
  const hearing = listen(rana, address);
  const list = listen(duty, '/events');
  // Word goes out again until it is heard: nobody knows when the database has begun to listen for us.
  let done = false;
  void Promise.all([hearing, list]).then(() => {
    done = true;
  });
  for (let n = 0; !done && n < 100; n++) {
    await arriveOrAcknowledge(file, n);
    await new Promise((next) => setTimeout(next, 50));
  }
  assert.equal(await hearing, 'event: changed\ndata: \n\n');
  assert.equal(await list, 'event: changed\ndata: \n\n');
  // A page that was made before the step hears at once.
  assert.equal(await listen(rana, address), 'event: changed\ndata: \n\n');
});

const arriveOrAcknowledge = (file: CaseFile, n: number): Promise<unknown> => (n === 0 ? acknowledge(file) : arrive());

test('every reference in a list is one that the reader may open', async () => {
  const shown = references(await rui.get('/docket'));
  assert.ok(shown.length > 0);
  for (const reference of shown)
    assert.ok(await door.front.store.read(rui.id, reference as Reference, 'test'), reference);
});
