// Who may add what to the facts of a case: officers state what is written; judgement is answered by name, with reasons.

import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import type { FactValue } from '../../law/provision.ts';
import type { By } from '../registry/person.ts';
import type { AssessmentEvent, AssessmentState, Stated } from './assessment.ts';

type Decided = Outcome<AssessmentEvent[], Refusal>;

/** Reasons shorter than this explain nothing to whoever reviews them later. */
const LEAST_REASONS = 10;

/** Records what the request, or an officer, says. `judgements` are the facts that nobody may state in this way. */
export function stateFacts(
  state: AssessmentState,
  facts: readonly Stated[],
  withdrawn: readonly string[],
  judgements: ReadonlySet<string>,
): Decided {
  const judged = facts.find(({ fact }) => judgements.has(fact));
  if (judged) return no('assessment.is-judgement', { fact: judged.fact });
  const news = facts.filter(({ fact, value, from, basis }) => {
    const known = state.stated[fact];
    return known?.value !== value || known.from !== from || known.basis !== basis;
  });
  const gone = withdrawn.filter((fact) => state.stated[fact] !== undefined);
  return accept(news.length + gone.length === 0 ? [] : [{ type: 'facts.stated', facts: news, withdrawn: gone }]);
}

/** Records what is read in the request; of the first reading that it states nothing, too. */
export function readFacts(...reading: Parameters<typeof stateFacts>): Decided {
  const [{ read }] = reading;
  const stated = stateFacts(...reading);
  if (read || !stated.ok || stated.value.length > 0) return stated;
  return accept([{ type: 'facts.stated', facts: [], withdrawn: [] }]);
}

/** A named person answers a question of judgement; null takes the own answer back. */
export function answer(
  state: AssessmentState,
  { fact, value, reasons }: { readonly fact: string; readonly value: FactValue | null; readonly reasons: string },
  by: By,
): Decided {
  if (by === 'clock') return no('assessment.person-needed');
  const mine = state.answers[fact]?.find((one) => one.by === by);
  if (value === null && mine === undefined) return accept([]);
  if (reasons.trim().length < LEAST_REASONS) return no('assessment.reasons-missing', { least: LEAST_REASONS });
  if (mine && mine.value === value && mine.reasons === reasons.trim()) return accept([]);
  return accept([{ type: 'question.answered', fact, value, reasons: reasons.trim() }]);
}
