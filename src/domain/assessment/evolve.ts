// What an event makes of the facts and assessments of a case.

import type { Instant } from '../../kernel/instant.ts';
import type { By } from '../registry/person.ts';
import type { AssessmentEvent, AssessmentState } from './assessment.ts';

export function evolve(state: AssessmentState, event: AssessmentEvent, at: Instant, by: By): AssessmentState {
  switch (event.type) {
    case 'facts.stated': {
      const gone = new Set(event.withdrawn);
      const kept = Object.entries(state.stated).filter(([fact]) => !gone.has(fact));
      return {
        ...state,
        read: true,
        stated: { ...Object.fromEntries(kept), ...Object.fromEntries(event.facts.map((one) => [one.fact, one])) },
      };
    }
    case 'question.answered': {
      if (by === 'clock') return state;
      const others = (state.answers[event.fact] ?? []).filter((one) => one.by !== by);
      const { value, reasons } = event;
      return { ...state, answers: { ...state.answers, [event.fact]: [...others, { by, value, reasons, at }] } };
    }
    case 'question.left': {
      if (by === 'clock') return state;
      const left = event.facts.map((fact) => [
        fact,
        [...(state.answers[fact] ?? []).filter((one) => one.by !== by), { by, value: null, reasons: '', at }],
      ]);
      return { ...state, answers: { ...state.answers, ...Object.fromEntries(left) } };
    }
    case 'assessment.made': {
      const { type: _, verdicts: __, ...kept } = event;
      return { ...state, latest: { ...kept, at } };
    }
  }
}
