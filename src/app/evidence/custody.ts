// Use cases of custody: objects taken in, redacted, looked at, copied and answered for, and packages put on record.

import * as evidence from '../../domain/evidence/decide.ts';
import type { Release } from '../../domain/evidence/package.ts';
import type { Arrived, Package } from '../../domain/evidence/evidence.ts';
import type { Asked } from '../../domain/evidence/scope.ts';
import { standing } from '../../domain/decisions/decision.ts';
import { executes } from '../../domain/decisions/decision.ts';
import { standsInTheWay } from '../../domain/disclosure/disclosure.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import { type Acted, act, stepOn, type Step } from '../casework/act.ts';

/** What an object is held against: the request, and the items of the decision that stands. */
export const askedOf = ({ request, decisions }: CaseFile): Asked => ({
  content: request.content,
  items: standing(decisions)?.items ?? [],
});

/** What the rest of the case says about handing over. */
export function releaseOf({ decisions, execution, disclosure }: CaseFile): Release {
  const decision = standing(decisions);
  const open = standsInTheWay(disclosure);
  return {
    decision: decision && executes(decision.disposition) ? decision : undefined,
    execution,
    conditions: open.conditions.map(({ no }) => no),
    assurances: open.assurances.map(({ no }) => no),
  };
}

/** Takes an object in whose bytes are in the store already. */
export const receiveObject: Step<evidence.Receiving & { readonly arrived: Arrived }> = (work, actor, target, input) =>
  act(work, actor, 'evidence.receive', target, (file, at) =>
    evidence.receive(file.evidence, { ...input, execution: file.execution, asked: askedOf(file) }, actor.id, at),
  );

/** Takes in what was made from another object by taking something out. */
export const redactObject: Step<evidence.Redacting & { readonly arrived: Arrived }> = (work, actor, target, input) =>
  act(work, actor, 'evidence.redact', target, (file, at) =>
    evidence.redact(file.evidence, { ...input, asked: askedOf(file) }, actor.id, at),
  );

export const answerFlag = stepOn('evidence.scope', 'evidence', evidence.answerFlag);
export const seeObject = stepOn('evidence.look', 'evidence', evidence.see);
export const copyObject = stepOn('evidence.copy', 'evidence', evidence.copy);

/** Puts a package on record that has been made; asked again whether it may leave, since making it took a while. */
export const recordPackage: Step<Package> = (work, actor, target, made) =>
  act(work, actor, 'evidence.package', target, (file, at) =>
    evidence.pack(file.evidence, { made, release: releaseOf(file) }, actor.id, at),
  );

/** A package leaves the office, to somebody and in some way. */
export const handOverPackage: Step<{ readonly package: string; readonly to: string; readonly how: string }, Acted> = (
  work,
  actor,
  target,
  input,
) =>
  act(work, actor, 'evidence.hand-over', target, (file) =>
    evidence.handOver(file.evidence, input, releaseOf(file), actor.id),
  );

export const confirmPackage = stepOn('evidence.hand-over', 'evidence', evidence.confirm);
