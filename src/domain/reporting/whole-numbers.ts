// Whole numbers that satisfy a few sums: by the simplex method (phase one, Bland's rule), and then checked without rounding.

export type Equation = {
  /** Which unknown, and whether it is added or taken away. */
  readonly entries: readonly (readonly [unknown: number, sign: 1 | -1])[];
  readonly sum: number;
};

const TINY = 1e-6;

/** How often a corner that is no whole number is cut off. */
const MOST_CUTS = 6;

/** One set of whole numbers, none below its least, that satisfies all; undefined where none was found, which is no proof that there is none. */
export function solution(
  equations: readonly Equation[],
  least: readonly number[],
  cuts = MOST_CUTS,
): readonly number[] | undefined {
  const found = corner(equations, least);
  if (found === undefined) return undefined;
  const broken = found.findIndex((one) => Math.abs(one - Math.round(one)) > TINY);
  if (broken >= 0) {
    if (cuts === 0) return undefined;
    const below = Math.floor(found[broken] ?? 0);
    // At most `below`: with one unknown more that takes up the rest.
    const under: Equation = {
      entries: [
        [broken, 1],
        [least.length, 1],
      ],
      sum: below,
    };
    const above = least.map((one, n) => (n === broken ? below + 1 : one));
    return (
      solution(equations, above, cuts - 1) ??
      solution([...equations, under], [...least, 0], cuts - 1)?.slice(0, least.length)
    );
  }
  const whole = found.map((one) => Math.round(one));
  const holds = ({ entries, sum }: Equation): boolean =>
    entries.reduce((all, [n, sign]) => all + sign * (whole[n] ?? Number.NaN), 0) === sum;
  return whole.every((one, n) => one >= (least[n] ?? 0)) && equations.every(holds) ? whole : undefined;
}

/** A corner of all that is possible in fractions; the sums of tables have corners in whole numbers, nearly always. */
function corner(equations: readonly Equation[], least: readonly number[]): number[] | undefined {
  const count = least.length;
  // A row an equation: the unknowns above their least, what is still missing, in the last column.
  const rows = equations.map(({ entries, sum }) => {
    const row = new Float64Array(count + 1);
    row[count] = sum;
    for (const [n, sign] of entries) {
      row[n] = (row[n] ?? 0) + sign;
      row[count] = (row[count] ?? 0) - sign * (least[n] ?? 0);
    }
    return (row[count] ?? 0) < 0 ? row.map((one) => -one) : row;
  });
  // What is missing in all rows together, as a row of its own.
  const missing = new Float64Array(count + 1);
  for (const row of rows) add(missing, row, 1);
  const basis: (number | null)[] = rows.map(() => null);
  for (;;) {
    const enters = missing.findIndex((one, n) => n < count && one > TINY);
    if (enters < 0 || (missing[count] ?? 0) < TINY) break;
    const leaves = leaving(rows, basis, enters, count);
    if (leaves === undefined) break;
    pivot(rows, missing, leaves, enters);
    basis[leaves] = enters;
  }
  if ((missing[count] ?? 0) > TINY) return undefined;
  const values = [...least];
  for (const [i, n] of basis.entries()) if (n !== null) values[n] = (values[n] ?? 0) + (rows[i]?.[count] ?? 0);
  return values;
}

/** Of the rows that bind first the one that goes; by Bland's rule, so that it ends. */
function leaving(
  rows: readonly Float64Array[],
  basis: readonly (number | null)[],
  enters: number,
  last: number,
): number | undefined {
  let leaves: number | undefined;
  let best = Number.POSITIVE_INFINITY;
  for (const [i, row] of rows.entries()) {
    const by = row[enters] ?? 0;
    if (by <= TINY) continue;
    const ratio = (row[last] ?? 0) / by;
    const earlier = (basis[i] ?? -1) < (leaves === undefined ? -1 : (basis[leaves] ?? -1));
    if (ratio < best - TINY || (ratio < best + TINY && earlier)) {
      leaves = i;
      best = ratio;
    }
  }
  return leaves;
}

function pivot(rows: readonly Float64Array[], missing: Float64Array, leaves: number, enters: number): void {
  const row = rows[leaves];
  const by = row?.[enters];
  if (row === undefined || by === undefined) return;
  for (let k = 0; k < row.length; k++) row[k] = (row[k] ?? 0) / by;
  for (const other of rows) if (other !== row) add(other, row, -(other[enters] ?? 0));
  add(missing, row, -(missing[enters] ?? 0));
}

function add(to: Float64Array, row: Float64Array, times: number): void {
  if (times === 0) return;
  for (let k = 0; k < to.length; k++) to[k] = (to[k] ?? 0) + times * (row[k] ?? 0);
}
