// The key of a recipient: one person enters it, another confirms it from what the recipient read, and another key is another.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instant } from '../../kernel/instant.ts';
import type { PersonId } from '../registry/person.ts';
import { type Evidence, type EvidenceEvent, initial } from './evidence.ts';
import { evolve } from './evolve.ts';
import * as keys from './keys.ts';

const AT = '2028-03-02T09:00:00.000Z' as Instant;
const REVIEWER = 'reviewer' as PersonId;
const APPROVER = 'approver' as PersonId;
const KEY = `age1${'q'.repeat(58)}`;
const HYBRID = `age1pq1${'q'.repeat(1952)}`;
const PRINT = 'e1'.repeat(32);
const entering = { no: null, name: 'Prosecutor General of AA', key: HYBRID, fingerprint: PRINT };
const reading = { no: 1, read: PRINT, how: 'Their clerk read it, +99 1 0001.' };

type Decided = { ok: boolean; value?: EvidenceEvent[]; faults?: readonly { code: string }[] };
function taken(state: Evidence, decided: Decided, by: PersonId): Evidence {
  assert.ok(decided.ok, JSON.stringify(decided.faults));
  return (decided.value ?? []).reduce((now, event) => evolve(now, event, AT, by), state);
}
const codes = (decided: Omit<Decided, 'value'>): string[] => (decided.faults ?? []).map(({ code }) => code);
/** With the key of the recipient, entered by the reviewer and confirmed by the approver. */
function withKey(state: Evidence): Evidence {
  const entered = taken(state, keys.enterKey(state, entering), REVIEWER);
  return taken(entered, keys.confirmKey(entered, reading, APPROVER, AT), APPROVER);
}

test('a key is confirmed by another person than entered it, from what the recipient read, and once', () => {
  const entered = taken(initial, keys.enterKey(initial, entering), REVIEWER);
  const confirm = (change: Partial<keys.Confirming>, by = APPROVER, state = entered) =>
    codes(keys.confirmKey(state, { ...reading, ...change }, by, AT));
  assert.deepEqual(confirm({}, REVIEWER), ['evidence.own-key']);
  assert.deepEqual(confirm({ no: 2 }), ['evidence.no-such-key']);
  assert.deepEqual(confirm({ read: PRINT.slice(0, 31) }), ['evidence.fingerprint-short']);
  assert.deepEqual(confirm({ read: `e2${PRINT.slice(2)}` }), ['evidence.other-fingerprint']);
  assert.deepEqual(confirm({ read: `${PRINT}00` }), ['evidence.other-fingerprint']);
  assert.deepEqual(confirm({ how: 'phone' }), ['evidence.reasons-missing']);
  assert.deepEqual(confirm({ read: 'E1E1 '.repeat(8) }), []);
  assert.deepEqual(confirm({}, APPROVER, withKey(initial)), ['evidence.key-confirmed-already']);
  assert.deepEqual(codes(keys.confirmedKeys(entered, [PRINT])), ['evidence.key-not-confirmed']);
  assert.deepEqual(codes(keys.confirmedKeys(withKey(initial), [PRINT])), []);
});

test('a key that comes in place of another is confirmed by nobody, and the other one is gone', () => {
  const state = withKey(initial);
  const other = { ...entering, key: KEY, fingerprint: 'c1'.repeat(32) };
  const changed = taken(state, keys.enterKey(state, { ...other, no: 1 }), REVIEWER);
  assert.equal(changed.keys.length, 1);
  assert.deepEqual(codes(keys.confirmedKeys(changed, [PRINT])), ['evidence.no-such-key']);
  assert.deepEqual(codes(keys.confirmedKeys(changed, [other.fingerprint])), ['evidence.key-not-confirmed']);
  // A fold that says one person did both, or that another key was confirmed, opens nothing.
  const forged = (by: PersonId, fingerprint: string): Evidence => ({
    ...changed,
    keys: changed.keys.map((key) => ({ ...key, confirmed: { by, at: AT, fingerprint, how: '' } })),
  });
  for (const state of [forged(REVIEWER, other.fingerprint), forged(APPROVER, PRINT)])
    assert.deepEqual(codes(keys.confirmedKeys(state, [other.fingerprint])), ['evidence.key-not-confirmed']);
  for (const [change, code] of [
    [{ no: 7 }, 'evidence.no-such-key'],
    [{ name: ' ' }, 'evidence.key-name-missing'],
    [{ key: 'age1short' }, 'evidence.recipient-key'],
    [{ fingerprint: PRINT }, 'evidence.key-known'],
  ] as const)
    assert.deepEqual(codes(keys.enterKey(state, { ...other, ...change })), [code]);
});

test('a key is known by its form', () => {
  assert.deepEqual([KEY, HYBRID, 'age1', '', `${KEY}\n`, 'AGE-SECRET-KEY-1'].map(keys.keyKind), [
    'classical',
    'hybrid',
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
