// Small figures stay hidden from somebody who reckons exactly: over the margins of tables, between tables, and between a year and its quarters.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { count, type Fact, type Table, TABLES } from '../../src/domain/reporting/figures.ts';
import { type Period, periodOf } from '../../src/domain/reporting/period.ts';
import { type Counted, cellOf, systemOf } from '../../src/domain/reporting/sums.ts';
import { type Cell, type Sum, suppress } from '../../src/domain/reporting/suppress.ts';
import { attackOn } from './attack.ts';

const LEAST = 5;
const free = (values: { readonly [key: string]: number }): Cell[] =>
  Object.entries(values).map(([key, value]) => ({ key, value, standing: 'free' }));

/** What the attacker gets out: each withheld or small hidden figure of which too much is known, with why. */
function broken(
  cells: readonly Cell[],
  sums: readonly Sum[],
  withheld: ReadonlySet<string>,
  threshold = LEAST,
): string[] {
  const isShown = ({ key, standing }: Cell): boolean =>
    standing === 'published' || (standing === 'free' && !withheld.has(key));
  const attack = attackOn(cells, sums, (cell) => (isShown(cell) ? cell.value : null));
  return cells.flatMap((cell) => {
    const { key, value } = cell;
    if (isShown(cell)) return value > 0 && value < threshold ? [`${key} is published with ${value}`] : [];
    // What is large, and withheld only for the sake of others, may come out of a later report.
    if (!(value > 0 && value < threshold)) return [];
    const most = attack.most(key);
    if (most < threshold) return [`${key} is shown to be below ${threshold}`];
    return most > attack.least(key) ? [] : [`${key} can only be ${value}`];
  });
}

test('a small figure is not left alone beside its total', () => {
  const cells = free({ all: 30, a: 2, b: 11, c: 17 });
  const sums: Sum[] = [{ left: ['all'], right: ['a', 'b', 'c'] }];
  assert.deepEqual(
    broken(cells, sums, new Set(['a'])),
    ['a is shown to be below 5'],
    'the attack works where nothing else is withheld',
  );
  const withheld = suppress(cells, sums, LEAST);
  assert.deepEqual(
    [...(withheld ?? [])].sort(),
    ['a', 'b'],
    'the smallest that can take the difference, and not the total',
  );
  assert.deepEqual(broken(cells, sums, withheld ?? new Set()), []);
});

test('two figures of one are not withheld alone, for together they say what they are', () => {
  const cells = free({ all: 22, a: 1, b: 1, c: 20 });
  const sums: Sum[] = [{ left: ['all'], right: ['a', 'b', 'c'] }];
  assert.deepEqual(broken(cells, sums, new Set(['a', 'b'])).length, 2);
  assert.deepEqual(broken(cells, sums, suppress(cells, sums, LEAST) ?? new Set()), []);
});

test('a remainder that is small is protected though nobody ever publishes it', () => {
  const cells: Cell[] = [...free({ measure: 8, ours: 7 }), { key: 'rest', value: 1, standing: 'hidden' }];
  const sums: Sum[] = [{ left: ['measure'], right: ['ours', 'rest'] }];
  assert.deepEqual(broken(cells, sums, new Set()), ['rest is shown to be below 5']);
  const withheld = suppress(cells, sums, LEAST);
  assert.notEqual(withheld?.size, 0);
  assert.deepEqual(broken(cells, sums, withheld ?? new Set()), []);
});

test('what earlier reports publish stays, and where a new one would undo them it is not published', () => {
  const cells: Cell[] = [
    { key: 'year', value: 40, standing: 'published' },
    { key: 'q1', value: 10, standing: 'published' },
    { key: 'q2', value: 10, standing: 'published' },
    { key: 'q3', value: 3, standing: 'withheld' },
    { key: 'q4', value: 17, standing: 'free' },
  ];
  const sums: Sum[] = [{ left: ['year'], right: ['q1', 'q2', 'q3', 'q4'] }];
  assert.deepEqual([...(suppress(cells, sums, LEAST) ?? [])], ['q4'], 'else the third quarter could be subtracted');
  const nothingLeft = cells.map((cell): Cell => (cell.key === 'q4' ? { ...cell, standing: 'published' } : cell));
  assert.equal(suppress(nothingLeft, sums, LEAST), undefined);
});

test('what an earlier report withheld under its threshold stays so when the office sets a smaller one', () => {
  const cells = (least?: number): Cell[] => [
    { key: 'year', value: 40, standing: 'free' },
    { key: 'q1', value: 4, standing: 'withheld', least },
    { key: 'q2', value: 15, standing: 'published', least },
    { key: 'q3', value: 21, standing: 'published', least },
  ];
  const sums: Sum[] = [{ left: ['year'], right: ['q1', 'q2', 'q3'] }];
  assert.deepEqual([...(suppress(cells(), sums, 3) ?? [])], [], 'the attack works where that is forgotten');
  assert.deepEqual([...(suppress(cells(5), sums, 3) ?? [])], ['year']);
});

test('how many orders of secrecy ran before the first report does not follow from it', () => {
  const facts: Fact[] = [steps('secrecy-ordered', 10), steps('secrecy-ended', 6), steps('secrecy-open', 7)];
  const [first] = publish(['2028-Q1'], new Map([['2028-Q1', facts]]));
  assert.equal(first?.withheld.size, 1, '7 + 6 - 10: three ran before');
});

// ------------------------------------------------------------------------------------------------ whole reports, at random

const steps = (of: Fact['of'], n: number, at: Fact['at'] = {}): Fact => ({
  ...{ of, at, n, hours: [] },
  commitments: new Uint8Array(32 * n),
});

const table = (of: Table['of'], where: Table['where'], ...by: Table['by']): Table => ({ id: `${of}`, of, where, by });
const SMALL: readonly Table[] = [
  table('received', {}, 'state'),
  table('received', {}, 'measure'),
  table('received', { instrument: 'I' }, 'measure'),
  table('received', {}, 'instrument'),
  table('decided', {}, 'state', 'outcome'),
  table('decided', { outcome: 'refuse' }, 'ground'),
  table('answered', {}),
  table('secrecy-ordered', {}),
  table('secrecy-ended', {}),
  table('secrecy-open', {}),
];

const period = (name: string): Period => periodOf(name) as Period;
const random = fc.integer({ min: 1, max: 2 ** 31 - 1 });
/** A quarter of an office: so many steps of each kind, told apart unevenly, as life is. */
function quarter(seed: number, busy: number, open: number): Fact[] {
  let state = seed;
  const below = (n: number): number => {
    state = (state * 48271) % 2147483647;
    return Math.floor((state / 2147483647) ** 2 * n);
  };
  const facts: Fact[] = [];
  const add = (of: Fact['of'], at: Fact['at']): void => void facts.push(steps(of, 1, at));
  const common = () => ({
    state: 'ABC'[below(3)] ?? 'A',
    measure: 'mn'[below(2)] ?? 'm',
    instrument: 'IJ-'[below(3)] ?? '-',
  });
  for (let n = below(busy) + below(busy); n > 0; n--) add('received', common());
  for (let n = below(busy) + below(busy); n > 0; n--) {
    const outcome = ['execute', 'refuse'][below(2)] ?? 'execute';
    add('decided', { ...common(), outcome, ...(outcome === 'refuse' ? { ground: 'gh'[below(2)] ?? 'g' } : {}) });
    if (below(3) < 2) add('answered', {});
  }
  const [ordered, ended] = [below(8), Math.min(open, below(8))];
  for (let n = 0; n < ordered; n++) add('secrecy-ordered', {});
  for (let n = 0; n < ended; n++) add('secrecy-ended', {});
  for (let n = 0; n < open + ordered - ended; n++) add('secrecy-open', {});
  return facts;
}

/** Publishes the periods one after the other, as an office would, and gives what is out at the end. */
function publish(order: readonly string[], quarters: ReadonlyMap<string, readonly Fact[]>, tables = SMALL) {
  const out: (Counted & { readonly withheld: ReadonlySet<string> })[] = [];
  for (const name of order) {
    const facts =
      name.length > 4
        ? (quarters.get(name) ?? [])
        : [...quarters].flatMap(([quarter, all]) =>
            all.filter(({ of }) => of !== 'secrecy-open' || quarter.endsWith('Q4')),
          );
    const figures = count(facts, tables);
    const fresh: Counted = { period: period(name), tables, figures, standing: () => 'free' };
    const { cells, sums } = systemOf([...out, fresh]);
    const found = suppress(cells, sums, LEAST);
    if (found === undefined) continue;
    const withheld = new Set([...figures.keys()].filter((key) => found.has(cellOf(fresh.period, key))));
    out.push({ ...fresh, withheld, standing: (key) => (withheld.has(key) ? 'withheld' : 'published') });
  }
  return out;
}

const QUARTERS = ['2028-Q1', '2028-Q2', '2028-Q3', '2028-Q4'];
function office(seed: number, busy: number): Map<string, Fact[]> {
  let open = seed % 7;
  return new Map(
    QUARTERS.map((name, n) => {
      const facts = quarter(((seed + n * 7919) % 2147483646) + 1, busy, open);
      open = facts.filter(({ of }) => of === 'secrecy-open').length;
      return [name, facts];
    }),
  );
}

test('whatever comes in, nothing withheld comes out: tables of one quarter', () => {
  fc.assert(
    fc.property(random, fc.integer({ min: 4, max: 40 }), (seed, busy) => {
      const out = publish(['2028-Q1'], office(seed, busy));
      const { cells, sums } = systemOf(out);
      assert.deepEqual(broken(cells, sums, new Set()), []);
    }),
    { numRuns: 100, seed: 20280302 },
  );
});

test('whatever comes in and in whichever order it is published, nothing comes out between a year and its quarters', () => {
  const orders = fc.constantFrom(
    [...QUARTERS, '2028'],
    ['2028', ...QUARTERS],
    ['2028-Q1', '2028-Q2', '2028', '2028-Q4'],
    ['2028-Q2', '2028'],
    ['2028-Q3', '2028-Q2', '2028-Q1'],
  );
  let published = 0;
  let shown = 0;
  fc.assert(
    fc.property(random, fc.integer({ min: 4, max: 30 }), orders, (seed, busy, order) => {
      const out = publish(order, office(seed, busy));
      published += out.length;
      shown += out.reduce((sum, { figures, withheld }) => sum + figures.size - withheld.size, 0);
      const { cells, sums } = systemOf(out);
      assert.deepEqual(broken(cells, sums, new Set()), []);
    }),
    { numRuns: 25, seed: 20280302 },
  );
  assert(published > 50 && shown > published * 4, `enough is still published (${published} reports, ${shown} figures)`);
});

test('every report has each of its tables, and the sums of what it really counted are right', () => {
  const facts = [...office(7, 40).values()].flat();
  const { cells, sums } = systemOf([
    {
      period: period('2028-Q1'),
      tables: TABLES,
      figures: count(facts, TABLES),
      standing: () => 'free',
    },
  ]);
  const values = new Map(cells.map(({ key, value }) => [key, value]));
  const add = (keys: readonly string[]): number => keys.reduce((sum, key) => sum + (values.get(key) ?? Number.NaN), 0);
  for (const { left, right } of sums) assert.equal(add(left), add(right), JSON.stringify([left, right]));
  assert(sums.length > 10);
});
