// From steps to figures: how many of each kind there were, told apart in the ways of the tables, and how long they took.

/** By what steps are told apart. */
export const DIMENSIONS = ['state', 'measure', 'instrument', 'urgency', 'outcome', 'ground', 'how'] as const;
export type Dimension = (typeof DIMENSIONS)[number];
export type At = { readonly [D in Dimension]?: string };

export const KINDS = [
  'received',
  'sealed',
  'acknowledged',
  'answered',
  'decided',
  'executed',
  'closed',
  'held',
  'validation',
  'secrecy-ordered',
  'secrecy-ended',
  'secrecy-open',
  'told',
  'notice-delayed',
  'notice-not-needed',
  'complaint',
  'complaint-answered',
] as const;
export type Kind = (typeof KINDS)[number];

/** Steps that are counted and that no figure tells apart: of their cases only what figures go by. Nobody's name. */
export type Fact = {
  readonly of: Kind;
  readonly at: At;
  /** How many. */
  readonly n: number;
  /** Of each step, 32 bytes, end to end. */
  readonly commitments: Uint8Array;
  /** From the arrival of the request to the step, where that is counted. */
  readonly hours: readonly number[];
};

export type Table = {
  readonly id: string;
  readonly of: Kind;
  readonly where: At;
  readonly by: readonly Dimension[];
};

export type Figure = {
  readonly of: Kind;
  readonly at: At;
  readonly n: number;
  /** Its steps, as they came together. */
  readonly facts: readonly Fact[];
};

const plain = (of: Kind, ...by: Dimension[]): Table => ({
  id: [of, ...by].join('-by-'),
  of,
  where: {},
  by,
});

/** What every report has. */
export const TABLES: readonly Table[] = [
  plain('received', 'state'),
  plain('received', 'measure'),
  plain('received', 'instrument'),
  plain('received', 'urgency'),
  plain('decided', 'state', 'outcome'),
  plain('decided', 'measure'),
  plain('decided', 'instrument'),
  { id: 'refused-by-ground', of: 'decided', where: { outcome: 'refuse' }, by: ['ground'] },
  { id: 'postponed-by-ground', of: 'decided', where: { outcome: 'postpone' }, by: ['ground'] },
  plain('held'),
  plain('validation', 'how'),
  plain('acknowledged'),
  plain('answered'),
  plain('executed'),
  plain('closed'),
  plain('secrecy-ordered'),
  plain('secrecy-ended', 'how'),
  plain('secrecy-open'),
  plain('told'),
  plain('notice-delayed'),
  plain('notice-not-needed'),
  plain('complaint'),
  plain('complaint-answered', 'how'),
];

/** Steps of which it is said how long they took. */
export const TIMED: readonly Kind[] = ['acknowledged', 'answered', 'executed', 'closed'];

/** One name for a figure, in whichever tables it stands. */
export const keyOf = ({ of, at }: { readonly of: string; readonly at: At }): string =>
  `${of} ${DIMENSIONS.filter((one) => at[one] !== undefined)
    .map((one) => `${one}=${at[one]}`)
    .join(' ')}`.trimEnd();

const fits = (at: At, where: At): boolean =>
  DIMENSIONS.every((one) => where[one] === undefined || where[one] === at[one]);

/** Each choice of some of the dimensions, none and all included. */
export function choices<D>(by: readonly D[]): readonly (readonly D[])[] {
  const [first, ...others] = by;
  if (first === undefined) return [[]];
  const without = choices(others);
  return [...without, ...without.map((some) => [first, ...some])];
}

/** Every figure of these tables that is not zero, and every total; by name, each once. */
export function count(facts: readonly Fact[], tables: readonly Table[]): ReadonlyMap<string, Figure> {
  const byKind = Map.groupBy(facts, ({ of }) => of);
  const figures = new Map<string, { of: Kind; at: At; n: number; facts: Fact[] }>();
  const done = new Set<string>();
  for (const { of, where, by } of tables) {
    for (const some of choices(by)) {
      // The same division may stand in two tables; it is counted once.
      const division = `${keyOf({ of, at: where })} / ${[...some].sort().join(' ')}`;
      if (done.has(division)) continue;
      done.add(division);
      const empty = { of, at: where };
      if (some.length === 0 && !figures.has(keyOf(empty))) figures.set(keyOf(empty), { ...empty, n: 0, facts: [] });
      const counted = new Set<string>();
      for (const fact of byKind.get(of) ?? []) {
        if (!fits(fact.at, where)) continue;
        const at: At = { ...where, ...Object.fromEntries(some.map((one) => [one, fact.at[one] ?? '-'])) };
        const key = keyOf({ of, at });
        // Counted under another division already: `where` here is a part of `by` there.
        if (!counted.has(key)) {
          counted.add(key);
          figures.set(key, { of, at, n: 0, facts: [] });
        }
        const figure = figures.get(key);
        if (figure === undefined) continue;
        figure.n += fact.n;
        figure.facts.push(fact);
      }
    }
  }
  return new Map([...figures].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** First quartile, median and third, in whole hours, rounded up: each is one of the values (nearest rank). */
export function quartiles(facts: readonly Fact[]): readonly [number, number, number] | null {
  const sorted = Float64Array.from(facts.flatMap(({ hours }) => hours)).sort();
  const rank = (part: number): number => Math.ceil(sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0);
  return sorted.length === 0 ? null : [rank(0.25), rank(0.5), rank(0.75)];
}
