// What an event makes of conditions, assurances, limits of use, onward transfers and secrecy.

import type { Instant } from '../../kernel/instant.ts';
import type { By } from '../registry/person.ts';
import type { Assurance, Condition, Disclosure, DisclosureEvent, Ruling, SecrecyOrder } from './disclosure.ts';

/** Total: whatever was decided is taken as it is. */
export function evolve(state: Disclosure, event: DisclosureEvent, at: Instant, by: By): Disclosure {
  switch (event.type) {
    case 'disclosure.condition-proposed': {
      const { condition: no, decisionNo, text, dueOn } = event;
      const made: Condition = { no, decisionNo, text, status: 'proposed', dueOn, answeredBy: '', remarks: '' };
      return { ...state, conditions: [...state.conditions, made] };
    }
    case 'disclosure.condition-accepted':
      return changeCondition(state, event.condition, { status: 'accepted', answeredBy: event.answeredBy });
    case 'disclosure.condition-not-accepted': {
      const { answeredBy, remarks } = event;
      return changeCondition(state, event.condition, { status: 'not-accepted', answeredBy, remarks });
    }
    case 'disclosure.condition-withdrawn':
      return changeCondition(state, event.condition, { status: 'withdrawn', remarks: event.remarks });
    case 'disclosure.condition-fulfilled':
      return changeCondition(state, event.condition, { status: 'fulfilled', remarks: event.remarks });
    case 'disclosure.condition-breached':
      return changeCondition(state, event.condition, { status: 'breached', remarks: event.remarks });
    case 'disclosure.assurance-asked': {
      const { assurance: no, kind, asked, dueOn } = event;
      const made: Assurance = { no, kind, asked, dueOn, status: 'asked', given: null, judged: null };
      return { ...state, assurances: [...state.assurances, made] };
    }
    case 'disclosure.assurance-given': {
      const { text, signedBy, on } = event;
      // A new text has not been judged, whatever was said of the one before.
      return changeAssurance(state, event.assurance, { status: 'given', given: { text, signedBy, on }, judged: null });
    }
    case 'disclosure.assurance-judged': {
      const status = event.credible ? 'credible' : 'not-credible';
      return changeAssurance(state, event.assurance, { status, judged: ruling(status, event.reasons, at, by) });
    }
    case 'disclosure.assurance-withdrawn':
      return changeAssurance(state, event.assurance, { status: 'withdrawn' });
    case 'disclosure.use-limited': {
      const { limit: no, text, until } = event;
      return { ...state, limits: [...state.limits, { no, text, until }] };
    }
    case 'disclosure.other-use-asked': {
      const { use: no, askedBy, purpose, on: askedOn } = event;
      return { ...state, otherUses: [...state.otherUses, { no, askedBy, purpose, askedOn, ruling: null }] };
    }
    case 'disclosure.other-use-ruled': {
      const made = ruling(event.allowed ? ('allowed' as const) : ('refused' as const), event.reasons, at, by);
      return { ...state, otherUses: change(state.otherUses, event.use, () => ({ ruling: made })) };
    }
    case 'disclosure.transfer-asked': {
      const { transfer: no, askedBy, to, what, purpose, on: askedOn } = event;
      const made = { no, askedBy, to, what, purpose, askedOn, ruling: null };
      return { ...state, transfers: [...state.transfers, made] };
    }
    case 'disclosure.transfer-ruled': {
      const answer = event.consent ? ('consent-given' as const) : ('consent-refused' as const);
      const made = ruling(answer, event.reasons, at, by);
      return { ...state, transfers: change(state.transfers, event.transfer, () => ({ ruling: made })) };
    }
    case 'disclosure.secrecy-ordered': {
      const { type: _, order: no, ...order } = event;
      return { ...state, secrecy: [...state.secrecy, { ...order, no, history: [], end: null }] };
    }
    case 'disclosure.secrecy-reviewed': {
      const { on, reasons, reviewOn } = event;
      return changeSecrecy(state, event.order, ({ until, history }) => ({
        reviewOn,
        history: [...history, { what: 'reviewed', by, on, reasons, until, reviewOn }],
      }));
    }
    case 'disclosure.secrecy-renewed': {
      const { on, reasons, until, reviewOn, clock } = event;
      return changeSecrecy(state, event.order, ({ history }) => ({
        until,
        reviewOn,
        clock,
        history: [...history, { what: 'renewed', by, on, reasons, until, reviewOn }],
      }));
    }
    case 'disclosure.secrecy-lifted': {
      const { on, reasons } = event;
      return changeSecrecy(state, event.order, () => ({ end: { how: 'lifted', on, reasons } }));
    }
    case 'disclosure.secrecy-ended':
      return changeSecrecy(state, event.order, () => ({ end: { how: 'ended', on: event.on, reasons: '' } }));
  }
}

const ruling = <Answer extends string>(answer: Answer, reasons: string, at: Instant, by: By): Ruling<Answer> => ({
  answer,
  reasons,
  by,
  at,
});

const change = <Thing extends { readonly no: number }>(
  things: readonly Thing[],
  no: number,
  to: (thing: Thing) => Partial<Thing>,
): Thing[] => things.map((thing) => (thing.no === no ? { ...thing, ...to(thing) } : thing));

const changeCondition = (state: Disclosure, no: number, to: Partial<Condition>): Disclosure => ({
  ...state,
  conditions: change(state.conditions, no, () => to),
});
const changeAssurance = (state: Disclosure, no: number, to: Partial<Assurance>): Disclosure => ({
  ...state,
  assurances: change(state.assurances, no, () => to),
});
const changeSecrecy = (state: Disclosure, no: number, to: (order: SecrecyOrder) => Partial<SecrecyOrder>) => ({
  ...state,
  secrecy: change(state.secrecy, no, to),
});
