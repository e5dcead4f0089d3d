// Use case: take the law away. Everything a provision rests on that stands elsewhere, and the whole rule set to keep.

import { canonicalJson, type Json } from '../kernel/canonical-json.ts';
import { parameterNamed, PLACEHOLDER } from '../law/findings.ts';
import type { Condition, ParameterId, Provision } from '../law/provision.ts';
import type { Parameter, RuleSet } from '../law/rule-set.ts';
import type { LawBook } from './law-book.ts';

/** The parameters that a provision names, in its conditions, its clock or its texts. */
export function parametersOf(rules: RuleSet, provision: Provision): Parameter[] {
  const named = new Set<ParameterId>(provision.clock ? [provision.clock.parameter] : []);
  for (const id of [...numbersIn(provision.gate), ...numbersIn(provision.when)]) named.add(id);
  const texts = [provision.source.paraphrase, provision.what, provision.gap, ...Object.values(provision.explain)];
  for (const text of texts) {
    for (const [, id] of text?.en.matchAll(PLACEHOLDER) ?? []) named.add(parameterNamed(provision, id as string));
  }
  return rules.parameters.filter((parameter) => named.has(parameter.id));
}

function numbersIn(condition: Condition | null): ParameterId[] {
  switch (condition?.op) {
    case 'fact': {
      const { test } = condition;
      return 'atLeast' in test ? [test.atLeast] : 'below' in test ? [test.below] : [];
    }
    case 'not':
      return numbersIn(condition.of);
    case 'all':
    case 'any':
      return condition.of.flatMap(numbersIn);
    default:
      return [];
  }
}

/** The whole rule set as `rogatory law archive` prints it: canonical JSON that the command line takes back. */
export const archiveText = ({ hash, rules, register }: LawBook): string =>
  `${canonicalJson({ ruleSet: hash, rules, register } as unknown as Json)}\n`;
