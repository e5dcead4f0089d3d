// Every example request, through the command line as a process and through the API: the outcome its page promises, in the shape outsiders rely on.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ROOT } from '../../tools/tree.ts';
import { loadLaw } from '../../src/adapters/files/law-store.ts';
import { assessInput } from '../../src/app/assess-request.ts';
import { openLawBook } from '../../src/app/law-book.ts';
import { assessmentShape } from '../../src/law/pack/assessment-shape.ts';
import { EXAMPLES, example, rogatory } from '../support/cli.ts';
import { sharedServer } from '../support/server.ts';

const law = await loadLaw();
assert.ok(law.ok);
const book = openLawBook(law.value.rules, law.value.hash, law.value.register);

/** The rows of the table in examples/README.md: name, outcome, and the provisions that produce it where they are listed. */
const promised = new Map(
  [
    ...readFileSync(`${ROOT}/examples/README.md`, 'utf8').matchAll(
      /^\| \[([^\]]+)\].*\| \*\*([a-z-]+)\*\* \| (.*) \|$/gm,
    ),
  ].map(([, name, outcome, because]) => [
    `${name}.json`,
    { outcome, because: [...(because ?? '').matchAll(/`([^`]+)`/g)].map((found) => found[1]), words: because },
  ]),
);

test('the page of the examples tells the outcome of every example, and of nothing else', () => {
  assert.deepEqual([...promised.keys()].sort(), EXAMPLES.toSorted());
  assert.equal(EXAMPLES.length, 24);
});

for (const name of EXAMPLES) {
  test(`${name} leads to ${promised.get(name)?.outcome}, for the reasons its page gives`, async () => {
    const run = await rogatory(['assess', `examples/${name}`, '--json']);
    assert.deepEqual([run.status, run.err], [0, '']);
    const answer: unknown = JSON.parse(run.out);
    const assessment = assessmentShape.parse(answer);
    assert.equal(assessment.outcome, promised.get(name)?.outcome);
    if (!promised.get(name)?.words?.startsWith('every question'))
      assert.deepEqual(assessment.because.toSorted(), promised.get(name)?.because.toSorted());
    const assessed = assessInput(book, example(name.slice(0, 2)));
    assert.ok(assessed.ok);
    assert.deepEqual(answer, JSON.parse(JSON.stringify(assessed.value.assessment)), 'the same as the use case gives');
    const { address } = await sharedServer();
    const asked = await fetch(`${address}/api/assessments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: readFileSync(`${ROOT}/examples/${name}`),
    });
    assert.equal(await asked.text(), run.out, 'the API says the same to the byte');
  });
}

test('the docket of all examples gives their outcomes in the order of its lines', async () => {
  const run = await rogatory(['assess', 'examples/docket.ndjson']);
  assert.deepEqual([run.status, run.err], [0, '']);
  const lines = readFileSync(`${ROOT}/examples/docket.ndjson`, 'utf8').trim().split('\n');
  const answers = run.out
    .trim()
    .split('\n')
    .map((line) => assessmentShape.parse(JSON.parse(line)));
  assert.equal(answers.length, lines.length);
  for (const [i, line] of lines.entries()) {
    const assessed = assessInput(book, JSON.parse(line));
    assert.ok(assessed.ok);
    assert.deepEqual(answers[i], JSON.parse(JSON.stringify(assessed.value.assessment)), `line ${i + 1}`);
  }
  assert.equal(new Set(answers.map((answer) => answer.outcome)).size, 6, 'the examples show every outcome');
});

test('without --json a person reads the outcome first, then why, what to ask, and that a person decides', async () => {
  const refused = await rogatory(['assess', 'examples/01-lese-majeste.json']);
  assert.equal(refused.status, 0);
  assert.match(refused.out, /^MUST BE REFUSED/);
  assert.match(refused.out, /\nWhy\n.*\[iccpr:19\]/s);
  assert.match(refused.out, /a person decides, and a second person countersigns/);
  const open = await rogatory(['assess', 'examples/20-almost-empty.json']);
  assert.match(open.out, /^NEEDS INFORMATION: nothing is disclosed/);
  assert.match(open.out, /\nAsk next, most decisive first \(\d+ open\)\n {2}1\. /);
  assert.ok(
    open.out.split('\n').every((line) => line.length <= 160),
    'lines are short enough to read',
  );
});
