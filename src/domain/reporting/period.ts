// The periods of reports: quarters, and the years they make up. A report of a month would be too thin to publish.

import { addDays, type Day } from '../../kernel/calendar.ts';

/** `2028-Q3` or `2028`. */
export type PeriodName = string & { readonly __brand: 'PeriodName' };
export type Period = {
  readonly name: PeriodName;
  readonly from: Day;
  /** Its last day. */
  readonly until: Day;
};

const NAME = /^(\d{4})(?:-Q([1-4]))?$/;
const two = (n: number): string => String(n).padStart(2, '0');

/** The period of that name; undefined where there is none. */
export function periodOf(name: string): Period | undefined {
  const [, year, quarter] = NAME.exec(name) ?? [];
  if (year === undefined || year < '0001') return undefined;
  const first = quarter === undefined ? 1 : Number(quarter) * 3 - 2;
  const after = quarter === undefined ? 13 : first + 3;
  const next = after > 12 ? `${String(Number(year) + 1).padStart(4, '0')}-01-01` : `${year}-${two(after)}-01`;
  return { name: name as PeriodName, from: `${year}-${two(first)}-01` as Day, until: addDays(next as Day, -1) };
}

export const isYear = ({ name }: Pick<Period, 'name'>): boolean => !name.includes('Q');

/** The quarters that a period is made of: a quarter is made of itself. */
export function quartersOf(period: Period): readonly Period[] {
  if (!isYear(period)) return [period];
  return [1, 2, 3, 4].map((n) => periodOf(`${period.name}-Q${n}`)).filter((one) => one !== undefined);
}

/** The quarter before. */
export const quarterBefore = ({ from }: Period): Period => quarterWith(addDays(from, -1));
export const quarterWith = (day: Day): Period =>
  periodOf(`${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`) as Period;

/** Every period that lies between the two days and is over, the latest first; a year stands after its quarters. */
export function endedPeriods(since: Day, today: Day): readonly Period[] {
  const ended: Period[] = [];
  for (let one = quarterBefore(quarterWith(today)); one.until >= since; one = quarterBefore(one)) {
    if (one.name.endsWith('Q4')) ended.push(periodOf(one.name.slice(0, 4)) as Period);
    ended.push(one);
  }
  return ended;
}
