// Reading the content of a request: what fits is kept as it is, and everything else is named with its place.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FAULT_CODES, readContent } from './content.ts';
import { aContent } from './testing/content.ts';

/** The faults of a content as `pointer code`. */
const faultsOf = (content: unknown): string[] => {
  const read = readContent(content);
  return read.ok ? [] : read.faults.map(({ pointer, code }) => `${pointer} ${code}`);
};

test('whatever fits the form is read as it is written', () => {
  fc.assert(fc.property(aContent, (content) => assert.deepEqual(readContent(content), { ok: true, value: content })));
});

test('a request of which nothing is written yet is a request', () => {
  assert.deepEqual(readContent({}), { ok: true, value: {} });
});

for (const [what, content, fault] of [
  ['a list', [], ' object'],
  ['nothing at all', null, ' object'],
  ['a field that the form does not have', { priority: 1 }, '/priority unknown'],
  ['a name that objects inherit', { constructor: 'x' }, '/constructor unknown'],
  ['the prototype', JSON.parse('{"__proto__": {"caseReference": "x"}}'), '/__proto__ unknown'],
  ['a name with a slash', { 'a/b~': 1 }, '/a~1b~0 unknown'],
  ['a number for a text', { caseReference: 7 }, '/caseReference text'],
  ['a text of spaces', { caseReference: '  ' }, '/caseReference blank'],
  ['null for a text', { caseReference: null }, '/caseReference text'],
  ['two lines where one is asked', { caseReference: 'a\nb' }, '/caseReference one-line'],
  ['a text that is too long', { factsSummary: 'x'.repeat(20_001) }, '/factsSummary too-long'],
  ['a character that a database cannot keep', { factsSummary: 'a\u0000b' }, '/factsSummary unprintable'],
  ['half a character', { factsSummary: 'a\ud800' }, '/factsSummary unprintable'],
  ['a choice that is none', { requestStatus: 'urgent' }, '/requestStatus choice'],
  ['choices twice', { threatTo: ['life', 'life'] }, '/threatTo choices'],
  ['no choice at all', { threatTo: [] }, '/threatTo blank'],
  ['a yes in words', { directToProvider: 'yes' }, '/directToProvider yes-no'],
  ['half a day', { replyWithinDays: 2.5 }, '/replyWithinDays number'],
  ['a port beyond the last', { targets: [{ ipPort: 65_536 }] }, '/targets/0/ipPort number'],
  ['less than no years', { offences: [{ maxPenaltyYears: -1 }] }, '/offences/0/maxPenaltyYears years'],
  ['a day that does not exist', { retentionUntil: '2028-02-30' }, '/retentionUntil day'],
  ['a moment that does not exist', { expectedMoment: '2028-02-28T25:00' }, '/expectedMoment moment'],
  ['a State that does not exist', { persons: [{ nationality: 'UK' }] }, '/persons/0/nationality state'],
  ['a language in words', { languageOfRequest: 'French' }, '/languageOfRequest language'],
  ['an address without its sign', { confirmationContact: { email: 'a.b' } }, '/confirmationContact/email email'],
  ['a telephone without digits', { confirmationContact: { phone: 'ask me' } }, '/confirmationContact/phone phone'],
  ['an address that runs a script', { targets: [{ accountUrl: 'javascript:alert(1)' }] }, '/targets/0/accountUrl url'],
  ['a zone that nobody keeps', { targets: [{ timeZone: 'Mars/Base' }] }, '/targets/0/timeZone time-zone'],
  ['a hash that is none', { attachments: [{ sha256: 'ABC' }] }, '/attachments/0/sha256 sha256'],
  ['one item for a list', { targets: { service: 'x' } }, '/targets list'],
  ['a list that is too long', { targets: Array(201).fill({}) }, '/targets too-many'],
  ['a text for an item', { targets: ['x'] }, '/targets/0 object'],
] as const) {
  test(`${what} is refused, with its place`, () => assert.deepEqual(faultsOf(content), [fault]));
}

test('all faults are told at once, each in the place where it is', () => {
  assert.deepEqual(faultsOf({ caseReference: 1, targets: [{}, { ipPort: 'x', x: 1 }], urgency: { level: 'now' } }), [
    '/caseReference text',
    '/targets/1/ipPort number',
    '/targets/1/x unknown',
    '/urgency/level choice',
  ]);
});

test('the sentence of a fault names the limit, and does not repeat what was sent', () => {
  const read = readContent({ factsSummary: 'x'.repeat(30_000), [`k${'y'.repeat(10_000)}`]: 1 });
  assert.ok(!read.ok);
  assert.equal(read.faults[0]?.detail, 'is longer than 20000 characters');
  for (const fault of read.faults) assert.ok(JSON.stringify(fault).length < 250);
});

test('the choices are kept in the order of the form, so that one answer has one form', () => {
  const read = readContent({ threatTo: ['safety', 'life'] });
  assert.deepEqual(read.ok && read.value.threatTo, ['life', 'safety']);
  assert.ok(FAULT_CODES.includes('choices'));
});
