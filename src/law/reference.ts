// The plain reference: one request, one provision at a time, no tables, no tricks. The other back ends are held against it.

import type { ClosedLaw } from './close.ts';
import { type Codes, valueOf } from './graph.ts';
import type { ProvisionId, Verdict } from './provision.ts';
import { callsFor, OUTCOMES, type OutcomeName, rankOf, verdictOf } from './verdict.ts';

export type Plain = { readonly outcome: OutcomeName; readonly verdicts: ReadonlyMap<ProvisionId, Verdict> };

export function assessPlainly(law: ClosedLaw, codes: Codes): Plain {
  const verdicts = new Map<ProvisionId, Verdict>();
  let outcome: OutcomeName = 'may-execute';
  for (const closed of law.provisions) {
    const verdict = closed.outside
      ? 'not-applicable'
      : verdictOf(closed.effect, valueOf(closed.gate, codes), valueOf(closed.when, codes));
    verdicts.set(closed.provision.id, verdict);
    const called = callsFor(closed.effect, closed.strength, verdict);
    if (called && rankOf(called) < rankOf(outcome)) outcome = called;
  }
  return { outcome, verdicts };
}

/** Every outcome that some completion of the unknown facts leads to, by trying them all. Exponential: for tests and small packs. */
export function reachablePlainly(law: ClosedLaw, codes: Codes, slots: readonly number[]): Set<OutcomeName> {
  const unknown = slots.find((slot) => codes[slot] === 0);
  if (unknown === undefined) return new Set([assessPlainly(law, codes).outcome]);
  const reached = new Set<OutcomeName>();
  const bins = law.slots[unknown]?.bins.length ?? 0;
  for (let code = 1; code <= bins && reached.size < OUTCOMES.length; code++) {
    const next = codes.slice();
    next[unknown] = code;
    for (const outcome of reachablePlainly(law, next, slots)) reached.add(outcome);
  }
  return reached;
}
