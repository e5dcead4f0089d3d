// The words of letters: the same messages in six languages, each of them said by some letter, none of them left to English.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IntlMessageFormat } from 'intl-messageformat';
import { compose } from '../../src/app/letters/compose.ts';
import type { Letter } from '../../src/app/letters/letter.ts';
import type { Say } from '../../src/app/letters/ports.ts';
import type { Day } from '../../src/kernel/calendar.ts';
import { LANGUAGES } from '../../src/kernel/language.ts';
import { exampleLetters } from './examples.ts';
import { catalogues, example, words } from './support.ts';

const ofLetters = (language: (typeof LANGUAGES)[number]) =>
  Object.entries(catalogues[language]).filter(([key]) => key.startsWith('letters.'));

/** The values that a message names. */
const values = (message: string): string[] =>
  [...new Set([...message.matchAll(/\{(\w+)/g)].map(([, name = '']) => name))]
    .filter((name) => !/^\d*er$/.test(name) && name !== 'other')
    .sort();

test('every language has the same messages, with the same values', () => {
  const english = new Map(ofLetters('en'));
  for (const language of LANGUAGES) {
    const own = new Map(ofLetters(language));
    assert.deepEqual([...own.keys()].sort(), [...english.keys()].sort(), language);
    for (const [key, message] of own) {
      assert.deepEqual(values(message), values(english.get(key) ?? ''), `${language} ${key}`);
      assert.doesNotThrow(() => new IntlMessageFormat(message, language), `${language} ${key}`);
    }
  }
});

/** Letters that say what the examples do not. */
const others = (): Letter[] => [
  ...(['assessment', 'emergency'] as const).map((next) => ({ ...example('acknowledgement', 'en'), next })),
  ...(['disclosed', 'lapsed', 'withdrawn', 'released'] as const).map((because) => ({
    ...example('end-of-preservation', 'en'),
    because,
  })),
  { ...example('outgoing-request', 'en'), urgency: 'emergency' },
  { ...example('notice', 'en'), disclosedOn: null },
  ...Array.from({ length: 12 }, (_, n) => ({
    ...example('notice', 'en'),
    date: `2028-${String(n + 1).padStart(2, '0')}-01` as Day,
  })),
];

test('every message is said by some letter', () => {
  const said = new Set<string>();
  const listen: Say = (key) => {
    said.add(key);
    return key;
  };
  for (const letter of [...exampleLetters('en'), ...others()]) compose(letter, listen);
  assert.deepEqual(
    ofLetters('en')
      .map(([key]) => key)
      .filter((key) => !said.has(key)),
    [],
  );
});

test('no message is English in another language', () => {
  const english = new Map(ofLetters('en'));
  // A date is a date, a page number a page number.
  const alike = /^letters\.(date|footer|field\.date|field\.service|heading\.consultation|heading\.conditions)$/;
  for (const language of LANGUAGES.filter((one) => one !== 'en')) {
    const same = ofLetters(language).filter(([key, message]) => message === english.get(key) && !alike.test(key));
    assert.deepEqual(same, [], language);
  }
});

test('Arabic, Chinese and Russian messages have no Latin words', () => {
  for (const language of ['ar', 'zh', 'ru'] as const)
    for (const [key, message] of ofLetters(language))
      assert.doesNotMatch(message.replace(/\{[^}]*\}/g, ''), /[A-Za-z]/, `${language} ${key}`);
});

test('days are said as each language says them', () => {
  const date = (language: (typeof LANGUAGES)[number]) => {
    const label = words(language)('letters.field.date');
    const { particulars } = compose(example('refusal', language), words(language));
    return particulars.find((one) => one.label === label)?.values[0];
  };
  assert.deepEqual(LANGUAGES.map(date), [
    '1 March 2028',
    '١ آذار/مارس ٢٠٢٨',
    '2028年3月1日',
    '1er mars 2028',
    '1 марта 2028 года',
    '1 de marzo de 2028',
  ]);
});

test('a message that a language lacks is a defect, not a gap in a letter', () => {
  assert.throws(() => words('en')('letters.nothing'), { name: 'Defect' });
});
