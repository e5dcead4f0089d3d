// feelin: FEEL, the expression language of DMN, whose null is an unknown; all rules as one list, parsed at each call (it has no other form).

import { evaluate } from 'feelin';
import type { Prepare, Rail } from '../peer.ts';
import { inWords, outcomeRank, said, say } from '../peer.ts';
import type { Leaf } from '../rules.ts';

export const prepare: Prepare = (rules, style) => {
  // Plain FEEL has three values already; with care, only its equality has to be kept from calling the unknown false.
  const texts = said(rules, 'plain').map(({ rule }) =>
    say(rule.when, leafFor(style === 'plain' ? 'plain' : 'certain'), inWords('and', 'or')),
  );
  const list = `[${texts.join(', ')}]`;
  return {
    shape: (facts) => facts,
    judge: (facts: Record<string, unknown>) => {
      const values = evaluate(list, facts).value as (boolean | null)[];
      return outcomeRank(rules, (i) => values[i]);
    },
  };
};

const leafFor =
  (rail: Rail) =>
  (leaf: Leaf): string => {
    const { fact } = leaf;
    if (leaf.op === 'is') return leaf.yes ? fact : `not(${fact})`;
    if (leaf.op === 'at-least') return `${fact} ${leaf.yes ? '>=' : '<'} ${leaf.number}`;
    const test = `(${fact} in (${leaf.values.map((value) => `"${value}"`).join(', ')}))`;
    const put = leaf.yes ? test : `not(${test})`;
    return rail === 'plain' ? put : `(if ${fact} = null then null else ${put})`;
  };
