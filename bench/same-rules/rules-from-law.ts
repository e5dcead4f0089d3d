// From the closed law of one measure to plain rules that every engine can be given.

import type { ClosedLaw } from '../../src/law/close.ts';
import type { Node } from '../../src/law/graph.ts';
import { isRequirement } from '../../src/law/provision.ts';
import type { Slot } from '../../src/law/slots.ts';
import { callsFor, rankOf } from '../../src/law/verdict.ts';
import { type Condition, flatName, type Leaf, type Rule } from './rules.ts';

/**
 * One rule for each provision that bears on the outcome: a requirement fires when it is not satisfied, anything else when it is
 * present, both only while the gate is open. In strong Kleene logic this is the contract's verdict table.
 */
export function rulesOf(law: ClosedLaw): Rule[] {
  return law.provisions.flatMap((closed) => {
    const requirement = isRequirement(closed.effect);
    const called = closed.outside ? null : callsFor(closed.effect, closed.strength, requirement ? 'not-met' : 'met');
    if (called === null) return [];
    const gate = conditionOf(law.slots, closed.gate, true);
    const when = conditionOf(law.slots, closed.when, !requirement);
    return [{ id: closed.provision.id, rank: rankOf(called), when: join('all', [gate, when]) }];
  });
}

function conditionOf(slots: readonly Slot[], node: Node, yes: boolean): Condition {
  switch (node.op) {
    case 'const':
      return { op: node.value === yes ? 'all' : 'any', of: [] };
    case 'not':
      return conditionOf(slots, node.of, !yes);
    case 'atom':
      return leafOf(slots[node.slot] as Slot, node.bins, yes);
    default: {
      const parts = node.of.map((part) => conditionOf(slots, part, yes));
      return join((node.op === 'all') === yes ? 'all' : 'any', parts);
    }
  }
}

function leafOf(slot: Slot, bins: number, yes: boolean): Leaf {
  const fact = flatName(slot.fact);
  if (slot.spec.type === 'boolean') return { op: 'is', fact, yes };
  if (slot.spec.type === 'years') {
    const lowest = 31 - Math.clz32(bins & -bins);
    return { op: 'at-least', fact, number: slot.cuts[lowest - 2] as number, yes };
  }
  if (slot.spec.type === 'date') throw new Error(`${slot.fact}: dates are not put into the peers' languages yet`);
  return { op: 'in', fact, values: slot.bins.filter((_, i) => (bins >> (i + 1)) & 1) as string[], yes };
}

/** Parts of the same kind flattened, an only part alone. */
function join(op: 'all' | 'any', parts: readonly Condition[]): Condition {
  const of = parts.flatMap((part) => (part.op === op ? part.of : [part]));
  return of.length === 1 && of[0] ? of[0] : { op, of };
}
