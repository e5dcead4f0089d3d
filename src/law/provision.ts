// What a provision of law is, once read: its condition, its source, what it does, and how it speaks.

import type { Day } from '../kernel/calendar.ts';
import type { Text } from '../kernel/language.ts';

export const EFFECTS = [
  'scope',
  'form',
  'refuse-must',
  'refuse-may',
  'safeguard',
  'condition',
  'option',
  'duty',
  'bar-to-refusal',
] as const;
export type Effect = (typeof EFFECTS)[number];
export type Strength = 'required' | 'recommended';
export type Confidence = 'certified' | 'secondary' | 'unverified';
export type ProvisionId = string;
export type FactId = string;
export type MeasureId = string;
export type ParameterId = string;

/** Requirements are met when satisfied; everything else is met when it is present. The gate rule differs (contract, section 4). */
export const isRequirement = (effect: Effect): boolean =>
  effect === 'scope' || effect === 'form' || effect === 'safeguard';

/** A condition over facts. Poor on purpose: what does not fit is a judgement that a named person answers. */
export type Condition =
  | { readonly op: 'always' }
  | { readonly op: 'fact'; readonly fact: FactId; readonly test: Test }
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition }
  | { readonly op: 'met'; readonly provision: ProvisionId }
  | { readonly op: 'measure'; readonly in: readonly MeasureId[] };

export type Test =
  | { readonly is: true }
  | { readonly in: readonly string[] }
  | { readonly atLeast: ParameterId }
  | { readonly below: ParameterId };

/** In force from the first day, up to but not including `until`. A safeguard of our own may be in force always. */
export type InForce = 'always' | { readonly from: Day; readonly until?: Day };

export type Source = {
  readonly instrument: string;
  readonly place: string;
  readonly paraphrase: Text;
  readonly confidence: Confidence;
  /** How far the text was read, and where. */
  readonly basis: Text;
  readonly address: string;
  readonly standard?: string;
  readonly certified?: { readonly by: string; readonly on: Day };
};

export type Clock = {
  readonly bound: 'at-least' | 'at-most' | 'within';
  readonly parameter: ParameterId;
  readonly from: 'receipt' | 'hold' | 'order' | 'disclosure';
  readonly then?: Text;
};

/** A fact's value as a request states it. Unknown is the absence of a value, never a value. */
export type FactValue = boolean | number | string;
export type Facts = { readonly [fact: FactId]: FactValue };

export const VERDICTS = ['met', 'not-met', 'undetermined', 'not-applicable'] as const;
export type Verdict = (typeof VERDICTS)[number];

export type WorkedCase = {
  readonly measure: MeasureId;
  readonly given: Facts;
  readonly expect: Verdict;
  readonly line: number;
};

export type Provision = {
  readonly id: ProvisionId;
  readonly pack: string;
  readonly article: string;
  readonly file: string;
  readonly line: number;
  readonly title: Text;
  readonly effect: Effect;
  /** For each measure concerned: the strength of a safeguard, null for anything else. */
  readonly concerns: { readonly [measure: MeasureId]: Strength | null };
  readonly gate: Condition | null;
  readonly when: Condition;
  readonly source: Source;
  readonly gap: Text | null;
  readonly beside: readonly ProvisionId[];
  readonly inForce: InForce;
  readonly explain: { readonly [V in Verdict]?: Text };
  readonly what: Text | null;
  readonly clock: Clock | null;
  readonly ground: string | null;
  readonly cases: readonly WorkedCase[];
  readonly reviewed: readonly { readonly by: string; readonly on: Day }[];
};
