// What a command needs from the world: streams to write to and a way to read law, profiles and files. main.ts supplies it.

import type { CommandContext } from '@stricli/core';
import type { LawBook } from '../app/law-book.ts';
import type { Fault, Outcome } from '../kernel/outcome.ts';
import type { Policy } from '../law/profile.ts';
import type { RuleSet } from '../law/rule-set.ts';

export interface Context extends CommandContext {
  /** Resolves when the reader has room for more. */
  readonly out: (text: string) => Promise<void>;
  readonly err: (line: string) => void;
  /** The shipped law, another law folder, or an archived rule set (a .json file); with pack folders added. */
  readonly openLaw: (path?: string, added?: readonly string[]) => Promise<Outcome<LawBook>>;
  readonly loadPolicy: (rules: RuleSet, path: string) => Promise<Outcome<Policy>>;
  /** A whole text of bounded size; `-` is standard input. */
  readonly readText: (path: string) => Promise<Outcome<string>>;
  /** The lines of a file of any length, each of bounded size; `-` is standard input. */
  readonly readLines: (path: string) => AsyncIterable<Outcome<string>>;
  readonly exit: (code: 0 | 1 | 2) => void;
}

/** One line a fault: where, on which line, what is wrong and what is expected. */
export const faultLine = (source: string, fault: Fault): string => {
  const line = fault.line === undefined ? '' : `:${fault.line}`;
  return fault.pointer.startsWith('/') || fault.pointer === ''
    ? `${source}${line}: ${fault.pointer || '(whole input)'}: ${fault.detail}`
    : `${fault.pointer}${line}: ${fault.detail}`;
};

/** Prints the faults and ends with status 2: the input is unusable. */
export function unusable(context: Context, source: string, faults: readonly Fault[]): void {
  for (const fault of faults) context.err(faultLine(source, fault));
  context.exit(2);
}
