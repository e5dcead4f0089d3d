// What people type about themselves, made into values: sign-in names, names, passwords, codes.

import { isLanguage, type Language } from '../../kernel/language.ts';
import { accept } from '../../kernel/outcome.ts';
import { wrong } from './answers.ts';
import type { Answer } from './ports.ts';

/** A sign-in name as it is compared: one form of each letter, in small letters, without spaces around it. */
export const loginNameOf = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

const LOGIN_NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{1,63}$/u;

export function readLoginName(text: string): Answer<string> {
  const name = loginNameOf(text);
  return LOGIN_NAME.test(name) ? accept(name) : wrong('login-name', 'loginName');
}

export function readName(text: string): Answer<string> {
  const name = text.normalize('NFC').trim();
  return name.length > 0 && name.length <= 200 && !/\p{Cc}/u.test(name) ? accept(name) : wrong('name', 'name');
}

export const readLanguage = (text: string): Answer<Language> =>
  isLanguage(text) ? accept(text) : wrong('language', 'language');

export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 256;

/** A password as it is hashed; the same letters typed on another keyboard are the same password (NIST SP 800-63B). */
export const passwordOf = (text: string): string => text.normalize('NFKC');

/** A new password: long enough, and not made of what an attacker knows already. No rules on kinds of characters. */
export function readNewPassword(text: string, known: readonly string[]): Answer<string> {
  const password = passwordOf(text);
  const letters = [...password];
  if (letters.length < SHORTEST_PASSWORD) return wrong('password-short', 'password', { count: SHORTEST_PASSWORD });
  if (letters.length > LONGEST_PASSWORD) return wrong('password-long', 'password', { count: LONGEST_PASSWORD });
  let rest = password.toLowerCase();
  for (const word of ['rogatory', 'password', 'qwerty', '1234567890', '123456', 'abcdef', ...known.map(loginNameOf)])
    if (word.length > 2) rest = rest.replaceAll(word, '');
  return new Set(rest).size < 5 ? wrong('password-guessable', 'password') : accept(password);
}

/** The digits of a code, whichever digits the keyboard has, without the spaces that people type between them. */
export const codeOf = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[\s-]/g, '')
    .toLowerCase();
