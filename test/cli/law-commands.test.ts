// `rogatory law`: what a reader sees of the law, and what happens when the word for it is wrong.

import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ruleSetHash } from '../../src/adapters/files/law-store.ts';
import { canonicalJson, type Json } from '../../src/kernel/canonical-json.ts';
import type { RuleSet } from '../../src/law/rule-set.ts';
import { ROOT } from '../../tools/tree.ts';
import { shippedLaw } from '../support/law.ts';
import { assertUnusable, folder, rogatory, write } from '../support/cli.ts';

const dir = folder();
const { rules, hash } = await shippedLaw();
const said = async (...words: string[]): Promise<string> => {
  const run = await rogatory(['law', ...words]);
  assert.deepEqual([run.status, run.err], [0, '']);
  return run.out;
};

test('list names every provision of every pack once, and the rule set by its hash', async () => {
  const all = await said('list');
  for (const provision of rules.provisions) assert.ok(all.includes(`  ${provision.id} `), provision.id);
  assert.ok(all.endsWith(`\nRule set ${hash}\n`));
  const rights = await said('list', 'rights');
  assert.match(rights, /iccpr:7 .*refuse-must/);
  assert.doesNotMatch(rights, /uncc:/);
  assertUnusable(await rogatory(['law', 'list', 'hague']), /^PACK: there is no pack "hague"; there are uncc, /);
});

test('list --facts names every fact with its question', async () => {
  const lines = (await said('list', '--facts')).trim().split('\n');
  assert.deepEqual(
    lines.map((line) => line.split(' ')[0]),
    rules.facts.map((fact) => fact.id),
  );
});

test('show tells what a provision says, how sure we are, its condition and its worked cases', async () => {
  const shown = await said('show', 'uncc:40.8');
  for (const words of [
    'Confidence: secondary',
    'Not yet reviewed by a jurist',
    'Applies only if',
    'Met when',
    'Worked cases',
  ])
    assert.ok(shown.includes(words), words);
  assert.match(shown, /instruments\/uncc\/art-40-grounds\.yaml:\d+/);
  const json = JSON.parse(await said('show', 'uncc:40.8', '--json')) as { id: string }[];
  assert.deepEqual(
    json.map((one) => one.id),
    ['uncc:40.8'],
  );
  assertUnusable(await rogatory(['law', 'show', 'uncc:8']), /^ID: there is no provision "uncc:8"; near it: /);
  assertUnusable(await rogatory(['law', 'show', '__proto__']), /there is no provision/);
});

test('the line that show gives is the line on which the provision begins', async () => {
  const at = /\n(\S+\.yaml):(\d+)\n/.exec(await said('show', 'policy:two-sided-threshold'));
  const lines = readFileSync(`${ROOT}/law/${at?.[1]}`, 'utf8').split('\n');
  assert.match(lines[Number(at?.[2]) - 1] ?? '', /- id: policy:two-sided-threshold$/);
});

test('diff tells what came and went between two days', async () => {
  const came = JSON.parse(await said('diff', '2026-08-17', '2026-08-18', '--json')) as {
    changes: { id: string; change: string }[];
  };
  assert.ok(came.changes.length > 10);
  assert.ok(came.changes.every((one) => one.id.startsWith('eu-eevidence:') && one.change === 'added'));
  const back = JSON.parse(await said('diff', '2026-08-18', '2026-08-17', '--json')) as typeof came;
  assert.deepEqual(back.changes.map((one) => one.id).sort(), came.changes.map((one) => one.id).sort());
  assert.ok(back.changes.every((one) => one.change === 'repealed'));
  assert.equal(await said('diff', '2028-01-01', '2028-01-02'), 'Nothing changed between 2028-01-01 and 2028-01-02.\n');
  assertUnusable(
    await rogatory(['law', 'diff', '2028-01-01', '2028-02-30']),
    'DATE: 2028-02-30 does not exist in the calendar',
  );
});

test('archive is the whole rule set as canonical JSON under its own hash', async () => {
  const text = await said('archive');
  const archive = JSON.parse(text) as { ruleSet: string; rules: RuleSet };
  assert.equal(text, `${canonicalJson(archive as unknown as Json)}\n`);
  assert.equal(archive.ruleSet, hash);
  assert.equal(ruleSetHash(archive.rules), hash);
});

test('schemas are those of the folder schemas/', async () => {
  for (const [name, schema] of Object.entries(JSON.parse(await said('schemas')) as Record<string, unknown>))
    assert.deepEqual(schema, JSON.parse(readFileSync(`${ROOT}/schemas/${name}`, 'utf8')), name);
});

test('check --quick runs every worked case of the shipped law and finds none wrong', async () => {
  const run = await rogatory(['law', 'check', '--quick', '--json']);
  assert.equal(run.status, 0, run.out);
  const report = JSON.parse(run.out) as { holds: boolean; cases: { run: number; wrong: unknown[] } };
  assert.deepEqual([report.holds, report.cases.wrong], [true, []]);
  assert.equal(report.cases.run, rules.provisions.flatMap((provision) => provision.cases).length);
});

test('a law folder with a wrong worked case loads, and check says so with status 1', async () => {
  cpSync(`${ROOT}/law`, `${dir}/law`, { recursive: true });
  const path = `${dir}/law/rights/iccpr-07.yaml`;
  const text = readFileSync(path, 'utf8');
  write(path, text.replace('rights.tortureRisk: true }, expect: met', 'rights.tortureRisk: true }, expect: not-met'));
  const run = await rogatory(['law', 'check', '--quick', '--law', `${dir}/law`]);
  assert.equal(run.status, 1);
  assert.match(run.out, /1 wrong\.\n {2}rights\/iccpr-07\.yaml:\d+ iccpr:7: expected not-met, found met\n/);
  assert.match(run.out, /NOT all holds/);
});

test('a law folder that lacks anything does not load, and nothing is assessed with the rest of it', async () => {
  cpSync(`${ROOT}/law`, `${dir}/broken`, { recursive: true });
  const path = `${dir}/broken/rights/iccpr-07.yaml`;
  write(
    path,
    readFileSync(path, 'utf8')
      .replace(/\n {4}when: .*/, '')
      .replace('effect: refuse-must', 'effect: forbid'),
  );
  for (const words of [
    ['law', 'check'],
    ['law', 'list'],
    ['assess', 'examples/03-ransomware-complete.json'],
  ]) {
    const run = await rogatory([...words, '--law', `${dir}/broken`]);
    assertUnusable(
      run,
      /^rights\/iccpr-07\.yaml:\d+: iccpr:7: effect: /,
      /^rights\/iccpr-07\.yaml:\d+: iccpr:7: (?:lacks when|when is not)/,
    );
  }
});
