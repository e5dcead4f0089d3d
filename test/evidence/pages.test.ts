// The evidence tab, as a browser without scripts and as the script of the page use it.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { openerFor } from '../../src/adapters/evidence/age.ts';
import { openEvidence } from '../../src/adapters/evidence/open-evidence.ts';
import { openPackage } from '../../src/adapters/evidence/read-package.ts';
import { held } from './held.ts';
import { readingRecords } from '../../src/adapters/postgres/readings.ts';
import { giveTask } from '../../src/app/casework/executing.ts';
import type { EvidencePorts } from '../../src/app/evidence/ports.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { evidenceRoutes } from '../../src/web/evidence/routes.ts';
import { ITEM } from '../casework/forms.ts';
import { openFrontDoor, type Visitor } from '../casework/front-door.ts';
import { PASSWORD } from '../people/office.ts';
import { arrives, decided } from '../support/decided.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const said = { task: '1', receivedFrom: 'Mail Example', covers: ITEM, from: '2028-01-02', to: '2028-01-10' };

let door: Awaited<ReturnType<typeof openFrontDoor>>;
let emil: Visitor;
let rana: Visitor;
let ada: Visitor;
let olga: Visitor;
let remy: Visitor;
let file: CaseFile;
let ports: EvidencePorts;
let tab: string;

before(async () => {
  door = await openFrontDoor();
  ports = await openEvidence({
    dataDirectory: join(door.folder, 'data'),
    db: door.office.db,
    steps: async () => [],
    authority: undefined,
    demonstration: true,
    now: door.office.ports.now,
    keyOf: async () => null,
  });
  door.app.route('/', evidenceRoutes({ work: door.front, evidence: ports, access: door.access, sha256 }));
  const { people, office } = await door.hire('emil', 'rana', 'ada', 'olga', 'remy', 'duty');
  ({ emil, rana, ada, olga, remy } = people);
  file = await decided(office, await arrives(office));
  await giveTask(
    door.front,
    office.staff.reviewer,
    { reference: file.reference, version: null },
    { task: 1, unit: 'Unit' },
  );
  tab = `/requests/${file.reference}/evidence`;
});
after(() => door.close());

const now = async (): Promise<CaseFile> => {
  const found = await door.front.store.read(rana.id, file.reference, 'test');
  assert.ok(found);
  return found;
};

/** Sends a form of the tab as it stands now. */
const send = (who: Visitor, act: string, entries: object): ReturnType<Visitor['post']> =>
  who.post(`${tab}/${act}`, [...(Array.isArray(entries) ? entries : Object.entries(entries)), ['version', '']]);

/** A code of its own each time: one is spent by its use. */
async function proof({ id }: Visitor): Promise<[string, string][]> {
  door.office.later(30);
  return [
    ['password', PASSWORD],
    ['code', await door.office.code(id)],
  ];
}

/** Fills in a form by which something leaves, reads what it comes to, and signs that with password and code. */
async function leaves(who: Visitor, act: string, entries: object): ReturnType<Visitor['post']> {
  const read = await send(who, act, entries);
  assert.equal(read.status, 200, read.text);
  const [, signed = ''] = /name="signed" value="([0-9a-f]{64})"/.exec(read.text) ?? [];
  const pairs = Array.isArray(entries) ? entries : Object.entries(entries);
  const without = await send(who, act, [...pairs, ['signed', signed]]);
  assert.equal(without.status, 422);
  assert.match(without.text, /href="#step-up"/);
  const other = await send(who, act, [...pairs, ['signed', '0'.repeat(64)], ...(await proof(who))]);
  assert.match(other.text, /no longer what you read/);
  return send(who, act, [...pairs, ['signed', signed], ...(await proof(who))]);
}

test('without scripts a file comes in with its form, and stands on the page with its hash and its custody', async () => {
  const bytes = Buffer.from('From intruder@mail.example\n');
  const sent = await emil.upload(`${tab}/receive`, 'mail.mbox', bytes, said);
  assert.deepEqual([sent.status, sent.next], [303, tab]);
  const { text } = await ada.get(tab);
  assert.match(text, new RegExp(sha256(bytes)));
  assert.match(text, /mail\.mbox/);
  const [object] = (await now()).evidence.objects;
  assert.deepEqual([object?.mediaType, object?.receivedBy], ['application/mbox', emil.id]);
});

test('what is missing in the form is said beside its field, what was typed stays, and no file is asked for twice in words', async () => {
  const none = await emil.upload(`${tab}/receive`, 'a.txt', '', { ...said, receivedFrom: 'Somebody <b>' });
  assert.equal(none.status, 422);
  assert.match(none.text, /href="#receive-0-file"/);
  assert.match(none.text, /value="Somebody &lt;b&gt;"/);
  const without = await emil.upload(`${tab}/receive`, 'a.txt', 'bytes', { ...said, receivedFrom: '' });
  assert.equal(without.status, 422);
  assert.match(without.text, /href="#receive-0-receivedFrom"/);
  // The file arrived; the form goes again without it, as a browser without scripts sends it.
  assert.match(without.text, /a\.txt.* has arrived .*and need not be chosen again/);
  const hidden = [...without.text.matchAll(/name="(upload|file\w+)" value="([^"]*)"/g)].map(([, k, v]) => [k, v]);
  const again = await emil.upload(`${tab}/receive`, '', '', { ...said, ...Object.fromEntries(hidden) });
  assert.equal(again.status, 303, again.text);
  const half = await emil.upload(`${tab}/receive`, 'a.txt', 'other bytes', { ...said, to: '' });
  assert.match(half.text, /href="#receive-0-from"/);
});

test('without scripts a large file comes in while memory stays flat, its form read as a browser sends it, and no more than may be', async () => {
  const size = 100_000_000;
  const [piece, hash] = [randomBytes(1_000_000), createHash('sha256')];
  const csrf = /name="csrf" value="([^"]+)"/.exec((await emil.get(tab)).text)?.[1] ?? '';
  const field = (name: string, value: string, more = '') =>
    `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
  let most = 0;
  async function* body(file: number, token = csrf) {
    // The token first, then the file, then what is said of it: the order in which the form stands on the page.
    yield Buffer.from(
      field('csrf', token) + field('version', '') + field('file', '', '; filename="big.mbox"').slice(0, -2),
    );
    for (let at = 0; at < file; at += piece.length) {
      if (at % 20_000_000 === 0) most = Math.max(most, held());
      yield piece;
    }
    yield Buffer.from(
      `\r\n${Object.entries(said)
        .map(([name, value]) => field(name, value))
        .join('')}--b--\r\n`,
    );
  }
  const post = (file: number, token = csrf, headers = {}) =>
    door.app.request(`http://localhost:8787${tab}/receive`, {
      method: 'POST',
      headers: {
        cookie: `session=${emil.cookie}; lang=en`,
        'sec-fetch-site': 'same-origin',
        'content-type': 'multipart/form-data; boundary=b',
        ...headers,
      },
      body: ReadableStream.from(body(file, token)),
      duplex: 'half',
    } as RequestInit);
  // A form that is not ours is refused before its file is read, and so is one that says it is longer than may be.
  assert.equal((await post(size, 'x')).status, 403);
  assert.ok(most === 0);
  const long = await post(size, csrf, { 'content-length': '17000000000' });
  assert.equal(long.status, 413);
  assert.match(await long.text(), /At most .*16/);
  const before = held();
  assert.equal((await post(size)).status, 303);
  assert.ok(most - before < 60_000_000, `${most - before}`);
  for (let at = 0; at < size; at += piece.length) hash.update(piece);
  const object = (await now()).evidence.objects.at(-1);
  assert.deepEqual([object?.size, object?.sha256, object?.name], [size, hash.digest('hex'), 'big.mbox']);
});

test('the script sends parts with their hashes, is told where to go on, and its form names the upload', async () => {
  const page = await emil.get(tab);
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const bytes = Buffer.from('Sent in parts.');
  const ask = (path: string, init: RequestInit) =>
    door.app.request(`http://localhost:8787${path}`, {
      ...init,
      headers: {
        cookie: `session=${emil.cookie}; lang=en`,
        'sec-fetch-site': 'same-origin',
        'x-csrf': csrf,
        ...init.headers,
      },
    });
  const begun = await ask(`${tab}/uploads`, { method: 'POST', body: JSON.stringify({ size: bytes.length }) });
  assert.equal(begun.status, 201);
  const { id } = (await begun.json()) as { id: string };
  const put = (headers: Record<string, string>, body: Uint8Array = bytes) =>
    ask(`${tab}/uploads/${id}`, { method: 'PUT', headers, body: Uint8Array.from(body) });
  const digest = `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;
  const range = `bytes 0-${bytes.length - 1}/${bytes.length}`;
  assert.equal((await put({ 'content-range': range })).status, 400);
  assert.equal((await put({ 'content-range': 'bytes 0-1/9', 'content-digest': digest })).status, 400);
  const damaged = await put({ 'content-range': range, 'content-digest': digest }, Buffer.from('Sent in pXrts.'));
  assert.deepEqual([damaged.status, await damaged.json()], [422, { is: 'damaged' }]);
  assert.equal((await put({ 'content-range': range, 'content-digest': digest })).status, 200);
  const stands = await ask(`${tab}/uploads/${id}`, {});
  assert.equal(((await stands.json()) as { at: number }).at, bytes.length);
  const foreign = await door.app.request(`http://localhost:8787${tab}/uploads/${id}`, {
    headers: { cookie: `session=${rana.cookie}` },
  });
  assert.equal(foreign.status, 404);
  const without = await ask(`${tab}/uploads`, { method: 'POST', body: '{"size":1}', headers: { 'x-csrf': 'no' } });
  assert.equal(without.status, 403);
  const beyond = { ...said, to: '2028-03-01', upload: id, fileName: 'parts.txt', fileType: 'text/plain' };
  assert.equal((await send(emil, 'receive', beyond)).status, 303);
  assert.match((await rana.get(tab)).text, /Ends after the time asked for/);
});

test('a point beyond the request is answered by a person, another makes the package, hands it over and has it confirmed', async () => {
  const identity = await generateX25519Identity();
  const key = await identityToRecipient(identity);
  const flagged = (await now()).evidence.objects.find(({ flags }) => flags.length > 0);
  const flag = String((flagged?.no ?? 0) * 1_000 + 1);
  assert.equal((await send(rana, 'answer-flag', { no: flag, reasons: 'It is one thread.' })).status, 422);
  const answer = { no: flag, say: 'within', reasons: 'It is one thread of messages.' };
  assert.equal((await send(rana, 'answer-flag', answer)).status, 303);
  const objects = (await now()).evidence.objects
    .filter(({ size }) => size < 1_000_000)
    .map(({ object }) => ['objects', object] as const);
  const bad = await send(rana, 'enter-key', { name: 'PG of AA', key: 'age1x' });
  assert.match(bad.text, /href="#enter-key-0-key"/);
  const entered = await send(rana, 'enter-key', { name: 'PG of AA', key: `${key.slice(0, 30)}\n  ${key.slice(30)}` });
  assert.equal(entered.status, 303, entered.text);
  const print = sha256(Buffer.from(key));
  const packing = [...objects, ['keys', print], ['purpose', 'Their request.']] as const;
  const own = await send(rana, 'make-package', packing);
  assert.equal(own.status, 422);
  assert.match(own.text, /Another person must make/);
  // Conditions stand in the way until the other side has accepted them.
  const open = (await now()).disclosure.conditions.filter(({ status }) => status === 'proposed');
  if (open.length > 0) assert.match((await ada.get(tab)).text, /Nothing can be handed over yet/);
  const { moveCondition } = await import('../../src/app/casework/disclosing.ts');
  for (const { no } of open)
    await moveCondition(
      door.front,
      { id: rana.id, roles: ['reviewer'] },
      { reference: file.reference, version: null },
      { condition: no, to: 'accepted', answeredBy: 'PG of AA', remarks: '' },
    );
  assert.match((await ada.get(tab)).text, /key that two people stand for/);
  const early = await send(ada, 'make-package', packing);
  assert.match(early.text, /has not been confirmed by a second person/);
  // Whoever confirms it has the digits from the recipient, and not from the page.
  const groups = /<span>([0-9a-f]{4})<\/span>/;
  assert.doesNotMatch((await ada.get(tab)).text, groups);
  assert.match((await rana.get(tab)).text, groups);
  const hearing = { no: '1', how: 'Their clerk read it over +99 1 0001.' };
  const wrong = await send(ada, 'confirm-key', { ...hearing, read: 'ab '.repeat(16) });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /href="#confirm-key-1-read"/);
  assert.equal((await send(rana, 'confirm-key', { ...hearing, read: print })).status, 422);
  assert.equal((await send(ada, 'confirm-key', { ...hearing, read: print.slice(0, 32) })).status, 303);
  assert.equal((await leaves(ada, 'make-package', packing)).status, 303);
  const [made] = (await now()).evidence.packages;
  assert.ok(made);
  const answered = await door.app.request(`http://localhost:8787${tab}/packages/1`, {
    headers: { cookie: `session=${ada.cookie}` },
  });
  assert.match(answered.headers.get('content-disposition') ?? '', new RegExp(`${file.reference}-1\\.tar\\.age`));
  const bytes = Buffer.from(await answered.arrayBuffer());
  assert.equal(sha256(bytes), made.sha256);
  async function* once() {
    yield bytes;
  }
  assert.ok((await openPackage(once(), openerFor([identity]))).ok);
  assert.equal((await emil.get(`${tab}/packages/1`)).status, 404);
  const unsaid = await send(ada, 'hand-over', { no: '1', to: 'PG of AA', how: '' });
  assert.equal(unsaid.status, 422);
  assert.match(unsaid.text, /href="#hand-over-1-how"/);
  assert.equal((await leaves(ada, 'hand-over', { no: '1', to: 'PG of AA', how: 'By courier' })).status, 303);
  const other = await send(ada, 'confirm', { no: '1', sha256: 'c'.repeat(64), by: 'Clerk' });
  assert.equal(other.status, 422);
  const nobody = await send(ada, 'confirm', { no: '1', sha256: made.sha256, by: '' });
  assert.match(nobody.text, /href="#confirm-1-by"/);
  assert.equal((await send(ada, 'confirm', { no: '1', sha256: made.sha256, by: 'Clerk' })).status, 303);
  assert.match((await rana.get(tab)).text, /arrival confirmed/);
});

test('a copy is on record before it is given out, and a preview is a step of custody whatever comes of it', async () => {
  const refused = await send(ada, 'copy', { no: '1', to: 'Court of AA', purpose: '' });
  assert.equal(refused.status, 422);
  const copied = await leaves(ada, 'copy', { no: '1', to: 'Court of AA', purpose: 'Asked for by the judge.' });
  assert.deepEqual([copied.status, copied.text], [200, 'From intruder@mail.example\n']);
  assert.match(copied.headers.get('content-security-policy') ?? '', /sandbox/);
  const seen = await send(rana, 'preview', { no: '1' });
  assert.equal(seen.status, 200);
  const whats = (await now()).evidence.objects[0]?.custody.map(({ what }) => what);
  assert.ok(whats?.includes('copied') && whats.at(-1) === 'seen');
});

test('who has no part in it is not let in, and oversight reads, previews included, on record and without a step in the case', async () => {
  assert.equal((await remy.get(tab)).status, 404);
  const { status, text } = await olga.get(tab);
  assert.equal(status, 200);
  const acts = [...text.matchAll(/<form method="post" action="\/requests\/[^"]*\/evidence\/([\w-]+)"/g)];
  assert.deepEqual([...new Set(acts.map(([, act]) => act))], ['preview']);
  const { version } = await now();
  const seen = await send(olga, 'preview', { no: '1' });
  assert.equal(seen.status, 200);
  assert.match(seen.text, /Preview of object 1/);
  assert.equal((await now()).version, version);
  const [reading] = await readingRecords(door.office.db).each(olga.id, 1, null);
  assert.deepEqual([reading?.reference, reading?.part], [file.reference, 'preview']);
  assert.equal((await ada.upload(`${tab}/receive`, 'x.txt', 'x', said)).status, 422);
  assert.equal((await send(emil, 'nothing-of-the-kind', {})).status, 404);
});
