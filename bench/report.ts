// What a section has to say, and how it is printed: plain aligned tables, every figure with its spread.

import type { Spread } from './timing.ts';

export type Table = { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** What we say of ourselves, held against what was measured. `pass` is null when it could not be measured. */
export type Claim = {
  readonly claim: string;
  readonly target: string;
  readonly measured: string;
  readonly pass: boolean | null;
};

export type Section = {
  readonly title: string;
  readonly tables: readonly Table[];
  readonly notes: readonly string[];
  readonly claims: readonly Claim[];
  /** Answers of ours that were wrong: anything but 0 fails the whole run. */
  readonly wrong: number;
};

export function printed(section: Section): string {
  const blocks = [`== ${section.title}`, ...section.tables.map(aligned), section.notes.map(wrapped).join('\n')];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** The target of a figure that is told without a promise. */
export const TOLD = 'told';

export function claimsTable(claims: readonly Claim[]): string {
  const rows = claims.map(({ claim, target, measured, pass }) => [
    claim,
    target,
    measured,
    pass === null ? 'not measured' : target === TOLD ? '' : pass ? 'pass' : 'FAIL',
  ]);
  return aligned({ head: ['claim', 'target', 'measured', 'result'], rows });
}

/** Columns that hold numbers stand to the right, all others to the left. */
export function aligned({ head, rows }: Table): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
  const isNumber = head.map((_, i) => rows.every((row) => /^[-<>=~\d]?[\d.,]*( ?[x%]| \(.*\))?$/.test(row[i] ?? '')));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (isNumber[i] ? cell.padStart(widths[i] as number) : cell.padEnd(widths[i] as number)))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/** A note in lines of at most 118 characters. */
function wrapped(note: string): string {
  const lines: string[] = ['-'];
  for (const word of note.split(' ')) {
    if (`${lines.at(-1)} ${word}`.length > 118) lines.push(' ');
    lines.push(`${lines.pop()} ${word}`);
  }
  return lines.join('\n');
}

/** Three digits that count, thousands set apart. */
export function digits(value: number): string {
  if (value === 0) return '0';
  const places = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en', { minimumFractionDigits: 0, maximumFractionDigits: places, useGrouping: true });
}

export const whole = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 0 });

/** `median (least-most)`. */
export const spread = ({ median, min, max }: Spread): string => `${digits(median)} (${digits(min)}-${digits(max)})`;

export const times = (ratio: number): string => `${digits(ratio)} x`;
