// Who may not see yet what colleagues answered: whoever could still judge for themselves. Attacker: a reviewer who copies.

import { hasSpoken, leaveToOthers, unspoken, withoutOthers } from '../../domain/assessment/blind.ts';
import { openProposal, standing } from '../../domain/decisions/decision.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import type { Stage } from '../../domain/docket/standing.ts';
import { type NextStep, nextStep } from '../../domain/docket/next.ts';
import { may } from '../../domain/registry/policy.ts';
import { type Acted, act, type Casework, type Target } from './act.ts';
import { whyAtRest } from './at-rest.ts';
import { nextIn } from './next-step.ts';
import type { Actor, CaseLine, DocketFilter } from './ports.ts';

/** Whether this person still judges in this case: not once it is decided, and not when they are to countersign. */
function judges(file: CaseFile, { id, roles }: Actor): boolean {
  if (!may(roles, 'assessment.answer') || whyAtRest(file) || standing(file.decisions)) return false;
  const open = openProposal(file.decisions);
  return !(open && open.by !== id && may(roles, 'decision.countersign'));
}

/** Whether the answers of others to this question are kept from this person now. */
export const hidesAnswers = (file: CaseFile, fact: string, actor: Actor): boolean =>
  judges(file, actor) && !hasSpoken(file.assessment, fact, actor.id);

/** The questions whose answers are kept from this person now. */
export const hiddenFrom = (file: CaseFile, actor: Actor): readonly string[] =>
  judges(file, actor) ? unspoken(file.assessment, actor.id) : [];

/** The case as this person may judge it: facts that rest on answers kept from them are unknown in it. */
export const seenBy = (file: CaseFile, actor: Actor): CaseFile =>
  judges(file, actor) ? { ...file, assessment: withoutOthers(file.assessment, actor.id) } : file;

/** What comes next, as this person may know: that a consultation is due tells how the assessment came out. */
export const nextSeenBy = (work: Casework, file: CaseFile, actor: Actor): NextStep =>
  hiddenFrom(file, actor).length > 0 ? nextStep(file, () => false) : nextIn(work, file);

/** Where a case is still judged: at none of these stages does a decision stand. */
const JUDGED: readonly Stage[] = ['received', 'returned', 'assessing', 'ready', 'proposed'];

/**
 * The stages at which lists keep the outcome from this person. A line of a list does not know who has spoken, so it is kept
 * from everybody who could judge there, those included who have: they find it in the case.
 */
const outcomeKeptAt = ({ roles }: Actor): readonly Stage[] =>
  may(roles, 'assessment.answer')
    ? JUDGED.filter((stage) => stage !== 'proposed' || !may(roles, 'decision.countersign'))
    : [];

/** Whether lists keep the outcome of any case from this person. */
export const keepsOutcomes = (actor: Actor): boolean => outcomeKeptAt(actor).length > 0;

/** The line of a case as this person may read it: the outcome rests on what colleagues answered, and that a consultation is due on it. */
export const lineFor = (actor: Actor, line: CaseLine): CaseLine =>
  outcomeKeptAt(actor).includes(line.stage)
    ? { ...line, outcome: null, step: line.step === 'consult' ? null : line.step }
    : line;

/** What a list is narrowed to, for this person: whoever may not read an outcome cannot find cases by it either. */
export function filterFor<F extends DocketFilter>(actor: Actor, filter: F): F {
  const notStages = outcomeKeptAt(actor);
  return filter.outcome === undefined || notStages.length === 0 ? filter : { ...filter, notStages };
}

/** Leaves to colleagues what they have answered, on record, in order to read it. */
export const leaveQuestions = (work: Casework, actor: Actor, target: Target): Promise<Acted> =>
  act(work, actor, 'assessment.answer', target, (file) => whyAtRest(file) ?? leaveToOthers(file.assessment, actor.id));
