// What a letter of the office is about: one type a kind, with the data that kind must have. Its words come from the catalogue.

import type { Day } from '../../kernel/calendar.ts';
import type { Language } from '../../kernel/language.ts';

export const LETTER_KINDS = [
  'acknowledgement',
  'return',
  'preservation-order',
  'end-of-preservation',
  'outgoing-request',
  'decision',
  'refusal',
  'notice',
] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** Who writes. `reach` is how to get hold of the office, in one line. */
export type Office = {
  readonly state: string;
  readonly name: string;
  readonly address: readonly string[];
  readonly reach: string;
};
export type Addressee = { readonly name: string; readonly address: readonly string[] };
export type Signatory = { readonly name: string; readonly function: string };
/** One of the two people of a decision, and the day on which they signed. */
export type Decider = Signatory & { readonly on: Day };

/** The request in hand, in names of the letter's language. */
export type About = {
  readonly measure: string;
  readonly requestingState: string;
  readonly requestedState: string;
  readonly receivedOn: Day;
};
export type Account = { readonly service: string; readonly identifier: string };
export type Period = { readonly from: Day; readonly to: Day };
/** Why in law: what it means here, and where it stands. The citation comes from the law data, never from the catalogue. */
export type Ground = { readonly citation: string; readonly explanation: string };
/** Whether the data are kept while the two sides write to one another. */
export type Held = { readonly held: true; readonly until: Day } | { readonly held: false; readonly why: string };
/** A duty of silence always has an end, a basis and a reason. */
export type Secrecy = { readonly until: Day; readonly basis: string; readonly reason: string };

/** What every letter has. Texts are in the letter's language; an empty text is left out, and null is "there is none". */
export type Head = {
  readonly language: Language;
  readonly reference: string;
  readonly theirReference: string;
  readonly date: Day;
  readonly from: Office;
  readonly to: Addressee;
  readonly subject: string;
};

export type Acknowledgement = Head & {
  readonly kind: 'acknowledgement';
  readonly about: About;
  readonly next: 'assessment' | 'preservation' | 'emergency';
  /** The day by which the other side hears again. */
  readonly answerBy: Day | null;
  readonly held: Held | null;
  readonly signedBy: Signatory;
};

export type ReturnLetter = Head & {
  readonly kind: 'return';
  readonly about: About;
  /** What is missing or unclear; `help` says what would do. */
  readonly missing: readonly { readonly what: string; readonly help: string }[];
  readonly remark: string;
  readonly clockPausedOn: Day;
  readonly replyBy: Day | null;
  readonly held: Held | null;
  readonly signedBy: Signatory;
};

export type PreservationOrder = Head & {
  readonly kind: 'preservation-order';
  readonly basis: readonly string[];
  readonly accounts: readonly Account[];
  readonly data: readonly string[];
  readonly period: Period | null;
  readonly until: Day;
  readonly reasons: string;
  readonly secrecy: Secrecy | null;
  readonly confirmBy: Day | null;
  readonly signedBy: Signatory;
};

export type EndOfPreservation = Head & {
  readonly kind: 'end-of-preservation';
  readonly order: { readonly reference: string; readonly date: Day };
  readonly accounts: readonly Account[];
  readonly endsOn: Day;
  readonly because: 'disclosed' | 'lapsed' | 'withdrawn' | 'refused' | 'released';
  readonly signedBy: Signatory;
};

export type OutgoingRequest = Head & {
  readonly kind: 'outgoing-request';
  readonly basis: readonly string[];
  readonly urgency: 'routine' | 'expedited' | 'emergency';
  readonly urgencyReason: string;
  /** Every field of the form, a group a step. */
  readonly groups: readonly {
    readonly title: string;
    readonly fields: readonly { readonly label: string; readonly values: readonly string[] }[];
  }[];
  readonly secrecy: Secrecy | null;
  readonly replyBy: Day | null;
  /** The name under which the same request travels inside the document, for machines. */
  readonly attachment: string;
  readonly signedBy: Signatory;
};

type Decided = Head & {
  readonly about: About;
  readonly grounds: readonly Ground[];
  readonly reasons: string;
  readonly whatWouldFixIt: string;
  readonly held: Held | null;
  readonly consultations: readonly { readonly with: string; readonly on: Day; readonly result: string }[];
  readonly remedy: string;
  readonly replyBy: Day | null;
  readonly preparedBy: Decider;
  readonly decidedBy: Decider;
};

export type DecisionLetter = Decided & {
  readonly kind: 'decision';
  readonly disposition: 'execute' | 'execute-in-part' | 'execute-with-conditions' | 'postpone' | 'pass-on';
  /** What is to be produced: an account and a category of data. */
  readonly items: readonly { readonly account: string; readonly category: string }[];
  readonly conditions: readonly string[];
  readonly acceptBy: Day | null;
  /** Until when it is postponed. */
  readonly until: Day | null;
  readonly passedTo: string;
};

/** A refusal has at least one ground, and says what would allow the request. */
export type Refused = Decided & {
  readonly kind: 'refusal';
  readonly grounds: readonly [Ground, ...Ground[]];
};

export type NoticeLetter = Head & {
  readonly kind: 'notice';
  readonly data: readonly string[];
  readonly accounts: readonly Account[];
  readonly period: Period | null;
  readonly askedBy: { readonly authority: string; readonly state: string };
  readonly disclosedOn: Day | null;
  readonly legalBasis: readonly string[];
  /** Why the person is told only now; null when they are told at once. */
  readonly late: { readonly from: Day; readonly to: Day; readonly basis: string; readonly reason: string } | null;
  readonly withheld: readonly { readonly what: string; readonly ground: string; readonly reviewOn: Day | null }[];
  readonly remedies: readonly {
    readonly court: string;
    readonly how: string;
    readonly deadline: Day | null;
    readonly law: string;
  }[];
  readonly rights: readonly string[];
  readonly complaint: { readonly body: string; readonly how: string };
  /** With this code the person reads the case without an account; empty in a preview, where no code exists yet. */
  readonly caseCode: string;
  /** Where the code is entered. */
  readonly lookUp: string;
  readonly signedBy: Signatory;
};

export type Letter =
  | Acknowledgement
  | ReturnLetter
  | PreservationOrder
  | EndOfPreservation
  | OutgoingRequest
  | DecisionLetter
  | Refused
  | NoticeLetter;
