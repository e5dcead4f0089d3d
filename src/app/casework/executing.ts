// Use cases of execution: the call back, tasks given out and reported on, and the validation of an emergency afterwards.

import * as execution from '../../domain/execution/decide.ts';
import * as emergency from '../../domain/execution/emergency.ts';
import { type Acted, act, calendarOf, type Casework, stepOn, type Target } from './act.ts';
import type { Actor } from './ports.ts';
import { daysFor } from './terms.ts';

type OfTask = { readonly task: number };

export const callBack = stepOn('emergency.call-back', 'execution', emergency.callBack);

export const giveTask = stepOn('execution.assign', 'execution', execution.give);

export const cancelTask = stepOn('execution.assign', 'execution', execution.cancel);

export const REPORTS = ['produced', 'partly-produced', 'not-held', 'impossible'] as const;
export type Report = OfTask & {
  readonly came: (typeof REPORTS)[number];
  readonly count: number;
  readonly hashes: readonly string[];
  readonly reasons: string;
};

/** What came of a task. Count and hashes belong to what was produced, reasons to what was not. */
export const reportTask = (work: Casework, actor: Actor, target: Target, report: Report): Promise<Acted> =>
  act(work, actor, 'execution.report', target, ({ execution: state }, at) => {
    switch (report.came) {
      case 'produced':
        return execution.produce(state, report, actor.id, at);
      case 'partly-produced':
        return execution.producePartly(state, report, actor.id, at);
      case 'not-held':
        return execution.notHeld(state, report, actor.id, at);
      case 'impossible':
        return execution.impossible(state, report, actor.id, at);
    }
  });

type Answer = { readonly decisionNo: number; readonly authority: string; readonly reasons: string };

export const validateEmergency = stepOn('emergency.validate', 'execution', emergency.validate);

/** It was no emergency: what still runs is cancelled and the recipient is told to delete. */
export const failEmergency = (
  work: Casework,
  actor: Actor,
  target: Target,
  answer: Answer & { readonly recipient: string },
): Promise<Acted> =>
  act(work, actor, 'emergency.validate', target, (file, at) => {
    const deleteWithin = daysFor(work, file, 'deletion');
    return emergency.failValidation(file.execution, { ...answer, deleteWithin }, actor.id, at, calendarOf(work));
  });

export const confirmDeletion = stepOn('emergency.validate', 'execution', emergency.confirmDeletion);

export const refuseDeletion = stepOn('emergency.validate', 'execution', emergency.refuseDeletion);

export const demandDeletionAgain = (
  work: Casework,
  actor: Actor,
  target: Target,
  { decisionNo }: { readonly decisionNo: number },
): Promise<Acted> =>
  act(work, actor, 'emergency.validate', target, (file, at) => {
    const deleteWithin = daysFor(work, file, 'deletion');
    return emergency.demandDeletionAgain(file.execution, { decisionNo, deleteWithin }, actor.id, at, calendarOf(work));
  });

export { verifiedCall } from '../../domain/execution/emergency.ts';
export { CALL_OUTCOMES, isFinal, type Opening, type Task } from '../../domain/execution/execution.ts';
