// The committed JSON Schemas: those the parser's source gives, and those the program's own readers agree with.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { assessInput } from '../../src/app/assess-request.ts';
import { openLawBook } from '../../src/app/law-book.ts';
import { jsonSchemas } from '../../src/law/pack/json-schemas.ts';
import { readRequest } from '../../src/law/request.ts';
import { ROOT } from '../../tools/tree.ts';
import { EXAMPLES, example } from '../support/cli.ts';
import { shippedLaw } from '../support/law.ts';
import { lawTexts } from '../support/packs.ts';

const { rules, hash, register } = await shippedLaw();
const committed = Object.fromEntries(
  // That of public figures is written by hand, and held against reports in test/reporting.
  readdirSync(`${ROOT}/schemas`)
    .filter((name) => name !== 'report.schema.json')
    .map((name) => [name, JSON.parse(readFileSync(`${ROOT}/schemas/${name}`, 'utf8')) as Record<string, unknown>]),
);
const validators = new Map<string, z.ZodType>();
function validatorOf(name: string): z.ZodType {
  const made = validators.get(name) ?? z.fromJSONSchema(committed[name] as Parameters<typeof z.fromJSONSchema>[0]);
  validators.set(name, made);
  return made;
}

test('schemas/ holds what the parser gives; if not, run `node tools/write-schemas.ts`', () => {
  assert.deepEqual(committed, JSON.parse(JSON.stringify(jsonSchemas(rules))));
});

test('the request schema accepts every example, and so does the reader', () => {
  const schema = validatorOf('request.schema.json');
  for (const name of EXAMPLES) {
    const request = example(name.slice(0, 2));
    assert.ok(schema.safeParse(request).success, name);
    assert.ok(readRequest(rules, request).ok, name);
    assert.equal(request['$schema'], undefined);
  }
});

const good = example('03');
const facts = (changes: Record<string, unknown>) => ({ ...good, facts: { ...good.facts, ...changes } });
const but = (changes: Record<string, unknown>) => ({ ...good, ...changes });
const { measure: _measure, ...measureless } = good;
const { facts: _facts, ...factless } = good;

/** Each request with whether it is one. */
const REQUESTS: readonly (readonly [string, unknown, boolean])[] = [
  ['the complete example', good, true],
  ['one without facts', factless, true],
  ['one that names its schema', but({ $schema: 'https://example.org/request.schema.json' }), true],
  ['one whose instrument is null', but({ instrument: null }), true],
  ['one with a fact that is null', facts({ 'offence.minor': null, 'offence.maxPenaltyYears': null }), true],
  ['one with life imprisonment', facts({ 'offence.maxPenaltyYears': 'life' }), true],
  ['one with half a year', facts({ 'offence.maxPenaltyYears': 0.5 }), true],
  ['one of the European Union', but({ requestingState: 'EU', requestedState: 'ZZ' }), true],
  ['one without a measure', measureless, false],
  ['one with an unknown fact', facts({ 'offence.gravity': true }), false],
  ['one with a fact in other letters', facts({ 'offence.Minor': true }), false],
  ['one with a yes in words', facts({ 'offence.minor': 'yes' }), false],
  ['one with a number of years in words', facts({ 'offence.maxPenaltyYears': '15' }), false],
  ['one with negative years', facts({ 'offence.maxPenaltyYears': -1 }), false],
  ['one with a choice that is none', facts({ 'offence.conventionArticle': '18' }), false],
  ['one with a number for a choice', facts({ 'offence.conventionArticle': 7 }), false],
  ['one with facts in a list', but({ facts: [] }), false],
  ['one whose facts are null', but({ facts: null }), false],
  ['one with an impossible day', but({ receivedOn: '2028-02-30' }), false],
  ['one with a day in other order', but({ receivedOn: '14.03.2028' }), false],
  ['one with an unknown instrument', but({ instrument: 'hague' }), false],
  ['one with an unknown measure', but({ measure: 'toString' }), false],
  ['one of a State that does not exist', but({ requestedState: 'UK' }), false],
  ['one of a State in small letters', but({ requestingState: 'aa' }), false],
  ['one with an unknown key', but({ asOf: '2028-01-01' }), false],
  ['one with an inherited name as key', but({ constructor: 1 }), false],
  ['one with an inherited name as fact', facts({ toString: true }), false],
  ['null', null, false],
  ['a list', [good], false],
  ['a word', 'request', false],
];

for (const [what, input, usable] of REQUESTS) {
  test(`${what} is ${usable ? 'a' : 'no'} request, to the schema and to the reader alike`, () => {
    assert.equal(readRequest(rules, input).ok, usable, 'the reader');
    assert.equal(validatorOf('request.schema.json').safeParse(input).success, usable, 'the schema');
  });
}

test('what an assessment gives fits its published schema', () => {
  const schema = validatorOf('assessment.schema.json');
  const book = openLawBook(rules, hash, register);
  for (const name of EXAMPLES) {
    const assessed = assessInput(book, example(name.slice(0, 2)));
    assert.ok(assessed.ok);
    const answer = JSON.parse(JSON.stringify(assessed.value.assessment)) as Record<string, unknown>;
    assert.ok(schema.safeParse(answer).success, name);
    assert.ok(!schema.safeParse({ ...answer, outcome: 'granted' }).success);
    assert.ok(!schema.safeParse({ ...answer, verdict: 'met' }).success);
  }
});

test('every file under law/ fits the schema its modeline names', () => {
  for (const { path, text } of lawTexts(() => true)) {
    const name = /schemas\/(\S+)/.exec(text)?.[1] ?? '';
    const file = parse(text) as object;
    const checked = validatorOf(name).safeParse(file);
    assert.ok(checked.success, `${path}: ${checked.error?.message}`);
    assert.ok(!validatorOf(name).safeParse({ ...file, unheard: 1 }).success, `${path} with an unknown key`);
  }
});
