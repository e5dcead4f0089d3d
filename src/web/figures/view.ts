// What a report says, as sheets of words and numbers in the reader's language: the page, the PDF and the charts are made from these.

import type { Report, Shown } from '../../app/reporting/report.ts';
import { type At, type Dimension, keyOf, type Kind, type Table } from '../../domain/reporting/figures.ts';
import { say } from '../../kernel/language.ts';
import type { ProvisionId } from '../../law/provision.ts';
import { stateText } from '../check/words.ts';
import { citeName } from '../components/cite.ts';
import type { PageContext } from '../context.ts';
import { sayNumber } from '../messages.ts';

/** A report, or what one would say. */
export type Told = Pick<Report, 'tables' | 'times' | 'statistics' | 'threshold'> & {
  readonly figures: readonly Shown[];
};

export type Row = { readonly label: string; readonly numbers: readonly (number | null)[] };
export type Sheet = {
  readonly id: string;
  readonly title: string;
  /** Over the labels, then over each number. */
  readonly head: readonly string[];
  readonly rows: readonly Row[];
  readonly total: Row | null;
  /** Whether a chart of the first numbers says something. */
  readonly chart: boolean;
};
export type Section = { readonly id: string; readonly title: string; readonly sheets: readonly Sheet[] };

type Context = Pick<PageContext, 't' | 'language' | 'book'>;

/** The parts of the page, and which tables stand in each; several that are one number each stand together. */
const SECTIONS: readonly (readonly [id: string, ...sheets: (string | readonly string[])[]])[] = [
  ['received', 'received-by-state', 'received-by-measure', 'received-by-instrument', 'received-by-urgency', ['sealed']],
  ['decided', 'decided-by-outcome', 'decided-by-state-by-outcome', 'decided-by-measure', 'decided-by-instrument'],
  ['grounds', 'refused-by-ground', 'postponed-by-ground'],
  ['emergency', 'validation-by-how'],
  ['holds', ['held']],
  ['secrecy', ['secrecy-ordered', 'secrecy-open'], 'secrecy-ended-by-how'],
  ['people', ['told', 'notice-delayed', 'notice-not-needed', 'complaint'], 'complaint-answered-by-how'],
];

/** Beside the tables of the report: one dimension of a table of two, and what is no table. */
const DERIVED: readonly Table[] = [
  { id: 'decided-by-outcome', of: 'decided', where: {}, by: ['outcome'] },
  { id: 'sealed', of: 'sealed', where: {}, by: [] },
];

export const sectionsOf = (context: Context, told: Told): readonly Section[] =>
  SECTIONS.map(([id, ...sheets]) => ({
    id,
    title: context.t(`figures.section.${id}`),
    sheets: sheets.flatMap((one) =>
      typeof one === 'string' ? divided(context, told, one) : single(context, told, id, one),
    ),
  })).filter(({ sheets }) => sheets.length > 0);

const tableOf = (told: Told, id: string): Table | undefined =>
  [...told.tables, ...DERIVED].find((one) => one.id === id);
const numberOf = (told: Told, of: Kind, at: At): number | null => {
  const found = told.figures.find((one) => keyOf(one) === keyOf({ of, at }));
  return found === undefined ? 0 : found.n;
};
const isThere = (told: Told, of: Kind): boolean => told.figures.some((one) => one.of === of);

function single(context: Context, told: Told, section: string, ids: readonly string[]): Sheet[] {
  const { t } = context;
  const rows = ids
    .map((id) => tableOf(told, id))
    .filter((one): one is Table => one !== undefined && isThere(told, one.of))
    .map(({ id, of, where }) => ({ label: t(`figures.table.${id}`), numbers: [numberOf(told, of, where)] }));
  if (rows.length === 0) return [];
  const head = [t('figures.dimension.what'), t('figures.number')];
  return [{ id: `${section}-numbers`, title: t('figures.table.single'), head, rows, total: null, chart: false }];
}

function divided(context: Context, told: Told, id: string): Sheet[] {
  const table = tableOf(told, id);
  return table === undefined ? [] : [sheetOf(context, told, table)];
}

/** A table in words; by one thing down, and where there is a second, by it across. `called` where the catalogue has no name for it. */
export function sheetOf(context: Context, told: Told, table: Table, called = ''): Sheet {
  const { t } = context;
  const { id, of, where, by } = table;
  const key = [id, of]
    .map((one) => `figures.table.${one}`)
    .find((one) => t.has(one) && (by.length === 0 || one.endsWith(id)));
  const title = key === undefined ? called : t(key);
  const [down, across] = by;
  const total = (at: At): number | null => numberOf(told, of, { ...where, ...at });
  const inTable = told.figures.filter((one) => one.of === of && contains(one.at, where));
  /** Those of which there is any, the most frequent first. */
  const values = (dimension: Dimension): string[] =>
    [...new Set(inTable.flatMap((one) => one.at[dimension] ?? []))]
      .filter((value) => total({ [dimension]: value }) !== 0)
      .sort((a, b) => (total({ [dimension]: b }) ?? 0) - (total({ [dimension]: a }) ?? 0));
  if (down === undefined)
    return {
      id,
      title,
      head: [t('figures.dimension.what'), t('figures.number')],
      rows: [{ label: title, numbers: [total({})] }],
      total: null,
      chart: false,
    };
  const columns = across === undefined ? [] : values(across);
  const rowFor = (label: string, at: At): Row => ({
    label,
    numbers: [...columns.map((value) => total({ ...at, [across ?? down]: value })), total(at)],
  });
  const rows = values(down)
    .map((value) => rowFor(wordFor(context, down, value, of), { [down]: value }))
    .sort((a, b) => (last(b) ?? 0) - (last(a) ?? 0) || (a.label < b.label ? -1 : 1));
  return {
    id,
    title,
    head: [
      t(`figures.dimension.${down}`),
      ...columns.map((value) => wordFor(context, across ?? down, value, of)),
      t(across === undefined ? 'figures.number' : 'figures.total'),
    ],
    rows,
    total: rows.length === 0 ? null : rowFor(t('figures.total'), {}),
    chart: across === undefined && rows.length > 1 && rows.some((row) => last(row) !== null),
  };
}
const last = ({ numbers }: Row): number | null => numbers.at(-1) ?? null;
const contains = (at: At, where: At): boolean =>
  Object.entries(where).every(([dimension, value]) => at[dimension as Dimension] === value);

/** What a value is called. Ids of the law are called what the law data call them. */
function wordFor(context: Context, dimension: Dimension, value: string, of: Kind): string {
  const { t, language, book } = context;
  const { rules } = book;
  if (value === '-') return t.has(`figures.none.${dimension}`) ? t(`figures.none.${dimension}`) : value;
  switch (dimension) {
    case 'state':
      return stateText(value, language);
    case 'measure': {
      const measure = rules.measures.find(({ id }) => id === value);
      return measure === undefined ? value : say(measure.title, language);
    }
    case 'instrument': {
      const pack = rules.packs.find(({ id }) => id === value);
      return pack === undefined ? value : say(pack.short, language);
    }
    case 'ground':
      return plain(String(citeName(context, value as ProvisionId)));
    case 'urgency':
      return t(`casework.list.urgency.${value}`);
    case 'outcome':
      return t(`decision.is.${value}`);
    case 'how': {
      const key = of === 'complaint-answered' ? `events.word.complaint.${value}` : `figures.how.${value}`;
      return t.has(key) ? t(key) : value;
    }
  }
}

/** The text of a little markup of ours. */
const plain = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

export type TimeRow = {
  readonly label: string;
  readonly count: number | null;
  readonly hours: readonly number[] | null;
};

/** How long steps took, in the order in which they come. */
export function timesOf({ t }: Context, told: Told): readonly TimeRow[] {
  return (['acknowledged', 'answered', 'executed', 'closed'] as const).map((of) => ({
    label: t(`figures.time.${of}`),
    count: numberOf(told, of, {}),
    hours: told.times.find((one) => keyOf(one) === of)?.hours ?? null,
  }));
}

/** Hours up to three days, days beyond. */
export const sayTime = ({ t }: Context, hours: number): string =>
  hours < 72 ? t('figures.time.hours', { hours }) : t('figures.time.days', { days: Math.round(hours / 24) });

/** A number, or that it is withheld. */
export const sayFigure = ({ t, language }: Context, n: number | null): string =>
  n === null ? t('figures.withheld') : sayNumber(n, language);

/** "third quarter of 2028", or "the year 2028". */
export function periodText({ t, language }: Context, name: string): string {
  const [year = '', quarter] = name.split('-');
  const said = sayNumber(Number(year), language);
  return quarter === undefined
    ? t('figures.period.year', { year: said })
    : t('figures.period.quarter', { quarter, year: said });
}

/** For a message: how many are withheld, of how many. */
export const withheldIn = ({ language }: Pick<Context, 'language'>, { figures }: Pick<Told, 'figures'>) => ({
  withheld: figures.filter(({ n }) => n === null).length,
  figures: sayNumber(figures.length, language),
});
