// Who is bound by what, on a day: the treaty-status register and what an operator's profile adds to it. What neither knows stays unknown.

import type { Day } from '../kernel/calendar.ts';
import type { Text } from '../kernel/language.ts';
import type { Relation } from './profile.ts';
import type { Confidence } from './provision.ts';

export type Register = {
  readonly version: string;
  readonly instruments: readonly {
    readonly instrument: string;
    readonly inForce: Day | null;
    readonly note: Text | null;
    readonly source: string;
    readonly confidence: Confidence;
  }[];
  readonly parties: readonly {
    readonly state: string;
    readonly instrument: string;
    readonly signed: Day | null;
    readonly ratified: Day | null;
    readonly inForce: { readonly from: Day; readonly until?: Day } | null;
    readonly source: string;
    readonly confidence: Confidence;
  }[];
};

export type Pair = { readonly requestingState: string; readonly requestedState: string };

/** Whether the instrument binds both States that day; undefined when nobody knows. */
export function isBound(
  register: Register,
  relations: readonly Relation[],
  instrument: string,
  pair: Pair,
  day: Day,
): boolean | undefined {
  const known = relations.filter((relation) => relation.instrument === instrument && isOf(relation, pair));
  if (known.length > 0) return known.some((relation) => covers(relation, day));
  const entry = register.instruments.find((one) => one.instrument === instrument);
  if (entry?.inForce && day < entry.inForce) return false;
  const parties = [pair.requestingState, pair.requestedState].map(
    (state) => register.parties.find((party) => party.state === state && party.instrument === instrument)?.inForce,
  );
  if (parties.some((span) => span && !covers(span, day))) return false;
  return parties.every((span) => span) ? true : undefined;
}

/**
 * Whether an assistance treaty other than `instrument` binds the two; undefined when nobody knows. `counted` are the instruments that
 * the office itself counts as such treaties, which is a question of interpretation.
 */
export function otherTreatyGoverns(
  register: Register,
  relations: readonly Relation[],
  counted: readonly string[],
  instrument: string,
  pair: Pair,
  day: Day,
): boolean | undefined {
  if (counted.some((other) => other !== instrument && isBound(register, relations, other, pair, day))) return true;
  const known = relations
    .filter((one) => one.instrument === 'other-mla-treaty' && isOf(one, pair) && one.from <= day)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  return known.at(-1)?.known;
}

const isOf = (relation: Relation, { requestingState, requestedState }: Pair): boolean =>
  relation.states.includes(requestingState) &&
  relation.states.includes(requestedState) &&
  requestingState !== requestedState;

const covers = (span: { readonly from: Day; readonly until?: Day }, day: Day): boolean =>
  span.from <= day && (span.until === undefined || day < span.until);
