// Use cases of the lists: what waits for somebody, what an office has, and what a duty officer must know at once.

import type { Turn } from '../../domain/docket/standing.ts';
import { may } from '../../domain/registry/policy.ts';
import { addDays } from '../../kernel/calendar.ts';
import { addHours, type Instant, instantAt, millisecondsOf } from '../../kernel/instant.ts';
import { instantOf, type Moment } from '../../domain/calendar/moment.ts';
import { byName, type Colleague, WORKING } from './assign.ts';
import { filterFor, lineFor } from './blinding.ts';
import type { Casework } from './casework.ts';
import type {
  Actor,
  Away,
  CaseLine,
  DocketFilter,
  DocketPage,
  DocketQuery,
  Falling,
  Listed,
  SavedView,
} from './ports.ts';

/** The most lines that one list of work shows; whoever has more is led to the docket. */
export const MOST = 100;

/** Why a line stands in somebody's list. */
export type Why = 'assigned' | 'standing-in' | 'role';
export type WorkLine = { readonly line: CaseLine; readonly why: Why; readonly away: Away | null };

export type MyWork = {
  /** What this person can do now, due first. */
  readonly waiting: readonly WorkLine[];
  /** What is theirs and waits for somebody else. */
  readonly elsewhere: readonly WorkLine[];
  /** Whether there is more than is shown. */
  readonly more: boolean;
  readonly away: readonly Away[];
};

/** What waits for somebody's roles and nobody has taken, what is assigned to them, and to those they stand in for. */
export async function myWork({ store, world }: Casework, actor: Actor): Promise<MyWork | undefined> {
  if (!may(actor.roles, 'case.read')) return undefined;
  // A turn of this office is the name of a role.
  const turns = actor.roles as readonly Turn[];
  const others = { than: turns, person: actor.id };
  const { away, waiting, elsewhere } = await store.lists(actor.id, async (ask) => {
    const away = await ask.awayFor(world.today());
    const mine = [actor.id, ...away.map(({ person }) => person)];
    const [waiting, elsewhere] = await Promise.all([
      ask.docket({ turns, mayTake: actor.id, freeFor: mine, sort: 'due', size: MOST }),
      ask.docket({ assignees: mine, waitsForOthers: others, sort: 'due', size: MOST }),
    ]);
    return { away, waiting, elsewhere };
  });
  const because = (line: CaseLine): WorkLine => {
    const absent = away.find(({ person }) => person === line.assignee) ?? null;
    return {
      line: lineFor(actor, line),
      why: line.assignee === actor.id ? 'assigned' : absent ? 'standing-in' : 'role',
      away: absent,
    };
  };
  return {
    waiting: waiting.lines.map(because),
    elsewhere: elsewhere.lines.map(because),
    more: waiting.next !== null || elsewhere.next !== null,
    away,
  };
}

/** Ways to say by when something is due, and how many days ahead each looks; null is what is over already. */
export const DUE_WITHIN = { overdue: null, today: 0, week: 7, month: 30 } as const;
export type DueWithin = keyof typeof DUE_WITHIN;

/** The moment before which what is due by then falls. */
export function dueBefore({ world, office }: Casework, within: DueWithin): Instant {
  const days = DUE_WITHIN[within];
  if (days === null) return world.now();
  const midnight = `${addDays(world.today(), days + 1)}T00:00` as Moment;
  const end = instantOf(midnight, office().settings.calendar.timeZone) ?? world.now();
  // A last day runs out at the very moment at which the next begins, so that moment belongs to it.
  return instantAt(millisecondsOf(end) + 1);
}

/** Lines of the docket alone, for whoever reads many pages of it at once. */
export const linesOf = async (
  { store }: Casework,
  actor: Actor,
  query: DocketQuery,
): Promise<DocketPage | undefined> =>
  may(actor.roles, 'docket.read') ? pageFor(actor, await store.docket(actor.id, filterFor(actor, query))) : undefined;

const pageFor = (actor: Actor, page: DocketPage): DocketPage => ({
  ...page,
  lines: page.lines.map((line) => lineFor(actor, line)),
});

export type Docket = Listed & { readonly views: readonly SavedView[]; readonly people: readonly Colleague[] };

/** One page of the docket with how many there are at each stage when the stage is left open, this person's views, and who works here. */
export const listCases = async (
  { store, world }: Casework,
  actor: Actor,
  query: DocketQuery,
): Promise<Docket | undefined> => {
  if (!may(actor.roles, 'docket.read')) return undefined;
  const [views, people, listed] = await store.lists(actor.id, (ask) =>
    Promise.all([ask.views(), ask.colleagues(WORKING), ask.list(world.now(), filterFor(actor, query))]),
  );
  return { ...listed, page: pageFor(actor, listed.page), views, people: byName(people) };
};

/** How far ahead the desk looks, in hours. */
export const AHEAD = 24;
const AT_THE_DESK = 50;

export type AtTheDesk = {
  readonly emergencies: DocketPage;
  readonly calls: DocketPage;
  readonly unacknowledged: DocketPage;
  readonly falling: readonly Falling[];
  /** Open cases with something overdue, counted up to one more than `MOST_COUNTED`. */
  readonly overdue: number;
};

/** What cannot wait for the morning. An emergency nobody acknowledged stands first and only once. */
export async function atTheDesk({ store, world }: Casework, actor: Actor): Promise<AtTheDesk | undefined> {
  if (!may(actor.roles, 'docket.read')) return undefined;
  const now = world.now();
  const { emergencies, calls, received, falling, overdue } = await store.lists(actor.id, async (ask) => {
    const list = async (filter: DocketFilter): Promise<DocketPage> =>
      pageFor(actor, await ask.docket({ ...filter, sort: 'due', size: AT_THE_DESK }));
    const [emergencies, calls, received, falling, { overdue }] = await Promise.all([
      list({ stage: 'received', urgency: 'emergency' }),
      list({ toCall: true }),
      list({ stage: 'received' }),
      ask.falling(addHours(now, AHEAD), AT_THE_DESK, now),
      ask.counts(now),
    ]);
    return { emergencies, calls, received, falling, overdue };
  });
  const lines = received.lines.filter(({ urgency }) => urgency !== 'emergency');
  return {
    emergencies,
    calls,
    unacknowledged: { ...received, lines },
    falling: falling.map(({ term, line }) => ({ term, line: lineFor(actor, line) })),
    overdue,
  };
}
