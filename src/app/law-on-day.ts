// Use case: the law as it reads on one day: what stands, in which wording, with which numbers, under the policy of an office.

import type { Day } from '../kernel/calendar.ts';
import type { Language, Text } from '../kernel/language.ts';
import { fill, parameterNamed } from '../law/findings.ts';
import type { Policy } from '../law/profile.ts';
import type { Condition, FactId, ParameterId, Provision, ProvisionId } from '../law/provision.ts';
import { inForceOn, type Parameter, valueOn } from '../law/rule-set.ts';
import type { LawBook } from './law-book.ts';

export type LawOnDay = {
  readonly day: Day;
  /** What is law on that day, in the order of the packs. */
  readonly standing: readonly Provision[];
  readonly stands: (provision: Provision) => boolean;
  /** Whatever the day: every wording a provision has had or will have. */
  readonly wordings: (id: ProvisionId) => readonly Provision[];
  /** A text with its numbers: those of the day, or of the provision's own time when it is not law that day. */
  readonly text: (provision: Provision, text: Text, language: Language) => string;
  /** A number that a provision names, in the same way. */
  readonly number: (
    provision: Provision,
    id: ParameterId,
  ) => { readonly value: number; readonly unit: Parameter['unit'] };
};

/** Opens the law of a day; numbers that the policy sets count before those of the packs. */
export function lawOnDay({ rules }: LawBook, policy: Policy, day: Day): LawOnDay {
  const standing = rules.provisions.filter((provision) => inForceOn(provision, day));
  const numberFor = (provision: Provision, id: ParameterId) => {
    const parameter = rules.parameters.find((one) => one.id === id) as Parameter;
    const values = policy.profile?.parameters.find((one) => one.id === id)?.values ?? parameter.values;
    const value =
      valueOn({ ...parameter, values }, dayWithin(provision, day)) ??
      valueOn(parameter, day) ??
      parameter.values[0]?.value;
    return { value: value as number, unit: parameter.unit };
  };
  return {
    day,
    standing,
    stands: (provision) => inForceOn(provision, day),
    wordings: (id) => rules.provisions.filter((one) => one.id === id),
    text: (provision, text, language) =>
      fill({ parameterValue: (id) => numberFor(provision, id).value }, provision, text, language),
    number: (provision, id) => numberFor(provision, parameterNamed(provision, id)),
  };
}

/** The day itself while the provision is law, else its first day. */
function dayWithin(provision: Provision, day: Day): Day {
  return inForceOn(provision, day) || provision.inForce === 'always' ? day : provision.inForce.from;
}

/** Every fact that a condition reads; what a condition reads through another provision is that one's. */
export function factsIn(condition: Condition | null): FactId[] {
  switch (condition?.op) {
    case 'fact':
      return [condition.fact];
    case 'not':
      return factsIn(condition.of);
    case 'all':
    case 'any':
      return condition.of.flatMap(factsIn);
    default:
      return [];
  }
}
