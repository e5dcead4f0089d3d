// The law a node holds, opened: engines for each day, instrument, measure, policy and language, made once and kept.

import type { Day } from '../kernel/calendar.ts';
import type { Language } from '../kernel/language.ts';
import { close } from '../law/close.ts';
import { diffLaw, type LawChange } from '../law/diff.ts';
import { type Engine, engineFor } from '../law/engine.ts';
import type { Policy } from '../law/profile.ts';
import type { Provision } from '../law/provision.ts';
import { inForceOn, type RuleSet } from '../law/rule-set.ts';
import type { Register } from '../law/status.ts';

export type LawBook = {
  readonly rules: RuleSet;
  /** `sha256:` and the hash of the rule set's canonical bytes. */
  readonly hash: string;
  readonly register: Register;
  readonly engine: (instrument: string, measure: string, asOf: Day, policy: Policy, language: Language) => Engine;
  /** The provisions in force on that day. */
  readonly provisionsOn: (day: Day) => Provision[];
  /** What changed in the law between two days. */
  readonly changes: (from: Day, to: Day) => LawChange[];
  /** The instruments that have any law on that day, in the order of the contract. */
  readonly instrumentsOn: (day: Day) => readonly string[];
};

/** Engines kept at most: each is a few hundred kilobytes, and a docket needs one a measure and day. */
const KEPT = 64;

export function openLawBook(rules: RuleSet, hash: string, register: Register): LawBook {
  const engines = new Map<string, Engine>();
  const instruments = new Map<Day, string[]>();
  return {
    rules,
    hash,
    register,
    engine: (instrument, measure, asOf, policy, language) => {
      const key = `${instrument} ${measure} ${asOf} ${policy.hash ?? '-'} ${language}`;
      const known = engines.get(key);
      if (known) return known;
      const made = engineFor(close(rules, instrument, measure, asOf, policy), language, hash);
      if (engines.size >= KEPT) engines.delete(engines.keys().next().value as string);
      engines.set(key, made);
      return made;
    },
    provisionsOn: (day) => rules.provisions.filter((provision) => inForceOn(provision, day)),
    changes: (from, to) => diffLaw(rules, from, to),
    instrumentsOn: (day) => {
      const known = instruments.get(day);
      if (known) return known;
      const found = rules.packs
        .filter(
          (pack) => pack.kind === 'instrument' && rules.provisions.some((p) => p.pack === pack.id && inForceOn(p, day)),
        )
        .map((pack) => pack.id);
      if (instruments.size >= KEPT) instruments.delete(instruments.keys().next().value as Day);
      instruments.set(day, found);
      return found;
    },
  };
}
