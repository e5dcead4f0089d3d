// The answer to one request, in the shape outsiders rely on (contract, section 5).

import type { Day } from '../kernel/calendar.ts';
import type { Finding } from './findings.ts';
import type { Clock, FactId, ProvisionId } from './provision.ts';
import type { OutcomeName } from './verdict.ts';

export type NextQuestion = {
  readonly fact: FactId;
  readonly question: string;
  readonly judgement: boolean;
  /** The provisions for which one answer alone settles the verdict. */
  readonly decides: readonly ProvisionId[];
  /** The outcomes, other than today's, that one answer alone leads to; what stops the request first. */
  readonly couldReach: readonly OutcomeName[];
};

export type RunningClock = {
  readonly bound: Clock['bound'];
  readonly amount: number;
  readonly unit: 'days' | 'hours' | 'years' | 'date';
  /** What starts it. */
  readonly from: Clock['from'];
  /** The day it would end had it started on the day of receipt; null when it counts in hours. */
  readonly ifStartedOnReceipt: Day | null;
  readonly then: string | null;
};

export type Listed = { readonly provision: ProvisionId; readonly what: string };

export type LawUsed = {
  readonly asOf: Day;
  readonly ruleSet: string;
  readonly packs: readonly { readonly id: string; readonly version: string }[];
  /** The State profile whose policy was applied, and its hash; null for the packs' own policy. */
  readonly policy: { readonly state: string; readonly hash: string } | null;
  /** Facts that nobody stated and the treaty-status register, or the profile, supplied. */
  readonly fromRegister: { readonly [fact: FactId]: boolean };
};

export type Assessment = {
  readonly outcome: OutcomeName;
  readonly stable: boolean;
  readonly because: readonly ProvisionId[];
  readonly open: readonly ProvisionId[];
  readonly findings: readonly Finding[];
  readonly askNext: readonly NextQuestion[];
  readonly conditions: readonly Listed[];
  readonly options: readonly Listed[];
  readonly duties: readonly (Listed & { readonly clock: RunningClock | null })[];
  readonly barsToRefusal: readonly (Listed & { readonly ground: string })[];
  readonly instruments: readonly { readonly instrument: string; readonly outcome: OutcomeName }[];
  readonly law: LawUsed;
};
