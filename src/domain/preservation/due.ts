// When a hold and its orders fall due, whose turn it is, and when to say so beforehand.

import { addDays, type Day } from '../../kernel/calendar.ts';
import { dueOn } from '../calendar/clock.ts';
import type { OfficeCalendar } from '../calendar/office.ts';
import { type DayRule, type Deadline, lastDay, latest } from './deadline.ts';
import { type Hold, holdUntil, type Order, type Preservation, runningOrders } from './preservation.ts';

export type HoldDeadline = Deadline<
  /** The holder has not answered. */
  | 'confirm-order'
  /** The data must be kept longer than the order binds: extend it by then. */
  | 'extend-order'
  /** A word before the order ends. */
  | 'order-ends-soon'
  | 'order-lapses'
  /** The hold runs and binds nobody. */
  | 'order-data-held'
  /** No request for the data has come yet, and the hold will not wait for it. */
  | 'request-the-data'
  | 'hold-ends-soon'
  | 'hold-lapses'
  /** Nothing gives a reason to hold any longer. */
  | 'release-hold'
>;

/** How many days before an end to say so, and how long a holder has to answer; null where nothing is set. */
export type HoldWarnings = { readonly warnDays: number; readonly confirmWithin: DayRule | null };

/** What is due of a hold that runs; nothing once it ended. */
export function deadlines(state: Preservation, warnings: HoldWarnings, office: OfficeCalendar): HoldDeadline[] {
  const until = holdUntil(state);
  if (!state.hold || until === null) return [];
  const orders = runningOrders(state);
  return [
    ...orders.flatMap((order) => ofOrder(order, state.hold as Hold, warnings, office)),
    ...ofHold(state.hold, until, orders.length === 0, warnings),
  ];
}

function ofOrder(order: Order, hold: Hold, { warnDays, confirmWithin }: HoldWarnings, office: OfficeCalendar) {
  const key = (kind: string): string => `preservation.order.${order.no}.${kind}`;
  const due: HoldDeadline[] = [];
  if (order.confirmation === null && confirmWithin !== null) {
    const { on, clock } = lastDay(confirmWithin, order.from, office);
    due.push({ key: key('confirm'), on, kind: 'confirm-order', whose: 'holder', clock });
  }
  const goesOn = hold.pending.length > 0 || hold.toProduce || order.until < hold.atLeastUntil;
  const before = latest(order.extensions.at(-1)?.from ?? order.from, addDays(order.until, -warnDays));
  const kind = goesOn ? 'extend-order' : 'order-ends-soon';
  due.push({ key: key(kind), on: before, kind, whose: 'office', clock: null });
  // The last day is the clock's only where the order was given for the longest time.
  const clock = dueOn(order.clock, office) === order.until ? order.clock : null;
  due.push({ key: key('lapses'), on: order.until, kind: 'order-lapses', whose: 'office', clock });
  return due;
}

function ofHold(hold: Hold, until: Day, unordered: boolean, { warnDays }: HoldWarnings): HoldDeadline[] {
  const key = (kind: string): string => `preservation.hold.${hold.no}.${kind}`;
  const clock = until === hold.atLeastUntil ? hold.clock : null;
  const due: HoldDeadline[] = [];
  if (unordered) due.push({ key: key('order'), on: hold.since, kind: 'order-data-held', whose: 'office', clock: null });
  if (hold.idleSince !== null) {
    const on = latest(hold.idleSince, addDays(hold.atLeastUntil, 1));
    due.push({ key: key('release'), on, kind: 'release-hold', whose: 'office', clock: null });
  } else if (hold.pending.length === 0 && !hold.toProduce) {
    due.push({ key: key('request'), on: until, kind: 'request-the-data', whose: 'requesting', clock });
  }
  const soon = latest(hold.since, addDays(until, -warnDays));
  due.push({ key: key('soon'), on: soon, kind: 'hold-ends-soon', whose: 'office', clock: null });
  due.push({ key: key('lapses'), on: until, kind: 'hold-lapses', whose: 'office', clock });
  return due;
}
