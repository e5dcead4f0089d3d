// When people are to be told, what shows that they were, and when complaints and reviews are to be answered.

import type { OfficeCalendar } from '../calendar/office.ts';
import type { Disclosure } from '../disclosure/disclosure.ts';
import { type DayRule, type Deadline, lastDay } from '../preservation/deadline.ts';
import {
  type Complaint,
  delayedUntil,
  isOpen,
  isTold,
  type Notice,
  type NoticeState,
  tellBy,
  type Telling,
} from './notice.ts';

export type NoticeDeadline = Deadline<
  /** Tell the person; or, where the other side bears the duty, ask it to show that it did. */
  | 'tell-person'
  /** The delay ends: tell the person, or decide anew, by name and with reasons. */
  | 'ask-delay-again'
  | 'prove-delivery'
  | 'acknowledge-complaint'
  | 'answer-complaint'
  | 'remedy-complaint'
  | 'decide-review'
>;

/** By when people are told, and how long proof of delivery may take, null where nothing is set. */
export type NoticeTerms = { readonly tell: Telling; readonly proofWithin: DayRule | null };

/** What is due. Once there is something to tell, a notice that was not sent and has no recorded ground always has a line here. */
export function deadlines(
  state: NoticeState,
  disclosure: Disclosure,
  rules: NoticeTerms,
  office: OfficeCalendar,
): NoticeDeadline[] {
  return [
    ...state.notices.flatMap((notice) => ofNotice(notice, disclosure, rules, office)),
    ...state.complaints.flatMap(ofComplaint),
    ...state.reviews.flatMap(({ no, decideBy, outcome }): NoticeDeadline[] =>
      outcome ? [] : [{ key: `notice.review.${no}`, ...decideBy, kind: 'decide-review', whose: 'office' }],
    ),
  ];
}

function ofNotice(notice: Notice, disclosure: Disclosure, { tell, proofWithin }: NoticeTerms, office: OfficeCalendar) {
  const key = (kind: string): string => `notice.${notice.no}.${kind}`;
  const due: NoticeDeadline[] = [];
  if (isOpen(notice)) {
    const whose = notice.dutyBearer === 'here' ? 'office' : 'requesting';
    const by = tellBy(notice, disclosure, tell, office);
    if (by) due.push({ key: key('tell'), ...by, kind: 'tell-person', whose });
    const again = delayedUntil(notice);
    if (again !== null)
      due.push({ key: key('again'), on: again, kind: 'ask-delay-again', whose: 'office', clock: null });
  }
  const sending = notice.sendings.at(-1);
  if (proofWithin && isTold(notice) && sending?.arrived === 'not-known') {
    const proof = lastDay(proofWithin, sending.on, office);
    due.push({ key: key(`proof.${notice.sendings.length}`), ...proof, kind: 'prove-delivery', whose: 'office' });
  }
  return due;
}

function ofComplaint({ no, acknowledgeBy, answerBy, acknowledgedOn, answer, remediedOn }: Complaint): NoticeDeadline[] {
  const key = (kind: string): string => `notice.complaint.${no}.${kind}`;
  if (answer) {
    if (answer.remedyBy === null || remediedOn) return [];
    return [{ key: key('remedy'), on: answer.remedyBy, kind: 'remedy-complaint', whose: 'office', clock: null }];
  }
  const due: NoticeDeadline[] = [{ key: key('answer'), ...answerBy, kind: 'answer-complaint', whose: 'office' }];
  if (!acknowledgedOn)
    due.push({ key: key('acknowledge'), ...acknowledgeBy, kind: 'acknowledge-complaint', whose: 'office' });
  return due;
}
