// A condition as indented lines of words, for a terminal.

import type { Condition } from '../law/provision.ts';
import type { RuleSet } from '../law/rule-set.ts';

export function conditionLines(rules: RuleSet, condition: Condition, depth: number): string[] {
  const pad = '  '.repeat(depth);
  const label = (fact: string) => rules.facts.find((spec) => spec.id === fact)?.label.en ?? fact;
  switch (condition.op) {
    case 'always':
      return [`${pad}always`];
    case 'met':
      return [`${pad}${condition.provision} is met`];
    case 'measure':
      return [`${pad}the measure is one of ${condition.in.join(', ')}`];
    case 'not':
      return condition.of.op === 'fact' || condition.of.op === 'met'
        ? [`${pad}not: ${conditionLines(rules, condition.of, 0)[0]}`]
        : [`${pad}not`, ...conditionLines(rules, condition.of, depth + 1)];
    case 'all':
    case 'any':
      return [
        `${pad}${condition.op === 'all' ? 'all of' : 'any of'}`,
        ...condition.of.flatMap((part) => conditionLines(rules, part, depth + 1)),
      ];
    case 'fact': {
      const { test, fact } = condition;
      if ('is' in test) return [`${pad}${label(fact)}  [${fact}]`];
      if ('in' in test) return [`${pad}${label(fact)} is ${test.in.join(' or ')}  [${fact}]`];
      const [id, words] = 'atLeast' in test ? [test.atLeast, 'is at least'] : [test.below, 'is below'];
      const parameter = rules.parameters.find((one) => one.id === id);
      return [`${pad}${label(fact)} ${words} ${parameter?.values.at(-1)?.value} ${parameter?.unit}  [${fact}, ${id}]`];
    }
  }
}
