// Two people publish a report: one proposes what it will show, another publishes exactly that.

import { accept, type Outcome } from '../../kernel/outcome.ts';
import type { Instant } from '../../kernel/instant.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import type { PersonId } from '../registry/person.ts';

/** What somebody proposed last for a period; `hash` names all that it shows. */
export type Proposed = { readonly id: string; readonly hash: string; readonly by: PersonId; readonly at: Instant };

declare const fourEyes: unique symbol;
/** A proposal that somebody else publishes. Only `agree` gives one, so what needs two people asks for this type. */
export type Agreed = { readonly proposed: Proposed; readonly by: PersonId; readonly [fourEyes]: true };

/** `read` names what the second person had before them, `now` what the report would show at this moment. */
export function agree(
  proposed: Proposed | undefined,
  { read, now }: { readonly read: string; readonly now: string },
  by: PersonId,
): Outcome<Agreed, Refusal> {
  if (proposed === undefined) return no('reporting.not-proposed');
  if (proposed.by === by) return no('reporting.same-person');
  if (proposed.hash !== now || read !== now) return no('reporting.changed');
  return accept({ proposed, by } as Agreed);
}
