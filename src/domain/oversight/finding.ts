// A finding of oversight: what was found, what is recommended, what the office answers, and until when it is followed up.

import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { CaseId, Reference } from '../docket/case-file.ts';
import type { PersonId } from '../registry/person.ts';

/** Who answers for the office: those who decide, or whoever looks after people and keys. */
export const ADDRESSEES = ['approver', 'registrar'] as const;
export type Addressee = (typeof ADDRESSEES)[number];

export const STANCES = ['accepted', 'partly-accepted', 'not-accepted'] as const;
export type Stance = (typeof STANCES)[number];

export type Made = {
  readonly id: string;
  readonly no: number;
  readonly to: Addressee;
  readonly title: string;
  readonly text: string;
  /** Empty where nothing is recommended. */
  readonly recommendation: string;
  readonly cases: readonly { readonly id: CaseId; readonly reference: Reference }[];
  /** The sample in which it was found. */
  readonly sample: number | null;
  readonly replyBy: Day;
};

export type FindingEvent =
  | ({ readonly type: 'finding.made' } & Made)
  | {
      readonly type: 'finding.replied';
      readonly stance: Stance;
      readonly text: string;
      /** The day by which it is done; null where nothing will be. */
      readonly doneBy: Day | null;
    }
  /** Oversight looked again, and asks anew by that day; or only notes what it saw. */
  | { readonly type: 'finding.followed-up'; readonly text: string; readonly replyBy: Day | null }
  | { readonly type: 'finding.closed'; readonly text: string };

type By = { readonly by: PersonId; readonly at: Instant };
export type Entry =
  | (By & { readonly is: 'reply'; readonly stance: Stance; readonly text: string; readonly doneBy: Day | null })
  | (By & { readonly is: 'follow-up'; readonly text: string; readonly replyBy: Day | null })
  | (By & { readonly is: 'close'; readonly text: string });

export type Finding = Made & {
  readonly madeAt: Instant;
  readonly by: PersonId;
  readonly entries: readonly Entry[];
};

/** Whose turn it is, and by when; the day is null where none was set. */
export type Turn = { readonly whose: 'office' | 'oversight' | 'nobody'; readonly on: Day | null };

export function turnOf({ entries, replyBy }: Finding): Turn {
  const last = entries.at(-1);
  if (last === undefined) return { whose: 'office', on: replyBy };
  switch (last.is) {
    case 'close':
      return { whose: 'nobody', on: null };
    case 'reply':
      return { whose: 'oversight', on: last.doneBy };
    case 'follow-up':
      return last.replyBy === null ? { whose: 'oversight', on: null } : { whose: 'office', on: last.replyBy };
  }
}
