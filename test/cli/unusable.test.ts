// Unusable input: status 2, nothing on standard output, and one line a fault with its place in the file.

import assert from 'node:assert/strict';
import { mkdirSync, truncateSync } from 'node:fs';
import { test } from 'node:test';
import { assertUnusable, folder, type Run, request, rogatory, write } from '../support/cli.ts';

const dir = folder();
const assess = (text: string | Uint8Array): Promise<Run> => rogatory(['assess', '-'], { stdin: text });

test('a fact that does not exist is not guessed at; the one probably meant is named', async () => {
  const run = await assess(
    request({}, { 'offence.Minor': true, minor: true, 'offense.minor': true, 'offence.gravity': 3 }),
  );
  assertUnusable(
    run,
    '-:1: /facts/offence.Minor: unknown fact; did you mean offence.minor?',
    '-:1: /facts/minor: unknown fact; did you mean offence.minor?',
    '-:1: /facts/offense.minor: unknown fact; did you mean offence.minor?',
    /^-:1: \/facts\/offence\.gravity: unknown fact; .*law list/,
  );
});

test('a fact of the wrong type is refused, each kind with what it expects', async () => {
  const run = await assess(
    request(
      {},
      {
        'offence.minor': 'yes',
        'offence.political': 1,
        'offence.maxPenaltyYears': '15',
        'offence.maxPenaltyHereYears': -0.5,
        'offence.conventionArticle': 7,
        'offence.military': [],
        'offence.fiscalOnly': {},
      },
    ),
  );
  assertUnusable(
    run,
    /\/facts\/offence\.conventionArticle: must be one of "none", "7", /,
    '-:1: /facts/offence.maxPenaltyYears: must be a number of years, "life" or null (unknown)',
    '-:1: /facts/offence.maxPenaltyHereYears: must not be negative',
    '-:1: /facts/offence.minor: must be true, false or null (unknown)',
    '-:1: /facts/offence.political: must be true, false or null (unknown)',
    '-:1: /facts/offence.military: must be true, false or null (unknown)',
    '-:1: /facts/offence.fiscalOnly: must be true, false or null (unknown)',
  );
});

test('a number too large for JSON readers to agree on is refused', async () => {
  const text = request({}, { 'offence.maxPenaltyYears': 7 }).replace(
    '"offence.maxPenaltyYears":7',
    '"offence.maxPenaltyYears":1e999',
  );
  assertUnusable(await assess(text), /offence\.maxPenaltyYears: must be a number of years/);
});

test('an instrument, measure, State or day that does not exist is refused, all at once', async () => {
  const run = await assess(
    request({
      instrument: 'hague',
      measure: 'search',
      requestingState: 'UK',
      requestedState: 'bb',
      receivedOn: '2028-02-30',
    }),
  );
  assertUnusable(
    run,
    '-:1: /instrument: must be one of uncc, budapest, budapest-2ap, eu-eevidence, or left out',
    /^-:1: \/requestingState: must be a State's two capital letters/,
    /^-:1: \/requestedState: must be a State's two capital letters/,
    '-:1: /receivedOn: 2028-02-30 does not exist in the calendar',
    /^-:1: \/measure: must be one of preservation, traffic-path, /,
  );
});

test('what a request must have and has not is said to be missing', async () => {
  assertUnusable(
    await assess('{"instrument": "uncc"}'),
    /\/requestingState: is missing; /,
    /\/requestedState: is missing; /,
    /\/receivedOn: is missing; /,
    /\/measure: is missing; /,
  );
});

test('null stands for an unknown fact, and for nothing else', async () => {
  const run = await assess(request({ requestingState: null, receivedOn: null, measure: null, facts: null }));
  assertUnusable(run, /\/requestingState: /, /\/receivedOn: /, /\/measure: /, /\/facts: must be an object/);
});

test('an unknown key is refused, beside the request and in it', async () => {
  assertUnusable(
    await assess(request({ asOf: '2028-01-01' })),
    /^-:1: \/asOf: unknown key; a request has instrument, /,
  );
});

test('names that every object inherits are unknown names: no key and no fact', async () => {
  const text = `{"__proto__": {"measure": "extradition"}, "constructor": 1, "toString": 2, ${request().slice(1)}`;
  assertUnusable(
    await assess(
      text.replace('"facts":{', '"facts":{"__proto__":true,"constructor":true,"toString":true,"hasOwnProperty":null,'),
    ),
    /: \/__proto__: unknown key/,
    /: \/constructor: unknown key/,
    /: \/toString: unknown key/,
    /: \/facts\/__proto__: unknown fact/,
    /: \/facts\/constructor: unknown fact/,
    /: \/facts\/toString: unknown fact/,
    /: \/facts\/hasOwnProperty: unknown fact/,
  );
  assertUnusable(
    await assess(request({ measure: 'toString', instrument: 'constructor' })),
    /\/instrument/,
    /\/measure/,
  );
});

test('a key that stands twice is refused: two readers could see two requests', async () => {
  const text = request().replace('"facts":{', '"facts":{"offence.political":true,');
  assertUnusable(await assess(text), '-:1: /facts/offence.political: stands twice; which one is meant cannot be known');
});

for (const text of ['null', '[]', '[{}]', '"request"', '7', 'true']) {
  test(`${text} is JSON, but no request`, async () => {
    assertUnusable(await assess(text), /^-:1: \(whole input\): a request is a JSON object/);
  });
}

test('a fault is said with the line on which it stands', async () => {
  const text =
    '{\n  "requestingState": "AA",\n  "requestedState": "BB",\n  "receivedOn": "2028-03-01",\n  "measure": "search",\n';
  const path = write(`${dir}/lines.json`, `${text}  "facts": {\n    "offence.minor": 1\n  }\n}\n`);
  const run = await rogatory(['assess', path]);
  assertUnusable(run, /lines\.json:5: \/measure: /, /lines\.json:7: \/facts\/offence\.minor: /);
  assertUnusable(await assess(`${text}  "facts": }`), /^-:6: \(whole input\): is not JSON: /);
});

test('a name with line breaks or terminal commands in it stays on its line', async () => {
  const run = await assess(request({}, { 'a\nb\u001b[2J\u202e\u2028': true, ['x'.repeat(50_000)]: true }));
  assertUnusable(
    run,
    /\/facts\/a\\u000ab\\u001b\[2J\\u202e\\u2028: unknown fact/,
    /^-:1: \/facts\/x{980,1000}…: unknown fact/,
  );
});

test('an empty file, a missing one, a folder and bytes that are no text are each said for what they are', async () => {
  mkdirSync(`${dir}/folder.json`);
  const [empty, missing, directory, bytes] = await Promise.all([
    rogatory(['assess', write(`${dir}/empty.json`, '')]),
    rogatory(['assess', `${dir}/missing.json`]),
    rogatory(['assess', `${dir}/folder.json`]),
    rogatory(['assess', write(`${dir}/bytes.json`, Uint8Array.of(0x7b, 0xff, 0x7d))]),
  ]);
  assertUnusable(empty, /empty\.json:1: \(whole input\): is empty; a JSON object is expected$/);
  assertUnusable(missing, /missing\.json: \(whole input\): does not exist$/);
  assertUnusable(directory, /folder\.json: \(whole input\): is a folder, not a file$/);
  assertUnusable(bytes, /bytes\.json: \(whole input\): is not valid UTF-8 text$/);
});

test('a file of 100 MB is refused by its size alone, and a stream of any length is not read on', async () => {
  const path = write(`${dir}/huge.json`, '');
  truncateSync(path, 100 * 1_048_576);
  assertUnusable(
    await rogatory(['assess', path]),
    /huge\.json: \(whole input\): is 104857600 bytes; at most 1048576 are read$/,
  );
  assertUnusable(await assess(Buffer.alloc(3_000_000, ' ')), '-: (whole input): is more than 1048576 bytes');
});

test('a byte order mark before the request is passed over', async () => {
  const run = await assess(`\uFEFF${request()}`);
  assert.deepEqual([run.status, run.err], [0, '']);
});

test('100,000 levels of brackets end in a line, not in a crash', async () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  assertUnusable(await assess(deep), /a request is a JSON object/);
  assertUnusable(
    await assess(request({ facts: 0 }).replace('"facts":0', `"facts":{"offence.minor":${deep}}`)),
    /offence\.minor: must be true/,
  );
  assertUnusable(await assess('['.repeat(100_000)), /is not JSON/);
});

test('words that the command line does not know are unusable too', async () => {
  const path = write(`${dir}/good.json`, request());
  const runs = await Promise.all(
    [
      ['assess'],
      ['assess', path, path],
      ['assess', path, '--frobnicate'],
      ['assess', path, '--as-of'],
      ['asses', path],
    ].map((words) => rogatory(words)),
  );
  for (const run of runs) assertUnusable(run, /./);
});
