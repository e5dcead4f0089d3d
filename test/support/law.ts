// The shipped law and made-up requests, for the tests of the law: sound files, faulty ones, gaps, and numbers at and beside each threshold.

import { loadLaw, loadPolicy, SHIPPED_LAW, type LoadedLaw } from '../../src/adapters/files/law-store.ts';
import { addDays, type Day } from '../../src/kernel/calendar.ts';
import { type ClosedLaw, close } from '../../src/law/close.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/law/profile.ts';
import type { Facts, FactValue } from '../../src/law/provision.ts';
import { assessPlainly } from '../../src/law/reference.ts';
import type { FactSpec, RuleSet } from '../../src/law/rule-set.ts';
import { encode } from '../../src/law/slots.ts';
import { callsFor } from '../../src/law/verdict.ts';
import { ownFacts } from './plain-reading.ts';
import type { Random } from './random.ts';

export const INSTRUMENTS = ['uncc', 'budapest', 'budapest-2ap', 'eu-eevidence'] as const;
export const day = (text: string): Day => text as Day;
/** A day on which every shipped provision stands. */
export const LATE = day('2028-03-01');

export async function shippedLaw(): Promise<LoadedLaw> {
  const law = await loadLaw();
  if (law.ok) return law.value;
  throw new Error(law.faults.map((fault) => `${fault.pointer}:${fault.line}: ${fault.detail}`).join('\n'));
}

export async function shippedPolicy(rules: RuleSet, state: string): Promise<Policy> {
  const policy = await loadPolicy(rules, `${SHIPPED_LAW}/states/${state}.yaml`);
  if (policy.ok) return policy.value;
  throw new Error(policy.faults.map((fault) => `${fault.pointer}:${fault.line}: ${fault.detail}`).join('\n'));
}

/** The packs' own policy and those of the two invented States. */
export const shippedPolicies = async (rules: RuleSet): Promise<readonly Policy[]> => [
  DEFAULT_POLICY,
  await shippedPolicy(rules, 'AA'),
  await shippedPolicy(rules, 'BB'),
];

export const closeForAll = (rules: RuleSet, instrument: string, asOf: Day, policy: Policy): ClosedLaw[] =>
  rules.measures.map((measure) => close(rules, instrument, measure.id, asOf, policy));

const EPOCH = day('1970-01-01');

/** Every value that the law might tell apart from another: choices, and numbers at and beside each threshold of any day or policy. */
export function valuesOf(rules: RuleSet, policies: readonly Policy[], spec: FactSpec): readonly FactValue[] {
  if (spec.type === 'boolean') return [false, true];
  if (spec.type === 'choice') return spec.choices.map((choice) => choice.value);
  const own = policies.flatMap((policy) => policy.profile?.parameters ?? []);
  const numbers = rules.parameters
    .filter((one) => (spec.type === 'date') === (one.unit === 'date'))
    .flatMap((one) => [...one.values, ...own.filter(({ id }) => id === one.id).flatMap(({ values }) => values)])
    .map(({ value }) => value);
  if (spec.type === 'date') return numbers.flatMap((at) => [-1, 0, 1].map((by) => addDays(EPOCH, at + by)));
  const beside = numbers.flatMap((at) => [at - 1, at - 0.001, at, at + 0.001, at + 1]).filter((value) => value >= 0);
  return [...new Set<FactValue>([0, ...beside, 99, 'life'])];
}

/** The answers under which least stands in a request's way, found by improving one fact at a time. */
export function soundFacts(law: ClosedLaw): Facts {
  const facts: Record<string, FactValue> = {};
  for (const slot of law.slots) facts[slot.fact] = plainValue(slot.spec, slot.bins[0] as FactValue);
  const stops = (): number => {
    const { verdicts } = assessPlainly(law, encode(law.slots, law.index, facts));
    return law.provisions.filter((one) => callsFor(one.effect, one.strength, verdicts.get(one.provision.id) ?? 'met'))
      .length;
  };
  let least = stops();
  for (let before = Number.POSITIVE_INFINITY; least < before; ) {
    before = least;
    for (const { fact, spec, bins } of law.slots) {
      let kept = facts[fact] as FactValue;
      for (const bin of bins) {
        facts[fact] = plainValue(spec, bin);
        const now = stops();
        if (now < least) [least, kept] = [now, facts[fact] as FactValue];
      }
      facts[fact] = kept;
    }
  }
  return facts;
}

/** The value that stands for a bin, as a request would write it. */
export const plainValue = (spec: FactSpec, bin: FactValue): FactValue =>
  spec.type === 'date' && typeof bin === 'number' ? addDays(EPOCH, bin) : bin;

/** How often a fact departs from the sound answer, one of these a request. */
const FAULTS = [0, 0.01, 0.03, 0.1, 1] as const;
/** How often a fact is unknown, one of these a request: from complete to empty. */
const GAPS = [0, 0, 0, 0.02, 0.1, 0.3, 0.7, 0.97, 1] as const;

/**
 * A maker of requests for one law. Each starts from the sound answers; then, in half of them, facts go wrong here and there, and in
 * the other half those of a single provision do, each effect as often as another; last, some facts get lost.
 */
export function factMaker(law: ClosedLaw, policies: readonly Policy[], random: Random): () => Facts {
  const sound = soundFacts(law);
  const facts = law.slots.map(({ fact, spec }) => ({ fact, values: valuesOf(law.rules, policies, spec) }));
  const byEffect = Object.values(
    Object.groupBy(
      law.provisions.filter((closed) => !closed.outside && closed.provision.when.op !== 'always'),
      (closed) => closed.effect,
    ),
  ).map((list) => list.map((closed) => new Set(ownFacts(law, closed.provision))));
  return () => {
    const made: Record<string, FactValue> = {};
    const astray = byEffect.length > 0 && random.below(2) === 0 ? random.pick(random.pick(byEffect)) : null;
    const faulty = random.pick(FAULTS);
    const unknown = random.pick(GAPS);
    for (const { fact, values } of facts) {
      if (random.share() < unknown) continue;
      const wrong = astray ? astray.has(fact) : random.share() < faulty;
      made[fact] = wrong ? random.pick(values) : (sound[fact] as FactValue);
    }
    return made;
  };
}

/** Facts with one of them left out. */
export const without = (facts: Facts, fact: string): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => name !== fact));
