// What a step says of rows that no event gives back: the mark of each as the step left it, and one over the step itself, which this
// node alone can make. Attacker: writes rows and steps as the owner of the database, and has not the secret of the node.

import type { By } from '../../domain/registry/person.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { Instant } from '../../kernel/instant.ts';

/** People with what they sign in with, each an owner; settings, reports of figures, and keys for programs of the office. */
export const HELD_KINDS = ['account', 'settings', 'figures', 'programs'] as const;
export type HeldKind = (typeof HELD_KINDS)[number];

/** A keyed hash of a text, under a secret that lies outside the database. */
export type NodeMark = (text: string) => string;

export type Value = string | number | boolean | null;
/** A row by its columns; bytes in hexadecimal. */
export type Row = { readonly [column: string]: Value };
/** Rows by table. */
export type Rows = { readonly [table: string]: readonly Row[] };

/** Where a step stands: all that the opening of its commitment says of it, but for its text. */
export type Place = {
  readonly chain: string;
  readonly seq: number;
  /** The commitment of the step before, in hexadecimal. */
  readonly previous: string | null;
  readonly at: Instant;
  readonly by: By;
};

/** What happened, the rows before and after it, and the lines of a record that were written with it. */
export type Held = {
  readonly type: string;
  readonly facts: { readonly [name: string]: string };
  /** Null: whatever was there and whatever was held, from here on it is what is there. */
  readonly before: Rows | null;
  readonly after: Rows;
  readonly lines: readonly Row[];
};

/** The same as it is recorded. Secrets stand here as marks only. */
export type HeldStep = {
  readonly type: string;
  readonly facts: { readonly [name: string]: string };
  readonly rows: { readonly [table: string]: readonly string[] };
  readonly lines: readonly string[];
  /** Over all of it, and its place. */
  readonly mark: string;
};

export const markOf = (mark: NodeMark, row: Row): string => mark(canonicalJson(['row', row]));

/**
 * A step holds what the one before it held, but for the rows that it took or changed itself, and with those that it put there: a row
 * that somebody else wrote in between is held by none.
 */
export function heldStep(mark: NodeMark, place: Place, last: HeldStep | undefined, held: Held): HeldStep {
  const { type, facts, lines } = held;
  const [before, after] = [marksByTable(mark, held.before ?? {}), marksByTable(mark, held.after)];
  const heldBefore: HeldStep['rows'] = held.before === null ? {} : (last?.rows ?? {});
  const tables = new Set([before, after, heldBefore].flatMap(Object.keys));
  const rows = [...tables].sort().flatMap((table) => {
    const [was, is] = [new Set(before[table]), new Set(after[table])];
    const left = new Set(heldBefore[table]).difference(was.difference(is)).union(is.difference(was));
    return left.size === 0 ? [] : [[table, [...left].sort()] as const];
  });
  const said = { type, facts, rows: Object.fromEntries(rows), lines: marksOf(mark, lines) };
  return { ...said, mark: markOfStep(mark, place, said) };
}

const marksOf = (mark: NodeMark, rows: readonly Row[]): string[] => rows.map((row) => markOf(mark, row)).sort();
const marksByTable = (mark: NodeMark, rows: Rows): HeldStep['rows'] =>
  Object.fromEntries(Object.entries(rows).map(([table, some]) => [table, marksOf(mark, some)]));

/** Whether this node wrote the step, for this place, and these are the rows that it left. */
export const leftThese = (mark: NodeMark, place: Place, step: HeldStep, rows: Rows): boolean =>
  bearsMark(mark, place, step) && canonicalJson({ ...step.rows }) === canonicalJson({ ...marksByTable(mark, rows) });

/** Whether this node wrote the step, and for this place. */
export function bearsMark(mark: NodeMark, place: Place, { mark: own, ...said }: HeldStep): boolean {
  return markOfStep(mark, place, said) === own;
}

const markOfStep = (mark: NodeMark, place: Place, said: Omit<HeldStep, 'mark'>): string =>
  mark(canonicalJson(['step', { ...place }, { ...said }]));
