// Closing a case: once nothing in it runs any more, and nobody who was to be told is left untold.

import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import { executes, standing } from '../decisions/decision.ts';
import { type EvidenceEvent, type EvidenceObject, notHandedOver } from '../evidence/evidence.ts';
import { isOpen } from '../notice/notice.ts';
import { runs } from '../preservation/preservation.ts';
import type { Action } from '../registry/policy.ts';
import type { CaseFile, DocketEvent } from './case-file.ts';
import { stageOf } from './standing.ts';

/** Stages after which nothing is left to decide. */
const SETTLED = ['executed', 'refused', 'passed-on', 'withdrawn', 'sent'];

/** What keeps a case open, one code a kind of thing. */
export type Running =
  | 'docket.not-settled'
  | 'docket.still-held'
  | 'docket.validation-open'
  | 'docket.deletion-open'
  | 'docket.not-handed-over'
  | 'docket.ruling-open'
  | 'docket.still-secret'
  | 'docket.notice-open'
  | 'docket.complaint-open'
  | 'docket.review-open';

/** Everything that still runs in an open case, in the order of its life. The clock watches no closed one, so nothing may. */
export function stillRunning(file: CaseFile): readonly Running[] {
  const { preservation, execution, disclosure, notice } = file;
  const validations = execution.openings.flatMap(({ validation }) => validation ?? []);
  const asked = [...disclosure.otherUses, ...disclosure.transfers];
  const say = (code: Running, is: boolean): readonly Running[] => (is ? [code] : []);
  return [
    ...say('docket.not-settled', !SETTLED.includes(stageOf(file)) && !isOnlyHold(file)),
    ...say('docket.still-held', preservation.hold !== null && runs(preservation.hold)),
    ...say(
      'docket.validation-open',
      validations.some(({ answer }) => answer === null),
    ),
    ...say(
      'docket.deletion-open',
      validations.some(({ deletion }) => deletion?.state === 'demanded'),
    ),
    ...say('docket.not-handed-over', leftHere(file).length > 0),
    ...say(
      'docket.ruling-open',
      asked.some(({ ruling }) => ruling === null),
    ),
    ...say(
      'docket.still-secret',
      disclosure.secrecy.some(({ end }) => end === null),
    ),
    ...say('docket.notice-open', notice.notices.some(isOpen)),
    ...say('docket.complaint-open', notice.complaints.some(awaited)),
    ...say(
      'docket.review-open',
      notice.reviews.some(({ outcome }) => outcome === null),
    ),
  ];
}

/** Work on the request itself, of which a closed case takes none. Letters, seals and ties to other cases remain. */
const WORK = /^(emergency|hold|assessment|decision|execution|disclosure|secrecy)\.|^request\.(?!link)|^notice\.delay$/;

/** Why an act cannot be done in this case any more; undefined while the case is open. */
export const afterTheEnd = (file: CaseFile, action: Action): Outcome<never, Refusal> | undefined =>
  file.closed && WORK.test(action) ? no('docket.closed') : undefined;

/** What opens a closed case again: a complaint, a review, a notice that did not arrive would otherwise run unwatched by the clock. */
export const reopening = (file: CaseFile): readonly DocketEvent[] => (file.closed ? [{ type: 'case.reopened' }] : []);

/** What was produced for a decision that stands and is still here, unless the other side withdrew or must delete what it has. */
function leftHere({ decisions, evidence, execution, request }: CaseFile): readonly EvidenceObject[] {
  const stands = standing(decisions);
  const failed = execution.openings.some(({ validation }) => validation?.state === 'failed');
  return stands && executes(stands.disposition) && !request.withdrawn && !failed ? notHandedOver(evidence) : [];
}

/** The one thing that may be left as it is: a named person says why. Oversight lists these cases. */
export const mayStay = (running: readonly Running[]): boolean =>
  running.length > 0 && running.every((code) => code === 'docket.not-handed-over');

/**
 * Closes a case with a sentence on how it ended; what runs keeps it open, and is named whole. `keptBack` is why what was
 * produced is not handed over, where that is all that is left.
 */
export function close(
  file: CaseFile,
  result: string,
  keptBack: string,
): Outcome<(DocketEvent | EvidenceEvent)[], Refusal> {
  if (file.closed) return no('docket.closed');
  const running = stillRunning(file);
  const [first, ...others] = running.map((code) => ({ code }));
  const stays = mayStay(running) && keptBack.trim() !== '';
  if (first && !stays) return refuse(first, ...others);
  if (stays && keptBack.trim().length < LEAST_REASON) return no('docket.kept-back-reason', { least: LEAST_REASON });
  if (result.trim() === '') return no('docket.result-missing');
  const objects = leftHere(file).map((one) => one.no);
  return accept([
    ...(stays ? [{ type: 'evidence.kept-back', objects, reasons: keptBack.trim() } as const] : []),
    { type: 'case.closed', result: result.trim() },
  ]);
}

/** A request to hold was all there was, and its hold ended. One for data waits for its decision whatever became of the hold. */
export const isOnlyHold = (file: CaseFile): boolean =>
  file.measure === 'preservation' &&
  file.preservation.hold !== null &&
  !runs(file.preservation.hold) &&
  standing(file.decisions) === undefined;

/** Not answered yet, or answered with a remedy that is still to come. */
const awaited = ({ answer, remediedOn }: CaseFile['notice']['complaints'][number]): boolean =>
  answer === null || (answer.remedyBy !== null && remediedOn === null);

/** Why, and by whose order; neither is left out, for nothing else will tell. */
export type ErasureOrder = { readonly reason: string; readonly orderedBy: string };
const LEAST_REASON = 10;

/** What opens the steps of a case is destroyed once it is closed and `terms`, which would run in it, are over. */
export function erase(
  file: CaseFile,
  { reason, orderedBy }: ErasureOrder,
  terms: readonly { readonly kind: string; readonly on: string }[],
): Outcome<DocketEvent[], Refusal> {
  if (!file.closed) return no('docket.erase-open');
  const [first] = terms;
  if (first) return no('docket.erase-term', { kind: first.kind, on: first.on });
  if (reason.trim().length < LEAST_REASON) return no('docket.reason-missing', { least: LEAST_REASON });
  if (orderedBy.trim() === '') return no('docket.erase-order');
  return accept([{ type: 'case.erased', reason: reason.trim(), orderedBy: orderedBy.trim() }]);
}
