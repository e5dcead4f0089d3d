// A word is found however its script lets people write it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchTerms } from './search.ts';

/** Whether every term of the question stands in the text, as the index decides it. */
const finds = (text: string, question: string): boolean => {
  const terms = new Set(searchTerms(text).split(' '));
  return searchTerms(question)
    .split(' ')
    .every((term) => terms.has(term));
};

test('accents and capitals make no difference', () => {
  assert.ok(finds('Procureur général près la Cour', 'GENERAL'));
  assert.ok(finds('Ёлкин, следователь', 'елкин'));
  assert.ok(finds('Señor Núñez', 'nunez'));
});

test('Arabic is found with and without its vowel signs and in either spelling of its letters', () => {
  assert.ok(finds('النِّيابةُ العامّة', 'النيابه العامة'));
  assert.ok(finds('أحمد', 'احمد'));
  assert.ok(finds('حـــساب', 'حساب'));
});

test('Chinese is found by any part of it', () => {
  assert.ok(finds('最高人民检察院关于电子证据的请求', '电子证据'));
  assert.ok(!finds('最高人民检察院关于电子证据的请求', '子电'));
});

test('an account and a file number stay whole', () => {
  assert.ok(finds('account j.doe@mail.example', 'j.doe@mail.example'));
  assert.ok(finds('file 88/2028-A.', '88 2028'));
});
