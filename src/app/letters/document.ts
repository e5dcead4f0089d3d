// A letter in words, as blocks: the one thing that a page shows as a preview and the press prints.

import type { Day } from '../../kernel/calendar.ts';
import type { Language } from '../../kernel/language.ts';
import type { LetterKind } from './letter.ts';

/** A label with what stands against it; each value on a line of its own. */
export type LetterField = { readonly label: string; readonly values: readonly string[] };

/**
 * A part of a letter. Every text is plain text: no markup, a newline is a line break, and U+2068/U+2069 keep a foreign
 * piece in its own direction (a browser and the press both obey them).
 */
export type Block =
  | { readonly block: 'heading'; readonly text: string }
  | { readonly block: 'paragraph'; readonly text: string }
  /** The sentence the letter was written for; set off from the rest. */
  | { readonly block: 'statement'; readonly text: string }
  | { readonly block: 'fields'; readonly fields: readonly LetterField[] }
  /** A numbered list; `citation` is where the item stands in law. */
  | { readonly block: 'list'; readonly items: readonly { readonly text: string; readonly citation?: string }[] }
  | { readonly block: 'citation'; readonly text: string }
  | { readonly block: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** Something to be typed elsewhere, such as a code: in plain shapes that are not mistaken for one another. */
  | { readonly block: 'code'; readonly text: string }
  | {
      readonly block: 'signatures';
      readonly people: readonly { readonly role: string; readonly name: string; readonly lines: readonly string[] }[];
    };

export type LetterDocument = {
  /** A report of public figures goes through the same press. */
  readonly kind: LetterKind | 'report';
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  readonly title: string;
  readonly reference: string;
  /** The date of the letter; a printed letter carries no other time. */
  readonly date: Day;
  readonly letterhead: { readonly state: string; readonly office: string; readonly lines: readonly string[] };
  readonly addressee: readonly string[];
  /** Reference, date, subject. */
  readonly particulars: readonly LetterField[];
  readonly salutation: string;
  readonly blocks: readonly Block[];
  readonly closing: string;
  readonly signatures: Extract<Block, { block: 'signatures' }>;
  /** The line under each page; `{page}` and `{pages}` stand for the numbers that only the press knows. */
  readonly footer: string;
};
