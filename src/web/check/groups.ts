// Findings sorted by what they do to the request, and the open ones by how much an answer settles.

import type { Assessment } from '../../law/assessment.ts';
import type { Finding } from '../../law/findings.ts';
import { callsFor, type OutcomeName } from '../../law/verdict.ts';

export const GROUPS = ['stops', 'may-stop', 'open', 'conditions', 'satisfied', 'follows', 'not-concerned'] as const;
export type Group = (typeof GROUPS)[number];

const LISTED = ['option', 'duty', 'bar-to-refusal'];

/** What a finding does to the request. */
export function groupOf({ effect, strength, verdict }: Finding): Group {
  if (verdict === 'not-applicable') return 'not-concerned';
  if (verdict === 'undetermined') return 'open';
  switch (callsFor(effect, strength, verdict)) {
    case 'no-basis':
    case 'must-refuse':
      return 'stops';
    case 'may-refuse':
      return 'may-stop';
    case 'needs-information':
      return 'open';
    case 'needs-conditions':
      return 'conditions';
    default:
      return verdict === 'met' && LISTED.includes(effect) ? 'follows' : 'satisfied';
  }
}

export function grouped(findings: readonly Finding[]): { readonly [G in Group]: readonly Finding[] } {
  const groups: { [G in Group]: Finding[] } = {
    stops: [],
    'may-stop': [],
    open: [],
    conditions: [],
    satisfied: [],
    follows: [],
    'not-concerned': [],
  };
  for (const finding of findings) groups[groupOf(finding)].push(finding);
  return groups;
}

/** The open checks that bear on the outcome, most decisive first: in the order in which the engine would ask for them. */
export function openChecks({ findings, askNext }: Assessment): Finding[] {
  const place = new Map<string, number>();
  askNext.forEach((next, i) => {
    for (const id of next.decides) if (!place.has(id)) place.set(id, i);
  });
  const last = askNext.length;
  return findings
    .filter((finding) => finding.verdict === 'undetermined' && !LISTED.includes(finding.effect))
    .sort((a, b) => worst(a) - worst(b) || (place.get(a.provision) ?? last) - (place.get(b.provision) ?? last));
}

const worst = (finding: Finding): number => ORDER.indexOf(couldBecome(finding));
const ORDER: readonly OutcomeName[] = [
  'no-basis',
  'must-refuse',
  'may-refuse',
  'needs-information',
  'needs-conditions',
  'may-execute',
];

/** The worst that an open check can still lead to. */
export function couldBecome({ effect, strength }: Finding): OutcomeName {
  const calls = [callsFor(effect, strength, 'met'), callsFor(effect, strength, 'not-met')].filter(
    (one) => one !== null,
  );
  return calls.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b))[0] ?? 'may-execute';
}

/** Open checks that could stop the request altogether. */
export const couldStop = (findings: readonly Finding[]): number =>
  findings.filter((finding) => ORDER.indexOf(couldBecome(finding)) <= ORDER.indexOf('must-refuse')).length;
