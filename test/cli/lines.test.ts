// One request a line: one answer a line, in order, and an unusable line costs only itself.

import assert from 'node:assert/strict';
import { mkdirSync, truncateSync } from 'node:fs';
import { test } from 'node:test';
import { assertUnusable, folder, request, rogatory, write } from '../support/cli.ts';

const dir = folder();
type Answer = { readonly outcome?: string; readonly error?: string };
const answers = (out: string): Answer[] =>
  out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Answer);
const good = request();
const refused = request({}, { 'rights.tortureRisk': true });
const open = request({}, { 'rights.tortureRisk': null });

test('a file that ends in .ndjson holds one request a line, with no flag needed', async () => {
  const path = write(`${dir}/docket.ndjson`, [good, refused, open, good].join('\n'));
  const run = await rogatory(['assess', path]);
  assert.deepEqual([run.status, run.err], [0, '']);
  assert.deepEqual(
    answers(run.out).map((answer) => answer.outcome),
    ['may-execute', 'must-refuse', 'needs-information', 'may-execute'],
  );
});

test('with --ndjson so does a file of any name, and standard input', async () => {
  const text = `${refused}\n${good}\n`;
  const runs = await Promise.all([
    rogatory(['assess', write(`${dir}/docket.txt`, text), '--ndjson']),
    rogatory(['assess', '--ndjson', '-'], { stdin: text }),
    rogatory(['assess', '--ndjson', '-'], { stdin: text.replaceAll('\n', '\r\n') }),
  ]);
  for (const run of runs) {
    assert.deepEqual([run.status, run.err], [0, '']);
    assert.deepEqual(
      answers(run.out).map((answer) => answer.outcome),
      ['must-refuse', 'may-execute'],
    );
  }
});

test('blank lines are passed over, and a file without any line gives no answer', async () => {
  const run = await rogatory(['assess', '--ndjson', '-'], { stdin: `\n\n${good}\n  \n\r\n${good}\n\n` });
  assert.deepEqual([run.status, answers(run.out).length], [0, 2]);
  const none = await rogatory(['assess', '--ndjson', '-']);
  assert.deepEqual(none, { status: 0, out: '', err: '' });
});

test('an unusable line gives its error in its place, the others are assessed, and the end is status 2', async () => {
  const broken = ['{', 'null', '[]', '{"measure":1,"measure":2}', request({ measure: 'search' }), '\u0000'];
  const text = broken.flatMap((line) => [good, line]).join('\n');
  const run = await rogatory(['assess', '--ndjson', '-'], { stdin: text });
  assert.equal(run.status, 2);
  const found = answers(run.out);
  assert.equal(found.length, broken.length * 2);
  for (const [i, answer] of found.entries()) {
    if (i % 2 === 0) assert.equal(answer.outcome, 'may-execute');
    else {
      assert.deepEqual(Object.keys(answer), ['error']);
      assert.match(answer.error ?? '', /\S: \S/);
    }
  }
  assert.match(found[9]?.error ?? '', /^\/measure: must be one of /);
});

test('a line that is no UTF-8 is an error in its place', async () => {
  const stdin = Buffer.concat([Buffer.from(`${good}\n{"a":"`), Buffer.of(0xc3, 0x28), Buffer.from(`"}\n${good}`)]);
  const run = await rogatory(['assess', '--ndjson', '-'], { stdin });
  assert.equal(run.status, 2);
  assert.deepEqual(answers(run.out)[1], { error: '(whole line): is not valid UTF-8 text' });
  assert.equal(answers(run.out)[2]?.outcome, 'may-execute');
});

test('a line longer than a request can be is an error in its place, and is skipped to its end', async () => {
  const path = write(`${dir}/long.ndjson`, '');
  truncateSync(path, 200 * 1_048_576);
  const [alone, between] = await Promise.all([
    rogatory(['assess', path]),
    rogatory(['assess', '--ndjson', '-'], { stdin: `${good}\n{"a":"${'x'.repeat(5_000_000)}"}\n${good}\n` }),
  ]);
  const error = { error: '(whole line): the line is more than 1048576 bytes' };
  assert.deepEqual([alone.status, answers(alone.out)], [2, [error]]);
  assert.equal(between.status, 2);
  assert.deepEqual(answers(between.out)[1], error);
  assert.equal(answers(between.out)[2]?.outcome, 'may-execute');
});

test('a file of lines that cannot be opened is a fault like any other: nothing on standard output', async () => {
  mkdirSync(`${dir}/folder.ndjson`);
  assertUnusable(
    await rogatory(['assess', `${dir}/missing.ndjson`]),
    /missing\.ndjson: \(whole input\): does not exist$/,
  );
  assertUnusable(await rogatory(['assess', `${dir}/folder.ndjson`]), /folder\.ndjson: \(whole input\): is a folder/);
});

test('a line that ends without a break at the end of the file is a line', async () => {
  const run = await rogatory(['assess', '--ndjson', '-'], { stdin: `\uFEFF${good}\n${refused}` });
  assert.deepEqual(
    answers(run.out).map((answer) => answer.outcome),
    ['may-execute', 'must-refuse'],
  );
});
