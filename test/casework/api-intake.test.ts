// Requests that programs hand in: under a key that a registrar made, once however often they are sent, and in nobody else's name.
// A whole node, asked over HTTP; the commands that people copy from the pages and from docs/API.md are run as they stand.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { type Connected, connect } from '../../src/adapters/postgres/connection.ts';
import { readSession } from '../../src/app/people/sessions.ts';
import { enter } from '../../src/app/people/sign-in.ts';
import type { CaseFile, Reference } from '../../src/domain/docket/case-file.ts';
import type { PersonId, Role } from '../../src/domain/registry/person.ts';
import { type LifeOffice, openLife } from '../browser/life.ts';

const run = promisify(execFile);
const ROOT = new URL('../../', import.meta.url).pathname;
const BODY = readFileSync(`${ROOT}examples/requests/05-kidnapping.json`, 'utf8');

let office: LifeOffice;
let owner: Connected;
let registrar: Visitor;
let officer: Visitor;
let key: string;
before(async () => {
  office = await openLife();
  owner = connect(office.database.owner, 2);
  registrar = await visitor('remy', ['registrar']);
  officer = await visitor('dana', ['duty-officer']);
  key = await newKey();
});
after(async () => {
  await owner.close();
  await office.close();
  await office.database.stop();
  rmSync(folder, { recursive: true });
});

type Visitor = {
  readonly id: PersonId;
  readonly get: (path: string) => Promise<Response>;
  readonly post: (path: string, fields: { readonly [name: string]: string }) => Promise<Response>;
};
async function visitor(login: string, roles: readonly Role[]): Promise<Visitor> {
  const id = await office.hire(login, roles);
  const entered = await enter(office.node.people, id, 'password', '192.0.2.7', {});
  if (!entered.ok) throw new Error(JSON.stringify(entered.faults));
  const { cookie } = entered.value;
  const csrf = (await readSession(office.node.people, cookie))?.csrf ?? '';
  const headers = { cookie: `session=${cookie}; lang=en`, 'sec-fetch-site': 'same-origin' };
  return {
    id,
    get: (path) => fetch(`${office.address}${path}`, { headers }),
    post: (path, fields) =>
      fetch(`${office.address}${path}`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ csrf, ...fields }),
        redirect: 'manual',
      }),
  };
}

const ASKED = { office: 'Ministry of Justice of AA', state: 'AA', days: '30' };
async function newKey(asked: Partial<typeof ASKED> = {}): Promise<string> {
  const answer = await registrar.post('/office/keys', { ...ASKED, ...asked });
  const page = await answer.text();
  assert.equal(answer.status, 200, page);
  return /rogatory-intake-[\w-]{43}/.exec(page)?.[0] ?? '';
}
const keyId = async (office = ASKED.office): Promise<string> => {
  const row = await owner.db.selectFrom('api_key').select('id').where('office', '=', office).executeTakeFirstOrThrow();
  return row.id;
};

let named = 0;
const handIn = (body: string, headers: { readonly [name: string]: string } = {}): Promise<Response> =>
  fetch(`${office.address}/api/requests`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': `test-${++named}`,
      ...headers,
    },
    body,
  });
/** The case once it is read, which it is after its receipt was answered. */
async function whenRead(reference: string): Promise<CaseFile> {
  for (;;) {
    const file = await office.node.work.store.read(officer.id, reference as Reference, 'request');
    if (file?.assessment.read) return file;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
const statusOf = (reference: string, shown = key): Promise<Response> =>
  fetch(`${office.address}/api/requests/${reference}/status`, { headers: { authorization: `Bearer ${shown}` } });
const cases = async (): Promise<number> => (await owner.db.selectFrom('case_file').select('id').execute()).length;
type Problem = {
  readonly type: string;
  readonly errors?: readonly { readonly pointer?: string; readonly line?: number }[];
};
async function problem(answer: Response): Promise<readonly [number, string, readonly (string | undefined)[]]> {
  const { type, errors = [] } = (await answer.json()) as Problem;
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  return [answer.status, type.replace('urn:rogatory:problem:', ''), errors.map(({ pointer }) => pointer)];
}

test('a request that is handed in is a case at once, acknowledged, with its sender, its file and its notices', async () => {
  const answer = await handIn(BODY);
  assert.equal(answer.status, 201);
  const said = (await answer.json()) as { reference: string; receivedAt: string; missing: unknown[]; status: string };
  assert.match(said.reference, /^BB-2028-\d{6}$/);
  assert.equal(answer.headers.get('location'), `/api/requests/${said.reference}/status`);
  const { work } = office.node;
  const file = await whenRead(said.reference);
  assert.equal(file.request.channel, 'api');
  assert.equal(file.request.acknowledgedAt, said.receivedAt);
  assert.ok(file.notice.notices.length > 0, 'whoever is concerned will be told');
  const { id } = file;
  const [document] = await work.store.documents(officer.id, id);
  const bytes = await work.files.get(document?.sha256 ?? '', { by: officer.id, caseId: id });
  assert.equal(Buffer.from(bytes ?? []).toString(), BODY);
  const timeline = await (await officer.get(`/requests/${said.reference}/timeline`)).text();
  assert.match(timeline, /A program of <bdi>Ministry of Justice of AA<\/bdi> handed it in/);
  const status = (await (await statusOf(said.reference)).json()) as object;
  assert.deepEqual(status, {
    reference: said.reference,
    receivedAt: said.receivedAt,
    acknowledgedAt: said.receivedAt,
    status: 'received',
    missing: [],
  });
});

test('the same sent again, ten at once, is one case and one answer; another body under the same name opens none', async () => {
  const before = await cases();
  const name = { 'idempotency-key': 'once-and-never-again' };
  const answers = await Promise.all(Array.from({ length: 10 }, () => handIn(BODY, name)));
  assert.deepEqual(
    answers.map(({ status }) => status),
    answers.map(() => 201),
  );
  const texts = new Set(await Promise.all(answers.map((one) => one.text())));
  assert.equal(texts.size, 1);
  office.days(1);
  texts.add(await (await handIn(BODY, name)).text());
  assert.equal(texts.size, 1);
  assert.equal(await cases(), before + 1);
  assert.deepEqual((await problem(await handIn(`${BODY} `, name))).slice(0, 2), [422, 'idempotency-key-reused']);
  assert.deepEqual((await problem(await handIn('{}', name))).slice(0, 2), [422, 'idempotency-key-reused']);
  assert.equal(await cases(), before + 1);
});

test('what cannot be taken in is said with its place, opens no case and uses up no name', async () => {
  const before = await cases();
  const changed = (part: { readonly [key: string]: unknown }): string =>
    JSON.stringify({ ...(JSON.parse(BODY) as object), ...part });
  const { content } = JSON.parse(BODY) as { content: object };
  const name = { 'idempotency-key': 'mended-later' };
  const wrong: readonly (readonly [string, string])[] = [
    [changed({ measure: 'everything' }), '/measure'],
    [changed({ requestingState: 'KE' }), '/requestingState'],
    [changed({ requestedState: 'KE' }), '/requestedState'],
    [changed({ instrument: 'no-such-law' }), '/instrument'],
    [changed({ content: { ...content, surprise: 1 } }), '/content/surprise'],
    [BODY.replace('"requestedState"', '"requestingState"'), '/requestingState'],
  ];
  for (const [body, pointer] of wrong) {
    const [status, kind, pointers] = await problem(await handIn(body, name));
    assert.deepEqual([status, kind], [422, 'not-received'], pointer);
    assert.ok(pointers.includes(pointer), `${pointer}: ${pointers}`);
  }
  assert.deepEqual((await problem(await handIn(BODY, { 'content-type': 'text/plain' }))).slice(0, 2), [
    415,
    'unsupported-media-type',
  ]);
  for (const bad of ['', ' ', 'x'.repeat(256), 'a b'])
    assert.deepEqual(
      (await problem(await handIn(BODY, { 'idempotency-key': bad }))).slice(0, 2),
      [400, 'idempotency-key-missing'],
      bad,
    );
  assert.equal(await cases(), before);
  assert.equal((await handIn(BODY, name)).status, 201);
});

test('without a key that is valid now nothing opens, and the answer does not tell why', async () => {
  const before = await cases();
  const revoked = await newKey({ office: 'Revoked office' });
  assert.equal((await registrar.post(`/office/keys/${await keyId('Revoked office')}/revoke`, {})).status, 303);
  const strange = `rogatory-intake-${'A'.repeat(43)}`;
  for (const shown of ['', 'Bearer', `Bearer ${revoked}`, `Bearer ${strange}`, `Basic ${key}`, `Bearer ${key}x`]) {
    const answer = await handIn(BODY, { authorization: shown });
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer realm="rogatory"');
    assert.deepEqual((await problem(answer)).slice(0, 2), [401, 'key-needed'], shown);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  }
  const short = await newKey({ office: 'Short office', days: '1' });
  assert.equal((await handIn(BODY, { authorization: `Bearer ${short}` })).status, 201);
  office.days(2);
  assert.equal((await handIn(BODY, { authorization: `Bearer ${short}` })).status, 401);
  assert.equal(await cases(), before + 1);
});

test('another office sees nothing of a request, whether it is there or not', async () => {
  const { reference } = (await (await handIn(BODY)).json()) as { reference: string };
  const other = await newKey({ office: 'Another office of AA' });
  const there = await statusOf(reference, other);
  const absent = await statusOf('BB-2028-999999', other);
  const text = await there.text();
  assert.equal(there.status, 404);
  assert.equal(text.replace(reference, ''), (await absent.text()).replace('BB-2028-999999', ''));
  // A new key of the same office goes on where the old one ended.
  assert.equal((await statusOf(reference, await newKey())).status, 200);
});

test('a key that is used too often waits, and only that key', async () => {
  const busy = await newKey({ office: 'Busy office' });
  const codes: number[] = [];
  for (let n = 0; n < 61; n++) codes.push((await statusOf('BB-2028-999999', busy)).status);
  assert.deepEqual(codes, [...Array.from({ length: 60 }, () => 404), 429]);
  const answer = await statusOf('BB-2028-999999', busy);
  assert.ok(Number(answer.headers.get('retry-after')) > 0);
  assert.equal((await statusOf('BB-2028-999999')).status, 404);
  office.days(1);
  assert.equal((await statusOf('BB-2028-999999', busy)).status, 404);
});

test('a request that was returned or withdrawn says so to its sender, and no more', async () => {
  const { reference } = (await (await handIn(BODY)).json()) as { reference: string };
  await whenRead(reference);
  const page = await officer.get(`/requests/${reference}`);
  const version = /name="version" value="(\d+)"/.exec(await page.text())?.[1] ?? '';
  const done = await officer.post(`/requests/${reference}/withdraw`, { version, text: 'It was sent by mistake.' });
  assert.equal(done.status, 303);
  const { status } = (await (await statusOf(reference)).json()) as { status: string };
  assert.equal(status, 'withdrawn');
});

test('the database keeps no key, none is changed or deleted, and nobody reads what programs handed in', async () => {
  const { rows } = await sql<{ row: string }>`select api_key::text as row from api_key`.execute(owner.db);
  assert.ok(rows.every(({ row }) => !row.includes(key) && !row.includes(key.slice(-43))));
  const app = connect(office.database.app, 1);
  try {
    await assert.rejects(sql`delete from api_key`.execute(app.db), /permission denied/);
    await assert.rejects(sql`update api_key set expires_at = '2099-01-01'`.execute(app.db), /never changed/);
    await assert.rejects(
      sql`update api_key set revoked_at = null, revoked_by = null where revoked_at is not null`.execute(app.db),
      /never changed/,
    );
    const seen = await app.db.transaction().execute(async (tx) => {
      await sql`select rogatory_enter(${officer.id})`.execute(tx);
      return tx.selectFrom('api_intake').selectAll().execute();
    });
    assert.deepEqual(seen, []);
  } finally {
    await app.close();
  }
});

test('what was handed in is of a key and of a case that are there, and only a receipt writes it', async () => {
  const { rows } = await sql<{ row: object }>`select to_jsonb(i) as row from api_intake i limit 1`.execute(owner.db);
  const { row } = rows[0] as { row: object };
  const copy = (change: object) =>
    sql`insert into api_intake select * from jsonb_populate_record(null::api_intake, ${JSON.stringify({ ...row, repetition: 'again', ...change })})`;
  const app = connect(office.database.app, 1);
  try {
    await assert.rejects(copy({}).execute(app.db), /permission denied/);
    await assert.rejects(sql`update api_intake set reference = 'BB-2028-000001'`.execute(app.db), /permission denied/);
  } finally {
    await app.close();
  }
  const nothing = '00000000-0000-4000-8000-000000000000';
  const anew = owner.db.transaction().execute(async (tx) => {
    await sql`delete from api_intake`.execute(tx);
    await copy({}).execute(tx);
    await sql`delete from api_intake`.execute(tx);
    await copy({ api_key: nothing }).execute(tx);
  });
  await assert.rejects(anew, /is a case, and came with a key/);
  await assert.rejects(copy({ case_id: nothing }).execute(owner.db), /is a case, and came with a key/);
});

test('registrars make and revoke keys, oversight reads which there are, and to others the page is not there', async () => {
  const oversight = await visitor('olga', ['oversight']);
  const listed = await (await oversight.get('/office/keys')).text();
  assert.match(listed, /Ministry of Justice of AA/);
  assert.doesNotMatch(listed, /rogatory-intake-|<form[^>]*action="\/office\/keys/);
  assert.equal((await oversight.post('/office/keys', ASKED)).status, 403);
  assert.equal((await oversight.post(`/office/keys/${await keyId()}/revoke`, {})).status, 403);
  assert.equal((await officer.get('/office/keys')).status, 403);
  assert.equal((await officer.post('/office/keys', ASKED)).status, 403);
  for (const [field, value] of [
    ['office', ' '],
    ['state', 'A'],
    ['state', 'BB'],
    ['days', '0'],
    ['days', '731'],
    ['days', 'many'],
  ] as const) {
    const answer = await registrar.post('/office/keys', { ...ASKED, [field]: value });
    const page = await answer.text();
    assert.equal(answer.status, 422);
    assert.match(page, new RegExp(`href="#${field}"`));
    if (value.trim() !== '') assert.ok(page.includes(`value="${value}"`), 'what was typed is kept');
  }
});

/** Runs what stands on a page, with this node's address and this test's key in place. */
async function shell(block: string): Promise<string> {
  const here = block
    .replaceAll('http://localhost:8787', office.address)
    .replaceAll('/tmp/', `${folder}/`)
    .replaceAll('curl ', 'curl --silent --show-error --fail ');
  return (await run('sh', ['-ec', here], { cwd: ROOT, env: { ...process.env, ROGATORY_KEY: key } })).stdout;
}
const folder = mkdtempSync(join(tmpdir(), 'rogatory-doors-'));

test('the commands of docs/API.md hand a request in and ask how far it is', async () => {
  const doc = readFileSync(`${ROOT}docs/API.md`, 'utf8');
  const blocks = [...doc.matchAll(/```sh\n(.*?)```/gs)]
    .map(([, one = '']) => one)
    .filter((one) => one.includes('ROGATORY_KEY'));
  assert.equal(blocks.length, 2);
  const [handed = '', asked = ''] = blocks;
  const { reference } = JSON.parse(await shell(handed)) as { reference: string };
  assert.equal((JSON.parse(await shell(asked)) as { reference: string }).reference, reference);
});

test('the commands of the reference page do too, and the document describes keys and answers', async () => {
  const page = await (await fetch(`${office.address}/api`, { headers: { 'accept-language': 'en' } })).text();
  const [handed = '', asked = ''] = [...page.matchAll(/<pre class="api-block"[^>]*><code>(.*?)<\/code>/gs)]
    .map(([, text = '']) =>
      text
        .replaceAll('&#39;', "'")
        .replaceAll('&quot;', '"')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&'),
    )
    .filter((text) => text.includes('ROGATORY_KEY'));
  const said = JSON.parse(await shell(handed)) as { reference: string };
  await shell(asked.replace(/BB-2028-\d+/, said.reference));
  const document = (await (await fetch(`${office.address}/api/openapi.json`)).json()) as {
    components: { schemas: object; securitySchemes: object };
    paths: {
      [path: string]: {
        [method: string]: { security?: unknown; responses: object; parameters: { name: string; required: boolean }[] };
      };
    };
  };
  assert.deepEqual(document.components.securitySchemes, { key: { type: 'http', scheme: 'bearer' } });
  const post = document.paths['/api/requests']?.['post'];
  assert.deepEqual(post?.security, [{ key: [] }]);
  assert.deepEqual(Object.keys(post?.responses ?? {}), ['201', '400', '401', '413', '415', '422', '429', '500']);
  assert.ok(post?.parameters.some(({ name, required }) => name === 'idempotency-key' && required));
  const text = JSON.stringify(document);
  for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
    assert.ok(Object.hasOwn(document.components.schemas, name), name);
  assert.doesNotMatch(text, /#\/\$defs/);
});

test('a body that is too large is not read', async () => {
  const before = await cases();
  assert.deepEqual((await problem(await handIn(' '.repeat(1_100_000)))).slice(0, 2), [413, 'too-large']);
  assert.equal(await cases(), before);
});
