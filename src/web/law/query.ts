// What a reader of the law asked for: the day, the view, and the filters, as they stand in an address.

import { type Day, parseDay } from '../../kernel/calendar.ts';
import type { Effect, MeasureId } from '../../law/provision.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Html } from '../html.ts';
import { EFFECTS } from './effects.ts';

export const VIEWS = ['source', 'measure'] as const;
export type View = (typeof VIEWS)[number];

export type LawQuery = {
  readonly view: View;
  /** The words looked for, as they were typed. */
  readonly words: string;
  readonly measure: MeasureId | null;
  readonly effect: Effect | null;
  /** The day whose law is shown, and what was typed for it. */
  readonly day: Day;
  readonly typedDay: string;
  /** The day that was typed does not exist; the law of today is shown. */
  readonly wrongDay: boolean;
};

/** Longer searches are cut: no rule is found by more words than these. */
const MAX_WORDS = 200;

/** Reads an address; what is not known in it is as if it were not there, but a day that does not exist is said to be wrong. */
export function readQuery({ query, today, book }: Pick<PageContext, 'query' | 'today' | 'book'>): LawQuery {
  const typedDay = (query.get('as-of') ?? '').trim().slice(0, MAX_WORDS);
  const day = parseDay(typedDay);
  const measure = book.rules.measures.find((one) => one.id === query.get('measure'));
  return {
    view: VIEWS.find((one) => one === query.get('view')) ?? 'source',
    words: (query.get('q') ?? '').trim().slice(0, MAX_WORDS),
    measure: measure?.id ?? null,
    effect: EFFECTS.find((one) => one === query.get('effect')) ?? null,
    day: day.ok ? day.value : today,
    typedDay,
    wrongDay: typedDay !== '' && !day.ok,
  };
}

export const isFiltered = ({ words, measure, effect }: LawQuery): boolean =>
  words !== '' || measure !== null || effect !== null;

/** The address of the list with some of the query changed. */
export function lawAddress(query: LawQuery, today: Day, changes: Partial<LawQuery>, fragment = ''): string {
  const { view, words, measure, effect, day } = { ...query, ...changes };
  const parameters = new URLSearchParams();
  if (view !== 'source') parameters.set('view', view);
  if (words !== '') parameters.set('q', words);
  if (measure !== null) parameters.set('measure', measure);
  if (effect !== null) parameters.set('effect', effect);
  if (day !== today) parameters.set('as-of', day);
  return `/law${parameters.size > 0 ? `?${parameters}` : ''}${fragment === '' ? '' : `#${fragment}`}`;
}

/** The part of an address that keeps the day, when it is not today. */
export const keepDay = (day: Day, today: Day): string => (day === today ? '' : `?as-of=${day}`);

/** What to mend about the day; what was typed is said, because a field for dates cannot show it. */
export const dayError = ({ t }: Pick<PageContext, 't'>, typed: string): Html =>
  t.rich('law.error.day', { typed: bdi(typed), example: bdi('2028-03-01') });
