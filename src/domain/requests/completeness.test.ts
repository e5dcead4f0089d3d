// What a request lacks: each part that the form requires, and each rule that holds between parts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type CompletenessSettings, completeness, isComplete } from './completeness.ts';
import type { RequestContent } from './content.ts';
import { FIELDS, STEPS } from './fields.ts';
import type { Field } from './fields-kinds.ts';
import { MEASURES, type Measure } from './fields-measures.ts';
import { isRequired, type Values } from './fields-path.ts';
import { aContent, exampleRequest } from './testing/content.ts';

const OFFICE: CompletenessSettings = { acceptedLanguages: ['en', 'fr'], widePeriodDays: 90 };
const lacks = (content: RequestContent, measure: Measure = 'content-data', settings = OFFICE): string[] =>
  completeness(content, measure, settings).map(({ pointer, why, weight }) => `${pointer} ${why} ${weight}`);
const complete = exampleRequest('01').content;
/** The complete request with some of it changed; undefined takes a part away. */
const but = (changes: { readonly [id: string]: unknown }): RequestContent =>
  JSON.parse(JSON.stringify({ ...complete, ...changes })) as RequestContent;

for (const digits of ['01', '04', '05']) {
  test(`nothing is missing in example ${digits}`, () => {
    const { content, measure } = exampleRequest(digits);
    assert.deepEqual(lacks(content, measure), []);
    assert.ok(isComplete(completeness(content, measure, OFFICE)));
  });
}

test('the request against the reporter is complete in form: what is wrong with it is not its form', () => {
  assert.deepEqual(lacks(exampleRequest('02').content), [
    '/validatingAuthority/kind no-judge should',
    '/dataCategories/0/to wide-period should',
  ]);
  assert.ok(isComplete(completeness(exampleRequest('02').content, 'content-data', OFFICE)));
});

test('an empty request lacks what its measure requires, each thing once, in the order of the form', () => {
  for (const measure of MEASURES) {
    const missing = completeness({}, measure);
    const required = FIELDS.filter((field) => isRequired(field, measure, {})).map((field) => `/${field.id}`);
    assert.deepEqual(
      missing.map(({ pointer }) => pointer),
      required,
    );
    const steps = missing.map(({ step }) => STEPS.findIndex((one) => one.id === step));
    assert.deepEqual(
      steps,
      steps.toSorted((a, b) => a - b),
    );
  }
});

/** Every pointer at which the content says something, with its field. */
const leaves = (fields: readonly Field[], values: Values, prefix = ''): [string, Field, Values][] =>
  fields.flatMap((field): [string, Field, Values][] => {
    const value = values[field.id];
    const pointer = `${prefix}/${field.id}`;
    if (value === undefined) return [];
    const here: [string, Field, Values] = [pointer, field, values];
    if (field.kind === 'group') return [here, ...leaves(field.fields, value as Values, pointer)];
    if (field.kind !== 'list') return [here];
    return [here, ...(value as Values[]).flatMap((item, n) => leaves(field.fields, item, `${pointer}/${n}`))];
  });

function without(content: RequestContent, pointer: string): RequestContent {
  const copy = JSON.parse(JSON.stringify(content)) as RequestContent;
  const steps = pointer.split('/').slice(1);
  const last = steps.pop() ?? '';
  const holder = steps.reduce((part, step) => part[step] as Record<string, unknown>, copy as Record<string, unknown>);
  delete holder[last];
  return copy;
}

test('whatever is taken out of a complete request is missing if it was required, and is not if it was not', () => {
  for (const digits of ['01', '04', '05']) {
    const { content, measure } = exampleRequest(digits);
    for (const [pointer, field, beside] of leaves(FIELDS, content as Values)) {
      const missing = completeness(without(content, pointer), measure, {}).filter(({ why }) => why === 'missing');
      // A group of which nothing is left is missing as a whole; an item of a list stays.
      const holder = pointer.replace(/\/\w+$/, '');
      const emptied = Object.keys(beside).length === 1 && !/\/\d+$/.test(holder);
      const whole = emptied ? holder : pointer;
      const expected = isRequired(field, measure, beside) ? [whole] : [];
      // Taking an answer away may lift what hung on it, and never adds anything but itself.
      assert.deepEqual(
        missing.map((one) => one.pointer),
        expected,
        `${digits} without ${pointer}`,
      );
    }
  }
});

test('any content can be looked at under any measure, and each thing that is missing has its page', () => {
  fc.assert(
    fc.property(aContent, fc.constantFrom(...MEASURES), (content, measure) => {
      for (const { pointer, step } of completeness(content, measure, OFFICE)) {
        const fields: readonly Field[] = STEPS.find((one) => one.id === step)?.fields ?? [];
        assert.ok(fields.some((field) => pointer === `/${field.id}` || pointer.startsWith(`/${field.id}/`)));
      }
    }),
  );
});

const ip = { service: 'x', identifierType: 'ip', identifierValue: '203.0.113.40', ipPort: 443, timeZone: 'UTC' };
const period = { category: 'content', items: ['messages'], timeZone: 'UTC' };

for (const [what, changes, expected] of [
  [
    'a network address without time, zone and port leads to nobody',
    { targets: [{ service: 'x', identifierType: 'ip', identifierValue: '203.0.113.40' }] },
    ['/targets/0/ipPort missing must', '/targets/0/observedAt missing must'],
  ],
  [
    'a network address with a day and no time leads to everyone who used it that day',
    { targets: [{ ...ip, observedAt: '2028-04-02' }] },
    ['/targets/0/observedAt time-missing must'],
  ],
  [
    'a time without its zone is no point in time',
    { targets: [{ ...ip, timeZone: undefined, observedAt: '2028-04-02T10:00' }] },
    ['/targets/0/timeZone zone-missing must'],
  ],
  [
    'a time that says how far from UTC it is needs no zone',
    { targets: [{ ...ip, timeZone: undefined, observedAt: '2028-04-02T10:00+02:00' }] },
    [],
  ],
  [
    'a period that ends before it starts is none',
    { dataCategories: [{ ...period, from: '2028-02-26', to: '2028-02-17' }] },
    ['/dataCategories/0/to ends-before-it-starts must'],
  ],
  [
    'a period that ends at the moment it starts is none',
    { dataCategories: [{ ...period, from: '2028-02-17T10:00', to: '2028-02-17T10:00' }] },
    ['/dataCategories/0/to ends-before-it-starts must'],
  ],
  [
    'a period is compared in time, and not as it is written',
    { dataCategories: [{ ...period, from: '2028-02-17T10:00+03:00', to: '2028-02-17T08:00Z' }] },
    [],
  ],
  ['a single day is a period', { dataCategories: [{ ...period, from: '2028-02-17', to: '2028-02-17' }] }, []],
  [
    'a period without an end is asked for its end',
    { dataCategories: [{ ...period, from: '2028-02-17' }] },
    ['/dataCategories/0/to missing must'],
  ],
  [
    'a wide period wants its reason',
    { dataCategories: [{ ...period, from: '2028-01-01', to: '2028-12-31' }], maxPeriodJustified: undefined },
    ['/dataCategories/0/to wide-period should'],
  ],
  [
    'traffic data named under content belong elsewhere',
    { dataCategories: [{ ...period, items: ['messages', 'logins'], from: '2028-02-17', to: '2028-02-18' }] },
    ['/dataCategories/0/items of-other-category must'],
  ],
  [
    'urgency above routine wants its reason',
    { urgency: { level: 'expedited' } },
    ['/urgency/reason missing must', '/urgency/deadline missing must'],
  ],
  [
    'secrecy wants its reasons and its end',
    { confidentiality: { requested: true } },
    [
      '/confidentiality/legalBasis missing must',
      '/confidentiality/reason missing must',
      '/confidentiality/until missing must',
    ],
  ],
  ['who asks for no secrecy gives no reasons for it', { confidentiality: { requested: false } }, []],
  [
    'secrecy is reviewed before it ends, or not at all',
    { confidentiality: { ...complete.confidentiality, reviewAt: '2029-01-01' } },
    ['/confidentiality/reviewAt review-after-end should'],
  ],
  [
    'a language that is not accepted needs a translation',
    { translations: undefined },
    ['/languageOfRequest language-not-accepted must'],
  ],
  ['a variety of an accepted language is accepted', { languageOfRequest: 'fr-CA', translations: undefined }, []],
  [
    'an offence without its highest penalty cannot be weighed',
    { offences: [{ ...complete.offences?.[0], maxPenaltyYears: undefined }] },
    ['/offences/0/maxPenaltyYears missing must'],
  ],
  [
    'where death is a possible penalty an assurance should be given',
    { offences: [{ ...complete.offences?.[0], deathPenalty: true }] },
    ['/assurances death-penalty-assurance should'],
  ],
  [
    'protected material that may be there is kept out in some way',
    { privilegeCheck: { ...complete.privilegeCheck, howHandled: undefined } },
    ['/privilegeCheck/howHandled privilege-unhandled must'],
  ],
  [
    'the same person twice confirms nothing',
    { confirmationContact: { ...complete.confirmationContact, name: 'Amina Farouk' } },
    ['/confirmationContact no-second-person should'],
  ],
  [
    'a request that is not declared accurate is none',
    { declaration: { ...complete.declaration, accurate: false } },
    ['/declaration/accurate not-declared-accurate must'],
  ],
  [
    'an account that was added and left empty either says something or goes',
    { targets: [...(complete.targets ?? []), {}] },
    [
      '/targets/1/service missing must',
      '/targets/1/identifierType missing must',
      '/targets/1/identifierValue missing must',
    ],
  ],
  ['a follow-up says what it follows', { requestStatus: 'followUpToPreservation' }, ['/priorReferences missing must']],
] as const) {
  test(what, () => assert.deepEqual(lacks(but(changes)), expected));
}

test('a request for subscriber data does not carry a mailbox with it', () => {
  const broken = lacks(complete, 'subscriber-data');
  assert.deepEqual(broken, ['/dataCategories/0/category beyond-measure must']);
});

test('a hold that ends before the request comes has held nothing', () => {
  const { content } = exampleRequest('04');
  const late = {
    ...content,
    desiredExpiry: content.intentToRequest?.expectedBy,
    intentToRequest: { ...content.intentToRequest, expectedBy: content.desiredExpiry },
  } as RequestContent;
  assert.deepEqual(lacks(late, 'preservation'), ['/intentToRequest/expectedBy after-the-hold should']);
});

test('an emergency wants the officer who attests it, the threat, and the least data that would do', () => {
  const missing = lacks(but({ urgency: { level: 'emergency', reason: 'x', deadline: '2028-05-06' } }));
  for (const part of ['attestingOfficer', 'threatDescription', 'threatTo', 'leastDataNeeded', 'imminenceReason'])
    assert.ok(missing.includes(`/${part} missing must`), part);
});

test('a live measure says why it must last so long, whatever its length', () => {
  const { maxPeriodJustified: _why, ...content } = complete;
  assert.deepEqual(lacks(content, 'interception'), ['/maxPeriodJustified missing must']);
});

test('a rule whose setting nobody gave rests', () => {
  const { translations: _t, maxPeriodJustified: _m, ...content } = complete;
  assert.deepEqual(lacks(content, 'content-data', {}), []);
});

test('who withdraws a request says which and signs, and need not write it all again', () => {
  const { caseReference, requestingAuthority, confirmationContact, addressee, declaration } = complete;
  const withdrawal: RequestContent = {
    requestStatus: 'withdrawal',
    priorReferences: [{ type: 'mla', reference: 'AA-1' }],
  };
  const signed = { ...withdrawal, caseReference, requestingAuthority, confirmationContact, addressee, declaration };
  assert.deepEqual(lacks(signed as RequestContent), []);
  assert.ok(lacks(withdrawal).includes('/declaration missing must'));
});
