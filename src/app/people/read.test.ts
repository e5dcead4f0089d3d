// What people type, as it is read: any keyboard, any form of a letter, and base 32 as the RFC has it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delayAfter } from './attempts.ts';
import { base32 } from './base32.ts';
import { codeOf, loginNameOf, readLoginName, readNewPassword } from './read.ts';
import { readRoles } from './roles.ts';

test('base 32 is that of RFC 4648, section 10', () => {
  const vectors = {
    '': '',
    f: 'my',
    fo: 'mzxq',
    foo: 'mzxw6',
    foob: 'mzxw6yq',
    fooba: 'mzxw6ytb',
    foobar: 'mzxw6ytboi',
  };
  for (const [text, expected] of Object.entries(vectors))
    assert.equal(base32(new TextEncoder().encode(text)), expected);
});

test('a code may be typed with the digits of any of our keyboards, with spaces, in capitals', () => {
  for (const typed of ['123456', '123 456', '١٢٣٤٥٦', '۱۲۳۴۵۶', '１２３４５６']) assert.equal(codeOf(typed), '123456');
  assert.equal(codeOf(' ABCD-efgh 2345-6723 '), 'abcdefgh23456723');
});

test('two ways of typing one name are one name', () => {
  assert.equal(loginNameOf(' Amélie '), loginNameOf('ame\u0301lie'));
  assert.ok(readLoginName('ليلى.فاروق').ok);
  for (const name of ['', 'a', 'has space', '../x', 'x'.repeat(65), '<b>']) assert.equal(readLoginName(name).ok, false);
});

test('a password of any script is a password; what an attacker knows of the person is not', () => {
  for (const password of ['сорок две утки летят', 'عبارة طويلة لا يعرفها أحد', 'correct horse battery'])
    assert.ok(readNewPassword(password, ['Nadia Haddad', 'nadia']).ok, password);
  assert.equal(readNewPassword('Nadia HaddadNADIA1', ['Nadia Haddad', 'nadia']).ok, false);
});

test('the wait grows with each failure, up to a quarter of an hour and never beyond', () => {
  const waits = Array.from({ length: 40 }, (_, failures) => delayAfter(failures, 'name'));
  assert.deepEqual(waits.slice(0, 10), [0, 0, 0, 0, 0, 0, 2, 4, 8, 16]);
  assert.ok(waits.every((wait, n) => n === 0 || wait >= (waits[n - 1] ?? 0)));
  assert.equal(waits.at(-1), 900);
});

test('roles come in the order of the office, each once', () => {
  const read = readRoles(['approver', 'reviewer', 'approver']);
  assert.ok(read.ok);
  assert.deepEqual(read.value, ['reviewer', 'approver']);
});
