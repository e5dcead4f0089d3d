// The options of `assess`: another day, a State's policy, an archived rule set, a language; and how the program ends.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { ruleSetHash } from '../../src/adapters/files/law-store.ts';
import type { Assessment } from '../../src/law/assessment.ts';
import type { RuleSet } from '../../src/law/rule-set.ts';
import { ROOT } from '../../tools/tree.ts';
import { assertUnusable, folder, type Run, request, rogatory, write } from '../support/cli.ts';
import { LANGUAGES } from '../../src/kernel/language.ts';

const dir = folder();
const good = write(`${dir}/good.json`, request());
const answer = (run: Run): Assessment => {
  assert.deepEqual([run.status, run.err], [0, '']);
  return JSON.parse(run.out) as Assessment;
};
type Archive = {
  ruleSet: string;
  rules: Omit<RuleSet, 'provisions'> & { provisions: Record<string, unknown>[] };
  register: unknown;
};
const archived = async (): Promise<Archive> => JSON.parse((await rogatory(['law', 'archive'])).out) as Archive;

test('the law of the day of receipt applies, unless another day is asked for', async () => {
  const path = write(`${dir}/eu.json`, request({ instrument: 'eu-eevidence', receivedOn: '2026-08-17' }));
  assertUnusable(
    await rogatory(['assess', path]),
    /\/receivedOn: the instrument eu-eevidence had no text yet on 2026-08-17$/,
  );
  const later = answer(await rogatory(['assess', path, '--json', '--as-of', '2026-08-18']));
  assert.equal(later.law.asOf, '2026-08-18');
  assert.deepEqual(
    later.law.packs.map((pack) => pack.id),
    ['eu-eevidence', 'rights', 'policy'],
  );
  assert.equal(answer(await rogatory(['assess', good, '--json'])).law.asOf, '2028-03-14');
});

test('--as-of takes a day of the calendar and nothing else', async () => {
  assertUnusable(
    await rogatory(['assess', good, '--as-of', '2027-02-29']),
    '--as-of: 2027-02-29 does not exist in the calendar',
  );
  assertUnusable(await rogatory(['assess', good, '--as-of', 'tomorrow']), /^--as-of: "tomorrow" is not a date/);
  assertUnusable(
    await rogatory(['assess', good, '--as-of', '1999-01-01']),
    /the instrument uncc had no text yet on 1999-01-01/,
  );
});

test("a State's profile decides by its own policy, and the answer names it", async () => {
  const path = write(
    `${dir}/identity.json`,
    request({ measure: 'subscriber-data' }, { 'offence.dualCriminality': false }),
  );
  const plain = answer(await rogatory(['assess', path, '--json']));
  assert.equal(plain.law.policy, null);
  assert.equal(plain.outcome, 'may-refuse');
  const ours = answer(await rogatory(['assess', path, '--json', '--profile', 'law/states/BB.yaml']));
  assert.equal(ours.outcome, 'must-refuse');
  assert.equal(ours.law.policy?.state, 'BB');
  assert.match(ours.law.policy?.hash ?? '', /^sha256:[0-9a-f]{64}$/);
  assert.equal(ours.law.ruleSet, plain.law.ruleSet, 'the law itself is the same');
  const shown = await rogatory(['assess', path, '--profile', 'law/states/BB.yaml']);
  assert.match(shown.out, new RegExp(`policy of BB, ${ours.law.policy?.hash}`));
});

test('a profile that cannot be read, or reaches too far, is unusable input with its line', async () => {
  const path = write(
    `${dir}/XX.yaml`,
    'state: XX\ntitle: { en: XX, ar: XX }\npolicy:\n  - provision: "iccpr:7"\n    set: off\n    reason: { en: no, ar: no }\n',
  );
  assertUnusable(
    await rogatory(['assess', good, '--profile', path]),
    /XX\.yaml:4: iccpr:7 is not this office's policy/,
  );
  assertUnusable(await rogatory(['assess', good, '--profile', `${dir}/none.yaml`]), /none\.yaml: does not exist$/);
  assertUnusable(await rogatory(['assess', good, '--profile', dir]), /^\S+: is a folder, not a file$/);
});

test('several options that are wrong are all named', async () => {
  const run = await rogatory(['assess', good, '--as-of', 'x', '--language', 'de', '--profile', 'none.yaml']);
  assertUnusable(
    run,
    /^--as-of: /,
    /^none\.yaml: does not exist$/,
    '--language: must be one of en, ar, zh, fr, ru, es',
  );
});

test('the explanations come in Arabic when asked for, the ids stay as they are', async () => {
  const arabic = answer(await rogatory(['assess', good, '--json', '--language', 'ar']));
  const english = answer(await rogatory(['assess', good, '--json']));
  assert.ok(arabic.findings.every((finding) => /\p{Script=Arabic}/u.test(finding.explanation)));
  assert.deepEqual(
    arabic.findings.map(({ provision, verdict }) => [provision, verdict]),
    english.findings.map(({ provision, verdict }) => [provision, verdict]),
  );
});

test('each of the six languages can be asked for, and each explains in other words', async () => {
  const said = await Promise.all(
    LANGUAGES.map(async (one) => answer(await rogatory(['assess', good, '--json', '--language', one])).findings[0]),
  );
  assert.equal(new Set(said.map((finding) => finding?.explanation)).size, LANGUAGES.length);
});

test('an archived rule set gives the same assessment, byte for byte', async () => {
  const path = write(`${dir}/archive.json`, (await rogatory(['law', 'archive'])).out);
  const [shipped, kept] = await Promise.all([
    rogatory(['assess', good, '--json']),
    rogatory(['assess', good, '--json', '--law', path]),
  ]);
  assert.deepEqual(kept, shipped);
  assert.equal(shipped.status, 0);
});

test('an archive in which a single word was changed is refused', async () => {
  const archive = await archived();
  const path = `${dir}/forged.json`;
  const forged = JSON.stringify(archive).replace('"effect":"refuse-must"', '"effect":"refuse-may"');
  assert.notEqual(forged, JSON.stringify(archive));
  assertUnusable(await rogatory(['assess', good, '--law', write(path, forged)]), /forged\.json: .*its hash differs$/);
  assertUnusable(await rogatory(['assess', good, '--law', write(path, '{}')]), /forged\.json: is no archived rule set/);
  assertUnusable(
    await rogatory(['assess', good, '--law', write(path, '{"rules":')]),
    /forged\.json: is no archived rule set$/,
  );
  assertUnusable(await rogatory(['assess', good, '--law', `${dir}/none`]), /none: is no folder that can be read$/);
});

test('a defect of the program ends with status 1 and an id; what it is stands nowhere unless asked for', async () => {
  const archive = await archived();
  for (const provision of archive.rules.provisions)
    if (provision['id'] === 'uncc:40.8') provision['when'] = { op: 'perhaps' };
  archive.ruleSet = ruleSetHash(archive.rules as unknown as RuleSet);
  const path = write(`${dir}/malformed.json`, JSON.stringify(archive));
  const run = await rogatory(['assess', good, '--law', path, '--json']);
  assert.deepEqual([run.status, run.out], [1, '']);
  assert.match(run.err, /^a defect of the program, id [0-9a-f]{8}; ROGATORY_DEBUG=1 shows the details\n$/);
  const again = await rogatory(['assess', good, '--law', path], { env: { ROGATORY_DEBUG: '1' } });
  assert.deepEqual([again.status, again.out], [1, '']);
  assert.match(again.err, /^a defect of the program, id [0-9a-f]{8}\n.*\n {4}at /);
  assert.notEqual(again.err.slice(0, 40), run.err.slice(0, 40), 'each defect has an id of its own');
});

test('a reader who has seen enough closes the pipe, and that is no failure', async () => {
  const child = spawn(`${ROOT}/bin/rogatory`, ['law', 'archive'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [status] = (await once(child, 'close')) as [number];
  assert.deepEqual([status, err], [0, '']);
});
