// A press, a catalogue and the programs of poppler for the tests of letters.

import { spawnSync } from 'node:child_process';
import { loadCatalogues } from '../../src/adapters/files/message-store.ts';
import { letterWords } from '../../src/adapters/letters/words.ts';
import { compose } from '../../src/app/letters/compose.ts';
import type { LetterDocument } from '../../src/app/letters/document.ts';
import type { Letter, LetterKind } from '../../src/app/letters/letter.ts';
import type { Attachment } from '../../src/app/letters/ports.ts';
import { LANGUAGES, type Language } from '../../src/kernel/language.ts';
import { exampleLetters } from './examples.ts';

export const catalogues = loadCatalogues(LANGUAGES);
export const words = letterWords(catalogues);

export const documentOf = (letter: Letter): LetterDocument => compose(letter, words(letter.language));
export const attachmentOf = (letter: Letter): Attachment => ({
  name: letter.kind === 'outgoing-request' ? 'request.json' : 'letter.json',
  bytes: new TextEncoder().encode(JSON.stringify(letter)),
});

/** The example of that kind; a decision is the one that executes. */
export function example<K extends LetterKind>(kind: K, language: Language): Extract<Letter, { kind: K }> {
  const found = exampleLetters(language).find((one) => one.kind === kind);
  if (!found) throw new Error(`no example of ${kind}`);
  return found as Extract<Letter, { kind: K }>;
}

/** Why tests that read a PDF as a reader would are skipped; false where poppler is. */
export const withoutPoppler: string | false =
  spawnSync('pdftotext', ['-v']).error === undefined ? false : 'pdftotext of poppler-utils is not on this machine';

/** What a PDF says, as poppler reads it; marks of direction and the placing of lines are left out. */
export function textOf(pdf: Uint8Array): string {
  const { stdout } = spawnSync('pdftotext', ['-', '-'], { input: pdf, encoding: 'utf8' });
  return stdout.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/\s+/g, ' ');
}
