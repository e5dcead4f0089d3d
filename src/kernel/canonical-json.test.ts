// Canonical JSON: one text for one value, as RFC 8785 lays it down.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, type Json } from './canonical-json.ts';
import { Defect } from './outcome.ts';

const runs = { seed: 20281101, numRuns: 1_000 };
/** The double with these bits, as appendix B of the RFC writes them. */
const double = (bits: string): number => Buffer.from(bits, 'hex').readDoubleBE(0);
const wellFormed = fc
  .jsonValue({ stringUnit: 'binary' })
  .filter((value) => JSON.stringify(value).isWellFormed()) as fc.Arbitrary<Json>;

/** The same value with the keys of every object in reverse. */
const reversed = (value: Json): Json =>
  Array.isArray(value)
    ? value.map(reversed)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, part]) => [key, reversed(part as Json)]),
        )
      : value;

test('the example of RFC 8785 section 3.2.3 has the text given there', () => {
  const value = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  };
  assert.equal(
    canonicalJson(value),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test('keys are sorted by UTF-16 code units, as in RFC 8785 section 3.2.3', () => {
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  assert.deepEqual(Object.values(JSON.parse(canonicalJson(value))).length, 7);
  assert.deepEqual(
    [...canonicalJson(value).matchAll(/":"([^"]+)"/g)].map((match) => match[1]),
    [
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ],
  );
});

test('numbers are written as appendix B of RFC 8785 lists them', () => {
  const samples: [string, string][] = [
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ];
  for (const [bits, text] of samples) assert.equal(canonicalJson(double(bits)), text, bits);
});

test('what is written reads back as the same value', () => {
  fc.assert(
    fc.property(wellFormed, (value) => {
      assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
    }),
    runs,
  );
});

test('the order in which keys were put in never matters', () => {
  fc.assert(
    fc.property(wellFormed, (value) => {
      assert.equal(canonicalJson(reversed(value)), canonicalJson(value));
      assert.equal(canonicalJson(JSON.parse(canonicalJson(value))), canonicalJson(value));
    }),
    runs,
  );
});

test('different values have different texts', () => {
  fc.assert(
    fc.property(wellFormed, wellFormed, (a, b) => {
      const same = canonicalJson(a) === canonicalJson(b);
      let equal = true;
      try {
        assert.deepEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)));
      } catch {
        equal = false;
      }
      assert.equal(same, equal);
    }),
    runs,
  );
});

test('a member that is undefined is left out, wherever it stands', () => {
  assert.equal(canonicalJson({ b: undefined, a: { c: undefined } }), '{"a":{}}');
});

test('a key named __proto__ is a key like any other', () => {
  assert.equal(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":2}}') as Json), '{"__proto__":{"a":2},"b":1}');
});

test('what JSON cannot say is a defect: endless numbers and half characters', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { '\udfff': 1 }, ['a\ud83d']])
    assert.throws(() => canonicalJson(value as Json), Defect);
});
