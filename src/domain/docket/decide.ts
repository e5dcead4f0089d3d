// What may be done about a case as such: who works on it, and who must not.

import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import type { By, PersonId } from '../registry/person.ts';
import type { CaseFile, DocketEvent } from './case-file.ts';

type Decided = Outcome<DocketEvent[], Refusal>;

/** Gives the case to somebody, or to nobody. `able` are the people whose roles let them work on it. */
export function assign(file: CaseFile, to: PersonId | null, able: readonly PersonId[]): Decided {
  if (file.closed) return no('docket.closed');
  if (to === file.assignee) return accept([]);
  // Said alike of whoever has a conflict, of whoever has no role, and of whoever a sealed case is shut to: which of them
  // it is, is nobody else's business.
  const shut = file.sealed && to !== null && !file.entitled.includes(to);
  if (to !== null && (shut || !able.includes(to) || file.conflicts.some(({ by }) => by === to)))
    return no('docket.cannot-take');
  return accept([{ type: 'case.assigned', to }]);
}

/** Somebody takes a case that is nobody's. Of two who do so at once, the second is told. */
export function take(file: CaseFile, by: By): Decided {
  if (file.closed) return no('docket.closed');
  if (by === 'clock') return no('docket.person-needed');
  if (file.assignee === by) return accept([]);
  if (file.assignee !== null) return no('docket.already-taken');
  return accept([{ type: 'case.assigned', to: by }]);
}

/** Reasons shorter than this tell oversight nothing. */
const LEAST_REASON = 10;

/**
 * Somebody says why they must not work on the case; it leaves their hands, and their sight. `approvers` are those who have
 * that role: the last of them who may open a sealed case first lets another one in, or nobody could open or decide it again.
 */
export function declareConflict(file: CaseFile, reason: string, by: By, approvers: readonly PersonId[]): Decided {
  if (by === 'clock') return no('docket.person-needed');
  if (reason.trim().length < LEAST_REASON) return no('docket.reason-missing', { least: LEAST_REASON });
  const left = file.entitled.some((person) => person !== by && approvers.includes(person));
  if (file.sealed && !left && approvers.includes(by)) return no('docket.last-approver');
  return accept([
    { type: 'conflict.declared', reason: reason.trim() },
    ...(file.assignee === by ? [{ type: 'case.assigned' as const, to: null }] : []),
  ]);
}

/** Puts on record that a copy of the whole case was handed out. The operator of the machine may open no sealed case. */
export function noteExport(
  file: CaseFile,
  copy: { readonly by: PersonId | null; readonly sha256: string; readonly steps: number },
): Decided {
  if (file.sealed && copy.by === null) return no('docket.export-sealed');
  return accept([{ type: 'docket.exported', ...copy }]);
}
