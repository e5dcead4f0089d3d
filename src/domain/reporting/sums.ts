// How the figures of all reports hang together: within a table, between tables, and between a year and its quarters.

import { type At, choices, type Dimension, DIMENSIONS, type Kind, keyOf, type Table } from './figures.ts';
import { isYear, type Period, quartersOf } from './period.ts';
import type { Cell, Standing, Sum } from './suppress.ts';
import { addDays, type Day } from '../../kernel/calendar.ts';

/** A report with what its figures really are. */
export type Counted = {
  readonly period: Period;
  readonly tables: readonly Table[];
  readonly figures: ReadonlyMap<string, { readonly of: Kind; readonly at: At; readonly n: number }>;
  /** What is shown of one. */
  readonly standing: (key: string) => Standing;
  /** The threshold it was published with: what it withheld stays so when the office sets another. */
  readonly threshold?: number;
};

/** The name of a figure among those of all reports. */
export const cellOf = (period: Pick<Period, 'name'>, key: string): string => `${period.name} ${key}`;

/** Steps of one kind that are steps of the other too. */
const PART_OF: readonly (readonly [Kind, Kind])[] = [['answered', 'decided']];

/** Everything a reader of these reports could reckon with. */
export function systemOf(reports: readonly Counted[]): {
  readonly cells: readonly Cell[];
  readonly sums: readonly Sum[];
} {
  const cells = new Map<string, Cell>();
  const sums: Sum[] = [];
  const valueOf = (key: string): number => cells.get(key)?.value ?? 0;
  /** `total` is the sum of `parts`, and of a remainder that nobody publishes. */
  const contains = (total: string, parts: readonly string[], name: string): void => {
    const rest = {
      key: `${total} less ${name}`,
      value: valueOf(total) - sumOf(parts.map(valueOf)),
      standing: 'hidden' as const,
      least: cells.get(total)?.least,
    };
    cells.set(rest.key, rest);
    sums.push({ left: [total], right: [...parts, rest.key] });
  };
  for (const { period, figures, standing, threshold: least } of reports)
    for (const [key, { n }] of figures)
      cells.set(cellOf(period, key), { key: cellOf(period, key), value: n, standing: standing(key), least });
  for (const report of reports) withinOne(report, sums, contains);
  betweenPeriods(reports, cells, sums, contains);
  return { cells: [...cells.values()], sums };
}

type Contains = (total: string, parts: readonly string[], name: string) => void;
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

function withinOne({ period, tables, figures }: Counted, sums: Sum[], contains: Contains): void {
  const whole = wholeDivisions(tables);
  const children = new Map<string, Map<Dimension, string[]>>();
  for (const [key, { of, at }] of figures)
    for (const dimension of DIMENSIONS.filter((one) => at[one] !== undefined)) {
      const { [dimension]: _, ...parent } = at;
      const of_ = keyOf({ of, at: parent });
      const by = children.get(of_) ?? new Map<Dimension, string[]>();
      by.set(dimension, [...(by.get(dimension) ?? []), cellOf(period, key)]);
      children.set(of_, by);
    }
  for (const [key, { of, at, n }] of figures) {
    const total = cellOf(period, key);
    for (const [dimension, parts] of children.get(key) ?? []) {
      if (isWhole(whole, of, at, dimension)) sums.push({ left: [total], right: parts });
      else contains(total, parts, dimension);
    }
    for (const [part, container] of PART_OF) {
      const other = keyOf({ of: part, at });
      if (of === container && figures.has(other) && n > 0) contains(total, [cellOf(period, other)], part);
    }
  }
}

/** Which figures a table divides without a remainder. */
function wholeDivisions(tables: readonly Table[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { of, where, by } of tables)
    for (const some of choices(by))
      for (const dimension of by.filter((one) => !some.includes(one)))
        found.add(division(of, [...Object.entries(where).map(([d, v]) => `${d}=${v}`), ...some], dimension));
  return found;
}
const division = (of: Kind, given: readonly string[], by: Dimension): string =>
  `${of} ${[...given].sort().join(' ')} / ${by}`;

/** A figure may be a member of a table by a dimension, or be what a table begins from. */
const isWhole = (whole: ReadonlySet<string>, of: Kind, at: At, by: Dimension): boolean =>
  choices(Object.entries(at)).some((asDimensions) => {
    const given = Object.entries(at).map(([d, v]) => (asDimensions.some(([one]) => one === d) ? d : `${d}=${v}`));
    return whole.has(division(of, given, by));
  });

function betweenPeriods(reports: readonly Counted[], cells: Map<string, Cell>, sums: Sum[], contains: Contains): void {
  const byName = new Map(reports.map((report) => [report.period.name, report]));
  for (const { period, figures } of reports) {
    if (!isYear(period)) continue;
    const quarters = quartersOf(period);
    const shown = quarters.flatMap(({ name }) => byName.get(name) ?? []);
    if (shown.length === 0) continue;
    for (const key of figures.keys()) {
      // The one is in no quarter; the other is no sum.
      if (key.startsWith('sealed') || key.startsWith('secrecy-open')) continue;
      const parts = shown.map((one) => cellOf(one.period, key)).filter((part) => cells.has(part));
      if (shown.length === quarters.length) sums.push({ left: [cellOf(period, key)], right: parts });
      else contains(cellOf(period, key), parts, 'quarters');
    }
  }
  secrecyThrough(reports, cells, sums);
}

/**
 * Orders of secrecy that run at the end of a period are those that ran when it began, and those that began in it, less those that
 * ended. How many ran when it began follows from that, whether anybody publishes it or not.
 */
function secrecyThrough(reports: readonly Counted[], cells: Map<string, Cell>, sums: Sum[]): void {
  const openOn = new Map<Day, string>();
  for (const { period } of reports) {
    const open = cellOf(period, 'secrecy-open');
    const other = openOn.get(period.until);
    if (other === undefined) openOn.set(period.until, open);
    else sums.push({ left: [open], right: [other] });
  }
  const valueOf = (key: string): number => cells.get(key)?.value ?? 0;
  for (const { period } of reports) {
    const [open, ended, ordered] = [
      cellOf(period, 'secrecy-open'),
      cellOf(period, 'secrecy-ended'),
      cellOf(period, 'secrecy-ordered'),
    ] as const;
    const day = addDays(period.from, -1);
    const follows = valueOf(open) + valueOf(ended) - valueOf(ordered);
    let before = openOn.get(day);
    if (before === undefined && follows >= 0) {
      before = `secrecy-open on ${day}`;
      cells.set(before, { key: before, value: follows, standing: 'hidden', least: cells.get(open)?.least });
      openOn.set(day, before);
    }
    // It does not hold where a case was sealed in between; then nobody can reckon with it.
    if (before !== undefined && valueOf(before) === follows)
      sums.push({ left: [open, ended], right: [before, ordered] });
  }
}
