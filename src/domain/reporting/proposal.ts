// Two people stand for public figures: one proposes what a report will show, or another threshold, another agrees to exactly that.

import { accept, type Outcome } from '../../kernel/outcome.ts';
import type { Instant } from '../../kernel/instant.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import type { PersonId } from '../registry/person.ts';

/** What somebody proposed last. `what` is all of it: the hash of what a report of a period shows, or a threshold. */
export type Proposed<What extends string | number = string> = {
  readonly id: string;
  readonly what: What;
  readonly by: PersonId;
  readonly at: Instant;
};

declare const fourEyes: unique symbol;
/** A proposal that somebody else agrees to. Only `agree` gives one, so what needs two people asks for this type. */
export type Agreed<What extends string | number = string> = {
  readonly proposed: Proposed<What>;
  readonly by: PersonId;
  readonly [fourEyes]: true;
};

/** `read` is what the second person had before them, `now` what would be proposed at this moment. */
export function agree<What extends string | number>(
  proposed: Proposed<What> | undefined,
  { read, now }: { readonly read: What; readonly now: What },
  by: PersonId,
): Outcome<Agreed<What>, Refusal> {
  if (proposed === undefined) return no('reporting.not-proposed');
  if (proposed.by === by) return no('reporting.same-person');
  if (proposed.what !== now || read !== now) return no('reporting.changed');
  return accept({ proposed, by } as Agreed<What>);
}

/** With less than three, whoever is one of two knows of the other. */
export const SMALLEST_THRESHOLD = 3;
export const LARGEST_THRESHOLD = 99;
