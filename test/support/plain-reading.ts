// A second reading of a provision, straight off its written conditions and the facts: three truth values, no graphs, slots or tables.

import { dayNumber, type Day } from '../../src/kernel/calendar.ts';
import type { ClosedLaw, ClosedProvision } from '../../src/law/close.ts';
import type { Condition, Facts, FactValue, ParameterId, Provision, Verdict } from '../../src/law/provision.ts';

/** Unknown is null. */
export type Answer = boolean | null;
export type Reading = (facts: Facts) => Verdict;

export const no = (a: Answer): Answer => (a === null ? null : !a);
export const every = (answers: readonly Answer[]): Answer =>
  answers.includes(false) ? false : answers.includes(null) ? null : true;
export const some = (answers: readonly Answer[]): Answer =>
  answers.includes(true) ? true : answers.includes(null) ? null : false;

/** The contract, section 4, in words: gate false ends it, gate true leaves the condition, gate unknown asks only what can matter. */
export function verdictFrom(requirement: boolean, gate: Answer, when: Answer): Verdict {
  if (gate === false) return 'not-applicable';
  if (gate === null && requirement && when === true) return 'met';
  if (gate === null && !requirement && when === false) return 'not-met';
  if (gate === null || when === null) return 'undetermined';
  return when ? 'met' : 'not-met';
}

/** How one provision reads for the law's measure, day and policy; what a profile made of its effect is taken from the closed law. */
export function readingOf(law: ClosedLaw, closed: ClosedProvision): Reading {
  const { provision, effect, outside } = closed;
  if (outside) return () => 'not-applicable';
  const requirement = effect === 'scope' || effect === 'form' || effect === 'safeguard';
  return (facts) => {
    const gate = provision.gate ? answer(law, provision.gate, facts) : true;
    return verdictFrom(requirement, gate, answer(law, provision.when, facts));
  };
}

function answer(law: ClosedLaw, condition: Condition, facts: Facts): Answer {
  switch (condition.op) {
    case 'always':
      return true;
    case 'not':
      return no(answer(law, condition.of, facts));
    case 'all':
      return every(condition.of.map((part) => answer(law, part, facts)));
    case 'any':
      return some(condition.of.map((part) => answer(law, part, facts)));
    case 'measure':
      return condition.in.includes(law.measure);
    case 'met': {
      const named = standing(law, condition.provision);
      if (!named || !Object.keys(named.concerns).includes(law.measure)) return false;
      return every([named.gate ? answer(law, named.gate, facts) : true, answer(law, named.when, facts)]);
    }
    case 'fact': {
      const value = facts[condition.fact];
      if (value === undefined) return null;
      const { test } = condition;
      if ('is' in test) return value === true;
      if ('in' in test) return test.in.includes(value as string);
      return 'atLeast' in test
        ? amount(value) >= numberOf(law, test.atLeast)
        : amount(value) < numberOf(law, test.below);
    }
  }
}

const amount = (value: FactValue): number =>
  value === 'life' ? Number.POSITIVE_INFINITY : typeof value === 'string' ? dayNumber(value as Day) : Number(value);

const standing = (law: ClosedLaw, id: string): Provision | undefined =>
  law.provisions.map((closed) => closed.provision).find((provision) => provision.id === id);

/** The last value that holds on the day: the profile's own, or else the pack's. */
function numberOf(law: ClosedLaw, id: ParameterId): number {
  const own = law.policy.profile?.parameters.find((one) => one.id === id)?.values ?? [];
  const shipped = law.rules.parameters.find((one) => one.id === id)?.values ?? [];
  const onTheDay = (values: typeof shipped) =>
    values
      .filter((dated) => dated.from <= law.asOf)
      .sort((a, b) => (a.from < b.from ? -1 : 1))
      .at(-1)?.value;
  const value = onTheDay(own) ?? onTheDay(shipped);
  if (value === undefined) throw new Error(`${id} has no value on ${law.asOf}`);
  return value;
}

/** Every fact a provision's verdict can depend on here, those behind a `met` included. */
export function ownFacts(law: ClosedLaw, provision: Provision): string[] {
  const facts = new Set<string>();
  const visit = (condition: Condition): void => {
    if (condition.op === 'fact') facts.add(condition.fact);
    else if (condition.op === 'not') visit(condition.of);
    else if (condition.op === 'all' || condition.op === 'any') condition.of.forEach(visit);
    else if (condition.op === 'met') {
      const named = standing(law, condition.provision);
      if (named?.gate) visit(named.gate);
      if (named) visit(named.when);
    }
  };
  if (provision.gate) visit(provision.gate);
  visit(provision.when);
  return [...facts];
}
