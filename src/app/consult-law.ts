// Use case: look something up in the law. Which rules stand on a day, what their numbers are, what their worked cases come to.

import { canonicalJson, type Json } from '../kernel/canonical-json.ts';
import type { Day } from '../kernel/calendar.ts';
import type { Language, Text } from '../kernel/language.ts';
import { fill, parameterNamed, PLACEHOLDER } from '../law/findings.ts';
import type { FactId, Condition, ParameterId, Provision, ProvisionId, Verdict, WorkedCase } from '../law/provision.ts';
import { runCases } from '../law/prove/worked-cases.ts';
import { inForceOn, type Parameter, type RuleSet, valueOn } from '../law/rule-set.ts';
import type { LawBook } from './law-book.ts';

export { inForceOn, valueOn } from '../law/rule-set.ts';

/** A worked case of a provision and the verdict the engine comes to today. */
export type RunCase = WorkedCase & { readonly found: Verdict };

const ran = new WeakMap<RuleSet, Map<Provision, RunCase[]>>();

/** The worked cases of a provision, each with the verdict computed from the law that is loaded. Run once a rule set. */
export function workedCases(rules: RuleSet, provision: Provision): readonly RunCase[] {
  let all = ran.get(rules);
  if (!all) {
    all = new Map();
    for (const { provision: of, one, found } of runCases(rules)) {
      const list = all.get(of) ?? [];
      list.push({ ...one, found });
      all.set(of, list);
    }
    ran.set(rules, all);
  }
  return all.get(provision) ?? [];
}

/** The value of a parameter on a day; before its first day, the first it will have. */
export function numberOn(rules: RuleSet, id: ParameterId, day: Day): number | undefined {
  const parameter = rules.parameters.find((one) => one.id === id);
  return parameter && (valueOn(parameter, day) ?? parameter.values[0]?.value);
}

/** A text of a provision with its numbers put in, as they stand on the day. */
export const textOn = (rules: RuleSet, provision: Provision, text: Text, day: Day, language: Language): string =>
  fill({ parameterValue: (id) => numberOn(rules, id, day) ?? Number.NaN }, provision, text, language);

/** The parameters that a provision names, in its conditions, its clock or its texts. */
export function parametersOf(rules: RuleSet, provision: Provision): Parameter[] {
  const named = new Set<ParameterId>(provision.clock ? [provision.clock.parameter] : []);
  for (const test of testsOf(provision)) {
    if ('atLeast' in test) named.add(test.atLeast);
    if ('below' in test) named.add(test.below);
  }
  const texts = [provision.source.paraphrase, provision.what, provision.gap, ...Object.values(provision.explain)];
  for (const text of texts) {
    for (const [, id] of text?.en.matchAll(PLACEHOLDER) ?? []) named.add(parameterNamed(provision, id as string));
  }
  return rules.parameters.filter((parameter) => named.has(parameter.id));
}

/** Every condition within a condition, itself included. */
function* within(condition: Condition): Generator<Condition> {
  yield condition;
  if (condition.op === 'not') yield* within(condition.of);
  else if (condition.op === 'all' || condition.op === 'any') for (const part of condition.of) yield* within(part);
}

function* parts(provision: Provision): Generator<Condition> {
  if (provision.gate) yield* within(provision.gate);
  yield* within(provision.when);
}

const testsOf = (provision: Provision) => [...parts(provision)].flatMap((one) => (one.op === 'fact' ? [one.test] : []));

/** The facts that a provision reads itself, in the order it names them. */
export const factsOf = (provision: Provision): FactId[] => [
  ...new Set([...parts(provision)].flatMap((one) => (one.op === 'fact' ? [one.fact] : []))),
];

/** The provisions whose verdict a provision depends on. */
export const restsOn = (provision: Provision): ProvisionId[] => [
  ...new Set([...parts(provision)].flatMap((one) => (one.op === 'met' ? [one.provision] : []))),
];

/** The version of a provision to show for a day: the one in force, else the next to come, else the last there was. */
export function versionFor(rules: RuleSet, id: ProvisionId, day: Day): Provision | undefined {
  const versions = rules.provisions.filter((one) => one.id === id).sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
  return (
    versions.find((one) => inForceOn(one, day)) ?? versions.find((one) => startOf(one) > day) ?? versions.at(-1)
  );
}

const startOf = (provision: Provision): string => (provision.inForce === 'always' ? '' : provision.inForce.from);

/** The whole rule set as `rogatory law archive` prints it: canonical JSON that the command line takes back. */
export const archiveText = ({ hash, rules, register }: LawBook): string =>
  `${canonicalJson({ ruleSet: hash, rules, register } as unknown as Json)}\n`;
