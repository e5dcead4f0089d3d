// The facts of a case and who said them, the answers of people to questions of judgement, and the assessment that holds now.

import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { FactValue } from '../../law/provision.ts';
import type { OutcomeName } from '../../law/verdict.ts';
import type { PersonId } from '../registry/person.ts';

/** A fact and where it was read: a JSON Pointer into the request, or the officer who established it, with their source. */
export type Stated = {
  readonly fact: string;
  readonly value: FactValue;
  readonly from: string;
  readonly basis?: string;
};

/** What one named person answered to a question of judgement; null takes an earlier answer back. */
export type Answer = {
  readonly by: PersonId;
  readonly value: FactValue | null;
  readonly reasons: string;
  readonly at: Instant;
};

/** One assessment as it was made. With the archive of that law it can be made again, word for word. */
export type Made = {
  readonly no: number;
  readonly at: Instant;
  readonly asOf: Day;
  readonly instrument: string;
  readonly outcome: OutcomeName;
  readonly stable: boolean;
  readonly because: readonly string[];
  readonly open: number;
  /** Provision to verdict: what two assessments are compared by. */
  readonly verdicts: { readonly [provision: string]: string };
  readonly facts: { readonly [fact: string]: FactValue | null };
  readonly ruleSet: string;
};

/** What the case keeps at hand of the assessment that holds now; the whole of it, and of all before it, is in their events. */
export type Latest = Omit<Made, 'verdicts'>;

export type AssessmentState = {
  /** Whether the facts of the request were read since it came; a reading that finds none is on record too. */
  readonly read: boolean;
  readonly stated: { readonly [fact: string]: Stated };
  /** The latest answer of each person, by fact. */
  readonly answers: { readonly [fact: string]: readonly Answer[] };
  readonly latest: Latest | null;
};

export type AssessmentEvent =
  | { readonly type: 'facts.stated'; readonly facts: readonly Stated[]; readonly withdrawn: readonly string[] }
  | {
      readonly type: 'question.answered';
      readonly fact: string;
      readonly value: FactValue | null;
      readonly reasons: string;
    }
  /** Somebody who could have answered leaves these questions to those who did. */
  | { readonly type: 'question.left'; readonly facts: readonly string[] }
  | ({ readonly type: 'assessment.made' } & Omit<Made, 'at'>);

export const initial: AssessmentState = { read: false, stated: {}, answers: {}, latest: null };

/** The assessment that holds now. */
export const latest = (state: AssessmentState): Latest | undefined => state.latest ?? undefined;

/**
 * The facts that an assessment rests on. People who differ are not averaged: their fact stays unknown until one of them
 * changes their mind, and unknown means no disclosure.
 */
export function factsOf(state: AssessmentState): {
  readonly facts: { readonly [fact: string]: FactValue };
  readonly differing: readonly string[];
} {
  const facts: Record<string, FactValue> = {};
  const differing: string[] = [];
  for (const { fact, value } of Object.values(state.stated)) facts[fact] = value;
  for (const [fact, answers] of Object.entries(state.answers)) {
    const values = answers.flatMap(({ value }) => (value === null ? [] : [value]));
    const [first] = values;
    if (first === undefined) continue;
    if (values.every((value) => value === first)) facts[fact] = first;
    else {
      delete facts[fact];
      differing.push(fact);
    }
  }
  return { facts, differing };
}

/** What changed from one assessment to another: provisions whose verdict is another one, and facts that came or went. */
export function changesBetween(before: Made, after: Made) {
  const keys = (a: object, b: object) => [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  const pairs = <V>(a: { readonly [key: string]: V }, b: { readonly [key: string]: V }) =>
    keys(a, b)
      .filter((key) => a[key] !== b[key])
      .map((key) => ({ key, before: a[key] ?? null, after: b[key] ?? null }));
  return { verdicts: pairs(before.verdicts, after.verdicts), facts: pairs(before.facts, after.facts) };
}
