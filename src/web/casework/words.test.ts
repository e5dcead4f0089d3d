// Every refusal and every event has its words, and the words name only what the code gives them.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { translatedMessages } from '../../adapters/files/message-store.ts';
import { EVENT_TYPES } from './event-words.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;
const english = translatedMessages('en');
const keysOf = (area: string): string[] =>
  Object.keys(english)
    .filter((key) => key.startsWith(`${area}.`))
    .map((key) => key.slice(area.length + 1));

/** All code of a folder, without its tests. */
const codeIn = (folder: string): string =>
  globSync(`${folder}/**/*.ts`, { cwd: ROOT })
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
    .map((file) => readFileSync(`${ROOT}${file}`, 'utf8'))
    .join('\n');

const CODE = /'([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)'/.source;
const found = (start: string, code: string): string[] =>
  [...code.matchAll(new RegExp(start + CODE, 'g'))].map(([, one]) => one ?? '');
/** Codes as deciders write them: no('area.code'), say('area.code') and { code: 'area.code' }. */
const codes = new Set([
  ...found('\\b(?:no|say)\\(\\s*', codeIn('src/domain')),
  ...found('(?:\\bno\\(\\s*|\\bcode: )', codeIn('src/app')),
]);

test('every refusal that a decider can give is said in words, and no words are left over', () => {
  assert.ok(codes.size > 150);
  const known = keysOf('refusals').filter((key) => key !== 'unnamed');
  assert.deepEqual(
    [...codes].filter((code) => !known.includes(code)),
    [],
    'refusals without words in locales/en/refusals.json',
  );
  assert.deepEqual(
    known.filter((key) => !codes.has(key)),
    [],
    'words for refusals that nobody gives',
  );
});

test('every kind of event is said in words, and no words are left over', () => {
  const known = keysOf('events');
  const said = EVENT_TYPES.filter((type) => !known.includes(type));
  assert.deepEqual(said, []);
  const own = known.filter((key) => !key.startsWith('word.'));
  const variants = new Set([
    'case.assigned.nobody',
    'request.received.sender',
    'question.answered.back',
    'question.answered.kept',
    'assessment.made.kept',
    'facts.stated.none',
    'notice.complaint-received.code',
  ]);
  assert.deepEqual(
    own.filter((key) => !(EVENT_TYPES as readonly string[]).includes(key) && !variants.has(key)),
    [],
  );
});
