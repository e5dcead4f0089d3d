// The hold: preservation as its own object, with orders to those who hold the data, each of which ends on a day.

import type { Day } from '../../kernel/calendar.ts';
import type { DayClock } from '../calendar/clock.ts';
import { type DayRule, latest } from './deadline.ts';

/** One account and one category of its data: the smallest thing that is held by itself. */
export type Item = { readonly target: string; readonly category: string };

/** The numbers that bind a hold; they come from law data and the office's settings. */
export type HoldRules = { readonly minimum: DayRule; readonly longestOrder: DayRule };

export type Preservation = {
  readonly hold: Hold | null;
  /** All orders of all holds of the case, counted from 1. */
  readonly orders: readonly Order[];
};

/** How something ended, and its last day. */
export type End = { readonly how: 'lapsed' | 'released'; readonly on: Day };

export type Hold = {
  /** Counted from 1: a hold that ended can be followed by another. */
  readonly no: number;
  readonly since: Day;
  /** The last day of the shortest time for which the data are kept, whatever happens. */
  readonly atLeastUntil: Day;
  readonly clock: DayClock;
  /** Requests for the same data that wait for a decision: until then nothing is released. */
  readonly pending: readonly string[];
  /** A decision orders the data to be produced, so the hold goes on until they are. */
  readonly toProduce: boolean;
  /** The day of the decision after which nothing gives a reason to go on holding; null while something does. */
  readonly idleSince: Day | null;
  readonly end: End | null;
};

export type Order = {
  readonly no: number;
  readonly hold: number;
  readonly holder: string;
  readonly what: readonly Item[];
  readonly from: Day;
  /** The last day on which the order binds. */
  readonly until: Day;
  /** The longest this order, or its last extension, could have been. */
  readonly clock: DayClock;
  readonly reasons: string;
  readonly extensions: readonly { readonly from: Day; readonly until: Day; readonly reasons: string }[];
  readonly confirmation: Confirmation | null;
  readonly end: End | null;
};

/** What the holder answered. */
export type Confirmation = {
  readonly on: Day;
  readonly held: readonly Item[];
  readonly notFound: readonly Item[];
  /** Another provider through which the traffic went, so that the next order can be addressed; empty if none. */
  readonly otherProviderInPath: string;
};

/** Why data are let go; `mayRelease` says which of them count before the shortest time is over. */
export const RELEASE_GROUNDS = [
  'asked-by-requesting-state',
  'ordered-by-court',
  'request-refused',
  'data-handed-over',
  'not-held',
  'no-request-came',
] as const;
export type ReleaseGround = (typeof RELEASE_GROUNDS)[number];

export type PreservationEvent =
  | {
      readonly type: 'preservation.opened';
      readonly hold: number;
      readonly since: Day;
      readonly atLeastUntil: Day;
      readonly clock: DayClock;
    }
  | {
      readonly type: 'preservation.ordered';
      readonly order: number;
      readonly hold: number;
      readonly holder: string;
      readonly what: readonly Item[];
      readonly from: Day;
      readonly until: Day;
      readonly clock: DayClock;
      readonly reasons: string;
    }
  | ({ readonly type: 'preservation.confirmed'; readonly order: number } & Confirmation)
  | {
      readonly type: 'preservation.extended';
      readonly order: number;
      readonly from: Day;
      readonly until: Day;
      readonly clock: DayClock;
      readonly reasons: string;
    }
  | { readonly type: 'preservation.request-pending'; readonly request: string }
  | {
      readonly type: 'preservation.request-decided';
      readonly request: string;
      readonly on: Day;
      /** True when the data are to be produced, so that the hold goes on until they are. */
      readonly execute: boolean;
    }
  | {
      readonly type: 'preservation.order-released';
      readonly order: number;
      readonly on: Day;
      readonly ground: ReleaseGround;
      readonly reasons: string;
      /** The words sent to the holder. */
      readonly message: string;
    }
  | {
      readonly type: 'preservation.released';
      readonly on: Day;
      readonly ground: ReleaseGround;
      readonly reasons: string;
    }
  | { readonly type: 'preservation.order-lapsed'; readonly order: number; readonly on: Day }
  | {
      readonly type: 'preservation.lapsed';
      readonly on: Day;
      /** Requests that still waited for a decision: a hold that was let go too early, for all to see. */
      readonly pending: readonly string[];
    };

export const initial: Preservation = { hold: null, orders: [] };

/** Whether it binds: it was neither let go nor found to have lapsed. Its last day may have passed since the clock last looked. */
export const runs = (thing: { readonly end: End | null }): boolean => thing.end === null;

/** The orders of the hold that runs, but for those that ended. */
export const runningOrders = (state: Preservation): readonly Order[] =>
  state.hold && runs(state.hold) ? state.orders.filter((order) => order.hold === state.hold?.no && runs(order)) : [];

/** The last day of the hold that runs: the end of its shortest time, or of the order that binds longest. Never without end. */
export function holdUntil(state: Preservation): Day | null {
  if (!state.hold || !runs(state.hold)) return null;
  return latest(state.hold.atLeastUntil, ...runningOrders(state).map(({ until }) => until));
}
