// Sealing a case: who may open it, who is let in or out later, and how it becomes a case like any other again.

import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import type { By, PersonId } from '../registry/person.ts';
import type { CaseFile, DocketEvent } from './case-file.ts';

type Decided = Outcome<DocketEvent[], Refusal>;

/** Reasons shorter than this tell oversight nothing. */
const LEAST_REASON = 10;
/** A decision takes two people, and one who is away must not lock a case up. */
const LEAST_ENTITLED = 2;

const reasonMissing = (reason: string): boolean => reason.trim().length < LEAST_REASON;
const noReason = () => no('docket.reason-missing', { least: LEAST_REASON });

/**
 * Seals the case to these people and to whoever seals it. `able` are those whose roles let them work on cases. A case in
 * the hands of somebody who is left out becomes nobody's.
 */
export function seal(
  file: CaseFile,
  { reason, to }: { readonly reason: string; readonly to: readonly PersonId[] },
  by: By,
  able: readonly PersonId[],
): Decided {
  if (by === 'clock') return no('docket.person-needed');
  if (file.sealed) return no('docket.already-sealed');
  const entitled = [...new Set([by, ...to])];
  const refusals: Refusal[] = [];
  if (reasonMissing(reason)) refusals.push(...noReason().faults);
  if (!entitled.every((person) => canOpen(file, person, able))) refusals.push({ code: 'docket.seal-person' });
  if (entitled.length < LEAST_ENTITLED) refusals.push({ code: 'docket.seal-alone', facts: { least: LEAST_ENTITLED } });
  if (refusals.length > 0) return { ok: false, faults: refusals };
  return accept([{ type: 'case.sealed', reason: reason.trim(), to: entitled }, ...withoutAssignee(file, entitled)]);
}

/** Lets one more person into a sealed case. */
export function entitle(
  file: CaseFile,
  { reason, to }: { readonly reason: string; readonly to: PersonId },
  by: By,
  able: readonly PersonId[],
): Decided {
  if (by === 'clock') return no('docket.person-needed');
  if (!file.sealed) return no('docket.not-sealed');
  if (!canOpen(file, to, able)) return no('docket.seal-person');
  if (file.entitled.includes(to)) return accept([]);
  if (reasonMissing(reason)) return noReason();
  return accept([{ type: 'case.entitled', to, reason: reason.trim() }]);
}

/** Shuts a sealed case to somebody. Nobody shuts it to themselves, so that an approver is left who can open it. */
export function disentitle(
  file: CaseFile,
  { reason, from }: { readonly reason: string; readonly from: PersonId },
  by: By,
): Decided {
  if (by === 'clock') return no('docket.person-needed');
  if (!file.sealed) return no('docket.not-sealed');
  if (from === by) return no('docket.seal-oneself');
  if (!file.entitled.includes(from)) return accept([]);
  const left = file.entitled.filter((person) => person !== from);
  if (left.length < LEAST_ENTITLED) return no('docket.seal-alone', { least: LEAST_ENTITLED });
  if (reasonMissing(reason)) return noReason();
  return accept([{ type: 'case.disentitled', from, reason: reason.trim() }, ...withoutAssignee(file, left)]);
}

/** Makes a sealed case one like any other again, for everybody whose roles let them see cases. */
export function unseal(file: CaseFile, reason: string, by: By): Decided {
  if (by === 'clock') return no('docket.person-needed');
  if (!file.sealed) return no('docket.not-sealed');
  if (reasonMissing(reason)) return noReason();
  return accept([{ type: 'case.unsealed', reason: reason.trim() }]);
}

const canOpen = (file: CaseFile, person: PersonId, able: readonly PersonId[]): boolean =>
  able.includes(person) && !file.conflicts.some(({ by }) => by === person);

const withoutAssignee = (file: CaseFile, entitled: readonly PersonId[]): DocketEvent[] =>
  file.assignee === null || entitled.includes(file.assignee) ? [] : [{ type: 'case.assigned', to: null }];
