// json-logic-engine: all rules as one list, built into a function once (its fastest form).

import { LogicEngine } from 'json-logic-engine';
import type { Prepare, Rail } from '../peer.ts';
import { outcomeRank, said, say } from '../peer.ts';
import type { Leaf } from '../rules.ts';

export const prepare: Prepare = (rules, style) => {
  const list = said(rules, style).map(({ rule, rail }) =>
    say<unknown>(rule.when, leafFor(rail), (op, of) => ({ [op === 'all' ? 'and' : 'or']: of })),
  );
  const run = new LogicEngine().build(list) as (facts: unknown) => unknown[];
  return {
    shape: (facts) => facts,
    judge: (facts: unknown) => {
      const values = run(facts);
      return style === 'plain'
        ? outcomeRank(rules, (i) => Boolean(values[i]))
        : outcomeRank(rules, (i) => (values[2 * i] ? true : values[2 * i + 1] ? null : false));
    },
  };
};

const leafFor =
  (rail: Rail) =>
  (leaf: Leaf): unknown => {
    const value = { var: leaf.fact };
    if (leaf.op === 'is') {
      if (rail === 'certain') return { '===': [value, leaf.yes] };
      if (rail === 'possible') return { '!==': [value, !leaf.yes] };
      return leaf.yes ? value : { '!': value };
    }
    const test = leaf.op === 'in' ? { in: [value, leaf.values] } : { [leaf.yes ? '>=' : '<']: [value, leaf.number] };
    const put = leaf.op === 'in' && !leaf.yes ? { '!': test } : test;
    if (rail === 'certain') return { and: [{ '!==': [value, null] }, put] };
    return rail === 'possible' ? { or: [{ '===': [value, null] }, put] } : put;
  };
