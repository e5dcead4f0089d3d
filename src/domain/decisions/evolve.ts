// What an event makes of the decisions of a case.

import type { Instant } from '../../kernel/instant.ts';
import type { By } from '../registry/person.ts';
import type { DecisionEvent, DecisionsState, Proposed } from './decision.ts';

export function evolve(state: DecisionsState, event: DecisionEvent, at: Instant, by: By): DecisionsState {
  // The deciders let only people through; an event of the clock here is none of theirs.
  if (by === 'clock' && event.type !== 'decision.voided') return state;
  switch (event.type) {
    case 'consultation.held': {
      const { type: _, ...held } = event;
      return by === 'clock' ? state : { ...state, consultations: [...state.consultations, { ...held, by }] };
    }
    case 'decision.proposed': {
      if (by === 'clock') return state;
      const made: Proposed = {
        ...event.proposal,
        by,
        at,
        hash: event.hash,
        state: 'open',
        countersigned: null,
        remark: '',
      };
      return { ...state, proposals: [...state.proposals, made] };
    }
    case 'decision.sent-back':
      return change(state, event.no, { state: 'sent-back', remark: event.remark });
    case 'decision.withdrawn':
      return change(state, event.no, { state: 'withdrawn' });
    case 'decision.voided':
      return change(state, event.no, { state: 'void' });
    case 'decision.countersigned':
      return by === 'clock' ? state : change(state, event.no, { state: 'countersigned', countersigned: { by, at } });
  }
}

const change = (state: DecisionsState, no: number, to: Partial<Proposed>): DecisionsState => ({
  ...state,
  proposals: state.proposals.map((one) => (one.no === no ? { ...one, ...to } : one)),
});
