// The docket as a file for a spreadsheet (RFC 4180), with the codes of the API as words.
// Attacker: writes a formula into the name of an authority, and waits for somebody to open the file.

import type { CaseLine } from '../../app/casework/ports.ts';

const COLUMNS = [
  'reference',
  'direction',
  'requestingState',
  'requestedState',
  'counterpart',
  'measure',
  'instrument',
  'stage',
  'urgency',
  'turn',
  'assignee',
  'receivedAt',
  'dueAt',
  'dueKind',
  'outcome',
  'disposition',
] as const satisfies readonly (keyof CaseLine)[];

/** A cell that begins like this is a formula to a spreadsheet; an apostrophe before it makes it text. */
const FORMULA = /^[=+\-@\t\r]/;

const cell = (value: string | null): string => {
  const text = value ?? '';
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
};

/** Spreadsheets take a file for UTF-8 only where it begins with this mark. */
export const csvHead = (): string => `\uFEFF${COLUMNS.join(',')}\r\n`;

/** `nameOf` says who the assignee is. */
export const csvLines = (lines: readonly CaseLine[], nameOf: (id: string | null) => string): string =>
  lines
    .map((line) =>
      COLUMNS.map((column) => cell(column === 'assignee' ? nameOf(line.assignee) : line[column])).join(','),
    )
    .map((row) => `${row}\r\n`)
    .join('');
