// Cedar: one permit policy a rule, so that every policy satisfied is named; parsed once where Cedar offers it.

import { isAuthorizedPartial, preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import type { Prepare, Rail } from '../peer.ts';
import { inWords, outcomeFromKeys, outcomeRank, said, say } from '../peer.ts';
import { factsRead, type Leaf, type Rule } from '../rules.ts';

const CALL = {
  principal: { type: 'Officer', id: 'any' },
  action: { type: 'Action', id: 'assess' },
  resource: { type: 'Request', id: 'any' },
  entities: [],
};

export const prepare: Prepare = (rules, style) => {
  const policies = said(rules, style).map(({ key, rule, rail }) => [key, policy(rule, leafFor(rail))]);
  const parsed = preparsePolicySet('rules', { staticPolicies: Object.fromEntries(policies) });
  if (parsed.type === 'failure') throw new Error(parsed.errors[0]?.message);
  const outcome = outcomeFromKeys(rules, style);
  return {
    shape: (facts) => ({ ...CALL, context: facts, preparsedPolicySetId: 'rules' }),
    judge: (call: Parameters<typeof statefulIsAuthorized>[0]) => {
      const answer = statefulIsAuthorized(call);
      if (answer.type === 'failure') throw new Error(answer.errors[0]?.message);
      const fired = new Set(answer.response.diagnostics.reason);
      return outcome((key) => fired.has(key));
    },
  };
};

/** Partial evaluation: unknown facts are marked as such, and Cedar says which policies remain open. It has no prepared form. */
export const preparePartial: Prepare = (rules) => {
  const staticPolicies = Object.fromEntries(rules.map((rule, i) => [`p${i}`, policy(rule, bareLeaf)]));
  const read = factsRead(rules);
  return {
    shape: (facts) => {
      const open = (fact: string): [string, unknown] => [fact, facts[fact] ?? { __extn: { fn: 'unknown', arg: fact } }];
      return { ...CALL, policies: { staticPolicies }, context: Object.fromEntries(read.map(open)) };
    },
    judge: (call: Parameters<typeof isAuthorizedPartial>[0]) => {
      const answer = isAuthorizedPartial(call);
      if (answer.type === 'failure') throw new Error(answer.errors[0]?.message);
      const fired = new Set(answer.response.satisfied);
      const open = new Set(answer.response.nontrivialResiduals);
      return outcomeRank(rules, (i) => (fired.has(`p${i}`) ? true : open.has(`p${i}`) ? null : false));
    },
  };
};

const policy = (rule: Rule, leaf: (leaf: Leaf) => string): string =>
  `permit(principal, action, resource) when { ${say(rule.when, leaf, inWords('&&', '||'))} };`;

function bareLeaf(leaf: Leaf): string {
  const value = `context.${leaf.fact}`;
  const not = leaf.yes ? '' : '!';
  if (leaf.op === 'is') return `${not}${value}`;
  if (leaf.op === 'at-least') return `${value} ${leaf.yes ? '>=' : '<'} ${leaf.number}`;
  return `${not}[${leaf.values.map((one) => `"${one}"`).join(', ')}].contains(${value})`;
}

/** Cedar's own validator demands `has` before an optional attribute is read: so plain is the certain rail already. */
const leafFor =
  (rail: Rail) =>
  (leaf: Leaf): string =>
    rail === 'possible'
      ? `(!(context has ${leaf.fact}) || ${bareLeaf(leaf)})`
      : `(context has ${leaf.fact} && ${bareLeaf(leaf)})`;
