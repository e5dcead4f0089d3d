// What may be done with a hold while it runs: open, order, confirm, extend, and wait for a decision.

import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import { dayIn } from '../calendar/moment.ts';
import type { OfficeCalendar } from '../calendar/office.ts';
import type { PersonId } from '../registry/person.ts';
import { type DayRule, lastDay } from './deadline.ts';
import {
  type Confirmation,
  type Hold,
  type HoldRules,
  holdUntil,
  type Item,
  type Order,
  type Preservation,
  type PreservationEvent,
  runs,
} from './preservation.ts';

export type Decided = Outcome<PreservationEvent[], Refusal>;

/** Begins the shortest time for which the data are kept. One hold at a time; its orders can go to many holders. */
export function open(
  state: Preservation,
  { rules }: { readonly rules: HoldRules },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  if (state.hold && runs(state.hold)) return no('preservation.already-held');
  const since = dayIn(at, office.timeZone);
  const { on: atLeastUntil, clock } = lastDay(rules.minimum, since, office);
  return accept([{ type: 'preservation.opened', hold: (state.hold?.no ?? 0) + 1, since, atLeastUntil, clock }]);
}

export type NewOrder = {
  readonly holder: string;
  readonly what: readonly Item[];
  readonly until: Day;
  readonly reasons: string;
  readonly rules: HoldRules;
};

/** Orders a holder to keep data, through `until` and no longer than the rules let one order last. */
export function order(
  state: Preservation,
  { holder, what, until, reasons, rules }: NewOrder,
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const today = dayIn(at, office.timeZone);
  const hold = running(state, today);
  if (!hold) return no('preservation.not-held');
  if (holder.trim() === '') return no('preservation.holder-missing');
  if (what.length === 0 || what.some(isBlank)) return no('preservation.items-missing');
  if (reasons.trim() === '') return no('preservation.reasons-missing');
  if (until < today) return no('preservation.ends-in-the-past', { until });
  const bound = boundOf(rules.longestOrder, until, today, office);
  if (!bound.ok) return bound;
  return accept([
    {
      type: 'preservation.ordered',
      order: state.orders.length + 1,
      hold: hold.no,
      holder: holder.trim(),
      what,
      from: today,
      until,
      clock: bound.value,
      reasons: reasons.trim(),
    },
  ]);
}

/** What the holder answered; a later answer replaces it. It is taken even when the order has ended, for it is a fact. */
export function confirm(
  state: Preservation,
  { order, held, notFound, otherProviderInPath }: { readonly order: number } & Omit<Confirmation, 'on'>,
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const found = state.orders.find((one) => one.no === order);
  if (!found) return no('preservation.no-such-order', { order });
  const other = otherProviderInPath.trim();
  if (held.length + notFound.length === 0 && other === '') return no('preservation.confirmation-empty');
  const answered = [...held, ...notFound];
  if (answered.some((item) => !has(found.what, item))) return no('preservation.item-not-ordered');
  if (held.some((item) => has(notFound, item))) return no('preservation.item-held-and-not-found');
  const on = dayIn(at, office.timeZone);
  return accept([{ type: 'preservation.confirmed', order, on, held, notFound, otherProviderInPath: other }]);
}

/** Lengthens an order that still binds, with reasons; from today it may last as long as a new one, and never shorter. */
export function extend(
  state: Preservation,
  command: { readonly order: number; readonly until: Day; readonly reasons: string; readonly rules: HoldRules },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const { order, until, reasons, rules } = command;
  const today = dayIn(at, office.timeZone);
  const found = orderInForce(state, order, today);
  if (!found.ok) return found;
  if (reasons.trim() === '') return no('preservation.reasons-missing');
  if (until <= found.value.until) return no('preservation.extension-not-longer', { until: found.value.until });
  const bound = boundOf(rules.longestOrder, until, today, office);
  if (!bound.ok) return bound;
  return accept([
    { type: 'preservation.extended', order, from: today, until, clock: bound.value, reasons: reasons.trim() },
  ]);
}

/** A request to hand over the held data came: nothing is released before it is decided. */
export function requestPending(
  state: Preservation,
  { request }: { readonly request: string },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const hold = running(state, dayIn(at, office.timeZone));
  if (!hold) return no('preservation.not-held');
  if (request.trim() === '') return no('preservation.request-missing');
  if (hold.pending.includes(request.trim())) return no('preservation.already-pending', { request });
  return accept([{ type: 'preservation.request-pending', request: request.trim() }]);
}

/** It was decided, or withdrawn. The hold goes on when data are to be produced; else it waits to be released. */
export function requestDecided(
  state: Preservation,
  { request, execute }: { readonly request: string; readonly execute: boolean },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  if (!state.hold || !runs(state.hold)) return no('preservation.not-held');
  if (!state.hold.pending.includes(request)) return no('preservation.not-pending', { request });
  const on = dayIn(at, office.timeZone);
  return accept([{ type: 'preservation.request-decided', request, on, execute }]);
}

/** The hold, if it runs and its last day has not passed: what ended is not revived because the clock has not looked yet. */
export function running(state: Preservation, today: Day): Hold | undefined {
  const until = holdUntil(state);
  return state.hold && until !== null && today <= until ? state.hold : undefined;
}

/** The order, if it binds on that day. */
export function orderInForce(state: Preservation, order: number, today: Day): Outcome<Order, Refusal> {
  const found = state.orders.find((one) => one.no === order);
  if (!found) return no('preservation.no-such-order', { order });
  if (!runs(found) || today > found.until) return no('preservation.order-ended', { order, until: found.until });
  return accept(found);
}

/** The clock of the longest order from today, if `until` is within it. */
function boundOf(rule: DayRule, until: Day, today: Day, office: OfficeCalendar) {
  const { on: latest, clock } = lastDay(rule, today, office);
  return until > latest ? no('preservation.order-too-long', { latest }) : accept(clock);
}

const isBlank = (item: Item): boolean => item.target.trim() === '' || item.category.trim() === '';
/** Whether the item is among them. */
export const has = (items: readonly Item[], { target, category }: Item): boolean =>
  items.some((item) => item.target === target && item.category === category);
