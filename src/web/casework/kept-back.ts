// The timeline for somebody who is still to judge: that a colleague answered, and not what, nor what came of it.

import { hiddenFrom } from '../../app/casework/blinding.ts';
import type { CaseEvent, Recorded } from '../../domain/docket/case-file.ts';
import { labelOf } from '../check/words.ts';
import type { Html } from '../html.ts';
import type { CaseDesk } from './context.ts';
import { sayEvent } from './event-words.ts';

export type Sentence = ReturnType<typeof sayEvent>;

/** Whether the words of an event are kept from this person. Outcomes are, from the first hidden answer on, for they tell it. */
export function keptFrom({ file, actor }: CaseDesk, history: readonly Recorded[]): (recorded: Recorded) => boolean {
  const hidden = new Set(hiddenFrom(file, actor));
  const isHidden = (event: CaseEvent): boolean => event.type === 'question.answered' && hidden.has(event.fact);
  const from = history.find(({ event }) => isHidden(event))?.seq ?? Number.POSITIVE_INFINITY;
  return ({ seq, event }) => isHidden(event) || (event.type === 'assessment.made' && seq > from);
}

/** How this person may read the events of the case. */
export function sayingFor(desk: CaseDesk, history: readonly Recorded[]): (recorded: Recorded) => Sentence {
  const isKept = keptFrom(desk, history);
  const { t } = desk.page;
  const only = (sentence: Html): Sentence => ({ sentence, quotes: [], items: [] });
  return (recorded) => {
    const { event } = recorded;
    if (event.type === 'question.answered' && isKept(recorded))
      return only(t.rich('events.question.answered.kept', { question: labelOf(desk.page, event.fact) }));
    if (event.type === 'assessment.made' && isKept(recorded))
      return only(t.rich('events.assessment.made.kept', { no: event.no }));
    return sayEvent(desk, event);
  };
}
