// What goes with data that are handed over: conditions, assurances, limits of use, onward transfer, and secrecy that ends.

import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { DayClock } from '../calendar/clock.ts';
import { type DayRule, latest } from '../preservation/deadline.ts';
import type { By } from '../registry/person.ts';

/** What one named person decided on a question, with reasons. */
export type Ruling<Answer extends string> = {
  readonly answer: Answer;
  readonly reasons: string;
  readonly by: By;
  readonly at: Instant;
};

export const CONDITION_STATUSES = [
  'proposed',
  'accepted',
  'not-accepted',
  'withdrawn',
  'fulfilled',
  'breached',
] as const;
export type ConditionStatus = (typeof CONDITION_STATUSES)[number];

export type Condition = {
  readonly no: number;
  /** The decision that set it; null when it was put to the other side before any. */
  readonly decisionNo: number | null;
  readonly text: string;
  readonly status: ConditionStatus;
  /** The day by which it is to be fulfilled; null for one that binds for good. */
  readonly dueOn: Day | null;
  /** Who on the other side accepted it or did not; empty before. */
  readonly answeredBy: string;
  /** What showed that it was fulfilled or breached. */
  readonly remarks: string;
};

export const ASSURANCE_KINDS = ['death-penalty', 'torture', 'fair-trial', 'speciality', 'other'] as const;
export type AssuranceKind = (typeof ASSURANCE_KINDS)[number];

export type Assurance = {
  readonly no: number;
  readonly kind: AssuranceKind;
  /** What was asked for, in the words of the letter. */
  readonly asked: string;
  readonly dueOn: Day | null;
  readonly status: 'asked' | 'given' | 'credible' | 'not-credible' | 'withdrawn';
  readonly given: { readonly text: string; readonly signedBy: string; readonly on: Day } | null;
  readonly judged: Ruling<'credible' | 'not-credible'> | null;
};

/** What the recipient may do with the data; `until` is the day by which they are deleted. */
export type UseLimit = { readonly no: number; readonly text: string; readonly until: Day | null };

/** The recipient asks to use the data for something else. */
export type OtherUse = {
  readonly no: number;
  readonly askedBy: string;
  readonly purpose: string;
  readonly askedOn: Day;
  readonly ruling: Ruling<'allowed' | 'refused'> | null;
};

/** The recipient asks to pass the data on. */
export type OnwardTransfer = {
  readonly no: number;
  readonly askedBy: string;
  readonly to: string;
  readonly what: string;
  readonly purpose: string;
  readonly askedOn: Day;
  readonly ruling: Ruling<'consent-given' | 'consent-refused'> | null;
};

/** The number that bounds a secrecy order and each of its renewals; from law data or the office's settings. */
export type SecrecyRules = { readonly longest: DayRule };

export type SecrecyOrder = {
  readonly no: number;
  /** The provision or the order of a court on which it rests. */
  readonly ground: string;
  /** Reasons of this case. */
  readonly reasons: string;
  readonly from: Day;
  /** The last day of secrecy. There is no order without one. */
  readonly until: Day;
  /** The day by which a person asks again whether it is still needed. */
  readonly reviewOn: Day;
  readonly clock: DayClock;
  /** Renewals and reviews that left it standing, in order. */
  readonly history: readonly {
    readonly what: 'renewed' | 'reviewed';
    readonly by: By;
    readonly on: Day;
    readonly reasons: string;
    readonly until: Day;
    readonly reviewOn: Day;
  }[];
  readonly end: { readonly how: 'ended' | 'lifted'; readonly on: Day; readonly reasons: string } | null;
};

export type Disclosure = {
  readonly conditions: readonly Condition[];
  readonly assurances: readonly Assurance[];
  readonly limits: readonly UseLimit[];
  readonly otherUses: readonly OtherUse[];
  readonly transfers: readonly OnwardTransfer[];
  readonly secrecy: readonly SecrecyOrder[];
};

export type DisclosureEvent =
  | {
      readonly type: 'disclosure.condition-proposed';
      readonly condition: number;
      readonly decisionNo: number | null;
      readonly text: string;
      readonly dueOn: Day | null;
    }
  | { readonly type: 'disclosure.condition-accepted'; readonly condition: number; readonly answeredBy: string }
  | {
      readonly type: 'disclosure.condition-not-accepted';
      readonly condition: number;
      readonly answeredBy: string;
      readonly remarks: string;
    }
  | { readonly type: 'disclosure.condition-withdrawn'; readonly condition: number; readonly remarks: string }
  | { readonly type: 'disclosure.condition-fulfilled'; readonly condition: number; readonly remarks: string }
  | { readonly type: 'disclosure.condition-breached'; readonly condition: number; readonly remarks: string }
  | {
      readonly type: 'disclosure.assurance-asked';
      readonly assurance: number;
      readonly kind: AssuranceKind;
      readonly asked: string;
      readonly dueOn: Day | null;
    }
  | {
      readonly type: 'disclosure.assurance-given';
      readonly assurance: number;
      readonly text: string;
      readonly signedBy: string;
      readonly on: Day;
    }
  | {
      readonly type: 'disclosure.assurance-judged';
      readonly assurance: number;
      readonly credible: boolean;
      readonly reasons: string;
    }
  | { readonly type: 'disclosure.assurance-withdrawn'; readonly assurance: number; readonly reasons: string }
  | {
      readonly type: 'disclosure.use-limited';
      readonly limit: number;
      readonly text: string;
      readonly until: Day | null;
    }
  | {
      readonly type: 'disclosure.other-use-asked';
      readonly use: number;
      readonly askedBy: string;
      readonly purpose: string;
      readonly on: Day;
    }
  | {
      readonly type: 'disclosure.other-use-ruled';
      readonly use: number;
      readonly allowed: boolean;
      readonly reasons: string;
    }
  | {
      readonly type: 'disclosure.transfer-asked';
      readonly transfer: number;
      readonly askedBy: string;
      readonly to: string;
      readonly what: string;
      readonly purpose: string;
      readonly on: Day;
    }
  | {
      readonly type: 'disclosure.transfer-ruled';
      readonly transfer: number;
      readonly consent: boolean;
      readonly reasons: string;
    }
  | {
      readonly type: 'disclosure.secrecy-ordered';
      readonly order: number;
      readonly ground: string;
      readonly reasons: string;
      readonly from: Day;
      readonly until: Day;
      readonly reviewOn: Day;
      readonly clock: DayClock;
    }
  | {
      readonly type: 'disclosure.secrecy-reviewed';
      readonly order: number;
      readonly on: Day;
      readonly reasons: string;
      readonly reviewOn: Day;
    }
  | {
      readonly type: 'disclosure.secrecy-renewed';
      readonly order: number;
      readonly on: Day;
      readonly reasons: string;
      readonly until: Day;
      readonly reviewOn: Day;
      readonly clock: DayClock;
    }
  | {
      readonly type: 'disclosure.secrecy-lifted';
      readonly order: number;
      readonly on: Day;
      readonly reasons: string;
    }
  | { readonly type: 'disclosure.secrecy-ended'; readonly order: number; readonly on: Day };

export const initial: Disclosure = {
  conditions: [],
  assurances: [],
  limits: [],
  otherUses: [],
  transfers: [],
  secrecy: [],
};

/** The last day of the secrecy that still runs, by the order that ends last; null when none does. */
export function secretUntil({ secrecy }: Disclosure): Day | null {
  const [first, ...others] = secrecy.filter(({ end }) => end === null).map(({ until }) => until);
  return first === undefined ? null : latest(first, ...others);
}

/** What must be settled before anything is handed over: conditions nobody accepted, assurances nobody found credible. */
export const standsInTheWay = ({ conditions, assurances }: Disclosure) => ({
  conditions: conditions.filter(({ status }) => status === 'proposed' || status === 'not-accepted'),
  assurances: assurances.filter(({ status }) => status !== 'credible' && status !== 'withdrawn'),
});
