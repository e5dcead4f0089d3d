// Use cases of notice, complaint and review: the person is told, or told later by a named decision, and can answer back.

import { deciders, standing } from '../../domain/decisions/decision.ts';
import type { CaseEvent, CaseFile, Reference } from '../../domain/docket/case-file.ts';
import { reopening } from '../../domain/docket/close.ts';
import * as notice from '../../domain/notice/decide.ts';
import type { ComplaintOutcome } from '../../domain/notice/notice.ts';
import * as remedy from '../../domain/notice/remedy.ts';
import type { By } from '../../domain/registry/person.ts';
import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import { type Acted, act, calendarOf, type Step, step, stepOn } from './act.ts';
import type { Casework } from './casework.ts';
import { markOfCode, newCode } from './notice-codes.ts';
import { daysFor } from './terms.ts';

export const delayNotice: Step<{
  readonly notice: number;
  readonly ground: string;
  readonly reasons: string;
  readonly until: Day;
}> = (work, actor, target, input) =>
  act(work, actor, 'notice.delay', target, (file, at) => {
    const rules = { longestDelay: daysFor(work, file, 'notice-delay-longest') };
    const command = { ...input, rules, disclosure: file.disclosure };
    return notice.delay(file.notice, command, actor.id, at, calendarOf(work));
  });

type OfNotice = { readonly notice: number };

export const liftNoticeDelay = stepOn('notice.delay', 'notice', notice.liftDelay);

export type Sent = { readonly acted: Acted; readonly code: string };

/**
 * Sends the notice under a fresh code. The code is in the answer and nowhere else: only its keyed mark is kept, so whoever
 * reads the database cannot read as the person, and a code that is lost is replaced by sending again.
 */
export const sendNotice: Step<OfNotice & { readonly channel: string }, Sent> = async (work, actor, target, input) => {
  const code = newCode(work.world);
  const codeHash = markOfCode(work.world, code);
  const acted = await act(work, actor, 'notice.send', target, async (file, at, tx) => {
    const command = { ...input, codeHash, disclosure: file.disclosure };
    const sent = notice.send(file.notice, command, actor.id, at, calendarOf(work));
    if (sent.ok) await tx.keepCode(file.id, input.notice, codeHash);
    return sent;
  });
  return { acted, code };
};

export const toldByOtherSide = stepOn('notice.send', 'notice', notice.toldByOtherSide);

/** Whether it reached the person, and what shows it. */
export const noticeArrived: Step<OfNotice & { readonly arrived: boolean; readonly proof: string }> = (
  work,
  actor,
  target,
  { arrived, ...proof },
) =>
  act(work, actor, 'notice.send', target, (file, at) =>
    arrived
      ? notice.delivered(file.notice, proof, actor.id, at)
      : opened(file, notice.notDelivered(file.notice, proof, actor.id, at)),
  );

/** Leaving a person untold weighs as much as telling them later, so the same people decide it. */
export const noticeNotNeeded = stepOn('notice.delay', 'notice', notice.notNeeded);

export const noticeNeededAgain: Step<OfNotice & { readonly reasons: string }> = (work, actor, target, input) =>
  act(work, actor, 'notice.send', target, (file, at) =>
    opened(file, notice.neededAgain(file.notice, input, actor.id, at)),
  );

export const receiveComplaint: Step<{ readonly notice: number | null; readonly text: string }> = (
  work,
  actor,
  target,
  input,
) => act(work, actor, 'complaint.record', target, (file, at) => complained(work, file, input, actor.id, at));

/** The same from a person without an account here, who came with the code of their notice: the node takes it in. */
export const takeComplaint = (work: Casework, reference: Reference, input: remedy.NewComplaint): Promise<Acted> =>
  step(work, 'clock', { reference, version: null }, (file, at) => complained(work, file, input, 'clock', at));

function complained(work: Casework, file: CaseFile, input: remedy.NewComplaint, by: By, at: Instant) {
  const rules = {
    acknowledge: daysFor(work, file, 'complaint-acknowledge'),
    answer: daysFor(work, file, 'complaint-answer'),
  };
  return opened(file, remedy.receiveComplaint(file.notice, { ...input, rules }, by, at, calendarOf(work)));
}

type OfComplaint = { readonly complaint: number };

export const acknowledgeComplaint = stepOn('complaint.record', 'notice', remedy.acknowledgeComplaint);

export const answerComplaint: Step<
  OfComplaint & {
    readonly outcome: ComplaintOutcome;
    readonly text: string;
    readonly remedy: string;
    readonly remedyBy: Day | null;
  }
> = (work, actor, target, input) =>
  act(work, actor, 'complaint.answer', target, (file, at) => {
    const answer = { ...input, decidedBy: deciders(file.decisions) };
    return remedy.answerComplaint(file.notice, answer, actor.id, at, calendarOf(work));
  });

export const complaintRemedied = stepOn('complaint.answer', 'notice', remedy.remedied);

export const openReview: Step<{ readonly askedBy: 'person' | 'requesting-state'; readonly why: string }> = (
  work,
  actor,
  target,
  input,
) =>
  act(work, actor, 'complaint.record', target, (file, at) => {
    const decision = standing(file.decisions);
    if (!decision) return no('notice.no-decision');
    const rules = { decide: daysFor(work, file, 'review') };
    const decidedBy = [decision.by, decision.countersigned.by];
    const asked = { ...input, decisionNo: decision.no, decidedBy, rules };
    return opened(file, remedy.openReview(file.notice, asked, actor.id, at, calendarOf(work)));
  });

/** What a closed case is opened again by. */
const opened = (file: CaseFile, decided: Outcome<CaseEvent[], Refusal>): Outcome<CaseEvent[], Refusal> =>
  decided.ok ? accept([...reopening(file), ...decided.value]) : decided;

export const decideReview = stepOn('decision.review', 'notice', remedy.decideReview);

/** Whether there is something to tell and to review. */
export const decisionStands = (file: CaseFile): boolean => standing(file.decisions) !== undefined;

export {
  COMPLAINT_OUTCOMES,
  type Complaint,
  delayedUntil,
  isOpen,
  mayTellFrom,
  NOT_NEEDED_GROUNDS,
  type Notice,
  REVIEW_OUTCOMES,
  type Review,
} from '../../domain/notice/notice.ts';
