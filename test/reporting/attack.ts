// The attack on published figures: works out exactly what each withheld figure can be, given all that is published.
// Written apart from the suppression it is run against: the simplex method over the sums, and branching where a bound is no whole number.

import type { Cell, Sum } from '../../src/domain/reporting/suppress.ts';

export type Attack = {
  /** The largest whole number that this figure can be; infinite where nothing bounds it. */
  readonly most: (key: string) => number;
  readonly least: (key: string) => number;
};

type Bound = { readonly column: number; readonly least?: number; readonly most?: number };
const TINY = 1e-7;

/** What is shown: numbers, null where withheld. A withheld figure is at least 1; a remainder that nobody shows may be 0. */
export function attackOn(cells: readonly Cell[], sums: readonly Sum[], shown: (cell: Cell) => number | null): Attack {
  const known = new Map(cells.map((cell) => [cell.key, shown(cell)]));
  const byKey = new Map(cells.map((cell) => [cell.key, cell]));
  /** Unknowns that no sum connects with this one say nothing about it. */
  const around = (key: string): { readonly most: number; readonly least: number } => {
    const found = new Set([key]);
    const near = new Set<Sum>();
    for (const one of found)
      for (const sum of sums) {
        if (!sum.left.includes(one) && !sum.right.includes(one)) continue;
        near.add(sum);
        for (const other of [...sum.left, ...sum.right]) if (known.get(other) === null) found.add(other);
      }
    const unknowns = [...found].map((one) => byKey.get(one) as Cell);
    const reckoned = reckon(unknowns, [...near], known);
    return { most: reckoned.most(0), least: reckoned.least(0) };
  };
  return { most: (key) => around(key).most, least: (key) => around(key).least };
}

function reckon(unknowns: readonly Cell[], sums: readonly Sum[], known: ReadonlyMap<string, number | null>) {
  const column = new Map(unknowns.map(({ key }, n) => [key, n]));
  const floor = unknowns.map(({ standing }) => (standing === 'hidden' ? 0 : 1));
  const rows = sums
    .map(({ left, right }) => {
      const row: number[] = new Array(unknowns.length).fill(0);
      let constant = 0;
      for (const [keys, sign] of [[left, 1] as const, [right, -1] as const])
        for (const key of keys) {
          const n = column.get(key);
          if (n === undefined) constant -= sign * (known.get(key) ?? 0);
          else row[n] = sign;
        }
      return { row, constant };
    })
    .filter(({ row }) => row.some((one) => one !== 0));

  /** Maximises one unknown; above its floor, everything is at least nothing. */
  function bound(target: number, sign: 1 | -1, extra: readonly Bound[]): { value: number; at: number[] } | null {
    const all = [...rows.map(({ row, constant }) => ({ row, constant, slack: 0 }))];
    for (const { column: n, least, most } of extra) {
      const row: number[] = new Array(unknowns.length).fill(0);
      row[n] = 1;
      if (most !== undefined) all.push({ row, constant: most, slack: 1 });
      if (least !== undefined) all.push({ row, constant: least, slack: -1 });
    }
    return maximise(all, floor, target, sign);
  }

  function whole(target: number, sign: 1 | -1, extra: readonly Bound[] = []): number {
    const found = bound(target, sign, extra);
    if (found === null) return -Infinity;
    if (found.value === Infinity) return Infinity;
    const broken = found.at.findIndex((value) => Math.abs(value - Math.round(value)) > TINY);
    if (broken < 0) return Math.round(found.value);
    const value = found.at[broken] ?? 0;
    return Math.max(
      whole(target, sign, [...extra, { column: broken, most: Math.floor(value) }]),
      whole(target, sign, [...extra, { column: broken, least: Math.ceil(value) }]),
    );
  }
  return { most: (n: number) => whole(n, 1), least: (n: number) => -whole(n, -1) };
}

/** The simplex method in two phases, by Bland's rule; null where nothing fits. */
function maximise(
  all: readonly { readonly row: readonly number[]; readonly constant: number; readonly slack: number }[],
  floor: readonly number[],
  target: number,
  sign: 1 | -1,
): { value: number; at: number[] } | null {
  const n = floor.length;
  const slacks = all.filter(({ slack }) => slack !== 0).length;
  const width = n + slacks + all.length;
  let nextSlack = n;
  const tableau = all.map(({ row, constant, slack }, i) => {
    const line: number[] = new Array(width + 1).fill(0);
    row.forEach((value, k) => {
      line[k] = value;
    });
    line[width] = constant - row.reduce((sum, value, k) => sum + value * (floor[k] ?? 0), 0);
    if (slack !== 0) line[nextSlack++] = slack;
    if ((line[width] ?? 0) < 0) for (let k = 0; k <= width; k++) line[k] = -(line[k] ?? 0);
    line[n + slacks + i] = 1;
    return line;
  });
  const basis = all.map((_, i) => n + slacks + i);
  const run = (costs: readonly number[], columns: number): 'done' | 'unbounded' => {
    for (;;) {
      const enters = Array.from({ length: columns }, (_, k) => k).find((k) => {
        if (basis.includes(k)) return false;
        const worth =
          (costs[k] ?? 0) - tableau.reduce((sum, line, i) => sum + (costs[basis[i] ?? 0] ?? 0) * (line[k] ?? 0), 0);
        return worth > TINY;
      });
      if (enters === undefined) return 'done';
      let leaves = -1;
      let best = Infinity;
      tableau.forEach((line, i) => {
        const by = line[enters] ?? 0;
        if (by <= TINY) return;
        const ratio = (line[width] ?? 0) / by;
        if (ratio < best - TINY || (ratio < best + TINY && (basis[i] ?? 0) < (basis[leaves] ?? Infinity)))
          [leaves, best] = [i, ratio];
      });
      if (leaves < 0) return 'unbounded';
      pivot(tableau, leaves, enters);
      basis[leaves] = enters;
    }
  };
  const artificial = Array.from({ length: width }, (_, k) => (k >= n + slacks ? -1 : 0));
  run(artificial, width);
  const left = basis.reduce((sum, k, i) => sum + (k >= n + slacks ? (tableau[i]?.[width] ?? 0) : 0), 0);
  if (left > TINY) return null;
  // What is left of them at nothing leaves the basis, or its row says nothing.
  for (const [i, k] of basis.entries()) {
    if (k < n + slacks) continue;
    const other = tableau[i]?.findIndex((value, c) => c < n + slacks && Math.abs(value) > TINY) ?? -1;
    if (other >= 0) {
      pivot(tableau, i, other);
      basis[i] = other;
    }
  }
  const costs = Array.from({ length: width }, (_, k) => (k === target ? sign : 0));
  const ended = run(costs, n + slacks);
  if (ended === 'unbounded') return { value: Infinity, at: [] };
  const at = floor.map((least, k) => {
    const i = basis.indexOf(k);
    return least + (i < 0 ? 0 : (tableau[i]?.[width] ?? 0));
  });
  return { value: sign * (at[target] ?? 0), at };
}

function pivot(tableau: number[][], row: number, column: number): void {
  const line = tableau[row] as number[];
  const by = line[column] as number;
  for (let k = 0; k < line.length; k++) line[k] = (line[k] as number) / by;
  for (const other of tableau) {
    const factor = other[column] as number;
    if (other === line || Math.abs(factor) < TINY) continue;
    for (let k = 0; k < line.length; k++) other[k] = (other[k] as number) - factor * (line[k] as number);
  }
}
