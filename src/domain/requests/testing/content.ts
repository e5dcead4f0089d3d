// Requests for tests: the examples that ship, and any number of invented ones that fit the form.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { RequestContent } from '../content.ts';
import { FIELDS } from '../fields.ts';
import type { Field } from '../fields-kinds.ts';
import { parseRequestFile, type RequestFile } from '../file.ts';

const FOLDER = new URL('../../../../examples/requests/', import.meta.url);
export const EXAMPLE_NAMES = readdirSync(FOLDER)
  .filter((name) => /^\d\d-.*\.json$/.test(name))
  .sort();
export const exampleText = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

/** The example whose name begins with these digits. */
export function exampleRequest(digits: string): RequestFile {
  const name = EXAMPLE_NAMES.find((one) => one.startsWith(digits));
  assert.ok(name !== undefined, digits);
  const read = parseRequestFile(exampleText(name));
  assert.ok(read.ok, JSON.stringify(read));
  return read.value;
}

/** Text of a person: several writings, no control characters, and no space at its ends, as forms send it. */
const words = fc.constantFrom('case 7/2028', 'Amina Farouk', 'ما حدث', '查询', 'a <b> & "c"', 'x'.repeat(80));
const twoLines = words.map((text) => `${text}\n${text}`);
const FORMATTED = {
  email: fc.constantFrom('a@b.example', 'محمد@b.example'),
  phone: fc.constantFrom('+254 20 000 0101', '٠١٢٣٤٥'),
  url: fc.constantFrom('https://example.org/a?b=1', 'http://example.org'),
  'time-zone': fc.constantFrom('UTC', 'Africa/Nairobi', '+03:00'),
  sha256: fc.constant('0123456789abcdef'.repeat(4)),
};

function aValue(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'text':
      return field.format ? FORMATTED[field.format] : words;
    case 'fact-choice':
      return fc.constantFrom('none', '10');
    case 'long-text':
      return fc.oneof(words, twoLines);
    case 'choice':
      return fc.constantFrom(...field.options);
    case 'choices':
      return fc.subarray([...field.options], { minLength: 1 });
    case 'yes-no':
      return fc.boolean();
    case 'number':
      return fc.integer({ min: field.min, max: field.max });
    case 'years':
      return fc.oneof(fc.constant('life'), fc.integer({ min: 0, max: 40 }), fc.constant(2.5));
    case 'day':
      return fc.constantFrom('2028-02-29', '2028-03-01', '2029-12-31');
    case 'moment':
      return fc.constantFrom('2028-02-29', '2028-03-01T14:05', '2028-03-01T14:05:09.5+03:00', '2028-03-02T00:00Z');
    case 'state':
      return fc.constantFrom('AA', 'KE', 'BR');
    case 'language':
      return fc.constantFrom('en', 'ar', 'pt-BR', 'zh-Hant');
    case 'group':
      return anObject(field.fields, true);
    case 'list':
      return fc.array(anObject(field.fields, true), { minLength: 1, maxLength: 3 });
  }
}

/** Some of the fields; with `some`, at least one. */
const anObject = (fields: readonly Field[], some: boolean): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record(Object.fromEntries(fields.map((field) => [field.id, aValue(field)])), {
      requiredKeys: [],
      noNullPrototype: true,
    })
    .filter((object) => !some || Object.keys(object).length > 0);

/** Any content that fits the form, complete or not. */
export const aContent = anObject(FIELDS, false) as fc.Arbitrary<RequestContent>;
