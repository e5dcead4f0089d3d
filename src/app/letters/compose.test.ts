// What a letter says, whatever the language: nothing is lost, nothing empty is printed, nothing hidden is signed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exampleLetters } from '../../../test/letters/examples.ts';
import { compose } from './compose.ts';
import type { LetterDocument } from './document.ts';
import type { Letter, LetterKind } from './letter.ts';
import type { Say } from './ports.ts';
import { asData, plain } from './text.ts';

/** A catalogue that names the message and its values. */
const say: Say = (key, values = {}) => [key, ...Object.values(values)].join(' | ');
const example = <K extends LetterKind>(kind: K, language: Letter['language'] = 'en') => {
  const found = exampleLetters(language).find((one) => one.kind === kind);
  assert.ok(found);
  return found as Extract<Letter, { kind: K }>;
};
const headings = (document: LetterDocument): string[] =>
  document.blocks.flatMap((one) => (one.block === 'heading' ? [one.text] : []));
const words = (document: LetterDocument): string => JSON.stringify(document);

test('a refusal gives each ground with where it stands in law, what would change it, and how to challenge it', () => {
  const letter = example('refusal');
  const document = compose(letter, say);
  const [ground] = letter.grounds;
  const list = document.blocks.find((one) => one.block === 'list');
  assert.deepEqual(list?.items, [{ text: ground.explanation, citation: ground.citation }]);
  for (const text of [letter.whatWouldFixIt, letter.remedy]) assert.ok(words(document).includes(text));
});

test('a decision and a refusal are signed by who prepared and who decided them, each with their day', () => {
  for (const kind of ['decision', 'refusal'] as const) {
    const letter = example(kind);
    const { people } = compose(letter, say).signatures;
    assert.deepEqual(
      people.map(({ role, name }) => [role, name]),
      [
        ['letters.preparedBy', letter.preparedBy.name],
        ['letters.decidedBy', letter.decidedBy.name],
      ],
    );
    assert.ok(people.every(({ lines }) => lines.length === 2));
  }
});

test('what has not been said has no heading', () => {
  const full = compose(example('refusal'), say);
  const letter = { ...example('refusal'), reasons: ' \n ', remedy: '', consultations: [], held: null };
  const gone = headings(full).filter((text) => !headings(compose(letter, say)).includes(text));
  assert.deepEqual(gone, [
    'letters.heading.reasons',
    'letters.heading.consultation',
    'letters.heading.meanwhile',
    'letters.heading.remedy',
  ]);
});

test('a preview of a notice has no code, and the notice has it in a block of its own', () => {
  const letter = example('notice');
  const codes = (one: Letter) => compose(one, say).blocks.filter(({ block }) => block === 'code');
  assert.deepEqual(codes(letter), [{ block: 'code', text: letter.caseCode }]);
  assert.deepEqual(codes({ ...letter, caseCode: '' }), []);
  assert.ok(!headings(compose({ ...letter, caseCode: '' }, say)).includes('letters.heading.follow'));
});

test('an order to preserve says that nothing is handed over, and until when it holds', () => {
  const document = compose(example('preservation-order'), say);
  assert.ok(words(document).includes('letters.preservation-order.noDisclosure'));
  assert.ok(
    document.blocks.some((one) => one.block === 'statement' && one.text.includes('30 | letters.month.5 | 2028')),
  );
});

test('a returned request says what is missing and from when the clock stands still', () => {
  const letter = example('return');
  const document = compose(letter, say);
  for (const { what } of letter.missing) assert.ok(words(document).includes(what));
  assert.ok(words(document).includes('letters.return.clock'));
});

test('an outgoing request carries every field that is filled, and no empty one', () => {
  const letter = example('outgoing-request');
  const groups = [
    {
      title: 'T',
      fields: [
        { label: 'Full', values: ['x', ' '] },
        { label: 'Empty', values: [''] },
      ],
    },
  ];
  const document = compose({ ...letter, groups: [...groups, { title: 'Nothing', fields: [] }] }, say);
  const fields = document.blocks.flatMap((one) => (one.block === 'fields' ? one.fields : []));
  assert.deepEqual(fields, [{ label: 'Full', values: ['x'] }]);
  assert.ok(!headings(document).includes('Nothing'));
});

test('a reader of an account name sees the character that would turn it round', () => {
  assert.equal(plain('exe.\u202etxt'), 'exe.[U+202E]txt');
  assert.equal(plain('a\u0000b\u00adc\u{e0041}'), 'a[U+0000]b[U+00AD]c[U+E0041]');
  assert.equal(plain('می\u200cخواهم'), 'می\u200cخواهم');
});

test('no data, however written, bring a hidden character into a letter but the isolates that hold them', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('en' as const, 'ar' as const),
      (text, language) => {
        const shown = asData(text, language);
        assert.ok(!/(?![\n\u200c-\u200f\u061c\u0600-\u0605\u06dd\u2068\u2069])[\p{C}\p{Zl}\p{Zp}]/u.test(shown));
        for (const line of shown.split('\n')) {
          const inner = line.replace(/^\u2068(.*)\u2069$/su, '$1');
          assert.ok(!/[\u2068\u2069]/.test(inner), 'an isolate of the sender stayed');
        }
      },
    ),
  );
});

test('a telephone number keeps its order within Arabic, and Arabic keeps its own within English', () => {
  assert.equal(asData('+00 555 0100', 'ar'), '\u2068+00 555 0100\u2069');
  assert.equal(asData('BB-2028-000017', 'ar'), 'BB-2028-000017');
  assert.equal(asData('وزارة العدل (BB)', 'en'), '\u2068وزارة العدل (BB)\u2069');
  assert.equal(asData('Ministry (BB)', 'en'), 'Ministry (BB)');
});

test('days are written in the digits of the language', () => {
  const date = (language: Letter['language']) =>
    compose(example('acknowledgement', language), say).particulars.find(({ label }) => label === 'letters.field.date');
  assert.deepEqual(date('en')?.values, ['letters.date | 1 | letters.month.3 | 2028']);
  assert.match(String(date('ar')?.values), /١ \| letters\.month\.3 \| ٢٠٢٨/);
});
