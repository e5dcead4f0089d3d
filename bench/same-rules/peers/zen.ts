// GoRules Zen: a decision graph with one expression node, compiled ahead by ZenDecisionContent.

import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';
import type { Judge, Prepare, Rail, Style } from '../peer.ts';
import { inWords, outcomeFromKeys, said, say } from '../peer.ts';
import type { Leaf, Rule } from '../rules.ts';

export const prepare: Prepare = (rules, style) => judgeWith(rules, style, false);
/** The same with the trace that its users read explanations from. */
export const prepareWithTrace: Prepare = (rules, style) => judgeWith(rules, style, true);

function judgeWith(rules: readonly Rule[], style: Style, trace: boolean): Judge {
  const expressions = said(rules, style).map(({ key, rule, rail }) => ({
    id: key,
    key,
    value: say(rule.when, leafFor(rail), inWords('and', 'or')),
  }));
  const decision = new ZenEngine().createDecision(new ZenDecisionContent(graph(expressions)));
  const outcome = outcomeFromKeys(rules, style);
  return {
    shape: (facts) => facts,
    judge: async (facts: unknown) => {
      const { result } = await decision.evaluate(facts, trace ? { trace: true } : {});
      return outcome((key) => result[key] === true);
    },
  };
}

/** Its boolean operators and comparisons fail on null, so even its plainest user compares booleans and guards numbers. */
const leafFor =
  (rail: Rail) =>
  (leaf: Leaf): string => {
    const { fact } = leaf;
    if (leaf.op === 'is') return rail === 'possible' ? `${fact} != ${!leaf.yes}` : `${fact} == ${leaf.yes}`;
    if (leaf.op === 'in') {
      const test = `${fact} ${leaf.yes ? 'in' : 'not in'} [${leaf.values.map((value) => `'${value}'`).join(', ')}]`;
      if (rail === 'plain') return test;
      return rail === 'certain' ? `(${fact} != null and ${test})` : `(${fact} == null or ${test})`;
    }
    const test = `${fact} ${leaf.yes ? '>=' : '<'} ${leaf.number}`;
    return rail === 'possible' ? `(${fact} == null or ${test})` : `(${fact} != null and ${test})`;
  };

function graph(expressions: readonly { id: string; key: string; value: string }[]): object {
  const position = { x: 0, y: 0 };
  return {
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      { id: 'in', type: 'inputNode', name: 'request', position, content: { schema: '' } },
      {
        id: 'rules',
        type: 'expressionNode',
        name: 'rules',
        position,
        content: { expressions, passThrough: false, inputField: null, outputPath: null, executionMode: 'single' },
      },
      { id: 'out', type: 'outputNode', name: 'answer', position, content: { schema: '' } },
    ],
    edges: [
      { id: 'a', sourceId: 'in', targetId: 'rules', type: 'edge' },
      { id: 'b', sourceId: 'rules', targetId: 'out', type: 'edge' },
    ],
  };
}
