// What may be done about a complaint of a person concerned and about the review of a decision; never by who decided it.

import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import { dayIn } from '../calendar/moment.ts';
import type { OfficeCalendar } from '../calendar/office.ts';
import { lastDay } from '../preservation/deadline.ts';
import type { By, PersonId } from '../registry/person.ts';
import type {
  Complaint,
  ComplaintKind,
  ComplaintOutcome,
  ComplaintRules,
  NoticeEvent,
  NoticeState,
  Review,
  ReviewOutcome,
  ReviewRules,
} from './notice.ts';

type Decided = Outcome<NoticeEvent[], Refusal>;

export type NewComplaint = {
  readonly notice: number | null;
  readonly text: string;
  readonly kind?: ComplaintKind;
  readonly through?: 'code';
};

/** Takes in a complaint; its clocks start today. */
export function receiveComplaint(
  state: NoticeState,
  command: NewComplaint & { readonly rules: ComplaintRules },
  _by: By,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const { notice, text, rules, kind, through } = command;
  if (text.trim() === '') return no('notice.complaint-empty');
  if (notice !== null && !state.notices.some((one) => one.no === notice))
    return no('notice.no-such-notice', { notice });
  const on = dayIn(at, office.timeZone);
  return accept([
    {
      type: 'notice.complaint-received',
      complaint: state.complaints.length + 1,
      notice,
      ...(kind && { kind }),
      ...(through && { through }),
      text: text.trim(),
      on,
      acknowledgeBy: lastDay(rules.acknowledge, on, office),
      answerBy: lastDay(rules.answer, on, office),
    },
  ]);
}

/** The person is told that the complaint came. */
export function acknowledgeComplaint(
  state: NoticeState,
  { complaint }: { readonly complaint: number },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const found = unanswered(state, complaint);
  if (!found.ok) return found;
  if (found.value.acknowledgedOn) return no('notice.complaint-acknowledged', { complaint });
  return accept([{ type: 'notice.complaint-acknowledged', complaint, on: dayIn(at, office.timeZone) }]);
}

export type ComplaintAnswer = {
  readonly complaint: number;
  readonly outcome: ComplaintOutcome;
  readonly text: string;
  /** What is to be put right and by when; empty and null unless the complaint is upheld, wholly or in part. */
  readonly remedy: string;
  readonly remedyBy: Day | null;
  /** Everybody who proposed or countersigned what the complaint is about. */
  readonly decidedBy: readonly PersonId[];
};

/** Answers it, with the remedy where it is upheld. */
export function answerComplaint(
  state: NoticeState,
  { complaint, outcome, text, remedy, remedyBy, decidedBy }: ComplaintAnswer,
  by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const found = unanswered(state, complaint);
  if (!found.ok) return found;
  if (decidedBy.includes(by)) return no('notice.same-person');
  if (text.trim() === '') return no('notice.reasons-missing');
  const on = dayIn(at, office.timeZone);
  const upheld = outcome === 'upheld' || outcome === 'partly-upheld';
  if (upheld && (remedy.trim() === '' || remedyBy === null)) return no('notice.remedy-missing');
  if (!upheld && (remedy.trim() !== '' || remedyBy !== null)) return no('notice.remedy-without-ground');
  if (remedyBy !== null && remedyBy < on) return no('notice.remedy-in-the-past', { until: remedyBy });
  const answer = { outcome, text: text.trim(), remedy: remedy.trim(), remedyBy };
  return accept([{ type: 'notice.complaint-answered', complaint, ...answer, on }]);
}

/** What was to be put right is. */
export function remedied(
  state: NoticeState,
  { complaint }: { readonly complaint: number },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const found = state.complaints.find((one) => one.no === complaint);
  if (!found) return no('notice.no-such-complaint', { complaint });
  if (!found.answer || found.answer.remedyBy === null) return no('notice.no-remedy-owed', { complaint });
  if (found.remediedOn) return no('notice.already-remedied', { complaint });
  return accept([{ type: 'notice.complaint-remedied', complaint, on: dayIn(at, office.timeZone) }]);
}

function unanswered(state: NoticeState, complaint: number): Outcome<Complaint, Refusal> {
  const found = state.complaints.find((one) => one.no === complaint);
  if (!found) return no('notice.no-such-complaint', { complaint });
  return found.answer ? no('notice.complaint-answered', { complaint }) : accept(found);
}

export type NewReview = Pick<Review, 'decisionNo' | 'askedBy' | 'why' | 'decidedBy'> & { readonly rules: ReviewRules };

/** Opens the review of a decision; one at a time for each. */
export function openReview(
  state: NoticeState,
  { decisionNo, askedBy, why, decidedBy, rules }: NewReview,
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  if (why.trim() === '') return no('notice.reasons-missing');
  if (state.reviews.some((one) => one.decisionNo === decisionNo && !one.outcome)) {
    return no('notice.already-under-review', { decision: decisionNo });
  }
  const on = dayIn(at, office.timeZone);
  const decideBy = lastDay(rules.decide, on, office);
  const review = state.reviews.length + 1;
  const asked = { decisionNo, askedBy, why: why.trim(), decidedBy };
  return accept([{ type: 'notice.review-opened', review, ...asked, on, decideBy }]);
}

/** A named person who had no part in the decision lets it stand, or has it changed or annulled, by a new one. */
export function decideReview(
  state: NoticeState,
  { review, outcome, reasons }: { readonly review: number; readonly outcome: ReviewOutcome; readonly reasons: string },
  by: PersonId,
  _at: Instant,
): Decided {
  const found = state.reviews.find((one) => one.no === review);
  if (!found) return no('notice.no-such-review', { review });
  if (found.outcome) return no('notice.review-decided', { review });
  if (found.decidedBy.includes(by)) return no('notice.same-person');
  if (reasons.trim() === '') return no('notice.reasons-missing');
  return accept([{ type: 'notice.review-decided', review, outcome, reasons: reasons.trim() }]);
}
