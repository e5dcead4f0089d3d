// Use cases of the hold: data are held at once, order by order, until a day; and let go with reasons and a message.

import { dayIn } from '../../domain/calendar/moment.ts';
import { standing } from '../../domain/decisions/decision.ts';
import { type CaseEvent, type CaseFile, evolve, type Reference } from '../../domain/docket/case-file.ts';
import * as hold from '../../domain/preservation/decide.ts';
import { lastDay } from '../../domain/preservation/deadline.ts';
import { release, releaseOrder } from '../../domain/preservation/end.ts';
import type { Item } from '../../domain/preservation/preservation.ts';
import { link } from '../../domain/requests/decide.ts';
import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept } from '../../kernel/outcome.ts';
import { no } from '../../kernel/refusal.ts';
import { type Acted, act, calendarOf, type Casework, type Decide, stepOn, type Target, write } from './act.ts';
import { endOf } from './holds-elsewhere.ts';
import { itemsAsked } from './assess-case.ts';
import type { Actor } from './ports.ts';
import { holdRules } from './terms.ts';

export type OrderInput = {
  readonly holder: string;
  readonly what: readonly Item[];
  readonly until: Day;
  readonly reasons: string;
};

/** What an order can be filled in with from the request: its accounts by holder, and the last day it may reach today. */
export function orderOffered(work: Casework, file: CaseFile, at: Instant) {
  const { targets = [] } = file.request.content;
  const { calendar } = work.office().settings;
  const ordered = file.preservation.orders.filter(({ end }) => end === null);
  const holders = [...new Set(targets.flatMap(({ service }) => (service ? [service] : [])))];
  const holder = holders.find((name) => !ordered.some((one) => one.holder === name)) ?? holders[0] ?? '';
  const { on: latest } = lastDay(holdRules(work, file).longestOrder, dayIn(at, calendar.timeZone), calendar);
  return { holder, holders, items: itemsAsked(file), latest };
}

/** The accounts and categories of the request that this holder has, as far as the request says who holds what. */
export const itemsOf = (file: CaseFile, holder: string): readonly Item[] => {
  const { targets = [] } = file.request.content;
  const theirs = new Set(targets.filter(({ service }) => service === holder).map((one) => one.identifierValue));
  const all = itemsAsked(file);
  return theirs.size === 0 ? all : all.filter(({ target }) => theirs.has(target));
};

/** Begins a hold where none runs, and orders a holder to keep data; the case's own request then waits for its decision. */
export const orderHold = (work: Casework, actor: Actor, target: Target, input: OrderInput): Promise<Acted> =>
  act(work, actor, 'hold.order', target, (file, at) => {
    const { calendar } = work.office().settings;
    const rules = holdRules(work, file);
    const events: CaseEvent[] = [];
    let now = file;
    const take = (more: readonly CaseEvent[]): void => {
      events.push(...more);
      for (const event of more) now = evolve(now, event, at, actor.id);
    };
    if (!hold.running(now.preservation, dayIn(at, calendar.timeZone))) {
      const opened = hold.open(now.preservation, { rules }, actor.id, at, calendar);
      if (!opened.ok) return opened;
      take(opened.value);
    }
    const ordered = hold.order(now.preservation, { ...input, rules }, actor.id, at, calendar);
    if (!ordered.ok) return ordered;
    take(ordered.value);
    if (waitsForItself(now)) {
      const pending = hold.requestPending(now.preservation, { request: now.reference }, actor.id, at, calendar);
      if (!pending.ok) return pending;
      take(pending.value);
    }
    return accept(events);
  });

/** Whether the request of the case asks for more than a hold, is not decided yet, and is not on the hold's list. */
const waitsForItself = (file: CaseFile): boolean => {
  const decided = standing(file.decisions);
  return (
    file.measure !== 'preservation' &&
    file.direction === 'incoming' &&
    (decided === undefined || decided.disposition === 'postpone' || decided.disposition === 'return') &&
    !file.preservation.hold?.pending.includes(file.reference)
  );
};

/** What the holder answered. */
export const confirmOrder = stepOn('hold.confirm', 'preservation', hold.confirm);

export const extendOrder = (
  work: Casework,
  actor: Actor,
  target: Target,
  input: { readonly order: number; readonly until: Day; readonly reasons: string },
): Promise<Acted> =>
  act(work, actor, 'hold.extend', target, (file, at) => {
    const rules = holdRules(work, file);
    return hold.extend(file.preservation, { ...input, rules }, actor.id, at, calendarOf(work));
  });

export const letOrderGo = stepOn('hold.release', 'preservation', releaseOrder);

export const letHoldGo = stepOn('hold.release', 'preservation', release);

/** A request in another case asks for what is held here: nothing is let go before that one is decided. */
export const waitForRequest = (
  work: Casework,
  actor: Actor,
  target: Target,
  { request }: { readonly request: Reference },
): Promise<Acted> =>
  act(work, actor, 'hold.order', target, async (file, at, tx) => {
    if (request === file.reference) return no('requests.link-itself');
    const other = await tx.load(request);
    if (other?.direction !== 'incoming') return no('preservation.request-missing');
    const waits = hold.requestPending(file.preservation, { request }, actor.id, at, calendarOf(work));
    if (!waits.ok || file.sealed) return waits;
    // By the link its case knows whom to tell. A sealed case is named in no other: its hold is settled by hand.
    const linked = link(other.request, file.reference, 'related', other.reference);
    if (linked.ok && linked.value.length > 0) await write(work, tx, other, linked.value, actor.id, at);
    return waits;
  });

/** That other request was decided or withdrawn. How is read from its own case, and not from what somebody says. */
export const requestSettled = (
  work: Casework,
  actor: Actor,
  target: Target,
  { request }: { readonly request: Reference },
): Promise<Acted> => act(work, actor, 'hold.order', target, settled(work, actor, request));

const settled =
  (work: Casework, actor: Actor, request: Reference): Decide =>
  async (file, at, tx) => {
    const other = request === file.reference ? file : await tx.load(request);
    const end = other && endOf(other);
    if (end === undefined) return no('preservation.request-waits', { request });
    return hold.requestDecided(file.preservation, { request, ...end }, actor.id, at, calendarOf(work));
  };

export { holdUntil, type Item, type Order, RELEASE_GROUNDS, runs } from '../../domain/preservation/preservation.ts';
