// What an event makes of the hold of a case.

import type { Instant } from '../../kernel/instant.ts';
import type { By } from '../registry/person.ts';
import type { End, Hold, Order, Preservation, PreservationEvent } from './preservation.ts';

/** Total: whatever was decided is taken as it is. Days stand in the events, so a hold needs nothing of their envelope. */
export function evolve(state: Preservation, event: PreservationEvent, _at: Instant, _by: By): Preservation {
  switch (event.type) {
    case 'preservation.opened': {
      const { hold: no, since, atLeastUntil, clock } = event;
      const hold = { no, since, atLeastUntil, clock, pending: [], toProduce: false, idleSince: null, end: null };
      return { ...state, hold };
    }
    case 'preservation.ordered': {
      const { type: _, order: no, ...order } = event;
      return { ...state, orders: [...state.orders, { ...order, no, extensions: [], confirmation: null, end: null }] };
    }
    case 'preservation.confirmed': {
      const { type: _, order, ...confirmation } = event;
      return changeOrder(state, order, () => ({ confirmation }));
    }
    case 'preservation.extended': {
      const { from, until, reasons, clock } = event;
      return changeOrder(state, event.order, ({ extensions }) => ({
        until,
        clock,
        extensions: [...extensions, { from, until, reasons }],
      }));
    }
    case 'preservation.request-pending':
      return changeHold(state, ({ pending }) => ({ pending: [...pending, event.request], idleSince: null }));
    case 'preservation.request-decided':
      return changeHold(state, (hold) => {
        const pending = hold.pending.filter((request) => request !== event.request);
        const toProduce = hold.toProduce || event.execute;
        return { pending, toProduce, idleSince: pending.length === 0 && !toProduce ? event.on : null };
      });
    case 'preservation.order-released':
      return changeOrder(state, event.order, () => ({ end: ended('released', event) }));
    case 'preservation.order-lapsed':
      return changeOrder(state, event.order, () => ({ end: ended('lapsed', event) }));
    case 'preservation.released':
      return changeHold(state, () => ({ end: ended('released', event) }));
    case 'preservation.lapsed':
      return changeHold(state, () => ({ end: ended('lapsed', event) }));
  }
}

const ended = (how: End['how'], { on }: { readonly on: End['on'] }): End => ({ how, on });

const changeHold = (state: Preservation, change: (hold: Hold) => Partial<Hold>): Preservation =>
  state.hold ? { ...state, hold: { ...state.hold, ...change(state.hold) } } : state;

const changeOrder = (state: Preservation, no: number, change: (order: Order) => Partial<Order>): Preservation => ({
  ...state,
  orders: state.orders.map((order) => (order.no === no ? { ...order, ...change(order) } : order)),
});
