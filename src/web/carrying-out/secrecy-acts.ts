// The acts of the tab for secrecy and notice: what each form sends, and the use case it goes to.

import type { Target } from '../../app/casework/act.ts';
import * as disclosing from '../../app/casework/disclosing.ts';
import * as notifying from '../../app/casework/notifying.ts';
import type { Desk } from '../casework/context.ts';
import type { Handlers } from './handlers.ts';
import type { Reading } from './reading.ts';
import { ASKED_BY, COMPLAINTS, NOT_NEEDED, REVIEWS, YES_NO } from './words.ts';

/** Sends a notice; the answer holds the code, which is nowhere else. */
export const sendNoticeFrom = ({ work, actor }: Desk, target: Target, read: Reading) =>
  notifying.sendNotice(work, actor, target, { notice: read.no, channel: read.text('channel') });

export const SECRECY_ACTS: Handlers = {
  'order-secrecy': ({ work, actor }, target, read) => {
    const input = {
      ground: read.text('ground'),
      reasons: read.text('reasons'),
      until: read.day('until'),
      reviewOn: read.day('reviewOn'),
    };
    return () => disclosing.orderSecrecy(work, actor, target, input);
  },
  'review-secrecy': ({ work, actor }, target, read) => {
    const input = { order: read.no, reasons: read.text('reasons'), reviewOn: read.day('reviewOn') };
    return () => disclosing.reviewSecrecy(work, actor, target, input);
  },
  'renew-secrecy': ({ work, actor }, target, read) => {
    const [until, reviewOn] = [read.day('until'), read.day('reviewOn')];
    const input = { order: read.no, reasons: read.text('reasons'), until, reviewOn };
    return () => disclosing.renewSecrecy(work, actor, target, input);
  },
  'lift-secrecy': ({ work, actor }, target, read) => {
    const input = { order: read.no, reasons: read.text('reasons') };
    return () => disclosing.liftSecrecy(work, actor, target, input);
  },
  'delay-notice': ({ work, actor }, target, read) => {
    const [ground, reasons, until] = [read.text('ground'), read.text('reasons'), read.day('until')];
    return () => notifying.delayNotice(work, actor, target, { notice: read.no, ground, reasons, until });
  },
  'lift-delay': ({ work, actor }, target, read) => {
    const input = { notice: read.no, reasons: read.text('reasons') };
    return () => notifying.liftNoticeDelay(work, actor, target, input);
  },
  'told-by-other-side': ({ work, actor }, target, read) => {
    const input = { notice: read.no, channel: read.text('channel'), proof: read.text('proof') };
    return () => notifying.toldByOtherSide(work, actor, target, input);
  },
  arrived: ({ work, actor }, target, read) => {
    const arrived = read.choice('arrived', YES_NO) === 'yes';
    const input = { notice: read.no, arrived, proof: read.text('proof') };
    return () => notifying.noticeArrived(work, actor, target, input);
  },
  'not-needed': ({ work, actor }, target, read) => {
    const input = { notice: read.no, ground: read.choice('notNeeded', NOT_NEEDED), reasons: read.text('reasons') };
    return () => notifying.noticeNotNeeded(work, actor, target, input);
  },
  'needed-again': ({ work, actor }, target, read) => {
    const input = { notice: read.no, reasons: read.text('reasons') };
    return () => notifying.noticeNeededAgain(work, actor, target, input);
  },
  complaint: ({ work, actor }, target, read) => {
    const notice = read.count('notice');
    const input = { notice: notice === 0 ? null : notice, text: read.text('text') };
    return () => notifying.receiveComplaint(work, actor, target, input);
  },
  'acknowledge-complaint':
    ({ work, actor }, target, read) =>
    () =>
      notifying.acknowledgeComplaint(work, actor, target, { complaint: read.no }),
  'answer-complaint': ({ work, actor }, target, read) => {
    const input = {
      complaint: read.no,
      outcome: read.choice('outcome', COMPLAINTS),
      text: read.text('text'),
      remedy: read.text('remedy'),
      remedyBy: read.dayOrNone('remedyBy'),
    };
    return () => notifying.answerComplaint(work, actor, target, input);
  },
  remedied:
    ({ work, actor }, target, read) =>
    () =>
      notifying.complaintRemedied(work, actor, target, { complaint: read.no }),
  'open-review': ({ work, actor }, target, read) => {
    const input = { askedBy: read.choice('reviewFor', ASKED_BY), why: read.text('why') };
    return () => notifying.openReview(work, actor, target, input);
  },
  'decide-review': ({ work, actor }, target, read) => {
    const outcome = read.choice('reviewOutcome', REVIEWS);
    const input = { review: read.no, outcome, reasons: read.text('reasons') };
    return () => notifying.decideReview(work, actor, target, input);
  },
};
