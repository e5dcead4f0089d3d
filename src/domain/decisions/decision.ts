// A decision on a request: what one person proposes and another countersigns, over exactly the same words.

import type { Instant } from '../../kernel/instant.ts';
import type { Language } from '../../kernel/language.ts';
import type { OutcomeName } from '../../law/verdict.ts';
import type { PersonId } from '../registry/person.ts';

export const DISPOSITIONS = [
  'execute',
  'execute-in-part',
  'execute-with-conditions',
  'postpone',
  'refuse',
  'return',
  'pass-on',
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** Those after which data are handed over. */
export const EXECUTING: readonly Disposition[] = ['execute', 'execute-in-part', 'execute-with-conditions'];
export const executes = (disposition: Disposition): boolean => EXECUTING.includes(disposition);

/** What is to be produced: one account, one category of data. */
export type Item = { readonly target: string; readonly category: string };
/** A reason in law: the provision, and what it means here, in words for the letter. */
export type Ground = { readonly provision: string; readonly text: string };

/** What the proposer writes. */
export type Draft = {
  readonly disposition: Disposition;
  readonly grounds: readonly Ground[];
  readonly conditions: readonly string[];
  /** What is to be produced; empty unless the disposition executes. */
  readonly items: readonly Item[];
  /** Why, in the words of the letter. */
  readonly reasons: string;
  /** Why it departs from the assessment's advice; oversight sees these. */
  readonly contraryReasons: string;
  /** Until when, for a postponement; to whom, for passing on. */
  readonly until: string;
  readonly passTo: string;
  /** The language of the letter. */
  readonly language: Language;
};

/** The assessment it was proposed under; any later one voids it. */
export type Proposal = Draft & {
  readonly no: number;
  readonly assessmentNo: number;
  readonly outcome: OutcomeName;
  /** The version of the request's content that was read. */
  readonly contentVersion: number;
};

export type Proposed = Proposal & {
  readonly by: PersonId;
  readonly at: Instant;
  /** SHA-256, in hexadecimal, of the canonical bytes of case and proposal: what both people sign. */
  readonly hash: string;
  readonly state: 'open' | 'sent-back' | 'void' | 'withdrawn' | 'countersigned';
  readonly countersigned: { readonly by: PersonId; readonly at: Instant } | null;
  readonly remark: string;
};

export type Consultation = {
  readonly with: string;
  readonly on: string;
  readonly result: string;
  readonly by: PersonId;
};

export type DecisionsState = {
  readonly proposals: readonly Proposed[];
  readonly consultations: readonly Consultation[];
};

export type DecisionEvent =
  | { readonly type: 'consultation.held'; readonly with: string; readonly on: string; readonly result: string }
  | { readonly type: 'decision.proposed'; readonly proposal: Proposal; readonly hash: string }
  | { readonly type: 'decision.sent-back'; readonly no: number; readonly remark: string }
  | { readonly type: 'decision.withdrawn'; readonly no: number }
  | { readonly type: 'decision.voided'; readonly no: number; readonly because: 'assessment' | 'content' }
  | { readonly type: 'decision.countersigned'; readonly no: number; readonly hash: string };

export const initial: DecisionsState = { proposals: [], consultations: [] };

/** The proposal that waits for its second person. */
export const openProposal = (state: DecisionsState): Proposed | undefined =>
  state.proposals.find((one) => one.state === 'open');

/** Everybody who proposed or countersigned a decision: somebody else answers what is said against it. */
export const deciders = ({ proposals }: DecisionsState): PersonId[] => [
  ...new Set(proposals.flatMap(({ by, countersigned }) => (countersigned ? [by, countersigned.by] : []))),
];

declare const fourEyes: unique symbol;
/** A decision two people made. Only `standing` gives one, so what needs two people asks for this type. */
export type Countersigned = Proposed & {
  readonly countersigned: { readonly by: PersonId; readonly at: Instant };
  readonly [fourEyes]: true;
};

/** The decision that stands, if two different people made one. */
export function standing(state: DecisionsState): Countersigned | undefined {
  const found = state.proposals.findLast((one) => one.state === 'countersigned');
  return found?.countersigned && found.countersigned.by !== found.by ? (found as Countersigned) : undefined;
}
