// Holds the rows beside the steps of a case against its steps: the line in lists, terms, marks, decisions, tasks, documents, grants.
// Attacker: the owner of the database, who leaves every step as it was and changes what people are shown and constraints look at.

import { clockDecides } from '../casework/clock.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { KeptCase } from './audit-ports.ts';
import type { Row, Rows, Value } from './held-ports.ts';
import { KEYS, type Needs, rowsMade, type Table } from './case-rows.ts';

/** What a case has to be held against; null where its steps do not open. */
type Held = { readonly found: readonly string[]; readonly words: string | null };

/**
 * Folds the case from its steps, projects it with the code that wrote its rows, and says which rows are others. `lines` is
 * false while lines and terms are written anew, or by another law or profile than this program's: then they are not compared.
 */
export function auditRows(work: Needs, kept: KeptCase, lines: boolean, now: Instant): Held {
  const { history, state, rows, reference, erased } = kept;
  const made = history === undefined ? null : rowsMade(work, history, erased !== null);
  if (made === null || state === undefined) return { found: erased === null ? [] : leftOver(kept), words: null };
  // Kept in the form of an earlier version, its rows are written anew with its next step.
  if (state.fold !== made.file.fold) return { found: [], words: null };
  const found = (Object.keys(KEYS) as Table[])
    .filter((table) => lines || !LINES.includes(table))
    .flatMap((table) => differences(table, rows[table] ?? [], made.rows[table]));
  if (lines) found.push(...sleeping(work, made.file, rows, now));
  return { found: found.map((what) => `${reference}: ${what}`), words: made.words };
}
const LINES: readonly Table[] = ['case_file', 'deadline'];

/** Of a case that nobody can open any more there is no key either. */
const leftOver = ({ rows, reference }: KeptCase): string[] =>
  (['case_grant', 'case_key'] as const).flatMap((table) =>
    differences(table, rows[table] ?? [], []).map((what) => `${reference}: ${what}`),
  );

/** Rows that are there and should not be, that should be and are not, and that say something else. */
function differences(table: Table, is: readonly Row[], must: readonly Row[]): string[] {
  const by: readonly string[] = KEYS[table];
  const nameOf = (row: Row): string => by.map((column) => row[column]).join(' ');
  const called = (name: string): string => (name === '' ? `its row of ${table}` : `the row ${name} of ${table}`);
  const there = new Map(is.map((row) => [nameOf(row), row]));
  const found: string[] = [];
  for (const row of must) {
    const name = nameOf(row);
    const own = there.get(name);
    there.delete(name);
    if (own === undefined) found.push(`${called(name)} is missing`);
    else {
      const other = Object.keys(row).filter((column) => own[column] !== row[column]);
      if (other.length > 0)
        found.push(`${called(name)} was changed: ${other.map((one) => inWords(one, own[one], row[one])).join(', ')}`);
    }
  }
  for (const name of there.keys()) found.push(`${called(name)} follows from no step: it was added`);
  return found;
}

const inWords = (column: string, is: Value | undefined, must: Value | undefined): string =>
  `${column} is ${said(is)} where its steps make it ${said(must)}`;
/** Enough of a value to know it by; the words of a case are not for a terminal. */
const said = (value: Value | undefined): string => JSON.stringify(value ?? null).slice(0, 60);

/** A term that is called done keeps the clock away: before it ran out, or while something of it is still to be done. */
function sleeping(work: Needs, file: CaseFile, rows: Rows, now: Instant): string[] {
  const terms = rows['deadline'] ?? [];
  const done = terms.filter((row) => row['done'] === true);
  const early = done.filter(({ on_at }) => String(on_at) > now);
  const found = early.map(({ key }) => `the row ${key} of deadline is called done before it has run out`);
  const waiting = terms.some(({ done: is, on_at }) => is === false && String(on_at) <= now);
  const left = waiting ? [] : clockDecides(file, now, work.office().settings.calendar);
  if (left.length > 0 && done.length > 0)
    found.push(`its terms are called done, and the clock was kept from ${left.map(({ type }) => type).join(', ')}`);
  return found;
}
