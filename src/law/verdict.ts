// From a gate and a condition to a verdict, and from verdicts to an outcome: the two tables of the contract, section 4.

import { F, T, type Tri, U } from './graph.ts';
import { type Effect, isRequirement, type Strength, type Verdict } from './provision.ts';

/** The six outcomes in the order in which they are looked for: the first that holds is the answer. */
export const OUTCOMES = [
  'no-basis',
  'must-refuse',
  'may-refuse',
  'needs-information',
  'needs-conditions',
  'may-execute',
] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

/**
 * The verdict of a provision. Gate closed: not applicable. Gate open: the condition's value. Gate unknown: settled only
 * where the answer cannot matter (a requirement already satisfied, a ground already absent).
 */
export function verdictOf(effect: Effect, gate: Tri, when: Tri): Verdict {
  if (gate === F) return 'not-applicable';
  if (gate === U) {
    if (isRequirement(effect)) return when === T ? 'met' : 'undetermined';
    return when === F ? 'not-met' : 'undetermined';
  }
  return when === T ? 'met' : when === F ? 'not-met' : 'undetermined';
}

/** The outcomes that one verdict calls for; the assessment's is the first of them all, or may-execute when there is none. */
export function callsFor(effect: Effect, strength: Strength | null, verdict: Verdict): OutcomeName | null {
  const open = verdict === 'undetermined';
  switch (effect) {
    case 'scope':
      return verdict === 'not-met' ? 'no-basis' : open ? 'needs-information' : null;
    case 'form':
      return verdict === 'not-met' || open ? 'needs-information' : null;
    case 'refuse-must':
      return verdict === 'met' ? 'must-refuse' : open ? 'needs-information' : null;
    case 'refuse-may':
      return verdict === 'met' ? 'may-refuse' : open ? 'needs-information' : null;
    case 'safeguard':
      if (verdict === 'not-met') return strength === 'required' ? 'must-refuse' : 'may-refuse';
      return open ? 'needs-information' : null;
    case 'condition':
      return verdict === 'met' ? 'needs-conditions' : open ? 'needs-information' : null;
    case 'option':
    case 'duty':
    case 'bar-to-refusal':
      return null;
  }
}

/** Position in OUTCOMES: the lower, the sooner it stops the request. */
export const rankOf = (outcome: OutcomeName): number => OUTCOMES.indexOf(outcome);
