// What changed in the law between two days: provisions that came, went or were replaced, and numbers that moved.

import type { Day } from '../kernel/calendar.ts';
import { inForceOn, type RuleSet, valueOn } from './rule-set.ts';

export type LawChange = {
  readonly id: string;
  readonly change: 'added' | 'repealed' | 'amended';
  readonly what: string;
};

export function diffLaw(rules: RuleSet, from: Day, to: Day): LawChange[] {
  const on = (day: Day) =>
    new Map(
      rules.provisions.filter((provision) => inForceOn(provision, day)).map((provision) => [provision.id, provision]),
    );
  const [before, after] = [on(from), on(to)];
  const changes: LawChange[] = [];
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(id), after.get(id)];
    if (!old && now) changes.push({ id, change: 'added', what: now.title.en });
    else if (old && !now) changes.push({ id, change: 'repealed', what: old.title.en });
    else if (old && now && old !== now) changes.push({ id, change: 'amended', what: now.title.en });
  }
  for (const parameter of rules.parameters) {
    const [old, now] = [valueOn(parameter, from), valueOn(parameter, to)];
    if (old === now) continue;
    const change = old === undefined ? 'added' : now === undefined ? 'repealed' : 'amended';
    changes.push({ id: parameter.id, change, what: `${old ?? 'none'} to ${now ?? 'none'} ${parameter.unit}` });
  }
  return changes;
}
