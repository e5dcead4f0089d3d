// The law over HTTP: what is said agrees with the rule set, worked cases come out as expected, and the archive runs again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleSetHash } from '../adapters/files/law-store.ts';
import { EFFECTS } from '../law/provision.ts';
import { EFFECT_NAMES } from './shapes.ts';
import { ask, book, problemOf } from './testing/api.ts';

const { rules } = book;
const read = async (path: string) => {
  const { response, text } = await ask(path);
  assert.equal(response.status, 200, path);
  return JSON.parse(text);
};

test('the effects in the document are those of the engine', () => {
  assert.deepEqual(EFFECT_NAMES, EFFECTS);
});

test('the law in short counts what there is', async () => {
  const law = await read('/api/law');
  assert.equal(law.ruleSet, book.hash);
  assert.equal(law.asOf, '2028-03-02');
  assert.equal(law.counts.provisions, rules.provisions.length);
  const sum = (of: (pack: { provisions: number; confidence: Record<string, number> }) => number) =>
    law.packs.map(of).reduce((a: number, b: number) => a + b, 0);
  assert.equal(
    sum((pack) => pack.provisions),
    law.counts.inForce,
  );
  assert.equal(
    sum(({ confidence }) => Object.values(confidence).reduce((a, b) => a + b, 0)),
    law.counts.inForce,
  );
});

test('the law of an earlier day is smaller', async () => {
  const law = await read('/api/law?as-of=2010-01-01');
  assert.ok(law.counts.inForce < law.counts.provisions);
  assert.equal(law.asOf, '2010-01-01');
  const { provisions } = await read('/api/law/provisions?as-of=2010-01-01');
  assert.equal(provisions.length, law.counts.inForce);
});

test('facts and measures are the catalogue', async () => {
  assert.deepEqual((await read('/api/law/facts')).facts, JSON.parse(JSON.stringify(rules.facts)));
  assert.deepEqual((await read('/api/law/measures')).measures, rules.measures);
});

test('filters of provisions must all fit', async () => {
  const found = await read('/api/law/provisions?pack=uncc&effect=refuse-may&measure=preservation');
  const wanted = rules.provisions.filter(
    (one) => one.pack === 'uncc' && one.effect === 'refuse-may' && Object.hasOwn(one.concerns, 'preservation'),
  );
  assert.deepEqual(
    found.provisions.map((one: { id: string }) => one.id),
    wanted.map((one) => one.id),
  );
  assert.ok(found.count > 0);
});

test('every provision is there in full, and each of its worked cases comes out as expected', async () => {
  for (const id of new Set(rules.provisions.map((one) => one.id))) {
    const { versions } = await read(`/api/law/provisions/${id}`);
    for (const version of versions) {
      assert.ok(version.cases.length >= 3, id);
      for (const one of version.cases) assert.equal(one.found, one.expect, id);
      assert.ok(!('file' in version) && !('line' in version));
    }
  }
});

test('a provision brings the numbers that it names', async () => {
  const { versions } = await read('/api/law/provisions/uncc:42.8');
  assert.deepEqual(
    versions[0].parameters.map((one: { id: string }) => one.id),
    ['uncc:preservation-days'],
  );
});

test('what changed between two days is what the book says', async () => {
  const found = await read('/api/law/diff?from=2024-01-01&to=2028-01-01');
  assert.ok(found.changes.length > 0);
  assert.deepEqual((await read('/api/law/diff?from=2028-01-01&to=2028-01-01')).changes, []);
});

test('the rule set has the hash it says, and an unchanged one is not sent again', async () => {
  const { response, text } = await ask('/api/law/rule-set');
  const archive = JSON.parse(text);
  assert.equal(archive.ruleSet, book.hash);
  assert.equal(ruleSetHash(archive.rules), book.hash);
  const etag = response.headers.get('etag') ?? '';
  assert.equal(etag, `"${book.hash.replace('sha256:', '')}"`);
  const again = await ask('/api/law/rule-set', { headers: { 'if-none-match': etag } });
  assert.equal(again.response.status, 304);
  assert.equal(again.text, '');
});

test('schemas are there by name, and are the files that editors use', async () => {
  const { readFileSync } = await import('node:fs');
  const { schemas } = await read('/api/schemas');
  assert.ok(schemas.length > 5);
  for (const address of schemas as string[]) {
    const file = address.replace('/api/schemas/', '').replace('.json', '.schema.json');
    const stored = JSON.parse(readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));
    assert.deepEqual(await read(address), stored);
  }
});

test('names that the law does not have are said, with those it has', async () => {
  const { errors } = await problemOf(400, '/api/law/provisions?pack=nowhere&measure=nothing');
  assert.deepEqual(
    errors?.map((one) => one.parameter),
    ['pack', 'measure'],
  );
  for (const query of ['?effect=x', '?as-of=2028-02-30', '?as-of=', '?asof=2028-01-01', '?pack=uncc&pack=policy'])
    await problemOf(400, `/api/law/provisions${query}`);
  for (const query of ['', '?from=2028-01-01', '?from=x&to=y', '?from=2028-01-01&to=2028-13-01'])
    await problemOf(400, `/api/law/diff${query}`);
});
