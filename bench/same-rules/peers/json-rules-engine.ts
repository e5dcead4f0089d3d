// json-rules-engine: one rule object each; absent facts allowed, as its users are told to when facts may be missing.

import { Engine, type NestedCondition } from 'json-rules-engine';
import type { Prepare, Rail } from '../peer.ts';
import { outcomeFromKeys, said, say } from '../peer.ts';
import { factsRead, type Leaf } from '../rules.ts';

export const prepare: Prepare = (rules, style) => {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const { key, rule, rail } of said(rules, style)) {
    const when = say<NestedCondition>(rule.when, leafFor(rail), (op, of) =>
      op === 'all' ? { all: [...of] } : { any: [...of] },
    );
    engine.addRule({ conditions: 'all' in when || 'any' in when ? when : { all: [when] }, event: { type: key } });
  }
  const outcome = outcomeFromKeys(rules, style);
  const unknown = Object.fromEntries(factsRead(rules).map((fact) => [fact, null]));
  return {
    shape: (facts) => (style === 'plain' ? facts : { ...unknown, ...facts }),
    judge: async (facts: Record<string, unknown>) => {
      const { events } = await engine.run(facts);
      const fired = new Set(events.map((event) => event.type));
      return outcome((key) => fired.has(key));
    },
  };
};

const leafFor =
  (rail: Rail) =>
  (leaf: Leaf): NestedCondition => {
    const { fact } = leaf;
    if (leaf.op === 'is') {
      return rail === 'possible'
        ? { fact, operator: 'notEqual', value: !leaf.yes }
        : { fact, operator: 'equal', value: leaf.yes };
    }
    const test: NestedCondition =
      leaf.op === 'in'
        ? { fact, operator: leaf.yes ? 'in' : 'notIn', value: leaf.values }
        : { fact, operator: leaf.yes ? 'greaterThanInclusive' : 'lessThan', value: leaf.number };
    if (rail === 'possible') return { any: [{ fact, operator: 'equal', value: null }, test] };
    return rail === 'certain' ? { all: [{ fact, operator: 'notEqual', value: null }, test] } : test;
  };
