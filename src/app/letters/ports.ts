// What letters need from the world: words of a catalogue, a press that prints a document, a reader of what travels inside one.

import type { Language } from '../../kernel/language.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { LetterDocument } from './document.ts';

export type { LetterDocument } from './document.ts';

/** Says a message of the catalogue in one language; a key that is not there is a defect. */
export type Say = {
  (key: string, values?: { readonly [name: string]: string | number }): string;
  /** Whether there is such a message. */
  readonly has?: (key: string) => boolean;
};

/** The words of each language. */
export type LetterWords = (language: Language) => Say;

/** Something that travels inside the printed letter for machines: the same content as data. */
export type Attachment = { readonly name: 'request.json' | 'letter.json' | 'report.json'; readonly bytes: Uint8Array };

export type LetterPress = {
  /** A tagged PDF (PDF/UA-1). Equal input gives equal bytes. */
  readonly print: (document: LetterDocument, attachment: Attachment) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
};

/** The JSON text inside a PDF that this system printed; null when there is none, and a fault when the file is broken. */
export type ReadAttachment = (pdf: Uint8Array) => Promise<Outcome<string | null>>;
