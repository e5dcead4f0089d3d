// A report as it is published: what is in its JSON (docs/spec/report.md), and how figures become one.

import {
  type At,
  count,
  DIMENSIONS,
  type Fact,
  type Figure,
  type Kind,
  keyOf,
  quartiles,
  type Table,
  TABLES,
  TIMED,
} from '../../domain/reporting/figures.ts';
import { isYear, type Period } from '../../domain/reporting/period.ts';
import { type Counted, cellOf, systemOf } from '../../domain/reporting/sums.ts';
import { suppress } from '../../domain/reporting/suppress.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { StatisticsList } from './statistics-ports.ts';

/** A figure as it is shown: `n` is null where it is withheld. */
export type Shown = { readonly of: Kind; readonly at: At; readonly n: number | null };
export type TimeShown = {
  readonly of: Kind;
  readonly at: At;
  /** Quartiles, in whole hours. */
  readonly hours: readonly [number, number, number] | null;
};
export type ListShown = {
  readonly id: string;
  readonly items: readonly { readonly id: string; readonly tables: readonly string[] }[];
};
export type Tree = { readonly size: number; readonly root: string };

export type Report = {
  readonly office: { readonly name: string; readonly state: string };
  readonly no: number;
  readonly period: { readonly name: string; readonly from: Instant; readonly to: Instant };
  readonly madeAt: Instant;
  readonly threshold: number;
  readonly figures: readonly (Shown & { readonly proof: string })[];
  readonly tables: readonly Table[];
  readonly times: readonly TimeShown[];
  readonly statistics: readonly ListShown[];
  readonly log: {
    readonly origin: string;
    readonly every: number;
    readonly start: Tree | null;
    readonly end: Tree | null;
    readonly batches: readonly { readonly places: number; readonly count: number }[];
  };
};

/** All that a report will show: what one person proposes, and another publishes. */
export type ShownReport = Pick<Report, 'office' | 'period' | 'threshold' | 'tables' | 'times' | 'statistics'> & {
  readonly figures: readonly Shown[];
};

/** What a report would show, before it has a number and a place in the log. */
export type Drawn = Pick<Report, 'tables' | 'times' | 'statistics' | 'threshold'> & {
  readonly figures: readonly Shown[];
  /** With the steps behind each. */
  readonly counted: ReadonlyMap<string, Figure>;
};

/** Those that a list asks for beside what every report has; a table that is there is not made twice. */
export function tablesWith(lists: readonly StatisticsList[]): {
  readonly tables: readonly Table[];
  readonly statistics: readonly ListShown[];
} {
  const tables = [...TABLES];
  const idOf = (asked: Omit<Table, 'id'>, list: string, item: string, n: number): string => {
    const same = tables.find(
      (one) => keyOf({ of: one.of, at: one.where }) === keyOf({ of: asked.of, at: asked.where }) && sameBy(one, asked),
    );
    if (same !== undefined) return same.id;
    const id = `${list}-${item}${n === 0 ? '' : `-${n + 1}`}`;
    tables.push({ id, ...asked });
    return id;
  };
  const statistics = lists.map(({ id, instrument, items }) => ({
    id,
    items: items.map((item) => ({
      id: item.id,
      tables: item.tables.map(({ of, by, outcome }, n) => {
        const where: At = {
          ...(instrument === undefined ? {} : { instrument }),
          ...(outcome === undefined ? {} : { outcome }),
        };
        return idOf({ of, where, by }, id, item.id, n);
      }),
    })),
  }));
  return { tables, statistics };
}
const sameBy = (one: Pick<Table, 'by'>, other: Pick<Table, 'by'>): boolean =>
  [...one.by].sort().join() === [...other.by].sort().join();

/** What is shown of the steps of a period, given all that is published already; undefined where nothing of it can be made safe. */
export function draw(
  period: Period,
  facts: readonly Fact[],
  before: readonly Counted[],
  lists: readonly StatisticsList[],
  threshold: number,
): Drawn | undefined {
  const { tables, statistics } = tablesWith(lists);
  const counted = new Map(count(facts, tables));
  const sealed = sealedFigure(period, facts, threshold);
  if (sealed !== undefined) counted.set(keyOf(sealed), sealed);
  const { cells, sums } = systemOf([...before, { period, tables, figures: counted, standing: () => 'free' }]);
  const withheld = suppress(cells, sums, threshold);
  if (withheld === undefined) return undefined;
  const shown = [...counted].map(([key, { of, at, n }]) => ({
    of,
    at,
    n: withheld.has(cellOf(period, key)) ? null : n,
  }));
  const numbers = new Map(shown.map((one) => [keyOf(one), one.n]));
  const timed = [...counted.values()].filter(({ of, at }) => TIMED.includes(of) && (isWhole(at) || 'instrument' in at));
  const times = timed.map(({ of, at, facts }) => ({
    of,
    at,
    hours: (numbers.get(keyOf({ of, at })) ?? 0) < threshold ? null : quartiles(facts),
  }));
  return { tables, statistics, threshold, figures: shown.sort(inOrder), times: times.sort(inOrder), counted };
}

const isWhole = (at: At): boolean => DIMENSIONS.every((one) => at[one] === undefined);

/** Requests in sealed cases stand in a year alone, and only where they are enough: colleagues can subtract what they see. */
function sealedFigure(period: Period, facts: readonly Fact[], threshold: number): Figure | undefined {
  const sealed = facts.filter(({ of }) => of === 'sealed');
  const n = sealed.reduce((all, one) => all + one.n, 0);
  return isYear(period) && n >= threshold ? { of: 'sealed', at: {}, n, facts: sealed } : undefined;
}

/** What a figure is called in its proof. */
export const proofKey = ({ of, at }: Pick<Shown, 'of' | 'at'>): string => canonicalJson({ at, of });
const inOrder = (one: Pick<Shown, 'of' | 'at'>, other: Pick<Shown, 'of' | 'at'>): number => {
  const [a, b] = [keyOf(one), keyOf(other)];
  return a < b ? -1 : a > b ? 1 : 0;
};

/** A published report with what its figures really are: what a later one must not undo. */
export function countedAgain(
  { tables, figures, threshold }: Pick<Report, 'tables' | 'figures' | 'threshold'>,
  period: Period,
  facts: readonly Fact[],
): Counted {
  const withheld = new Set(figures.filter(({ n }) => n === null).map(keyOf));
  const standing = (key: string) => (withheld.has(key) ? 'withheld' : 'published');
  return { period, tables, figures: count(facts, tables), threshold, standing };
}

export const commitmentsOf = ({ facts }: Figure): readonly Uint8Array[] => facts.map(({ commitments }) => commitments);

/** The steps behind each figure of a report: their commitments, end to end. */
export function stepsOf(
  { tables, threshold }: Pick<Report, 'tables' | 'threshold'>,
  period: Period,
  facts: readonly Fact[],
): ReadonlyMap<string, readonly Uint8Array[]> {
  const steps = new Map([...count(facts, tables)].map(([key, figure]) => [key, commitmentsOf(figure)]));
  const sealed = sealedFigure(period, facts, threshold);
  if (sealed !== undefined) steps.set(keyOf(sealed), commitmentsOf(sealed));
  return steps;
}
