// Which steps of a case its person is told, and how far each is opened to them. Nobody else's account may be read or guessed from it.
// Attacker: a person with a code of their own, who wants to know whose data were asked for beside theirs.

import type { CaseEvent, CaseFile, Recorded } from '../../domain/docket/case-file.ts';
import { latest } from '../../domain/assessment/assessment.ts';
import { standing } from '../../domain/decisions/decision.ts';
import type { OpenedStep } from '../casework/export-ports.ts';

/**
 * `words`: what was recorded, whole. `moment`: that a step of this kind was taken then, by which pseudonym, and a hash of its
 * words. `place`: that a step stands at this place, and no more.
 */
export type Openness = 'words' | 'moment' | 'place';

export type ToldStep = {
  readonly step: OpenedStep;
  readonly event: CaseEvent;
  readonly open: Openness;
};

/** What of the case is this person's. */
export type Own = {
  readonly notice: number;
  readonly account: string;
  readonly tasks: ReadonlySet<number>;
  /** Numbers of their packages and complaints. */
  readonly packages: ReadonlySet<number>;
  readonly complaints: ReadonlySet<number>;
};

/**
 * The hash in an opening is made without a salt, so whoever holds one can try guesses at the words behind it. Where a case is
 * about one account alone, these words tell of nobody else; otherwise the step is told and not opened.
 */
export function toldSteps(file: CaseFile, history: readonly Recorded[], steps: readonly OpenedStep[], own: Own) {
  const alone = accountsIn(history).size <= 1;
  const decision = standing(file.decisions);
  const assessed = decision?.assessmentNo ?? latest(file.assessment)?.no;
  return history.flatMap(({ event }, n): ToldStep[] => {
    const step = steps[n];
    if (step === undefined) return [];
    const told = inWords(event, own) ? 'words' : isToldOf(event, own, decision?.no, assessed) ? 'moment' : null;
    if (told === null) return [];
    const open = step.salt === null || (told === 'moment' && !alone) ? 'place' : told;
    return [{ step, event, open }];
  });
}

/** Steps whose whole record says nothing but what the page says, and nothing of anybody else. */
function inWords(event: CaseEvent, own: Own): boolean {
  switch (event.type) {
    case 'case.opened':
    case 'disclosure.secrecy-ordered':
    case 'disclosure.secrecy-lifted':
    case 'disclosure.secrecy-ended':
      return true;
    case 'execution.produced':
      return own.tasks.has(event.task);
    case 'notice.scheduled':
    case 'notice.delayed':
    case 'notice.delay-lifted':
    case 'notice.sent':
    case 'notice.delivered':
    case 'notice.complaint-received':
      return event.notice === own.notice;
    case 'notice.complaint-acknowledged':
    case 'notice.complaint-answered':
    case 'notice.complaint-remedied':
      return own.complaints.has(event.complaint);
    default:
      return false;
  }
}

/** Steps that the person is told of, and whose words stay in the file. */
function isToldOf(event: CaseEvent, own: Own, decision: number | undefined, assessed: number | undefined): boolean {
  switch (event.type) {
    case 'request.received':
    case 'request.withdrawn':
    case 'disclosure.secrecy-renewed':
    case 'disclosure.secrecy-reviewed':
    case 'case.closed':
    case 'case.reopened':
      return true;
    case 'assessment.made':
      return event.no === assessed;
    case 'decision.proposed':
      return event.proposal.no === decision;
    case 'decision.countersigned':
      return event.no === decision;
    case 'execution.opened':
    case 'execution.validated':
    case 'execution.validation-failed':
    case 'execution.deletion-demanded':
    case 'execution.deletion-confirmed':
      return event.decisionNo === decision && own.tasks.size > 0;
    case 'execution.partly-produced':
    case 'execution.not-held':
    case 'execution.impossible':
    case 'execution.cancelled':
      return own.tasks.has(event.task);
    case 'preservation.ordered':
      return event.what.some(({ target }) => target === own.account);
    case 'evidence.handed-over':
    case 'evidence.confirmed':
      return own.packages.has(event.no);
    case 'notice.review-decided':
      return true;
    default:
      return false;
  }
}

/** Every account that the request has named, in any of its versions. */
function accountsIn(history: readonly Recorded[]): Set<string> {
  const found = new Set<string>();
  for (const { event } of history)
    if ('content' in event)
      for (const { identifierValue } of event.content.targets ?? []) found.add(identifierValue ?? '');
  return found;
}
