// Requests that were here before: the same one again, one that follows, one about the same account.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RequestContent } from './content.ts';
import { MEASURES, type Measure } from './fields-measures.ts';
import { fingerprint, tieBetween } from './similar.ts';
import { aContent, exampleRequest } from './testing/content.ts';

const print = (content: RequestContent, measure: Measure = 'content-data', requestingState = 'AA') =>
  fingerprint({ measure, requestingState, content });
const { content } = exampleRequest('01');
const one = (target: NonNullable<RequestContent['targets']>[number]) => print({ targets: [target] }).subjects;

test('the same authority with the same case and measure is the same request, however it is typed', () => {
  const again: RequestContent = {
    ...content,
    caseReference: ' aa-ps-2028 / 0417',
    requestingAuthority: {
      ...content.requestingAuthority,
      name: 'OFFICE FOR INTERNATIONAL COOPERATION,  PROSECUTION SERVICE OF AA',
    },
  };
  assert.equal(tieBetween(print(again), print(content)), 'duplicate');
});

test('another measure in the same case, or the same account in another case, is related', () => {
  assert.equal(tieBetween(print(exampleRequest('04').content, 'preservation'), print(content)), 'related');
  const other: RequestContent = { caseReference: 'x', targets: content.targets ?? [] };
  assert.equal(tieBetween(print(other, 'content-data', 'KE'), print(content)), 'related');
});

test('a case number of another State is another case', () => {
  const bare: RequestContent = { caseReference: '7/2028' };
  assert.equal(tieBetween(print(bare, 'content-data', 'KE'), print(bare)), null);
});

test('a request that names an earlier one follows it', () => {
  const later: RequestContent = {
    caseReference: 'y',
    priorReferences: [{ type: 'mla', reference: 'AA-PS-2028/0417' }],
  };
  assert.equal(tieBetween(print(later), print(content)), 'follow-up');
});

test('accounts are the same whatever the keyboard', () => {
  const same = (type: 'email' | 'phone' | 'ip' | 'url' | 'account', a: string, b: string) =>
    assert.deepEqual(
      one({ identifierType: type, identifierValue: a }),
      one({ identifierType: type, identifierValue: b }),
    );
  same('email', 'Foo@Example.org ', 'foo@example.org');
  same('email', 'ｆｏｏ@example.org', 'foo@example.org');
  same('email', 'foo\u200b@example.org', 'foo@example.org');
  same('phone', '+254 20-000 0101', '00254200000101');
  same('phone', '+٢٥٤ ٢٠', '+254 20');
  same('ip', '2001:DB8::1', '2001:0db8:0:0:0:0:0:1');
  same('url', 'https://www.example.org/a/', 'http://example.org/a');
  same('account', '@Northwind-7781', 'northwind-7781');
});

test('different numbers and addresses stay different', () => {
  assert.notDeepEqual(
    one({ identifierType: 'phone', identifierValue: '12' }),
    one({ identifierType: 'phone', identifierValue: '21' }),
  );
  assert.notDeepEqual(
    one({ identifierType: 'ip', identifierValue: '2001:db8::1' }),
    one({ identifierType: 'ip', identifierValue: '2001:db8:1::' }),
  );
});

test('a network address on another day may be another person', () => {
  const on = (day: string) => one({ identifierType: 'ip', identifierValue: '203.0.113.40', observedAt: day as never });
  assert.notDeepEqual(on('2028-04-02T10:00Z'), on('2028-04-03T10:00Z'));
  assert.deepEqual(on('2028-04-02T10:00Z'), on('2028-04-02T11:00Z'));
});

test('requests that say nothing are not the same', () => {
  assert.deepEqual(print({}), { identity: null, subjects: [], references: [], cites: [] });
  assert.equal(tieBetween(print({}), print({})), null);
});

test('every request with a case and an authority is tied to itself, and its keys do not depend on the order of its accounts', () => {
  fc.assert(
    fc.property(aContent, fc.constantFrom(...MEASURES), (any, measure) => {
      const here = print(any, measure);
      if (here.identity !== null) assert.equal(tieBetween(here, here), 'duplicate');
      const turned = any.targets === undefined ? any : { ...any, targets: any.targets.toReversed() };
      assert.deepEqual(print(turned, measure), here);
    }),
  );
});
