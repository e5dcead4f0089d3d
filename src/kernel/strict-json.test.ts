// Strict JSON: the same values as JSON.parse, no key twice, and a line for every part and every fault.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseJson } from './strict-json.ts';

const runs = { seed: 20281101, numRuns: 500 };
const faultsOf = (text: string) => {
  const parsed = parseJson(text);
  return parsed.ok ? [] : parsed.faults;
};

test('what JSON.parse reads is read as the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 3 }), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      const parsed = parseJson(text);
      assert.ok(parsed.ok);
      assert.deepEqual(parsed.value.value, JSON.parse(text));
    }),
    runs,
  );
});

test('what JSON.parse refuses is refused, whatever was broken in the text', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\\u12',
    '1',
    '-',
    '.',
    'e',
    'null',
    '\n',
    ' ',
    'a',
    '\t',
  );
  const broken = fc.tuple(fc.jsonValue(), fc.nat(), fc.nat({ max: 3 }), piece).map(([value, at, drop, put]) => {
    const text = JSON.stringify(value, null, 1);
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + drop);
  });
  let refused = 0;
  fc.assert(
    fc.property(
      fc.oneof(
        broken,
        fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
      ),
      (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        const parsed = parseJson(text);
        if (!valid) {
          refused++;
          assert.equal(parsed.ok, false);
        } else if (!parsed.ok) assert.match(parsed.faults[0]?.detail ?? '', /stands twice/);
      },
    ),
    { ...runs, numRuns: 5_000 },
  );
  assert.ok(refused > 1_000, `${refused} texts were broken`);
});

test('every part has the line on which it begins, under its JSON Pointer', () => {
  const parsed = parseJson('{\n  "a": [\n    1,\n    { "b/c": 2,\n      "~": null }\n  ],\n  "d":\n\n    "x"\n}');
  assert.ok(parsed.ok);
  const expected = { '': 1, '/a': 2, '/a/0': 3, '/a/1': 4, '/a/1/b~1c': 4, '/a/1/~0': 5, '/d': 9 };
  for (const [pointer, line] of Object.entries(expected)) assert.equal(parsed.value.lineOf(pointer), line, pointer);
  assert.equal(parsed.value.lineOf('/a/2'), undefined);
  assert.equal(parsed.value.lineOf('/toString'), undefined);
});

test('line and value agree for any text: a number is on the line where its own digits stand', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 8 }), (keys) => {
      const object = Object.fromEntries(keys.map((key, i) => [key, [i]]));
      const text = JSON.stringify(object, null, 2);
      const parsed = parseJson(text);
      assert.ok(parsed.ok);
      const lines = text.split('\n');
      for (const [key, [i]] of Object.entries(object) as [string, [number]][]) {
        const line = parsed.value.lineOf(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}/0`);
        assert.equal(lines[(line as number) - 1]?.trim(), String(i));
      }
    }),
    runs,
  );
});

test('a key that stands twice in one object is a fault, however it is spelt', () => {
  assert.deepEqual(faultsOf('{"a": 1,\n"b": {"c": 1,\n"\\u0063": 2}, "a": 3}'), [
    { pointer: '/b/c', line: 3, detail: 'stands twice; which one is meant cannot be known' },
    { pointer: '/a', line: 3, detail: 'stands twice; which one is meant cannot be known' },
  ]);
  assert.equal(faultsOf('[{"a":[{"x/y":1,"x/y":2}]}]')[0]?.pointer, '/0/a/0/x~1y');
  assert.equal(faultsOf('{"__proto__": 1, "__proto__": 2}').length, 1);
});

test('the same key in two objects, or as a value, is no fault', () => {
  assert.deepEqual(faultsOf('[{"a": 1}, {"a": 2}, {"b": {"a": "a"}, "a": ["a", "a"]}]'), []);
});

test('a syntax error is said with the line on which it stands', () => {
  const cases: [string, number, RegExp][] = [
    ['{"a":\n x,\n "b":1}\n', 2, /^is not JSON: Unexpected token 'x'$/],
    ['{\n"a":1,\n}', 3, /^is not JSON: Expected double-quoted property name$/],
    ['[1,\n2', 2, /^is not JSON: Expected ',' or ']' after array element$/],
    ['{"a"\n\n 1}', 3, /^is not JSON: Expected ':' after property name$/],
    ['{}\n{}', 2, /^is not JSON: Unexpected non-whitespace character$/],
    ['{"a":\n"b\nc"}', 2, /^is not JSON: Bad control character in string literal$/],
    ['[\n"\\x"]', 2, /^is not JSON: Bad escaped character$/],
    ['["a",\n"b', 2, /^is not JSON: Unterminated string$/],
    ['\uFEFF{}', 1, /^is not JSON: Unexpected token/],
    ['', 1, /^is empty/],
    [' \n ', 1, /^is empty/],
    ["{'a': 1}", 1, /^is not JSON: /],
    ['[01]', 1, /^is not JSON: /],
    ['NaN', 1, /^is not JSON: /],
    ['[1] // why', 1, /^is not JSON: /],
  ];
  for (const [text, line, detail] of cases) {
    const [fault] = faultsOf(text);
    assert.equal(fault?.line, line, JSON.stringify(text));
    assert.match(fault?.detail ?? '', detail);
  }
});

test('the message about a syntax error does not repeat the text, which may be secret', () => {
  assert.doesNotMatch(faultsOf('{"witness": Amal}')[0]?.detail ?? '', /witness|mal/);
});

test('depth costs no stack: 100,000 levels are read, or refused, like any other text', () => {
  const deep = '['.repeat(100_000);
  assert.ok(parseJson(deep + ']'.repeat(100_000)).ok);
  assert.equal(parseJson(deep).ok, false);
  assert.ok(parseJson(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`).ok);
});

test('long keys cost no more than their length: a key of 300 kB over 100,000 parts is read at once', () => {
  const text = `{"${'k'.repeat(300_000)}":[${Array.from({ length: 100_000 }, () => '1').join()}]}`;
  const before = process.memoryUsage().heapUsed;
  const parsed = parseJson(text);
  assert.ok(parsed.ok);
  // Naming every part by its pointer would take 30 GB.
  assert.ok(process.memoryUsage().heapUsed - before < 200e6);
});

test('of many doubled keys the first are shown', () => {
  assert.equal(faultsOf(`{${Array.from({ length: 1_000 }, () => '"a":1').join()}}`).length, 20);
});
