// Who may not see yet what colleagues answered: whoever could still judge for themselves. Attacker: a reviewer who copies.

import { hasSpoken, leaveToOthers, unspoken, withoutOthers } from '../../domain/assessment/blind.ts';
import { openProposal, standing } from '../../domain/decisions/decision.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import { may } from '../../domain/registry/policy.ts';
import { type Acted, act, type Casework, type Target } from './act.ts';
import { whyAtRest } from './at-rest.ts';
import type { Actor } from './ports.ts';

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

/** Leaves to colleagues what they have answered, on record, in order to read it. */
export const leaveQuestions = (work: Casework, actor: Actor, target: Target): Promise<Acted> =>
  act(work, actor, 'assessment.answer', target, (file) => whyAtRest(file) ?? leaveToOthers(file.assessment, actor.id));
