// Request files: one text for one request, read strictly, and a schema that agrees with the reader.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { ROOT } from '../../../tools/tree.ts';
import { MEASURES } from './fields-measures.ts';
import { parseRequestFile, readRequestFile, type RequestFile, writeRequestFile } from './file.ts';
import { requestFileSchema } from './file-schema.ts';
import { aContent, EXAMPLE_NAMES, exampleRequest, exampleText } from './testing/content.ts';

const committed = JSON.parse(readFileSync(`${ROOT}/examples/requests/request.schema.json`, 'utf8')) as Parameters<
  typeof z.fromJSONSchema
>[0];
const schema = z.fromJSONSchema(committed);
const aFile: fc.Arbitrary<RequestFile> = fc.record(
  {
    rogatory: fc.constant('request/1' as const),
    measure: fc.constantFrom(...MEASURES),
    requestingState: fc.constantFrom('AA', 'KE'),
    requestedState: fc.constantFrom('BB', 'EU'),
    content: aContent,
  },
  { noNullPrototype: true },
);

test('the schema that ships is the one the form gives; if not, run `node tools/write-schemas.ts`', () => {
  assert.deepEqual(committed, JSON.parse(JSON.stringify(requestFileSchema())));
});

test('a request that is written and read again is the request, and its text is the one text of it', () => {
  fc.assert(
    fc.property(aFile, (file) => {
      const text = writeRequestFile(file);
      const read = parseRequestFile(text);
      assert.deepEqual(read, { ok: true, value: file });
      assert.equal(writeRequestFile(file), text);
      assert.ok(schema.safeParse(file).success);
    }),
  );
});

for (const name of EXAMPLE_NAMES) {
  test(`${name} is a request file, to the schema and to the reader alike`, () => {
    assert.ok(parseRequestFile(exampleText(name)).ok);
    assert.ok(schema.safeParse(JSON.parse(exampleText(name))).success);
  });
}

const good = exampleRequest('01');
for (const [what, input, pointer] of [
  ['a list', [], ''],
  ['a file of another version', { ...good, rogatory: 'request/2' }, '/rogatory'],
  ['a file without a measure', { ...good, measure: undefined }, '/measure'],
  ['a measure that objects inherit', { ...good, measure: 'toString' }, '/measure'],
  ['a State that does not exist', { ...good, requestedState: 'UK' }, '/requestedState'],
  ['an instrument that is a path', { ...good, instrument: '../etc' }, '/instrument'],
  ['a file without content', { ...good, content: undefined }, '/content'],
  ['an unknown key', { ...good, receivedOn: '2028-03-01' }, '/receivedOn'],
  ['an unknown field of the content', { ...good, content: { x: 1 } }, '/content/x'],
  [
    'a wrong type deep in the content',
    { ...good, content: { targets: [{ ipPort: 'x' }] } },
    '/content/targets/0/ipPort',
  ],
] as const) {
  test(`${what} is no request file, to the schema and to the reader alike`, () => {
    const read = readRequestFile(JSON.parse(JSON.stringify(input)));
    assert.deepEqual(!read.ok && read.faults.map((fault) => fault.pointer), [pointer]);
    assert.ok(!schema.safeParse(JSON.parse(JSON.stringify(input))).success);
  });
}

test('faults of a text come with their lines, and a key that stands twice is one', () => {
  const text =
    '{\n "rogatory": "request/1",\n "measure": "extradition",\n "requestingState": "AA",\n "requestedState": "BB",\n "content": {\n  "purpose": 7\n }\n}';
  const read = parseRequestFile(text);
  assert.deepEqual(!read.ok && read.faults.map(({ pointer, line }) => [pointer, line]), [['/content/purpose', 7]]);
  assert.equal(parseRequestFile('{"measure": 1, "measure": 2}').ok, false);
  assert.equal(parseRequestFile('').ok, false);
});
