// What a rule engine under comparison has to offer, and how the rules are said in its language.

import type { PlainFacts } from '../requests.ts';
import type { Condition, Leaf, Rule } from './rules.ts';

/** How the rules are written: as that engine's users would, or with care, every rule twice: certainly true and possibly true. */
export type Style = 'plain' | 'careful';
/** Which truth a leaf is asked for. */
export type Rail = 'plain' | 'certain' | 'possible';

/** Gives the rank of the outcome. Requests come in the shape the engine likes best, made before the clock runs. */
export type Judge = { readonly shape: (facts: PlainFacts) => unknown } & (
  | { readonly judge: (shaped: never) => number | Promise<number>; readonly batch?: never }
  | { readonly batch: (shaped: readonly never[]) => () => ArrayLike<number> & Iterable<number>; readonly judge?: never }
);

/** Builds everything that can be built before the first request. */
export type Prepare = (rules: readonly Rule[], style: Style) => Judge | Promise<Judge>;

/** A condition said in another language: `leaf` says the leaves, `join` puts parts together. */
export function say<X>(
  condition: Condition,
  leaf: (leaf: Leaf) => X,
  join: (op: 'all' | 'any', parts: readonly X[]) => X,
): X {
  if (!('of' in condition)) return leaf(condition);
  if (condition.of.length === 0) throw new Error('a rule that is always or never true is no rule');
  return join(
    condition.op,
    condition.of.map((part) => say(part, leaf, join)),
  );
}

/** For languages written as text: parts between brackets, joined by the language's own words. */
export const inWords =
  (and: string, or: string) =>
  (op: 'all' | 'any', parts: readonly string[]): string =>
    `(${parts.join(op === 'all' ? ` ${and} ` : ` ${or} `)})`;

/** A rule as the engine is given it: `p0` in plain style; `c0` (certain) and `m0` (possible) in careful style. */
export type Said = { readonly key: string; readonly rule: Rule; readonly rail: Rail };

export const said = (rules: readonly Rule[], style: Style): Said[] =>
  rules.flatMap((rule, i): Said[] =>
    style === 'plain'
      ? [{ key: `p${i}`, rule, rail: 'plain' }]
      : [
          { key: `c${i}`, rule, rail: 'certain' },
          { key: `m${i}`, rule, rail: 'possible' },
        ],
  );

const NEEDS_INFORMATION = 3;
const MAY_EXECUTE = 5;

/** The outcome of all rules: the first that a rule calls; a rule that is neither true nor false leaves information wanting. */
export function outcomeRank(rules: readonly Rule[], valueOf: (rule: number) => boolean | null | undefined): number {
  let rank = MAY_EXECUTE;
  for (let i = 0; i < rules.length; i++) {
    const value = valueOf(i);
    if (value === false) continue;
    const called = value === true ? (rules[i] as Rule).rank : NEEDS_INFORMATION;
    if (called < rank) rank = called;
  }
  return rank;
}

/** The same for an engine that reports the keys of `said` that are true. */
export function outcomeFromKeys(rules: readonly Rule[], style: Style): (isTrue: (key: string) => boolean) => number {
  if (style === 'plain') {
    const keys = rules.map((_, i) => `p${i}`);
    return (isTrue) => outcomeRank(rules, (i) => isTrue(keys[i] as string));
  }
  const certain = rules.map((_, i) => `c${i}`);
  const possible = rules.map((_, i) => `m${i}`);
  return (isTrue) =>
    outcomeRank(rules, (i) => (isTrue(certain[i] as string) ? true : isTrue(possible[i] as string) ? null : false));
}
