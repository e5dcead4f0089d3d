// A function as a programmer would write it by hand for these rules and no others: the limit of speed, with no reasons given.

import type { Prepare, Rail, Style } from '../peer.ts';
import { inWords, say } from '../peer.ts';
import { factsRead, type Leaf, type Rule } from '../rules.ts';

export const prepare: Prepare = async (rules, style) => {
  const { outcome } = (await import(`data:text/javascript,${encodeURIComponent(textOf(rules, style))}`)) as {
    outcome: (facts: unknown) => number;
  };
  const unknown = Object.fromEntries(factsRead(rules).map((fact) => [fact, undefined]));
  // One fixed shape: objects built name by name cost such a function several times its own running time.
  return { shape: (facts) => ({ ...unknown, ...facts }), judge: outcome };
};

const OUTCOMES = 6;
const NEEDS_INFORMATION = 3;

/** One `if` a rule, in the order of the outcomes, leaving as soon as the answer is known. */
function textOf(rules: readonly Rule[], style: Style): string {
  const test = (rule: Rule, rail: Rail): string => say(rule.when, leafFor(rail), inWords('&&', '||'));
  const lines: string[] = [];
  for (let rank = 0; rank < OUTCOMES - 1; rank++) {
    for (const rule of rules) {
      const certain = test(rule, style === 'plain' ? 'plain' : 'certain');
      if (rule.rank === rank) lines.push(`  if (${certain}) return ${rank};`);
      // What is certain and stops sooner has returned by now; what is certain and stops later is not open.
      const open = rule.rank > rank ? `${test(rule, 'possible')} && !(${certain})` : test(rule, 'possible');
      if (style === 'careful' && rank === NEEDS_INFORMATION) lines.push(`  if (${open}) return ${rank};`);
    }
  }
  return ['export function outcome(f) {', ...lines, `  return ${OUTCOMES - 1};`, '}', ''].join('\n');
}

const leafFor =
  (rail: Rail) =>
  (leaf: Leaf): string => {
    const value = `f.${leaf.fact}`;
    if (leaf.op === 'is') {
      if (rail === 'certain') return `${value} === ${leaf.yes}`;
      if (rail === 'possible') return `${value} !== ${!leaf.yes}`;
      return leaf.yes ? value : `!${value}`;
    }
    const test =
      leaf.op === 'at-least'
        ? `${value} ${leaf.yes ? '>=' : '<'} ${leaf.number}`
        : `${leaf.yes ? '' : '!'}${JSON.stringify(leaf.values)}.includes(${value})`;
    if (rail === 'certain') return `(${value} !== undefined && ${test})`;
    return rail === 'possible' ? `(${value} === undefined || ${test})` : test;
  };
