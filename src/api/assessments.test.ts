// POST /api/assessments: the same bytes as the engine and the command line give, and every way a request can be unusable.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assessInput } from '../app/assess-request.ts';
import type { Day } from '../kernel/calendar.ts';
import { type Language, LANGUAGES } from '../kernel/language.ts';
import { MAX_LINES, preferredLanguage } from './assessments.ts';
import { ask, book, examples, problemOf, send } from './testing/api.ts';

const at = (query = ''): string => `/api/assessments${query}`;
const [first = ''] = Object.values(examples);

/** What the engine says of an input, as the command line prints it. */
function engineSays(text: string, options: { asOf?: Day; language?: Language } = {}): string {
  const assessed = assessInput(book, JSON.parse(text), options);
  assert.ok(assessed.ok);
  return `${JSON.stringify(assessed.value.assessment, null, 2)}\n`;
}

for (const [name, example] of Object.entries(examples)) {
  test(`example ${name} is answered with exactly what the engine says`, async () => {
    const { response, text } = await ask(at(), send(example));
    assert.equal(response.status, 200);
    assert.equal(text, engineSays(example));
    assert.equal(response.headers.get('cache-control'), 'no-store');
  });
}

test('explanations follow lang, then Accept-Language, and the answer says so', async () => {
  for (const [query, header, language] of [
    ['?lang=ar', 'en', 'ar'],
    ['', 'ar;q=0.9, de', 'ar'],
    ['', 'ar;q=0.9, fr', 'fr'],
    ['', 'zh-Hans-CN, en;q=0.5', 'zh'],
    ['', 'de', 'en'],
    ['', 'ar;q=0, en;q=0.1', 'en'],
  ] as const) {
    const { response, text } = await ask(at(query), send(first, { 'accept-language': header }));
    assert.equal(response.headers.get('content-language'), language);
    assert.match(response.headers.get('vary') ?? '', /accept-language/i);
    assert.equal(text, engineSays(first, { language }));
  }
});

test('every explanation is in the language that was asked for, with nothing left in English', async () => {
  type Findings = { readonly findings: readonly { readonly explanation: string }[] };
  const explained = async (language: Language): Promise<readonly string[]> => {
    const { text } = await ask(at(`?lang=${language}`), send(first));
    return (JSON.parse(text) as Findings).findings.map(({ explanation }) => explanation);
  };
  const english = await explained('en');
  assert.ok(english.length > 50);
  for (const language of LANGUAGES) {
    if (language === 'en') continue;
    const said = await explained(language);
    assert.deepEqual(
      said.filter((text, n) => text === english[n]),
      [],
      language,
    );
  }
});

test('a header of languages is read by weight, whatever stands in it', () => {
  assert.equal(preferredLanguage('en;q=0.5, ar-EG;q=0.8'), 'ar');
  assert.equal(preferredLanguage('AR'), 'ar');
  assert.equal(preferredLanguage(''), 'en');
  assert.equal(preferredLanguage(';;;,,,q=x'), 'en');
  assert.equal(preferredLanguage(`${'ar;q=0,'.repeat(10_000)}en`), 'en');
});

test('as-of applies the law of another day', async () => {
  const day = '2027-01-01' as Day;
  const { text } = await ask(at(`?as-of=${day}`), send(first));
  assert.equal(text, engineSays(first, { asOf: day }));
  assert.match(text, /"asOf": "2027-01-01"/);
});

test('a day without law is the fault of the request or of the parameter', async () => {
  const early = await problemOf(422, at(), send(first.replace(/"receivedOn": "[^"]+"/, '"receivedOn": "1950-01-01"')));
  assert.deepEqual(
    early.errors?.map((one) => one.pointer),
    ['/receivedOn'],
  );
  const asked = await problemOf(422, at('?as-of=1950-01-01'), send(first));
  assert.deepEqual(
    asked.errors?.map((one) => one.pointer),
    [''],
  );
});

test('many requests, one a line, are answered one a line and in order, an unusable line in its place', async () => {
  const compact = Object.values(examples).map((one) => JSON.stringify(JSON.parse(one)));
  const lines = [compact[0], '', '{"measure":"x"}', 'nonsense', compact[1]];
  const { response, text } = await ask(at(), send(lines.join('\r\n'), { 'content-type': 'application/x-ndjson' }));
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'application/x-ndjson; charset=utf-8');
  const answers = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    answers.map((one) => Object.keys(one)[0]),
    ['outcome', 'error', 'error', 'outcome'],
  );
  assert.match(answers[1].error, /\/requestingState: is missing/);
  assert.match(answers[2].error, /^\(whole line\): is not JSON/);
});

test('more lines than are assessed at once are a problem before any is', async () => {
  const lines = `${'{}\n'.repeat(MAX_LINES)}`;
  const { response } = await ask(at(), send(lines, { 'content-type': 'application/x-ndjson' }));
  assert.equal(response.status, 200);
  await problemOf(413, at(), send(`${lines}{}`, { 'content-type': 'application/x-ndjson' }));
});

test('a reader who stops reading lines stops the work', async () => {
  const { api } = await import('./testing/api.ts');
  const body = `${JSON.stringify(JSON.parse(first))}\n`.repeat(200);
  const response = await api.routes.request(at(), send(body, { 'content-type': 'application/x-ndjson' }));
  const reader = response.body?.getReader();
  assert.equal((await reader?.read())?.done, false);
  await reader?.cancel();
});

test('each fault of a request is said with its place and line', async () => {
  const input = '{\n "requestingState": "a/b",\n "facts": { "offence.maxPenaltyYears": -1,\n  "a/b~c": 1 } }';
  const problem = await problemOf(422, at(), send(input));
  const places = problem.errors?.map(({ pointer, line }) => [pointer, line]);
  assert.deepEqual(places, [
    ['/requestingState', 2],
    ['/requestedState', undefined],
    ['/receivedOn', undefined],
    ['/measure', undefined],
    ['/facts/offence.maxPenaltyYears', 3],
    ['/facts/a~1b~0c', 4],
  ]);
  for (const error of problem.errors ?? []) assert.ok(error.detail.length > 5);
});

test('a key that stands twice is a fault, since two readers could see two things', async () => {
  const twice = first.replace('"measure"', '"measure": "interception", "measure"');
  const problem = await problemOf(422, at(), send(twice));
  assert.deepEqual(
    problem.errors?.map((one) => one.pointer),
    ['/measure'],
  );
});

test('what is no JSON, no UTF-8, of another type or compressed is not guessed at', async () => {
  for (const body of ['', '{', '[1,]', '{"a":1}}', "{'a':1}", 'NaN']) {
    assert.equal((await problemOf(400, at(), send(body))).type, 'urn:rogatory:problem:malformed-body');
  }
  await problemOf(400, at(), send(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])));
  await problemOf(400, at(), { method: 'POST', headers: { 'content-type': 'application/json' } });
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=iso-8859-1',
    'application/jsonp',
    '',
  ])
    await problemOf(415, at(), send(first, { 'content-type': type }));
  await problemOf(415, at(), send(first, { 'content-encoding': 'gzip' }));
  for (const type of ['Application/JSON', 'application/json;charset="UTF-8"', 'application/json; charset=utf-8']) {
    assert.equal((await ask(at(), send(first, { 'content-type': type }))).response.status, 200);
  }
});

test('JSON that is no request is unusable, whatever it is', async () => {
  for (const body of ['null', '[]', '"x"', '1', 'true', '{}']) await problemOf(422, at(), send(body));
});
