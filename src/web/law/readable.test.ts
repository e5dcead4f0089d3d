// Conditions in words: every shipped provision, in both languages, without a raw id in what a reader sees.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lawOnDay } from '../../app/law-on-day.ts';
import { DEFAULT_POLICY } from '../../law/profile.ts';
import type { Condition, Provision } from '../../law/provision.ts';
import { PAGE_LANGUAGES, type PageLanguage } from '../messages.ts';
import { book, contextIn, TODAY } from '../testing/web.ts';
import { plainLines, readable } from './readable.ts';

const law = lawOnDay(book, DEFAULT_POLICY, TODAY);
const some = book.rules.provisions[0] as Provision;
const words = (language: PageLanguage, condition: Condition, provision = some): string[] =>
  plainLines(contextIn(language).t, readable({ rules: book.rules, law, language, provision }, condition)).map(
    ({ depth, text }) => `${'  '.repeat(depth)}${text}`,
  );

const choice = book.rules.facts.find((fact) => fact.type === 'choice')?.id ?? '';
const years = book.rules.facts.find((fact) => fact.type === 'years')?.id ?? '';
const [yes, other] = book.rules.facts.filter((fact) => fact.type === 'boolean').map((fact) => fact.id) as [
  string,
  string,
];
const parameter = book.rules.parameters.find((one) => one.unit === 'years');
const is = (fact: string): Condition => ({ op: 'fact', fact, test: { is: true } });

test('every gate and condition that ships is said in words, with no id left in them', () => {
  const ids = [
    ...book.rules.facts.map((fact) => fact.id),
    ...book.rules.provisions.map((provision) => provision.id),
    ...book.rules.parameters.map((one) => one.id),
    ...book.rules.measures.map((one) => one.id).filter((id) => id.includes('-')),
  ];
  for (const language of PAGE_LANGUAGES) {
    for (const provision of book.rules.provisions) {
      for (const condition of [provision.gate, provision.when]) {
        if (!condition) continue;
        const lines = words(language, condition, provision);
        assert.ok(lines.length > 0 && lines.every((line) => line.trim() !== ''), provision.id);
        const text = lines.join('\n');
        assert.deepEqual(
          ids.filter((id) => text.includes(id)),
          [],
          `${provision.id} ${language}`,
        );
        assert.doesNotMatch(text, /undefined|NaN|\{|\[object/, provision.id);
        if (language === 'ar') assert.doesNotMatch(text, /[A-Za-z]{2,}/, provision.id);
      }
    }
  }
});

test('each kind of condition and its opposite reads differently', () => {
  const conditions: Condition[] = [
    { op: 'always' },
    is(yes),
    { op: 'all', of: [is(yes), is(other)] },
    { op: 'any', of: [is(yes), is(other)] },
    { op: 'fact', fact: choice, test: { in: ['none'] } },
    { op: 'fact', fact: choice, test: { in: ['none', '7'] } },
    { op: 'fact', fact: choice, test: { in: ['none', '7', '8'] } },
    { op: 'fact', fact: years, test: { atLeast: parameter?.id ?? '' } },
    { op: 'met', provision: some.id },
    { op: 'measure', in: ['preservation'] },
    { op: 'measure', in: ['preservation', 'interception'] },
    { op: 'measure', in: ['preservation', 'interception', 'extradition'] },
  ];
  for (const language of PAGE_LANGUAGES) {
    const said = conditions.flatMap((of) => [words(language, of), words(language, { op: 'not', of })]);
    const texts = said.map((lines) => lines.join('\n'));
    assert.equal(new Set(texts).size, texts.length, texts.join('\n---\n'));
  }
});

test('a doubled no is a yes, a number is reached or not, and lists of one are no lists', () => {
  const not = (of: Condition): Condition => ({ op: 'not', of });
  assert.deepEqual(words('en', not(not(is(yes)))), words('en', is(yes)));
  assert.deepEqual(words('en', { op: 'all', of: [is(yes)] }), words('en', is(yes)));
  const atLeast: Condition = { op: 'fact', fact: years, test: { atLeast: parameter?.id ?? '' } };
  const below: Condition = { op: 'fact', fact: years, test: { below: parameter?.id ?? '' } };
  assert.deepEqual(words('en', not(atLeast)), words('en', below));
  assert.deepEqual(words('en', not(below)), words('en', atLeast));
  assert.match(words('en', atLeast)[0] ?? '', /: at least \d+ years?$/);
  assert.match(words('ar', below)[0] ?? '', /أقل من/);
});

test('what a person judges is marked, and nothing else', () => {
  for (const fact of book.rules.facts.filter((one) => one.type === 'boolean')) {
    const line = readable({ rules: book.rules, law, language: 'en', provision: some }, is(fact.id));
    assert.equal(line.judgement === true, fact.judgement, fact.id);
  }
});
