// Closing a case: once nothing in it runs any more, and nobody who was to be told is left untold.

import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import { standing } from '../decisions/decision.ts';
import { isOpen } from '../notice/notice.ts';
import { runs } from '../preservation/preservation.ts';
import type { CaseFile, DocketEvent } from './case-file.ts';
import { stageOf } from './standing.ts';

/** Stages after which nothing is left to decide. */
const SETTLED = ['executed', 'refused', 'passed-on', 'withdrawn', 'sent'];

/** Closes a case with a sentence on how it ended. What runs keeps it open: tasks, holds, secrecy, notices not given. */
export function close(file: CaseFile, result: string): Outcome<DocketEvent[], Refusal> {
  if (file.closed) return no('docket.closed');
  if (!SETTLED.includes(stageOf(file)) && !isOnlyHold(file)) return no('docket.not-settled');
  if (file.preservation.hold !== null && runs(file.preservation.hold)) return no('docket.still-held');
  if (file.disclosure.secrecy.some(({ end }) => end === null)) return no('docket.still-secret');
  // The clock watches no closed case, so nobody's notice may be left in one.
  if (file.notice.notices.some(isOpen)) return no('docket.notice-open');
  if (result.trim() === '') return no('docket.result-missing');
  return accept([{ type: 'case.closed', result: result.trim() }]);
}

/** A hold that ended was all that was asked for. */
const isOnlyHold = (file: CaseFile): boolean =>
  file.preservation.hold !== null && !runs(file.preservation.hold) && standing(file.decisions) === undefined;
