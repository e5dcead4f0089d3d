// Holds in other cases that wait for a request: told in the same transaction how it ended, and seen in its own case only.

import type { OfficeCalendar } from '../../domain/calendar/office.ts';
import { executes, standing } from '../../domain/decisions/decision.ts';
import type { CaseEvent, CaseFile, Reference } from '../../domain/docket/case-file.ts';
import { requestDecided } from '../../domain/preservation/decide.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import type { Instant } from '../../kernel/instant.ts';

/** How a request ended for a hold that waits for it: whether its data are to be produced. Undefined while it has not. */
export function endOf({ request, decisions, closed }: CaseFile): { readonly execute: boolean } | undefined {
  if (request.withdrawn) return { execute: false };
  const decided = standing(decisions);
  if (decided && decided.disposition !== 'postpone' && decided.disposition !== 'return')
    return { execute: executes(decided.disposition) };
  return closed ? { execute: false } : undefined;
}

/** Cases that may hold data for a request which this step has brought to its end: those it is linked with. */
export const toTell = (before: CaseFile, after: CaseFile): readonly Reference[] =>
  endOf(before) === undefined && endOf(after) !== undefined
    ? [...new Set(after.request.links.map(({ reference }) => reference as Reference))]
    : [];

/** What the hold of another case makes of it; nothing where it does not wait for that request. */
export function told(
  holding: CaseFile,
  ended: CaseFile,
  by: PersonId,
  at: Instant,
  calendar: OfficeCalendar,
): readonly CaseEvent[] {
  const end = endOf(ended);
  if (end === undefined) return [];
  const decided = requestDecided(holding.preservation, { request: ended.reference, ...end }, by, at, calendar);
  return decided.ok ? decided.value : [];
}
