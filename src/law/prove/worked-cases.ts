// The packs' own worked cases: does each give the verdict its author expects? And does some case notice each small change of a condition?

import type { Day } from '../../kernel/calendar.ts';
import { close, type ClosedLaw } from '../close.ts';
import { provisionsOf } from '../pack/conditions.ts';
import { DEFAULT_POLICY } from '../profile.ts';
import type { Condition, FactValue, Provision, Verdict, WorkedCase } from '../provision.ts';
import { assessPlainly } from '../reference.ts';
import { inForceOn, type RuleSet } from '../rule-set.ts';
import { encode } from '../slots.ts';
import { mutantsOf } from './mutants.ts';

export type CaseResult = { readonly provision: Provision; readonly one: WorkedCase; readonly found: Verdict };
export type MutationResult = {
  readonly mutants: number;
  readonly equivalent: number;
  readonly killed: number;
  readonly alive: readonly { readonly provision: Provision; readonly edit: string }[];
};

/** Every worked case with the verdict the engine's reference finds. */
export function runCases(rules: RuleSet): CaseResult[] {
  return rules.provisions.flatMap((provision) => {
    const court = courtFor(rules, provision);
    return provision.cases.map((one) => ({ provision, one, found: court(one.measure, one.given) }));
  });
}

/** Changes every condition in every small way and asks the provision's own cases. A change that no facts can tell is left out. */
export function runMutants(rules: RuleSet): MutationResult {
  let mutants = 0;
  let equivalent = 0;
  const alive: { provision: Provision; edit: string }[] = [];
  for (const provision of rules.provisions) {
    for (const { edit, provision: changed, parameters } of mutantsOf(rules, provision)) {
      mutants++;
      const altered = { ...rules, parameters: [...rules.parameters, ...parameters] };
      const court = courtFor(altered, changed);
      if (provision.cases.some((one) => court(one.measure, one.given) !== one.expect)) continue;
      if (alike(altered, provision, changed)) equivalent++;
      else alive.push({ provision, edit });
    }
  }
  return { mutants, equivalent, killed: mutants - equivalent - alive.length, alive };
}

type Court = (measure: string, given: { readonly [fact: string]: FactValue }) => Verdict;

/** Verdicts of one provision alone, with only those it refers to beside it, on the first day all of them stand. */
export function courtFor(rules: RuleSet, provision: Provision): Court {
  const laws = new Map<string, ClosedLaw>();
  const small = reduced(rules, provision);
  return (measure, given) => {
    const law = laws.get(measure) ?? small(measure);
    laws.set(measure, law);
    return assessPlainly(law, encode(law.slots, law.index, given)).verdicts.get(provision.id) as Verdict;
  };
}

function reduced(rules: RuleSet, provision: Provision): (measure: string) => ClosedLaw {
  const wanted: Provision[] = [provision];
  for (const one of wanted) {
    for (const id of [one.gate, one.when].flatMap((condition: Condition | null) =>
      condition ? provisionsOf(condition) : [],
    )) {
      const named = standingOn(rules, id, startOf(provision));
      if (named && !wanted.some((other) => other.id === id)) wanted.push(named);
    }
  }
  const day = wanted.map(startOf).sort().at(-1) as Day;
  const instrument =
    wanted.map((one) => rules.packs.find((pack) => pack.id === one.pack)).find((pack) => pack?.kind === 'instrument')
      ?.id ?? '';
  const small = { ...rules, provisions: wanted };
  return (measure) => close(small, instrument, measure, day, DEFAULT_POLICY);
}

/** The first day a provision stands; policy that is always in force is tried on a day when its numbers have values. */
const startOf = (provision: Provision): Day =>
  provision.inForce === 'always' ? ('2000-01-01' as Day) : provision.inForce.from;

/** The version of a provision that stands on the day; before its first, the first. */
function standingOn(rules: RuleSet, id: string, day: Day): Provision | undefined {
  const versions = rules.provisions.filter((provision) => provision.id === id);
  return versions.find((provision) => inForceOn(provision, day)) ?? versions[0];
}

/** Whether no answers, in any measure the provision concerns, tell the two apart. */
function alike(rules: RuleSet, provision: Provision, changed: Provision): boolean {
  const [first, second] = [reduced(rules, provision), reduced(rules, changed)];
  return Object.keys(provision.concerns).every((measure) => {
    const [a, b] = [first(measure), second(measure)];
    const values = new Map<string, Set<FactValue>>();
    for (const slot of [...a.slots, ...b.slots])
      values.set(slot.fact, new Set([...(values.get(slot.fact) ?? []), ...slot.bins]));
    const facts = [...values].map(([fact, set]) => [fact, [null, ...set]] as const);
    const given: Record<string, FactValue | null> = {};
    const same = (i: number): boolean => {
      const next = facts[i];
      if (!next) {
        const verdict = (law: ClosedLaw) =>
          assessPlainly(law, encode(law.slots, law.index, given)).verdicts.get(provision.id);
        return verdict(a) === verdict(b);
      }
      return next[1].every((value) => {
        given[next[0]] = value;
        return same(i + 1);
      });
    };
    return same(0);
  });
}
