// How a hold ends: let go by a person, with reasons and a message to each holder; or by the clock, which needs nobody.

import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import { dayIn } from '../calendar/moment.ts';
import type { OfficeCalendar } from '../calendar/office.ts';
import type { PersonId } from '../registry/person.ts';
import { type Decided, has, orderInForce, running } from './decide.ts';
import {
  holdUntil,
  type Order,
  type Preservation,
  type PreservationEvent,
  type ReleaseGround,
  runningOrders,
} from './preservation.ts';

type Release = { readonly ground: ReleaseGround; readonly reasons: string; readonly message: string };

/** Lets one holder go, with the message that tells them so; the hold itself goes on. */
export function releaseOrder(
  state: Preservation,
  { order, ground, reasons, message }: { readonly order: number } & Release,
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const today = dayIn(at, office.timeZone);
  const found = orderInForce(state, order, today);
  if (!found.ok) return found;
  const allowed = mayRelease(state, [found.value], { ground, reasons, message }, today);
  if (!allowed.ok) return allowed;
  return accept([
    {
      type: 'preservation.order-released',
      order,
      on: today,
      ground,
      reasons: reasons.trim(),
      message: message.trim(),
    },
  ]);
}

/** Ends the hold and lets every holder go, each with the message. */
export function release(
  state: Preservation,
  { ground, reasons, message }: Release,
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const today = dayIn(at, office.timeZone);
  if (!running(state, today)) return no('preservation.not-held');
  const orders = runningOrders(state).filter(({ until }) => today <= until);
  const lapsed = runningOrders(state).filter(({ until }) => today > until);
  const allowed = mayRelease(state, orders, { ground, reasons, message }, today);
  if (!allowed.ok) return allowed;
  const why = { on: today, ground, reasons: reasons.trim() };
  return accept([
    ...lapsed.map(lapseOf),
    ...orders.map((one) => ({
      type: 'preservation.order-released' as const,
      order: one.no,
      ...why,
      message: message.trim(),
    })),
    { type: 'preservation.released', ...why },
  ]);
}

/** What has run out: each order after its last day, and the hold after the last of them. Nothing, if nothing has. */
export function lapse(state: Preservation, _by: 'clock', at: Instant, office: OfficeCalendar): Decided {
  const today = dayIn(at, office.timeZone);
  const events: PreservationEvent[] = runningOrders(state)
    .filter(({ until }) => today > until)
    .map(lapseOf);
  const until = holdUntil(state);
  if (state.hold && until !== null && today > until) {
    events.push({ type: 'preservation.lapsed', on: until, pending: state.hold.pending });
  }
  return accept(events);
}

const lapseOf = ({ no: order, until: on }: Order): PreservationEvent => ({
  type: 'preservation.order-lapsed',
  order,
  on,
});

/**
 * The requesting State and a court end a hold at any time; an order that found nothing, or whose data were handed over,
 * holds nothing more. For every other ground the shortest time must be over, and no request may wait for its decision.
 */
function mayRelease(
  state: Preservation,
  orders: readonly Order[],
  release: Release,
  today: Day,
): Outcome<null, Refusal> {
  const { ground, reasons, message } = release;
  if (reasons.trim() === '') return no('preservation.reasons-missing');
  if (message.trim() === '') return no('preservation.message-missing');
  if (ground === 'asked-by-requesting-state' || ground === 'ordered-by-court') return accept(null);
  if (ground === 'not-held') {
    const empty = orders.length > 0 && orders.every(foundNothing);
    return empty ? accept(null) : no('preservation.not-confirmed-as-not-held');
  }
  const pending = state.hold?.pending[0];
  if (pending !== undefined) return no('preservation.request-waits', { request: pending });
  if (ground === 'data-handed-over') return accept(null);
  const least = state.hold?.atLeastUntil;
  if (least !== undefined && today <= least) return no('preservation.too-early', { until: least });
  if (state.hold?.toProduce) return no('preservation.to-be-produced');
  return accept(null);
}

const foundNothing = ({ what, confirmation }: Order): boolean =>
  confirmation !== null && what.every((item) => has(confirmation.notFound, item));
