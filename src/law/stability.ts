// Whether an outcome can still change, where the shape of the law alone does not tell: by search over the open facts.

import type { ClosedLaw } from './close.ts';
import { type Codes, type Node, slotsOf, valueOf } from './graph.ts';
import { callsFor, type OutcomeName, rankOf, verdictOf } from './verdict.ts';

/**
 * Whether all formal requirements can be met, and their gates closed, together: no fact is asked to be one thing by one and
 * another by the next. Then an open requirement can be answered well, and information that lacks can be given.
 */
export function formsAgree(law: ClosedLaw): boolean {
  const seen = new Map<string, string>();
  const agrees = (node: Node, positive: boolean): boolean => {
    if (node.op === 'const') return true;
    if (node.op === 'not') return agrees(node.of, !positive);
    if (node.op !== 'atom') return node.of.every((part) => agrees(part, positive));
    const key = `${node.slot}`;
    const want = `${node.bins}:${positive}`;
    const known = seen.get(key);
    seen.set(key, want);
    return known === undefined || known === want;
  };
  return law.provisions
    .filter((closed) => !closed.outside && closed.effect === 'form')
    .every((closed) => agrees(closed.when, true) && agrees(closed.gate, false));
}

/** Whether some completion of the unknown facts leads to another outcome. Exact; branches only on facts of provisions still open. */
export function searchOtherOutcome(law: ClosedLaw, given: Codes, outcome: OutcomeName): boolean {
  const codes = given.slice();
  const search = (): boolean => {
    let rank = rankOf('may-execute');
    let branch: number | undefined;
    for (const closed of law.provisions) {
      if (closed.outside) continue;
      const verdict = verdictOf(closed.effect, valueOf(closed.gate, codes), valueOf(closed.when, codes));
      const called = callsFor(closed.effect, closed.strength, verdict);
      if (!called) continue;
      if (verdict === 'undetermined')
        branch ??= [...slotsOf(closed.when), ...slotsOf(closed.gate)].find((slot) => codes[slot] === 0);
      else if (rankOf(called) < rank) rank = rankOf(called);
    }
    // What is settled already stops sooner than the outcome in question: whatever comes, it is another one.
    if (rank < rankOf(outcome)) return true;
    if (branch === undefined) return rank !== rankOf(outcome);
    const bins = law.slots[branch]?.bins.length ?? 0;
    for (let code = 1; code <= bins; code++) {
      codes[branch] = code;
      if (search()) return true;
    }
    codes[branch] = 0;
    return false;
  };
  return search();
}
