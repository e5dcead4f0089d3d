// Notice to the person concerned, due from the start; the complaint they may make, and the review of a decision.

import { addDays, type Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { DayClock } from '../calendar/clock.ts';
import type { OfficeCalendar } from '../calendar/office.ts';
import { type Disclosure, secretUntil } from '../disclosure/disclosure.ts';
import { type DayRule, lastDay, latest } from '../preservation/deadline.ts';
import type { By, PersonId } from '../registry/person.ts';

/** Who must tell the person: this office, or the authority on the other side. */
export type DutyBearer = 'here' | 'other-side';

/**
 * By when a person is told: so many days after there was something to tell; `since` is null before that. From law data or
 * the office's settings.
 */
export type Telling = { readonly since: Day | null; readonly within: DayRule };

/** The bound of one delay; from law data or the office's settings. */
export type NoticeRules = { readonly longestDelay: DayRule };

export type Notice = {
  readonly no: number;
  /** Whose data they are: a key into the request or the evidence, never a name. */
  readonly person: string;
  readonly dutyBearer: DutyBearer;
  /** The day it was put down. */
  readonly scheduledOn: Day;
  readonly delays: readonly Delay[];
  /** Every attempt; one that did not arrive leaves the notice due. */
  readonly sendings: readonly Sending[];
  /** Recorded by a named person; taken back when the ground falls away. */
  readonly notNeeded: NotNeeded | null;
};

/** A named decision to tell the person later, until a day; then the question is asked again. */
export type Delay = {
  readonly ground: string;
  readonly reasons: string;
  readonly until: Day;
  readonly clock: DayClock;
  readonly by: By;
  readonly on: Day;
  /** The day on which a named person let go of it before its time; null while it stands. */
  readonly liftedOn: Day | null;
};

export type Sending = {
  readonly channel: string;
  /** SHA-256, in hexadecimal, of the code with which the person reads the case; empty when the other side told them. */
  readonly codeHash: string;
  readonly on: Day;
  readonly arrived: 'not-known' | 'yes' | 'no';
  /** What shows that it arrived, or did not. */
  readonly proof: string;
};

export const NOT_NEEDED_GROUNDS = ['recipient-unknown', 'already-told', 'died', 'nothing-disclosed', 'other'] as const;
export type NotNeededGround = (typeof NOT_NEEDED_GROUNDS)[number];
export type NotNeeded = {
  readonly ground: NotNeededGround;
  readonly reasons: string;
  readonly by: By;
  readonly on: Day;
};

export const COMPLAINT_OUTCOMES = ['upheld', 'partly-upheld', 'not-upheld', 'not-competent'] as const;
export type ComplaintOutcome = (typeof COMPLAINT_OUTCOMES)[number];

/** How soon a complaint is acknowledged and answered, and a review decided; from law data or settings. */
export type ComplaintRules = { readonly acknowledge: DayRule; readonly answer: DayRule };
export type ReviewRules = { readonly decide: DayRule };

/** A day that a clock gave. */
export type Due = { readonly on: Day; readonly clock: DayClock };

/** Against how somebody was treated, or against what was decided about their data. */
export type ComplaintKind = 'complaint' | 'objection';

export type Complaint = {
  readonly no: number;
  /** The notice it follows; null when the person came without one. */
  readonly notice: number | null;
  /** A complaint where nothing else is said. */
  readonly kind?: ComplaintKind;
  readonly text: string;
  readonly receivedOn: Day;
  readonly acknowledgeBy: Due;
  readonly answerBy: Due;
  readonly acknowledgedOn: Day | null;
  readonly answer: {
    readonly outcome: ComplaintOutcome;
    readonly text: string;
    /** What is to be put right; empty where nothing is. */
    readonly remedy: string;
    readonly remedyBy: Day | null;
    readonly by: By;
    readonly on: Day;
  } | null;
  readonly remediedOn: Day | null;
};

export const REVIEW_OUTCOMES = ['stands', 'changed', 'annulled'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

export type Review = {
  readonly no: number;
  readonly decisionNo: number;
  readonly askedBy: 'person' | 'requesting-state';
  readonly why: string;
  /** The two people who decided: neither reviews it. */
  readonly decidedBy: readonly PersonId[];
  readonly openedOn: Day;
  readonly decideBy: Due;
  readonly outcome: {
    readonly outcome: ReviewOutcome;
    readonly reasons: string;
    readonly by: By;
    readonly at: Instant;
  } | null;
};

export type NoticeState = {
  readonly notices: readonly Notice[];
  readonly complaints: readonly Complaint[];
  readonly reviews: readonly Review[];
};

export type NoticeEvent =
  | {
      readonly type: 'notice.scheduled';
      readonly notice: number;
      readonly person: string;
      readonly dutyBearer: DutyBearer;
      readonly on: Day;
    }
  | {
      readonly type: 'notice.delayed';
      readonly notice: number;
      readonly ground: string;
      readonly reasons: string;
      readonly on: Day;
      readonly until: Day;
      readonly clock: DayClock;
    }
  | { readonly type: 'notice.delay-lifted'; readonly notice: number; readonly reasons: string; readonly on: Day }
  | {
      readonly type: 'notice.sent';
      readonly notice: number;
      readonly channel: string;
      readonly codeHash: string;
      readonly on: Day;
    }
  | { readonly type: 'notice.delivered'; readonly notice: number; readonly proof: string }
  | { readonly type: 'notice.not-delivered'; readonly notice: number; readonly proof: string }
  | {
      readonly type: 'notice.not-needed';
      readonly notice: number;
      readonly ground: NotNeededGround;
      readonly reasons: string;
      readonly on: Day;
    }
  | { readonly type: 'notice.needed-again'; readonly notice: number; readonly reasons: string }
  | {
      readonly type: 'notice.complaint-received';
      readonly complaint: number;
      readonly notice: number | null;
      readonly kind?: ComplaintKind;
      /** The person wrote it themselves, with the code of their notice; otherwise whoever recorded it took it down. */
      readonly through?: 'code';
      readonly text: string;
      readonly on: Day;
      readonly acknowledgeBy: Due;
      readonly answerBy: Due;
    }
  | { readonly type: 'notice.complaint-acknowledged'; readonly complaint: number; readonly on: Day }
  | {
      readonly type: 'notice.complaint-answered';
      readonly complaint: number;
      readonly outcome: ComplaintOutcome;
      readonly text: string;
      readonly remedy: string;
      readonly remedyBy: Day | null;
      readonly on: Day;
    }
  | { readonly type: 'notice.complaint-remedied'; readonly complaint: number; readonly on: Day }
  | {
      readonly type: 'notice.review-opened';
      readonly review: number;
      readonly decisionNo: number;
      readonly askedBy: 'person' | 'requesting-state';
      readonly why: string;
      readonly decidedBy: readonly PersonId[];
      readonly on: Day;
      readonly decideBy: Due;
    }
  | {
      readonly type: 'notice.review-decided';
      readonly review: number;
      readonly outcome: ReviewOutcome;
      readonly reasons: string;
    };

export const initial: NoticeState = { notices: [], complaints: [], reviews: [] };

/** Whether the person was told, as far as is known: sent, and not found to have missed them. */
export const isTold = ({ sendings }: Notice): boolean => {
  const last = sendings.at(-1);
  return last !== undefined && last.arrived !== 'no';
};

/** Whether the person is still to be told. */
export const isOpen = (notice: Notice): boolean => !isTold(notice) && notice.notNeeded === null;

/** The last day of the delay that runs longest; null when none stands. */
export function delayedUntil({ delays }: Notice): Day | null {
  const [first, ...others] = delays.filter(({ liftedOn }) => liftedOn === null).map(({ until }) => until);
  return first === undefined ? null : latest(first, ...others);
}

/** The first day on which the person may be told: at once, or on the day after secrecy and delay have ended. */
export function mayTellFrom(notice: Notice, disclosure: Disclosure): Day {
  const ends = [secretUntil(disclosure), delayedUntil(notice)].filter((day) => day !== null);
  return latest(notice.scheduledOn, ...ends.map((day) => addDays(day, 1)));
}

/**
 * The day by which the person is told, and the clock that gave it where one did; null while there is nothing to tell.
 * What stood in the way gives until the day after it ended, or the day on which it was lifted. All is counted anew from the
 * orders as they are, so that no end of secrecy can pass without its notice.
 */
export function tellBy(
  notice: Notice,
  disclosure: Disclosure,
  { since, within }: Telling,
  office: OfficeCalendar,
): { readonly on: Day; readonly clock: DayClock | null } | null {
  if (since === null) return null;
  const term = lastDay(within, since, office);
  const free = [
    ...disclosure.secrecy.map(({ until, end }) => freeAfter(until, end?.how === 'lifted' ? end.on : null)),
    ...notice.delays.map(({ until, liftedOn }) => freeAfter(until, liftedOn)),
  ];
  const on = latest(term.on, ...free);
  return { on, clock: on === term.on ? term.clock : null };
}

const freeAfter = (until: Day, liftedOn: Day | null): Day => liftedOn ?? addDays(until, 1);
