// The front door as its people use it: requests come in three ways, are saved while they are written, and are handed in once.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { requestFileText } from '../../src/app/casework/front-desk.ts';
import { parseRequestFile } from '../../src/domain/requests/file.ts';
import type { CaseFile, Reference } from '../../src/domain/docket/case-file.ts';
import { PASSWORD } from '../people/office.ts';
import { openFrontDoor, type Page, type Visitor } from './front-door.ts';

let door: Awaited<ReturnType<typeof openFrontDoor>>;
let dana: Visitor;
let duncan: Visitor;
let ada: Visitor;
let emil: Visitor;
before(async () => {
  door = await openFrontDoor();
  dana = await door.enter('dana', ['duty-officer']);
  duncan = await door.enter('duncan', ['duty-officer']);
  ada = await door.enter('ada', ['approver']);
  emil = await door.enter('emil', ['executing-unit']);
  // The codes of their apps were used up when they were enrolled.
  door.office.later(60);
});
after(() => door?.close());

const example = (name: string): string =>
  readFileSync(new URL(`../../examples/requests/${name}.json`, import.meta.url), 'utf8');
/** The same request under another number of the other side, so that tests do not meet each other's cases. */
let numbers = 0;
function fresh(name = '01-ransomware-mailbox'): string {
  const file = JSON.parse(example(name)) as { content: Record<string, unknown> };
  file.content['caseReference'] = `AA-${++numbers}/2028`;
  file.content['targets'] = [
    { service: 'Mail', identifierType: 'email', identifierValue: `one${numbers}@mail.example` },
  ];
  return JSON.stringify(file);
}

const caseOf = async (path: string, by = dana): Promise<CaseFile> => {
  const reference = (path.split('/')[2] ?? '').split('?')[0] as Reference;
  const file = await door.front.store.read(by.id, reference, 'test');
  assert.ok(file, path);
  return file;
};
/** Registers a request file; the path of its case. */
async function register(text = fresh(), by = dana): Promise<string> {
  const read = await by.upload('/requests/new/file', 'request.json', text);
  assert.equal(read.status, 303, read.text);
  const registered = await by.post(read.next, { do: 'hand-in' });
  assert.equal(registered.status, 303, registered.text);
  return registered.next.replace('?new', '');
}

/** Begins a form; the path of its pages. */
async function begin(by = dana, way = 'form', measure = 'content-data'): Promise<string> {
  const begun = await by.post(`/requests/new/${way}`, { otherState: 'AA', measure, instrument: '' });
  assert.equal(begun.status, 303, begun.text);
  return begun.next.replace('/authority', '');
}

/** What the page says is to be mended. */
const mend = ({ text }: Page): string => /<div class="ds-error-summary"[\s\S]*?<\/div>/.exec(text)?.[0] ?? '';

test('a request file is shown, registered as it came, and acknowledged', async () => {
  const text = fresh();
  const read = await dana.upload('/requests/new/file', '../etc/request 7.json', text);
  const summary = await dana.get(read.next);
  assert.match(summary.text, /AA-\d+\/2028/);
  assert.match(summary.text, /Register this request/);
  assert.doesNotMatch(summary.text, />Change</, 'what another authority wrote is not changed here');
  const { next } = await dana.post(read.next, { do: 'hand-in' });
  assert.match(next, /^\/requests\/BB-2028-\d{6}\?new$/);

  const page = await dana.get(next);
  assert.match(page.text, /Registered as/);
  const file = await caseOf(next);
  assert.deepEqual([file.request.channel, file.requestingState, file.direction], ['file', 'AA', 'incoming']);
  assert.deepEqual(file.request.content, JSON.parse(text).content);
  const [document] = await door.front.store.documents(dana.id, file.id);
  assert.deepEqual([document?.name, document?.mediaType], ['request 7.json', 'application/json']);
  assert.equal((await dana.get(read.next)).status, 404, 'the draft is gone');

  const path = next.replace('?new', '');
  const acknowledged = await dana.post(`${path}/acknowledge`, {});
  assert.equal(acknowledged.status, 303, acknowledged.text);
  assert.ok((await caseOf(path)).request.acknowledgedAt);
  assert.doesNotMatch((await dana.get(path)).text, /<button[^>]*>Acknowledge</);
});

test('our PDF carries the request within, and the PDF itself is kept', async () => {
  const pdf = `%PDF-1.7\n%REQUEST${fresh()}%END`;
  const read = await dana.upload('/requests/new/file', 'request.pdf', pdf);
  const { next } = await dana.post(read.next, { do: 'hand-in' });
  const file = await caseOf(next);
  assert.equal(file.request.channel, 'pdf');
  const [document] = await door.front.store.documents(dana.id, file.id);
  assert.equal(document?.mediaType, 'application/pdf');
});

test('a letter is kept byte for byte, and comes out only as a file that runs nowhere', async () => {
  const bytes = new TextEncoder().encode('%PDF-1.4 <script>alert(1)</script> رسالة');
  const kept = await dana.upload('/requests/new/letter', 'رسالة "1".html', bytes);
  const begun = await dana.post(kept.next, { otherState: 'Kenya (KE)', measure: 'subscriber-data', instrument: '' });
  assert.match((await dana.get(begun.next)).text, /رسالة/, 'the letter stands beside the form');
  const summary = begun.next.replace('/authority', '/summary');
  const { next } = await dana.post(summary, { do: 'hand-in' });
  const file = await caseOf(next);
  assert.deepEqual([file.request.channel, file.requestingState], ['letter', 'KE']);
  const [document] = await door.front.store.documents(dana.id, file.id);
  const got = await dana.get(`${next.replace('?new', '')}/documents/${document?.id}`);
  assert.deepEqual(got.text, new TextDecoder().decode(bytes));
  assert.equal(got.headers.get('content-type'), 'application/pdf', 'told from its first bytes, not from its name');
  assert.match(got.headers.get('content-disposition') ?? '', /^attachment; filename="[\w .-]+"; filename\*=UTF-8''%D8/);
  assert.equal(got.headers.get('content-security-policy'), "default-src 'none'; sandbox");
  assert.equal(got.headers.get('x-content-type-options'), 'nosniff');
});

test('what cannot be read comes back as it was typed, now and later, and nothing is registered with it', async () => {
  const form = await begin();
  const typed = { caseReference: 'AA-9', 'requestingAuthority.email': 'nobody at all', do: 'next' };
  const again = await dana.post(`${form}/authority`, typed);
  assert.equal(again.status, 422);
  assert.match(again.text, /<title>Error: /);
  assert.match(mend(again), /href="#f-requestingAuthority\.email"/);
  for (const page of [again, await dana.get(`${form}/authority`)]) {
    assert.match(page.text, /value="nobody at all"/);
    assert.match(page.text, /value="AA-9"/);
  }
  const refused = await dana.post(`${form}/summary`, { do: 'hand-in' });
  assert.equal(refused.status, 422);
  assert.match(mend(refused), /must be an e-mail address/);
  await dana.post(`${form}/authority`, { 'requestingAuthority.email': 'a@b.example', do: 'next' });
  assert.equal((await dana.post(`${form}/summary`, { do: 'hand-in' })).status, 303);
});

test('items are added and removed without scripts, and what is missing is named beside the form', async () => {
  const form = await begin();
  const added = await dana.post(`${form}/data`, {
    'targets.0.service': 'Mail',
    'targets.0.identifierValue': 'one@mail.example',
    'add:targets': '1',
  });
  assert.equal(added.next, `${form}/data#f-targets.1`);
  const two = await dana.get(`${form}/data`);
  assert.match(two.text, /name="targets\.1\.service"/);
  assert.match(two.text, /Service or provider \(Account 2\)/);
  const removed = await dana.post(`${form}/data`, { 'remove:targets:0': '1' });
  assert.equal(removed.next, `${form}/data#f-targets`);
  const one = await dana.get(`${form}/data`);
  assert.doesNotMatch(one.text, /one@mail\.example|name="targets\.1\.service"/);
});

test('an answer that asks for more shows the new questions before the form goes on', async () => {
  const form = await begin(dana, 'form', 'content-data');
  const more = await dana.post(`${form}/urgency`, { 'urgency.level': 'emergency', do: 'next' });
  assert.equal(more.next, `${form}/urgency?more#form`);
  const page = await dana.get(`${form}/urgency?more`);
  assert.match(page.text, /name="threatDescription"/);
  const on = await dana.post(`${form}/urgency`, { threatDescription: 'A child is held.', do: 'next' });
  assert.equal(on.next, `${form}/secrecy`);
});

test('of two windows the second is told, keeps what was typed, and takes nothing from the first', async () => {
  const form = await begin();
  const first = await dana.post(`${form}/facts`, { version: '1', factsSummary: 'As told at first.', do: 'next' });
  assert.equal(first.status, 303);
  const second = await dana.post(`${form}/facts`, { version: '1', factsSummary: 'As told later.', do: 'next' });
  assert.equal(second.status, 409);
  assert.match(second.text, /As told later\./);
  assert.match((await dana.get(`${form}/facts`)).text, /As told at first\./);
  const version = /name="version" value="(\d+)"/.exec(second.text)?.[1] ?? '';
  await dana.post(`${form}/facts`, { version, factsSummary: 'As told later.', do: 'next' });
  assert.match((await dana.get(`${form}/facts`)).text, /As told later\./);
});

test('a form is handed in once, however often the button is pressed', async () => {
  const form = await begin();
  await dana.post(`${form}/facts`, { factsSummary: 'Pressed twice.', do: 'next' });
  const version = /name="version" value="(\d+)"/.exec((await dana.get(`${form}/summary`)).text)?.[1] ?? '';
  const answers = await Promise.all([1, 2, 3].map(() => dana.post(`${form}/summary`, { version, do: 'hand-in' })));
  assert.deepEqual(answers.map(({ status }) => status).filter((status) => status === 303).length, 1);
  const words = 'pressed twice';
  const { lines } = await door.front.store.docket(dana.id, { words, sort: 'received', size: 10 });
  assert.equal(lines.length, 1);
});

test('nobody sees another person’s draft or its letter, and roles without the front desk see no door', async () => {
  const kept = await dana.upload('/requests/new/letter', 'letter.pdf', '%PDF-1.7 for dana alone');
  const draft = kept.next.replace('/basics', '');
  const { documents } = (await door.front.drafts.find(dana.id, draft.split('/')[3] ?? '')) ?? {};
  const file = `${draft}/file/${documents?.[0]?.sha256}`;
  assert.equal((await dana.get(file)).status, 200);
  for (const path of [`${draft}/basics`, file, draft, `${draft}/discard`])
    assert.equal((await duncan.get(path)).status, 404, path);
  assert.equal((await duncan.post(`${draft}/discard`, {})).status, 404);
  assert.equal((await dana.get(file)).status, 200);
  for (const path of ['/requests/new', '/requests/new/file', '/requests/new/own', draft])
    assert.equal((await emil.get(path)).status, 404, path);
  assert.equal((await dana.post(`${draft}/discard`, {})).next, '/requests/new');
  assert.equal((await dana.get(file)).status, 404);
});

test('whose role does not allow it finds nothing there, and nothing changes', async () => {
  const path = await register();
  const { version } = await caseOf(path);
  for (const act of ['acknowledge', 'return', 'withdraw', 'amend'])
    assert.equal((await ada.post(`${path}/${act}`, { text: 'x', reason: 'x', do: 'hand-in' })).status, 404, act);
  assert.equal((await dana.post(`${path}/send`, {})).status, 404);
  assert.equal((await emil.get(path)).status, 404, 'an executing unit sees a case when there is something to execute');
  assert.equal((await dana.get('/requests/BB-2028-999999')).status, 404);
  assert.equal((await caseOf(path)).version, version);
});

test('a step on an older page is told what changed, and nothing is taken twice', async () => {
  const path = await register();
  const { version } = await caseOf(path);
  await dana.post(`${path}/acknowledge`, {});
  const late = await duncan.post(`${path}/withdraw`, { version: String(version), text: 'They told us by telephone.' });
  assert.equal(late.status, 409);
  assert.match(late.text, /They told us by telephone\./);
  assert.equal((await caseOf(path)).request.withdrawn, null);
});

test('a request goes back for what is missing, the clocks stand still, and a supplement starts them again', async () => {
  const path = await register(fresh('03-incomplete'));
  await dana.post(`${path}/acknowledge`, {});
  const page = await dana.get(`${path}/return`);
  const codes = [...page.text.matchAll(/name="missing" value="([^"]+)"[^>]*checked/g)].map(([, code = '']) => code);
  assert.ok(codes.length > 0, 'what must be there is chosen already');
  assert.equal((await dana.post(`${path}/return`, { text: ' ' })).status, 422);
  const returned = await dana.post(`${path}/return`, [
    ['missing', codes[0] ?? ''],
    ['text', 'Please say which account.'],
  ]);
  assert.equal(returned.status, 303, returned.text);
  const lying = (await caseOf(path)).request.returns[0];
  assert.deepEqual([lying?.missing, lying?.to], [[codes[0]], null]);
  assert.match((await dana.get(path)).text, /clocks stand still/);
  assert.equal((await dana.post(`${path}/return`, { text: 'Again.' })).status, 422);

  const kept = await dana.upload(`${path}/supplement/file`, 'answer.pdf', '%PDF-1.7 the answer', { version: '0' });
  assert.equal(kept.next, `${path}/supplement`);
  await dana.post(`${path}/supplement/purpose`, { purpose: 'To find the intruder.', do: 'next' });
  const before = (await caseOf(path)).request;
  assert.notEqual(before.content.purpose, 'To find the intruder.', 'nothing is in the case before it is handed in');
  const supplemented = await dana.post(`${path}/supplement`, { do: 'hand-in' });
  assert.equal(supplemented.next, path);
  const { request, id } = await caseOf(path);
  assert.equal(request.content.purpose, 'To find the intruder.');
  assert.ok(request.returns[0]?.to, 'the clocks go on');
  const documents = await door.front.store.documents(dana.id, id);
  assert.ok(documents.some(({ name, id }) => name === 'answer.pdf' && request.documents.includes(id)));
});

test('a correction has a reason, and never undoes words that came in the meantime', async () => {
  const path = await register();
  await dana.post(`${path}/amend/facts`, { factsSummary: 'As the letter says.', do: 'next' });
  const without = await dana.post(`${path}/amend`, { reason: ' ', do: 'hand-in' });
  assert.equal(without.status, 422);
  assert.match(mend(without), /href="#reason"/);

  await duncan.post(`${path}/supplement/purpose`, { purpose: 'Another purpose.', do: 'next' });
  await duncan.post(`${path}/supplement`, { do: 'hand-in' });
  const late = await dana.post(`${path}/amend`, { reason: 'A slip in keying in.', do: 'hand-in' });
  assert.equal(late.status, 422);
  assert.match(late.text, /A slip in keying in\./);
  assert.match((await dana.get(`${path}/amend/facts`)).text, /As the letter says\./, 'the draft is still there');
  assert.equal((await caseOf(path)).request.content.purpose, 'Another purpose.');

  assert.equal((await dana.post(`${path}/amend`, { do: 'rebase' })).status, 303);
  assert.equal((await dana.post(`${path}/amend`, { reason: 'Compared.', do: 'hand-in' })).next, path);
  const { content } = (await caseOf(path)).request;
  assert.equal(content.factsSummary, 'As the letter says.');
});

test('the same request twice is pointed out before and after, and people tie the two', async () => {
  const text = fresh();
  const first = await register(text);
  const reference = first.split('/')[2] ?? '';
  const read = await duncan.upload('/requests/new/file', 'again.json', text);
  assert.match((await duncan.get(read.next)).text, new RegExp(`${reference}[\\s\\S]{0,80}the same request`));
  const second = (await duncan.post(read.next, { do: 'hand-in' })).next.replace('?new', '');
  assert.match((await duncan.get(second)).text, /Link as the same request/);
  const link = (fields: Record<string, string>) => duncan.post(`${second}/link`, fields);
  assert.match(mend(await link({ reference: 'BB-2028-999999', kind: 'related' })), /href="#reference"/);
  assert.match(mend(await link({ reference: second.split('/')[2] ?? '', kind: 'related' })), /href="#reference"/);
  assert.equal((await link({ reference: reference.toLowerCase(), kind: 'duplicate' })).next, second);
  assert.deepEqual((await caseOf(second)).request.links, [{ reference, kind: 'duplicate' }]);
  assert.doesNotMatch((await duncan.get(second)).text, /Link as the same request/);
});

test('our own request is drafted, looked at with the other side’s eyes, and sent only by an approver who proves it', async () => {
  const form = await begin(dana, 'own', 'subscriber-data');
  await dana.post(`${form}/facts`, { factsSummary: 'An account was taken over.', do: 'next' });
  const path = (await dana.post(`${form}/summary`, { do: 'hand-in' })).next.replace('?new', '');
  const opened = await caseOf(path);
  assert.deepEqual([opened.direction, opened.requestingState, opened.requestedState], ['outgoing', 'BB', 'AA']);
  const page = await dana.get(path);
  assert.match(page.text, /As the other side will see it/);
  assert.match(page.text, /Edit the draft/);
  await dana.post(`${path}/amend/purpose`, { purpose: 'To find who took it.', do: 'next' });
  await dana.post(`${path}/amend`, { reason: 'The purpose was missing.', do: 'hand-in' });

  const { office } = door;
  const proof = async () => ({ password: PASSWORD, code: await office.code(ada.id) });
  const before = await caseOf(path);
  const wrong = await ada.post(`${path}/send`, { ...(await proof()), password: 'not hers' });
  assert.equal(wrong.status, 422);
  const old = await ada.post(`${path}/send`, { ...(await proof()), version: String(before.version - 1) });
  assert.equal(old.status, 409, 'what was read is what is sent');
  assert.equal((await caseOf(path)).request.sentAt, null);
  office.later(60);
  const sent = await ada.post(`${path}/send`, await proof());
  assert.equal(sent.next, path, sent.text);
  const after = await caseOf(path);
  assert.ok(after.request.sentAt);
  assert.equal((await dana.get(`${path}/amend`)).status, 404, 'nothing in it changes any more');

  const download = await dana.get(`${path}/request.json`);
  const read = parseRequestFile(download.text);
  assert.ok(read.ok);
  assert.deepEqual(read.value.content, after.request.content);
  assert.equal(download.text, requestFileText(after));
});

test('a file that is no request, not for us, broken or boundless is said to be so, and nothing is kept', async () => {
  const drafts = (await door.front.drafts.mine(dana.id)).length;
  const wrong = async (bytes: string | Uint8Array, says: RegExp, status = 422): Promise<void> => {
    const page = await dana.upload('/requests/new/file', '<b>x</b>.json', bytes);
    assert.equal(page.status, status);
    assert.match(page.text, says);
    assert.doesNotMatch(page.text, /<b>x<\/b>/);
  };
  const file = JSON.parse(example('01-ransomware-mailbox'));
  await wrong(JSON.stringify({ ...file, requestedState: 'KE' }), /addressed to <bdi>KE<\/bdi>/);
  await wrong(
    JSON.stringify({ ...file, content: { ...file.content, urgency: { level: 'soon' } } }),
    /\/content\/urgency\/level/,
  );
  await wrong(JSON.stringify({ ...file, instrument: 'no-such-treaty' }), /treaty relied on is not known/);
  await wrong('{"rogatory": ', /cannot be read as a request/);
  await wrong(new Uint8Array([0x7b, 0xff, 0xfe]), /has no request file/);
  await wrong('MZ\u0090 a program', /has no request file/);
  await wrong('%PDF-1.7 an ordinary letter', /has no request file/);
  await wrong('%PDF-1.7 %BROKEN', /cannot be read as a request/);
  await wrong(`{${' '.repeat(1_100_000)}}`, /larger than a request file/);
  await wrong(new Uint8Array(26_300_000), /file is too large/, 413);
  assert.equal((await dana.upload('/requests/new/file', '', '')).status, 422);
  assert.equal((await door.front.drafts.mine(dana.id)).length, drafts);
});

test('a form begins with a State and a measure that are known here', async () => {
  const page = await dana.post('/requests/new/form', {
    otherState: 'Atlantis',
    measure: 'everything',
    instrument: 'x',
  });
  assert.equal(page.status, 422);
  for (const field of ['otherState', 'measure', 'instrument']) assert.match(mend(page), new RegExp(`href="#${field}"`));
  assert.match(page.text, /value="Atlantis"/);
  const own = await dana.post('/requests/new/form', { otherState: 'BB', measure: 'preservation', instrument: '' });
  assert.match(mend(own), /our own State/);
});
