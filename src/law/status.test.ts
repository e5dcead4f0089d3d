// Who is bound by what on a day: the register, what an office knows beyond it, and what stays unknown.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Day } from '../kernel/calendar.ts';
import type { Relation } from './profile.ts';
import { isBound, otherTreatyGoverns, type Register } from './status.ts';

const day = (text: string): Day => text as Day;
const pair = (requestingState: string, requestedState: string) => ({ requestingState, requestedState });
const party = (state: string, from: string | null, until?: string): Register['parties'][number] => ({
  state,
  instrument: 'uncc',
  signed: day('2025-10-25'),
  ratified: null,
  inForce: from === null ? null : { from: day(from), ...(until ? { until: day(until) } : {}) },
  source: 'invented',
  confidence: 'unverified',
});
const register: Register = {
  version: 'invented',
  instruments: [
    { instrument: 'uncc', inForce: day('2027-01-01'), note: null, source: 'invented', confidence: 'unverified' },
    { instrument: 'budapest', inForce: null, note: null, source: 'invented', confidence: 'unverified' },
  ],
  parties: [
    party('XA', '2027-01-01'),
    party('XB', '2027-06-01'),
    party('XC', '2027-01-01', '2029-01-01'),
    party('XD', null),
  ],
};
const relation = (
  instrument: string,
  states: [string, string],
  from: string,
  until?: string,
  known = true,
): Relation => ({
  instrument,
  states,
  from: day(from),
  known,
  ...(until ? { until: day(until) } : {}),
});
const bound = (a: string, b: string, on: string, relations: readonly Relation[] = [], instrument = 'uncc') =>
  isBound(register, relations, instrument, pair(a, b), day(on));
const other = (
  a: string,
  b: string,
  on: string,
  relations: readonly Relation[],
  counted: readonly string[] = [],
  under = 'uncc',
) => otherTreatyGoverns(register, relations, counted, under, pair(a, b), day(on));

test('two parties are bound from the day on which the later of them is', () => {
  assert.equal(bound('XA', 'XB', '2027-05-31'), false);
  assert.equal(bound('XA', 'XB', '2027-06-01'), true);
});

test('a party that left is bound up to the day before', () => {
  assert.equal(bound('XA', 'XC', '2028-12-31'), true);
  assert.equal(bound('XA', 'XC', '2029-01-01'), false);
});

test('before the instrument is in force nobody is bound, whoever they are', () => {
  assert.equal(bound('XE', 'XF', '2026-12-31'), false);
  assert.equal(bound('XE', 'XF', '2027-01-01'), undefined);
});

test('a State that only signed, or that the register does not know, is neither bound nor free', () => {
  assert.equal(bound('XA', 'XD', '2028-01-01'), undefined);
  assert.equal(bound('XA', 'XE', '2028-01-01'), undefined);
  assert.equal(bound('XB', 'XE', '2027-05-31'), false, 'one that is not bound yet is enough');
});

test('an instrument that the register does not know, or with no day of force, stays unknown', () => {
  assert.equal(bound('XA', 'XB', '2028-01-01', [], 'budapest'), undefined);
  assert.equal(bound('XA', 'XB', '2028-01-01', [], 'hague'), undefined);
});

test('who asks whom makes no difference to what binds them', () => {
  const relations = [relation('uncc', ['XE', 'XF'], '2028-01-01')];
  for (const on of ['2026-12-31', '2027-05-31', '2027-06-01', '2028-01-01', '2029-01-01'])
    for (const [a, b] of [
      ['XA', 'XB'],
      ['XA', 'XC'],
      ['XA', 'XD'],
      ['XE', 'XF'],
      ['XE', 'XA'],
    ] as const)
      assert.equal(bound(a, b, on, relations), bound(b, a, on, relations), `${a} ${b} ${on}`);
});

test('what an office knows of a pair goes before the register, for that pair alone', () => {
  const relations = [relation('uncc', ['XA', 'XB'], '2028-01-01', '2028-07-01')];
  assert.equal(bound('XB', 'XA', '2027-12-31', relations), false);
  assert.equal(bound('XB', 'XA', '2028-01-01', relations), true);
  assert.equal(bound('XB', 'XA', '2028-06-30', relations), true);
  assert.equal(bound('XB', 'XA', '2028-07-01', relations), false);
  assert.equal(bound('XA', 'XC', '2028-01-01', relations), true);
  assert.equal(
    bound('XA', 'XA', '2028-01-01', relations),
    true,
    'a State is no pair with itself: the register answers',
  );
});

test('two spells of force with a gap between them bind in both and not between', () => {
  const relations = [
    relation('uncc', ['XE', 'XF'], '2030-01-01'),
    relation('uncc', ['XF', 'XE'], '2028-01-01', '2029-01-01'),
  ];
  assert.deepEqual(
    ['2028-06-01', '2029-06-01', '2030-06-01'].map((on) => bound('XE', 'XF', on, relations)),
    [true, false, true],
  );
});

test('whether another assistance treaty governs is known only to the office, from the day it says', () => {
  const none = relation('other-mla-treaty', ['XA', 'XB'], '2027-06-01', undefined, false);
  assert.equal(other('XA', 'XB', '2027-05-31', [none]), undefined);
  assert.equal(other('XA', 'XB', '2027-06-01', [none]), false);
  assert.equal(other('XB', 'XA', '2027-06-01', [none]), false);
  assert.equal(other('XA', 'XC', '2027-06-01', [none]), undefined);
});

test('of several words on another treaty the latest counts, whatever order they stand in', () => {
  const none = relation('other-mla-treaty', ['XA', 'XB'], '2020-01-01', undefined, false);
  const one = relation('other-mla-treaty', ['XA', 'XB'], '2028-01-01');
  for (const relations of [
    [none, one],
    [one, none],
  ]) {
    assert.equal(other('XA', 'XB', '2027-12-31', relations), false);
    assert.equal(other('XA', 'XB', '2028-01-01', relations), true);
  }
});

test('an instrument the office counts as such a treaty governs where it binds both, and never displaces itself', () => {
  const relations = [
    relation('budapest', ['XA', 'XB'], '2028-01-01'),
    relation('other-mla-treaty', ['XA', 'XB'], '2020-01-01', undefined, false),
  ];
  assert.equal(other('XA', 'XB', '2028-01-01', relations, ['budapest']), true);
  assert.equal(other('XA', 'XB', '2027-12-31', relations, ['budapest']), false);
  assert.equal(other('XA', 'XB', '2028-01-01', relations, ['budapest'], 'budapest'), false);
  assert.equal(other('XA', 'XB', '2028-01-01', relations), false);
  assert.equal(other('XA', 'XC', '2028-01-01', relations, ['budapest']), undefined);
});
