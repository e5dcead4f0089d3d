// Printed letters: every kind in every language, readable by people and machines, the same bytes each time, data never code.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { embeddedJson } from '../../src/adapters/letters/embedded-json.ts';
import { typstPress } from '../../src/adapters/letters/typst-press.ts';
import type { Letter } from '../../src/app/letters/letter.ts';
import type { LetterPress } from '../../src/app/letters/ports.ts';
import { LANGUAGES } from '../../src/kernel/language.ts';
import { exampleLetters } from './examples.ts';
import { attachmentOf, documentOf, example, textOf, withoutPoppler } from './support.ts';

const press = typstPress();
after(() => press.close());
const print = (letter: Letter, on: LetterPress = press) => on.print(documentOf(letter), attachmentOf(letter));
const latin = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');

for (const language of LANGUAGES) {
  test(`every kind of letter prints in ${language}, tagged for those who cannot see it, with its data inside`, async () => {
    for (const letter of exampleLetters(language)) {
      const pdf = await print(letter);
      const bytes = latin(pdf);
      assert.match(bytes, /\/MarkInfo <<\s*\/Marked true/);
      assert.match(bytes, /\/StructTreeRoot \d+ 0 R/);
      assert.match(bytes, /<pdfuaid:part>1<\/pdfuaid:part>/);
      assert.match(bytes, new RegExp(`/Lang \\(${language}`));
      assert.match(bytes, /\/CreationDate \(D:20280301000000Z\)/);
      assert.equal((bytes.match(/\/AFRelationship \/Data/g) ?? []).length, 1);
      assert.deepEqual(embeddedJson(pdf), { json: JSON.stringify(letter) });
    }
  });

  test(`a reader finds the words of a refusal in ${language}, in the order in which they are read`, {
    skip: withoutPoppler,
  }, async () => {
    const letter = example('refusal', language);
    const text = textOf(await print(letter));
    // Poppler guesses the spaces around Arabic punctuation, and gives one for the thin space of Chinese: words count.
    const bare = (words: string) =>
      language === 'ar'
        ? (words.match(/\p{Script=Arabic}+/gu) ?? []).join(' ')
        : words.replace(/\s+/g, language === 'zh' ? '' : ' ');
    const document = documentOf(letter);
    for (const expected of [
      document.title,
      letter.from.name,
      letter.grounds[0].explanation,
      letter.remedy,
      letter.whatWouldFixIt,
    ])
      assert.ok(bare(text).includes(bare(expected)), `${expected} in ${text}`);
  });
}

test('the same letter gives the same bytes, on another press too; another word gives others', async (t) => {
  const letter = example('refusal', 'ar');
  const other = typstPress();
  t.after(() => other.close());
  const [once, again, elsewhere] = [await print(letter), await print(letter), await print(letter, other)];
  assert.deepEqual(Buffer.compare(once, again), 0);
  assert.deepEqual(Buffer.compare(once, elsewhere), 0);
  assert.notEqual(Buffer.compare(once, await print({ ...letter, remedy: `${letter.remedy}.` })), 0);
});

const HOSTILE = [
  '#read("/etc/passwd")',
  '#panic("x")',
  '$ x^2 $ *bold* _it_ `raw` <label> @ref = Title // gone /* gone */ [ ] { } \\ "',
  '"); #import "letter.typ"',
  'exe.\u202etxt',
  '{page} {pages}',
  '</text>&amp;<script>',
];

test('text that is code in the language of the press is shown as text, in every place where data stand', {
  skip: withoutPoppler,
}, async () => {
  for (const hostile of HOSTILE) {
    const letter: Letter = {
      ...example('refusal', 'en'),
      subject: hostile,
      reasons: `${hostile}\n\n${hostile}`,
      grounds: [{ citation: hostile, explanation: hostile }],
      from: { state: hostile, name: hostile, address: [hostile], reach: hostile },
      to: { name: hostile, address: [hostile] },
      preparedBy: { ...example('refusal', 'en').preparedBy, name: hostile },
    };
    // Where lines break, poppler does not always see the space.
    const text = textOf(await print(letter)).replace(/\s/g, '');
    const shown = hostile.replace('\u202e', '[U+202E]').replace(/\s/g, '');
    assert.equal(text.split(shown).length - 1, 12, `${shown} in ${text}`);
    assert.ok(!text.includes('root:'));
  }
});

test('a character that no font has is named, so that nothing that was written is lost', async () => {
  const letter = { ...example('refusal', 'en'), reasons: 'a \u{1F600} b \u{13000} c' };
  const pdf = await print(letter);
  if (withoutPoppler === false) assert.ok(textOf(pdf).includes('a [U+1F600] b [U+13000] c'));
});

test('an identifier of 300 characters breaks over lines and is copied whole', { skip: withoutPoppler }, async () => {
  for (const language of ['en', 'ar'] as const) {
    for (const first of ['x', '0']) {
      const identifier = first + Array.from({ length: 30 }, (_, n) => `${n}`.padStart(10, 'x')).join('');
      const letter = { ...example('preservation-order', language), accounts: [{ service: 'x', identifier }] };
      assert.ok(
        textOf(await print(letter))
          .replace(/\s/g, '')
          .includes(identifier),
        `${language} ${first}`,
      );
    }
  }
});

/** A press whose template is ours with one line more. */
function pressWith(line: string): { press: LetterPress; remove: () => Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'rogatory-letters-'));
  cpSync(new URL('../../letters/letter.typ', import.meta.url), join(folder, 'letter.typ'));
  writeFileSync(join(folder, 'secret.txt'), 'not for letters');
  writeFileSync(join(folder, 'letter.typ'), `${readFileSync(join(folder, 'letter.typ'), 'utf8')}\n${line}\n`);
  const made = typstPress(folder);
  return {
    press: made,
    remove: async () => {
      await made.close();
      rmSync(folder, { recursive: true });
    },
  };
}

for (const path of ['/etc/passwd', '../../../../../../etc/passwd', 'secret.txt', '/proc/self/environ']) {
  test(`a template cannot read ${path}`, async (t) => {
    const spoiled = pressWith(`#read("${path}")`);
    t.after(spoiled.remove);
    await assert.rejects(print(example('notice', 'en'), spoiled.press), /could not be printed/);
  });
}

test('a letter that cannot be printed is a defect, and the next letter prints', async () => {
  const letter = example('acknowledgement', 'en');
  const document = documentOf(letter);
  const blocks = [{ block: 'no-such-block' }] as unknown as typeof document.blocks;
  await assert.rejects(press.print({ ...document, blocks }, attachmentOf(letter)), { name: 'Defect' });
  assert.ok((await print(letter)).length > 0);
});

test('a closed press fails what still waits, and nothing hangs', async () => {
  const closing = typstPress();
  const waiting = assert.rejects(print(example('notice', 'ar'), closing), /closed/);
  await closing.close();
  await waiting;
});
