// Publicodes: rules and questions by name; what is not answered stays undefined, so plain and careful are the same.

import Engine from 'publicodes';
import type { Prepare } from '../peer.ts';
import { outcomeRank, say } from '../peer.ts';
import { factsRead, type Leaf } from '../rules.ts';

const SILENT = { log: () => {}, warn: () => {}, error: () => {} };

export const prepare: Prepare = (rules) => {
  const questions = factsRead(rules).map((fact) => [fact, { question: fact }]);
  const written = rules.map((rule, i) => [
    `p${i}`,
    say<unknown>(rule.when, leafOf, (op, of) => ({
      [op === 'all' ? 'toutes ces conditions' : 'une de ces conditions']: of,
    })),
  ]);
  const engine = new Engine(Object.fromEntries([...questions, ...written]), { logger: SILENT });
  return {
    shape: (facts) => Object.fromEntries(Object.entries(facts).map(([fact, value]) => [fact, inPublicodes(value)])),
    judge: (situation: Parameters<typeof engine.setSituation>[0]) => {
      engine.setSituation(situation);
      return outcomeRank(rules, (i) => engine.evaluate(`p${i}`).nodeValue as boolean | null | undefined);
    },
  };
};

const inPublicodes = (value: unknown): unknown =>
  typeof value === 'boolean' ? (value ? 'oui' : 'non') : typeof value === 'string' ? `'${value}'` : value;

function leafOf(leaf: Leaf): unknown {
  const { fact } = leaf;
  if (leaf.op === 'is') return `${fact} = ${leaf.yes ? 'oui' : 'non'}`;
  if (leaf.op === 'at-least') return `${fact} ${leaf.yes ? '>=' : '<'} ${leaf.number}`;
  return leaf.yes
    ? { 'une de ces conditions': leaf.values.map((value) => `${fact} = '${value}'`) }
    : { 'toutes ces conditions': leaf.values.map((value) => `${fact} != '${value}'`) };
}
