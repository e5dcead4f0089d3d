// Withholds small figures, and as many others as it takes that none can be subtracted back.
// Attacker: has every report, knows every sum between figures and that a withheld one is at least 1, and reckons exactly.

import { solution } from './whole-numbers.ts';

/** What becomes of a figure. `published` and `withheld` are settled by earlier reports; `free` is for this one to settle. */
export type Standing =
  | 'free'
  | 'published'
  | 'withheld'
  /** Never shown, and follows from others: a remainder. It may be zero, and it too must not come out when it is small. */
  | 'hidden';
export type Cell = {
  readonly key: string;
  readonly value: number;
  readonly standing: Standing;
  /** It is small below this; where it does not say, below the threshold of this report. */
  readonly least?: number | undefined;
};
/** The figures on one side add up to those on the other. */
export type Sum = { readonly left: readonly string[]; readonly right: readonly string[] };

/** The free figures that are withheld; undefined where nothing would be safe, not even to withhold all. */
export function suppress(
  cells: readonly Cell[],
  sums: readonly Sum[],
  threshold: number,
): ReadonlySet<string> | undefined {
  const system = new System(cells, sums, threshold);
  for (const { key, value, standing } of cells)
    if (standing === 'free' && value > 0 && value < threshold) system.withhold(key);
  for (;;) {
    const unsafe = system.firstUnsafe();
    if (unsafe === undefined) return system.withheldAfterAll();
    const more = system.neighbour(unsafe);
    if (more === undefined) return undefined;
    system.withhold(more);
  }
}

type Row = ReadonlyMap<string, 1 | -1>;

class System {
  readonly #cells: ReadonlyMap<string, Cell>;
  readonly #rowsOf = new Map<string, Row[]>();
  readonly #unknown = new Set<string>();
  readonly #withheld = new Set<string>();
  readonly #safe = new Set<string>();
  readonly #threshold: number;

  constructor(cells: readonly Cell[], sums: readonly Sum[], threshold: number) {
    this.#cells = new Map(cells.map((cell) => [cell.key, cell]));
    this.#threshold = threshold;
    for (const { left, right } of sums) {
      const row = rowOf(left, right);
      for (const key of row.keys()) {
        const rows = this.#rowsOf.get(key);
        if (rows === undefined) this.#rowsOf.set(key, [row]);
        else rows.push(row);
      }
    }
    for (const { key, standing } of cells) if (standing === 'withheld' || standing === 'hidden') this.#unknown.add(key);
  }

  withhold(key: string): void {
    this.#unknown.add(key);
    this.#withheld.add(key);
  }

  /** Those whose withholding does something: a large one that follows from the others anyway may as well be there. */
  withheldAfterAll(): ReadonlySet<string> {
    for (const key of this.#withheld) {
      const value = this.#value(key);
      if (this.#isSmall(key) || this.#canBe(key, value + 1) || this.#canBe(key, value - 1)) continue;
      this.#withheld.delete(key);
      this.#unknown.delete(key);
    }
    return this.#withheld;
  }

  #value = (key: string): number => this.#cells.get(key)?.value ?? 0;
  #least = (key: string): number => (this.#cells.get(key)?.standing === 'hidden' ? 0 : 1);
  #large = (key: string): number => this.#cells.get(key)?.least ?? this.#threshold;
  #isSmall = (key: string): boolean => this.#value(key) > 0 && this.#value(key) < this.#large(key);

  /** The first small unknown of which it comes out that it is small. More unknowns never make one unsafe, so what was safe stays so. */
  firstUnsafe(): string | undefined {
    for (const key of this.#unknown)
      if (this.#isSmall(key) && !this.#safe.has(key) && !this.#canBe(key, this.#large(key))) return key;
    return undefined;
  }

  /** Whether other whole numbers fit all that is published, with this one being so much. They are checked, not believed. */
  #canBe(key: string, wanted: number): boolean {
    if (wanted < this.#least(key)) return false;
    const together = this.#connectedWith(key);
    const place = new Map(together.map((one, n) => [one, n]));
    const rows = new Set(together.flatMap((one) => this.#rowsOf.get(one) ?? []));
    const equations = [...rows].map((row) => {
      const entries = [...row].flatMap(([one, sign]) => {
        const n = place.get(one);
        return n === undefined ? [] : [[n, sign] as const];
      });
      return { entries, sum: entries.reduce((sum, [n, sign]) => sum + sign * this.#value(together[n] ?? ''), 0) };
    });
    const target = place.get(key) ?? 0;
    const least = together.map(this.#least);
    const found = solution([...equations, { entries: [[target, 1]], sum: wanted }], least);
    if (found === undefined) return false;
    // Whoever else moved far enough in this one is safe by it too.
    for (const [n, one] of together.entries()) if ((found[n] ?? 0) >= this.#large(one)) this.#safe.add(one);
    return true;
  }

  #connectedWith(key: string): string[] {
    const found = new Set([key]);
    for (const one of found)
      for (const row of this.#rowsOf.get(one) ?? [])
        for (const other of row.keys()) if (this.#unknown.has(other)) found.add(other);
    return [...found];
  }

  /**
   * What to withhold besides: a figure beside it, in a sum where little else is unknown; one that can give or take all of the
   * difference before one that cannot, a part before a total, the smallest first.
   */
  neighbour(unsafe: string): string | undefined {
    const missing = Math.max(1, this.#large(unsafe) - this.#value(unsafe));
    const seen = new Set([unsafe]);
    for (let ring = [unsafe]; ring.length > 0; ) {
      const rows = ring.flatMap((key) => this.#rowsOf.get(key) ?? []);
      const found = rows
        .flatMap((row) => {
          const unknowns = [...row.keys()].filter((one) => this.#unknown.has(one)).length;
          return [...row].map(([key, sign]) => ({ key, unknowns, total: isTotal(row, sign) }));
        })
        .filter(
          ({ key }) => this.#cells.get(key)?.standing === 'free' && !this.#unknown.has(key) && this.#value(key) > 0,
        )
        .map((one) => ({ ...one, value: this.#value(one.key), enough: this.#value(one.key) > missing }))
        .sort(
          (a, b) =>
            a.unknowns - b.unknowns ||
            Number(a.total) - Number(b.total) ||
            Number(b.enough) - Number(a.enough) ||
            (a.enough ? a.value - b.value : b.value - a.value) ||
            (a.key < b.key ? -1 : 1),
        );
      if (found[0] !== undefined) return found[0].key;
      ring = rows.flatMap((row) => [...row.keys()]).filter((key) => this.#unknown.has(key) && !seen.has(key));
      for (const key of ring) seen.add(key);
    }
    // Somewhere else then, while there is anything.
    return [...this.#cells.values()].find(
      ({ key, standing, value }) => standing === 'free' && value > 0 && !this.#unknown.has(key),
    )?.key;
  }
}

function rowOf(left: readonly string[], right: readonly string[]): Row {
  const row = new Map<string, 1 | -1>();
  for (const key of left) row.set(key, 1);
  for (const key of right) row.set(key, -1);
  return row;
}

/** Alone on its side. */
const isTotal = (row: Row, sign: 1 | -1): boolean => [...row.values()].filter((one) => one === sign).length === 1;
