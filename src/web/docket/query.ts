// What a docket is asked for, out of an address: what is unknown is left out, and what is kept can be said as a sentence.

import type { Context } from 'hono';
import { DUE_WITHIN, type DueWithin, dueBefore } from '../../app/casework/docket.ts';
import type { DocketQuery } from '../../app/casework/ports.ts';
import { searchTerms } from '../../domain/docket/search.ts';
import { STAGES, type Stage, type Turn } from '../../domain/docket/standing.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { OUTCOMES } from '../../law/verdict.ts';
import type { Desk, DeskEnv } from '../casework/context.ts';
import { stateCode, stateText } from '../check/words.ts';
import type { FieldError } from '../components/error-summary.ts';
import { measureOf } from './lines.ts';

export const TURNS = [
  'duty-officer',
  'reviewer',
  'approver',
  'executing-unit',
  'requesting',
  'requested',
] as const satisfies readonly Turn[];
export const URGENCIES = ['routine', 'expedited', 'emergency'] as const;
export const PAGE_SIZE = 50;
/** Longer than any reference, account or name; what goes beyond is no search. */
const LONGEST_WORDS = 200;

/** The names of the fields, in the order in which addresses and saved views carry them. */
export const FIELDS = [
  'q',
  'direction',
  'state',
  'measure',
  'stage',
  'outcome',
  'turn',
  'urgency',
  'assignee',
  'due',
  'closed',
  'sort',
] as const;
export type Field = (typeof FIELDS)[number];

export type Asked = {
  readonly query: DocketQuery;
  /** What was understood, by field, as it stands in an address. */
  readonly fields: { readonly [F in Field]?: string };
  readonly errors: readonly FieldError[];
  /** What was typed for the State, as the form shows it again. */
  readonly typedState: string;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** A place in a list, as the page before gave it; anything else begins at the beginning. */
const PLACE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the query of an address. */
export function readQuery(desk: Desk, given: URLSearchParams): Asked {
  const { language, book, t } = desk.page;
  const fields: { [F in Field]?: string } = {};
  const errors: FieldError[] = [];
  const one = (name: string): string => (given.get(name) ?? '').trim();
  const among = <T extends string>(field: Field, known: readonly T[]): T | undefined => {
    const found = known.find((value) => value === one(field));
    if (found !== undefined) fields[field] = found;
    return found;
  };
  const words = one('q').slice(0, LONGEST_WORDS);
  if (words !== '') fields.q = words;
  const typed = one('state');
  const state = typed === '' ? undefined : stateCode(typed, language);
  if (state !== undefined) fields.state = state;
  if (typed !== '' && state === undefined) errors.push({ field: 'state', message: t('casework.views.wrongState') });

  const direction = among('direction', ['incoming', 'outgoing']);
  const measure = among('measure', book.rules.measures.map(({ id }) => id) as string[]);
  const stage = among<Stage>('stage', STAGES);
  const outcome = among('outcome', OUTCOMES);
  const turn = among<Turn>('turn', TURNS);
  const urgency = among('urgency', URGENCIES);
  const due = among('due', Object.keys(DUE_WITHIN) as DueWithin[]);
  const closed = stage === 'closed' || among('closed', ['yes']) !== undefined;
  const sort = among('sort', ['received']) ?? 'due';
  const after = given.get('after') ?? '';
  const query: DocketQuery = {
    ...(direction && { direction }),
    ...(state !== undefined && { state }),
    ...(measure !== undefined && { measure }),
    ...(stage && { stage }),
    ...(outcome && { outcome }),
    ...(turn && { turns: [turn] }),
    ...(urgency && { urgency }),
    ...assigned(desk, one('assignee'), fields),
    ...(due && { dueBefore: dueBefore(desk.work, due) }),
    ...(words !== '' && { words: searchTerms(words) }),
    closed,
    sort,
    ...(PLACE.test(after) && { after }),
    size: PAGE_SIZE,
  };
  return { query, fields, errors, typedState: state === undefined ? typed : stateText(state, language) };
}

function assigned(desk: Desk, asked: string, fields: { assignee?: string }): Partial<DocketQuery> {
  if (asked !== 'me' && asked !== 'nobody' && !UUID.test(asked)) return {};
  fields.assignee = asked;
  if (asked === 'nobody') return { unassigned: true };
  return { assignees: [asked === 'me' ? desk.actor.id : (asked as PersonId)] };
}

export const queryOf = (c: Context<DeskEnv>): URLSearchParams => new URL(c.req.url).searchParams;

/** The address of a list with some of its fields set otherwise; an empty value takes the field out. */
export function addressOf(
  fields: Asked['fields'],
  change: { readonly [F in Field]?: string } & { readonly after?: string } = {},
  path = '/docket',
): string {
  const next = new URLSearchParams();
  for (const field of FIELDS) {
    const value = change[field] ?? fields[field] ?? '';
    if (value !== '') next.set(field, value);
  }
  if (change.after) next.set('after', change.after);
  return next.size > 0 ? `${path}?${next}` : path;
}

/** The filters as part of a sentence: "incoming, with AA, being assessed, due this week". `name` is the assignee's. */
export function sayFilters(desk: Desk, { fields }: Asked, name: string): string {
  const { t, language } = desk.page;
  const said: string[] = [];
  const { direction, state, measure, stage, outcome, turn, urgency, assignee, due, q } = fields;
  if (direction) said.push(t(`casework.direction.${direction}`));
  if (state) said.push(t('casework.list.say.state', { state: stateText(state, language) }));
  if (measure) said.push(t('casework.list.say.measure', { measure: measureOf(desk, measure) }));
  if (stage) said.push(t(`casework.stage.${stage}`));
  if (fields.closed && stage !== 'closed') said.push(t('casework.list.say.closed'));
  if (outcome) said.push(t('casework.list.say.outcome', { outcome: t(`site.outcome.${outcome}`) }));
  if (urgency) said.push(t(`casework.list.urgency.${urgency}`));
  if (turn) said.push(t('casework.list.say.turn', { turn: t(`casework.turn.${turn}`) }));
  if (assignee) said.push(t(`casework.list.say.assignee.${assignee.length > 6 ? 'person' : assignee}`, { name }));
  if (due === 'overdue') said.push(t('casework.list.say.due.overdue'));
  else if (due) said.push(t('casework.list.say.due', { when: t(`casework.list.due.${due}`) }));
  if (q) said.push(t('casework.list.say.words', { words: q }));
  return said.length === 0
    ? t('casework.list.say.open')
    : said.reduce((first, second) => t('site.joined', { first, second }));
}
