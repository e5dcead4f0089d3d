// A sample of cases: what was fixed and committed to before the draw, what was drawn, and what oversight saw in each case.

import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Reference } from '../docket/case-file.ts';
import type { PersonId } from '../registry/person.ts';
import type { InDraw, Risk, SampleKind } from './drawing.ts';

/** Everything that decides who can be drawn. It is committed to while nobody can know the seed. */
export type Fixed = {
  readonly id: string;
  /** Counted up without gaps: whoever draws until they like it leaves numbers behind. */
  readonly no: number;
  readonly kind: SampleKind;
  readonly purpose: string;
  /** Cases received from the one day to the other; null where it is open. */
  readonly from: Day | null;
  readonly to: Day | null;
  /** Only cases with one of these; empty: all. */
  readonly only: readonly Risk[];
  readonly count: number;
  readonly population: { readonly cases: number; readonly lots: number; readonly sha256: string };
  /**
   * The seed is the root of the tree of `size` entries of that log, and this event's own entry stands below `below`: entries
   * from there to `size` were not made when it was fixed.
   */
  readonly seed: { readonly origin: string; readonly below: number; readonly size: number };
  /** SHA-256 of a secret that oversight keeps until the draw, so that whoever runs the log cannot try roots; or null. */
  readonly lock: string | null;
};

export const LOOKS = ['in-order', 'finding'] as const;
export type LookResult = (typeof LOOKS)[number];

export type SampleEvent =
  | ({ readonly type: 'sample.fixed' } & Fixed)
  | {
      readonly type: 'sample.drawn';
      /** Where the fixing stands in the log. */
      readonly entry: number;
      readonly root: string;
      readonly secret: string;
      readonly seed: string;
      readonly drawn: readonly Pick<InDraw, 'reference' | 'id'>[];
    }
  /** The fixing came into the log too late for its seed: this number gives no sample. */
  | { readonly type: 'sample.lapsed'; readonly entry: number }
  | {
      readonly type: 'sample.looked';
      readonly reference: Reference;
      readonly result: LookResult;
      readonly note: string;
    };

export type Look = {
  readonly result: LookResult;
  readonly note: string;
  readonly by: PersonId;
  readonly at: Instant;
};

export type Sample = Fixed & {
  readonly fixedAt: Instant;
  readonly by: PersonId;
  readonly drawn:
    | (Omit<Extract<SampleEvent, { type: 'sample.drawn' }>, 'type'> & { readonly at: Instant; readonly by: PersonId })
    | null;
  readonly lapsed: Instant | null;
  /** The last look at each case. */
  readonly looks: { readonly [reference: string]: Look };
};

/** What is to be done with it next. */
export type SampleStage = 'waits' | 'looking' | 'done' | 'lapsed';

export function stageOf({ drawn, lapsed, looks }: Sample): SampleStage {
  if (lapsed !== null) return 'lapsed';
  if (drawn === null) return 'waits';
  return drawn.drawn.every(({ reference }) => looks[reference] !== undefined) ? 'done' : 'looking';
}

/** Cases drawn that nobody has looked at. */
export const leftIn = ({ drawn, looks }: Sample): number =>
  drawn === null ? 0 : drawn.drawn.filter(({ reference }) => looks[reference] === undefined).length;
