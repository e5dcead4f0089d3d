// Judging apart: whoever is to judge a question does not see what others answered until they have answered, or left it to them.

import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import type { PersonId } from '../registry/person.ts';
import type { AssessmentEvent, AssessmentState } from './assessment.ts';

/** Whether this person has answered the question at some time, or left it to others. */
export const hasSpoken = ({ answers }: AssessmentState, fact: string, person: PersonId): boolean =>
  (answers[fact] ?? []).some(({ by }) => by === person);

/** Questions that others have answered and this person has not spoken to. */
export const unspoken = (state: AssessmentState, person: PersonId): readonly string[] =>
  Object.entries(state.answers).flatMap(([fact, answers]) =>
    answers.some(({ value }) => value !== null) && !hasSpoken(state, fact, person) ? [fact] : [],
  );

/** What is known to somebody who has yet to judge: without what others answered to questions that are theirs too. */
export function withoutOthers(state: AssessmentState, person: PersonId): AssessmentState {
  const hidden = unspoken(state, person);
  if (hidden.length === 0) return state;
  const seen = Object.entries(state.answers).filter(([fact]) => !hidden.includes(fact));
  return { ...state, answers: Object.fromEntries(seen) };
}

/** Leaves every question that others have answered to them: from then on this person reads their answers, and gave none. */
export function leaveToOthers(state: AssessmentState, by: PersonId): Outcome<AssessmentEvent[], Refusal> {
  const facts = unspoken(state, by);
  return facts.length === 0 ? no('assessment.nothing-to-leave') : accept([{ type: 'question.left', facts }]);
}
