// The plainest form of a law's rules: each says when it fires and what outcome it then calls for.

import type { PlainFacts } from '../requests.ts';

/** A condition with negation at its leaves only, so that every language can say it. `yes` false is the opposite. */
export type Leaf =
  | { readonly op: 'is'; readonly fact: string; readonly yes: boolean }
  | { readonly op: 'in'; readonly fact: string; readonly values: readonly string[]; readonly yes: boolean }
  | { readonly op: 'at-least'; readonly fact: string; readonly number: number; readonly yes: boolean };
export type Condition = Leaf | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] };

export type Rule = {
  readonly id: string;
  /** The outcome called when it fires, by its place in the contract's order: 0 no-basis to 5 may-execute. */
  readonly rank: number;
  readonly when: Condition;
};

/** Names every rule language takes: `offence.maxPenaltyYears` becomes `offenceMaxPenaltyYears`. */
export const flatName = (fact: string): string => fact.replace(/\.(.)/g, (_, letter: string) => letter.toUpperCase());

/** A request under flat names, of the facts that the rules read; what is not known is left out. */
export const flatFacts = (facts: PlainFacts, read: ReadonlySet<string>): PlainFacts =>
  Object.fromEntries(
    Object.entries(facts)
      .map(([fact, value]) => [flatName(fact), value] as const)
      .filter(([name]) => read.has(name)),
  );

/** The facts that the rules read. */
export function factsRead(rules: readonly Rule[]): string[] {
  const names = (condition: Condition): string[] =>
    'of' in condition ? condition.of.flatMap(names) : [condition.fact];
  return [...new Set(rules.flatMap((rule) => names(rule.when)))];
}
