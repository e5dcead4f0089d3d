// Use cases of the lists: what waits for somebody, what an office has, and what a duty officer must know at once.

import type { Turn } from '../../domain/docket/standing.ts';
import { may } from '../../domain/registry/policy.ts';
import { addHours } from '../../kernel/instant.ts';
import type { Casework } from './casework.ts';
import type { Actor, Away, CaseLine, DocketCounts, DocketFilter, DocketPage, DocketQuery, Falling } from './ports.ts';

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
  const away = await store.awayFor(actor.id, world.today());
  const mine = [actor.id, ...away.map(({ person }) => person)];
  // A turn of this office is the name of a role.
  const turns = actor.roles as readonly Turn[];
  const [waiting, elsewhere] = await Promise.all([
    store.docket(actor.id, { turns, freeFor: mine, sort: 'due', size: MOST }),
    store.docket(actor.id, { assignees: mine, notTurns: turns, sort: 'due', size: MOST }),
  ]);
  const because = (line: CaseLine): WorkLine => {
    const absent = away.find(({ person }) => person === line.assignee) ?? null;
    return { line, why: line.assignee === actor.id ? 'assigned' : absent ? 'standing-in' : 'role', away: absent };
  };
  return {
    waiting: waiting.lines.map(because),
    elsewhere: elsewhere.lines.map(because),
    more: waiting.next !== null || elsewhere.next !== null,
    away,
  };
}

export type Listed = { readonly page: DocketPage; readonly counts: DocketCounts };

/** One page of the docket, and how many there are at each stage when the stage is left open. */
export async function listCases(
  { store, world }: Casework,
  actor: Actor,
  query: DocketQuery,
): Promise<Listed | undefined> {
  if (!may(actor.roles, 'docket.read')) return undefined;
  const { stage: _, ...others } = query;
  const [page, counts] = await Promise.all([
    store.docket(actor.id, query),
    store.counts(actor.id, world.now(), others satisfies DocketFilter),
  ]);
  return { page, counts };
}

/** How far ahead the desk looks, in hours. */
export const AHEAD = 24;
const AT_THE_DESK = 50;

export type AtTheDesk = {
  readonly emergencies: DocketPage;
  readonly calls: DocketPage;
  readonly unacknowledged: DocketPage;
  readonly falling: readonly Falling[];
};

/** What cannot wait for the morning. An emergency nobody acknowledged stands first and only once. */
export async function atTheDesk({ store, world }: Casework, actor: Actor): Promise<AtTheDesk | undefined> {
  if (!may(actor.roles, 'docket.read')) return undefined;
  const list = (filter: DocketFilter): Promise<DocketPage> =>
    store.docket(actor.id, { ...filter, sort: 'due', size: AT_THE_DESK });
  const [emergencies, calls, received, falling] = await Promise.all([
    list({ stage: 'received', urgency: 'emergency' }),
    list({ toCall: true }),
    list({ stage: 'received' }),
    store.falling(actor.id, addHours(world.now(), AHEAD), AT_THE_DESK),
  ]);
  const lines = received.lines.filter(({ urgency }) => urgency !== 'emergency');
  return { emergencies, calls, unacknowledged: { ...received, lines }, falling };
}
