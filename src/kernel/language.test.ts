// Languages and State codes: what is known, and what is only a look-alike.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directionOf, isLanguage, LANGUAGES, say, type Text } from './language.ts';
import { isStateCode, STATE_CODES } from './state-code.ts';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

test('the six languages of the United Nations are known, and nothing else', () => {
  assert.deepEqual(LANGUAGES.toSorted(), ['ar', 'en', 'es', 'fr', 'ru', 'zh']);
  for (const tag of ['', 'EN', 'en-GB', 'de', 'toString', '__proto__', 'constructor']) assert.ok(!isLanguage(tag), tag);
});

test('a text that was not translated is said in English', () => {
  const text: Text = { en: 'Hold', ar: 'حفظ', fr: 'Conserver' };
  assert.deepEqual([say(text, 'ar'), say(text, 'fr'), say(text, 'zh')], ['حفظ', 'Conserver', 'Hold']);
});

test('Arabic runs from right to left, the other five from left to right', () => {
  assert.deepEqual(
    LANGUAGES.filter((language) => directionOf(language) === 'rtl'),
    ['ar'],
  );
});

test('a State code is assigned by ISO 3166-1, or one it never assigns, or EU', () => {
  const accepted = LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter(isStateCode);
  const invented = ['AA', ...[...'MNOPQRSTUVWXYZ'].map((b) => `Q${b}`), ...LETTERS.map((b) => `X${b}`), 'ZZ', 'EU'];
  assert.equal(STATE_CODES.length, 249);
  assert.deepEqual(accepted, [...new Set([...STATE_CODES, ...invented])].sort());
  assert.ok(
    invented.every((code) => !STATE_CODES.includes(code)),
    'no State bears an invented code',
  );
});

test('codes that were withdrawn or look alike are no State codes', () => {
  for (const code of ['AN', 'SU', 'UK', 'QL', 'ke', 'Ke', 'KEN', 'K', '', 'KE ', ' KE', 'KE\n', 'ΑΑ', 'constructor'])
    assert.ok(!isStateCode(code), code);
});
