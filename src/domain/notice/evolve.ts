// What an event makes of notices, complaints and reviews.

import type { Instant } from '../../kernel/instant.ts';
import type { By } from '../registry/person.ts';
import type { Complaint, Notice, NoticeEvent, NoticeState, Sending } from './notice.ts';

/** Total: whatever was decided is taken as it is. */
export function evolve(state: NoticeState, event: NoticeEvent, at: Instant, by: By): NoticeState {
  switch (event.type) {
    case 'notice.scheduled': {
      const { notice: no, person, dutyBearer, on: scheduledOn } = event;
      const made: Notice = { no, person, dutyBearer, scheduledOn, delays: [], sendings: [], notNeeded: null };
      return { ...state, notices: [...state.notices, made] };
    }
    case 'notice.delayed': {
      const { ground, reasons, on, until, clock } = event;
      return changeNotice(state, event.notice, ({ delays }) => ({
        delays: [...delays, { ground, reasons, until, clock, by, on, liftedOn: null }],
      }));
    }
    case 'notice.delay-lifted':
      return changeNotice(state, event.notice, ({ delays }) => ({
        delays: delays.map((delay) => ({ ...delay, liftedOn: delay.liftedOn ?? event.on })),
      }));
    case 'notice.sent': {
      const { channel, codeHash, on } = event;
      const sending: Sending = { channel, codeHash, on, arrived: 'not-known', proof: '' };
      return changeNotice(state, event.notice, ({ sendings }) => ({ sendings: [...sendings, sending] }));
    }
    case 'notice.delivered':
      return changeLastSending(state, event.notice, { arrived: 'yes', proof: event.proof });
    case 'notice.not-delivered':
      return changeLastSending(state, event.notice, { arrived: 'no', proof: event.proof });
    case 'notice.not-needed': {
      const { ground, reasons, on } = event;
      return changeNotice(state, event.notice, () => ({ notNeeded: { ground, reasons, by, on } }));
    }
    case 'notice.needed-again':
      return changeNotice(state, event.notice, () => ({ notNeeded: null }));
    case 'notice.complaint-received': {
      const { complaint: no, notice, kind, text, on: receivedOn, acknowledgeBy, answerBy } = event;
      const what = kind === undefined ? { text } : { kind, text };
      const times = { receivedOn, acknowledgeBy, answerBy, acknowledgedOn: null, remediedOn: null };
      return { ...state, complaints: [...state.complaints, { no, notice, ...what, ...times, answer: null }] };
    }
    case 'notice.complaint-acknowledged':
      return changeComplaint(state, event.complaint, { acknowledgedOn: event.on });
    case 'notice.complaint-answered': {
      const { outcome, text, remedy, remedyBy, on } = event;
      return changeComplaint(state, event.complaint, { answer: { outcome, text, remedy, remedyBy, by, on } });
    }
    case 'notice.complaint-remedied':
      return changeComplaint(state, event.complaint, { remediedOn: event.on });
    case 'notice.review-opened': {
      const { type: _, review: no, on: openedOn, ...review } = event;
      return { ...state, reviews: [...state.reviews, { no, ...review, openedOn, outcome: null }] };
    }
    case 'notice.review-decided': {
      const outcome = { outcome: event.outcome, reasons: event.reasons, by, at };
      return {
        ...state,
        reviews: state.reviews.map((review) => (review.no === event.review ? { ...review, outcome } : review)),
      };
    }
  }
}

const changeNotice = (state: NoticeState, no: number, to: (notice: Notice) => Partial<Notice>): NoticeState => ({
  ...state,
  notices: state.notices.map((notice) => (notice.no === no ? { ...notice, ...to(notice) } : notice)),
});

const changeLastSending = (state: NoticeState, no: number, to: Partial<Sending>): NoticeState =>
  changeNotice(state, no, ({ sendings }) => ({
    sendings: sendings.map((sending, n) => (n === sendings.length - 1 ? { ...sending, ...to } : sending)),
  }));

const changeComplaint = (state: NoticeState, no: number, to: Partial<Complaint>): NoticeState => ({
  ...state,
  complaints: state.complaints.map((complaint) => (complaint.no === no ? { ...complaint, ...to } : complaint)),
});
