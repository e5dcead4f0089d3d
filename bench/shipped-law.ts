// The law that ships with the product, closed for each measure: what every section runs.

import { loadLaw } from '../src/adapters/files/law-store.ts';
import type { Day } from '../src/kernel/calendar.ts';
import { type ClosedLaw, close } from '../src/law/close.ts';
import { DEFAULT_POLICY } from '../src/law/profile.ts';
import { inForceOn, type RuleSet } from '../src/law/rule-set.ts';

/** The day whose law is measured, and on which every request arrives. */
export const DAY = '2028-03-01' as Day;

export type ShippedLaw = { readonly rules: RuleSet; readonly hash: string };

export async function shippedLaw(): Promise<ShippedLaw> {
  const law = await loadLaw();
  if (law.ok) return { rules: law.value.rules, hash: law.value.hash };
  throw new Error(law.faults.map((fault) => `${fault.pointer}: ${fault.detail}`).join('\n'));
}

/** The instruments that have any law on the day. */
export const instrumentsOf = (rules: RuleSet): string[] =>
  rules.packs
    .filter((pack) => pack.kind === 'instrument')
    .map((pack) => pack.id)
    .filter((id) => rules.provisions.some((provision) => provision.pack === id && inForceOn(provision, DAY)));

export const closed = (rules: RuleSet, instrument: string, measure: string): ClosedLaw =>
  close(rules, instrument, measure, DAY, DEFAULT_POLICY);

/** The law of an instrument for every measure. */
export const closedForAll = (rules: RuleSet, instrument: string): ClosedLaw[] =>
  rules.measures.map((measure) => closed(rules, instrument, measure.id));
