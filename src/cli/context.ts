// What a command needs from the world: streams to write to and a way to read law, profiles and files. main.ts supplies it.

import type { CommandContext } from '@stricli/core';
import type { LawBook } from '../app/law-book.ts';
import type { Fault, Outcome } from '../kernel/outcome.ts';
import type { TranslationReport } from '../law/pack/translations.ts';
import type { Policy } from '../law/profile.ts';
import type { RuleSet } from '../law/rule-set.ts';

export interface Context extends CommandContext {
  /** Resolves when the reader has room for more. */
  readonly out: (text: string) => Promise<void>;
  readonly err: (line: string) => void;
  /** The shipped law, another law folder, or an archived rule set (a .json file); with pack folders added. */
  readonly openLaw: (path?: string, added?: readonly string[]) => Promise<Outcome<LawBook>>;
  /** How far that law is translated. */
  readonly translations: (path?: string, added?: readonly string[]) => Promise<Outcome<TranslationReport>>;
  readonly loadPolicy: (rules: RuleSet, path: string) => Promise<Outcome<Policy>>;
  /** A whole text of bounded size; `-` is standard input. */
  readonly readText: (path: string) => Promise<Outcome<string>>;
  /** The lines of a file of any length, each of bounded size; `-` is standard input. */
  readonly readLines: (path: string) => Outcome<AsyncIterable<Outcome<string>>>;
  readonly exit: (code: 0 | 1 | 2) => void;
}

/** Of commands that work on a node. */
export const dataFlag = {
  kind: 'parsed',
  parse: String,
  optional: true,
  brief: 'The data directory (default: ROGATORY_DATA, else ./data)',
  placeholder: 'DIR',
} as const;

/** One line a fault: where, on which line, what is wrong and what is expected. Without a source the pointer names a file or a flag. */
export const faultLine = (source: string | null, fault: Fault): string => {
  const line = fault.line === undefined ? '' : `:${fault.line}`;
  const where = printable(fault.pointer);
  return source === null || !(where.startsWith('/') || where === '')
    ? `${where}${line}: ${printable(fault.detail)}`
    : `${printable(source)}${line}: ${where || '(whole input)'}: ${printable(fault.detail)}`;
};

/** Names in an input may hold line breaks, terminal commands or reversing marks, and may be very long. */
const printable = (text: string): string => {
  const escaped = text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (mark) => `\\u${mark.codePointAt(0)?.toString(16).padStart(4, '0')}`,
  );
  return escaped.length > 1_000 ? `${escaped.slice(0, 1_000)}…` : escaped;
};

/** Prints the faults and ends with status 2: the input is unusable. */
export function unusable(context: Context, source: string | null, faults: readonly Fault[]): void {
  for (const fault of faults) context.err(faultLine(source, fault));
  context.exit(2);
}
