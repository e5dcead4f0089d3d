// The law for one request: packs, day, instrument, measure and policy put together into a closed graph.

import type { Day } from '../kernel/calendar.ts';
import { Defect } from '../kernel/outcome.ts';
import { all, any, FALSE, type Node, not, slotsOf, TRUE } from './graph.ts';
import { DEFAULT_POLICY, type Policy, settingOf } from './profile.ts';
import type { Condition, Effect, MeasureId, ParameterId, Provision, Strength, Test } from './provision.ts';
import { inForceOn, type Pack, type Parameter, type RuleSet, valueOn } from './rule-set.ts';
import { allBins, binsFrom, MAX_BINS, type Slot, slotOf } from './slots.ts';

/** A provision as it stands for one measure on one day under one policy. */
export type ClosedProvision = {
  readonly provision: Provision;
  readonly effect: Effect;
  readonly strength: Strength | null;
  /** Why it does not concern this request, if it does not: the measure, or a profile that switched it off. */
  readonly outside: 'measure' | 'off' | null;
  readonly gate: Node;
  readonly when: Node;
};

export type ClosedLaw = {
  readonly rules: RuleSet;
  readonly instrument: string;
  readonly measure: MeasureId;
  readonly asOf: Day;
  readonly policy: Policy;
  readonly packs: readonly Pack[];
  readonly slots: readonly Slot[];
  readonly index: ReadonlyMap<string, number>;
  readonly provisions: readonly ClosedProvision[];
  readonly parameterValue: (id: ParameterId) => number;
};

/** The packs that speak under an instrument: its own, and those that bind us or that we added whatever the instrument. */
export const packsUnder = (rules: RuleSet, instrument: string): Pack[] =>
  rules.packs
    .filter((pack) => (pack.kind === 'instrument' ? pack.id === instrument : true))
    .sort((a, b) => rank(a) - rank(b));
const rank = (pack: Pack): number => ['instrument', 'rights', 'policy'].indexOf(pack.kind);

export function close(rules: RuleSet, instrument: string, measure: MeasureId, asOf: Day, policy: Policy): ClosedLaw {
  const packs = packsUnder(rules, instrument);
  const order = new Map(packs.map((pack, i) => [pack.id, i]));
  const standing = rules.provisions
    .filter((provision) => order.has(provision.pack) && inForceOn(provision, asOf))
    .sort((a, b) => (order.get(a.pack) as number) - (order.get(b.pack) as number));
  const parameterValue = parameterReader(rules, asOf, policy);
  const { slots, index } = slotsFor(rules, standing, parameterValue);
  const kinds = new Map(packs.map((pack) => [pack.id, pack.kind]));
  const byId = new Map(standing.map((provision) => [provision.id, provision]));

  const resolve = (condition: Condition): Node => {
    switch (condition.op) {
      case 'always':
        return TRUE;
      case 'all':
        return all(condition.of.map(resolve));
      case 'any':
        return any(condition.of.map(resolve));
      case 'not':
        return not(resolve(condition.of));
      case 'measure':
        return condition.in.includes(measure) ? TRUE : FALSE;
      case 'fact':
        return atom(slots, index.get(condition.fact) as number, condition.test, parameterValue);
      case 'met': {
        const named = byId.get(condition.provision);
        if (!named || !Object.hasOwn(named.concerns, measure)) return FALSE;
        return all([named.gate ? resolve(named.gate) : TRUE, resolve(named.when)]);
      }
    }
  };

  const provisions = standing.map((provision): ClosedProvision => {
    const concerned = Object.hasOwn(provision.concerns, measure);
    const set = concerned
      ? applySetting(provision, measure, kinds.get(provision.pack) === 'policy' ? policy : DEFAULT_POLICY)
      : { effect: provision.effect, strength: null, off: false };
    const outside = !concerned ? 'measure' : set.off ? 'off' : null;
    const idle = outside !== null;
    return {
      provision,
      effect: set.effect,
      strength: set.strength,
      outside,
      gate: idle ? FALSE : provision.gate ? resolve(provision.gate) : TRUE,
      when: idle ? FALSE : resolve(provision.when),
    };
  });
  return { rules, instrument, measure, asOf, policy, packs, slots, index, provisions, parameterValue };
}

/** A profile's word on a policy provision for this measure; rights and treaties are out of its reach, whatever it says. */
function applySetting(
  provision: Provision,
  measure: MeasureId,
  policy: Policy,
): { effect: Effect; strength: Strength | null; off: boolean } {
  const given = { effect: provision.effect, strength: provision.concerns[measure] ?? null, off: false };
  switch (settingOf(policy, provision.id, measure)) {
    case undefined:
    case 'on':
      return given;
    case 'off':
      return { ...given, off: true };
    case 'required':
      return { ...given, strength: 'required' };
    case 'recommended':
      return { ...given, strength: 'recommended' };
    case 'must':
      return { ...given, effect: 'refuse-must' };
    case 'may':
      return { ...given, effect: 'refuse-may' };
  }
}

function parameterReader(rules: RuleSet, asOf: Day, policy: Policy): (id: ParameterId) => number {
  const own = new Map((policy.profile?.parameters ?? []).map((p) => [p.id, p.values]));
  const values = new Map<ParameterId, number>();
  for (const parameter of rules.parameters) {
    const value = valueOn(parameter, asOf);
    const set = own.get(parameter.id);
    const ours = set && valueOn({ ...parameter, values: set } satisfies Parameter, asOf);
    if (value !== undefined || ours !== undefined) values.set(parameter.id, (ours ?? value) as number);
  }
  return (id) => {
    const value = values.get(id);
    if (value === undefined) throw new Defect(`the parameter ${id} has no value on ${asOf}`);
    return value;
  };
}

function slotsFor(
  rules: RuleSet,
  standing: readonly Provision[],
  parameterValue: (id: ParameterId) => number,
): { slots: Slot[]; index: Map<string, number> } {
  const cuts = new Map<string, number[]>();
  const visit = (condition: Condition): void => {
    if (condition.op === 'all' || condition.op === 'any') condition.of.forEach(visit);
    else if (condition.op === 'not') visit(condition.of);
    else if (condition.op === 'fact') {
      const list = cuts.get(condition.fact) ?? [];
      cuts.set(condition.fact, list);
      if ('atLeast' in condition.test) list.push(parameterValue(condition.test.atLeast));
      if ('below' in condition.test) list.push(parameterValue(condition.test.below));
    }
  };
  for (const provision of standing) {
    if (provision.gate) visit(provision.gate);
    visit(provision.when);
  }
  const slots = rules.facts
    .filter((spec) => cuts.has(spec.id))
    .map((spec) => slotOf(spec, cuts.get(spec.id) as number[]));
  for (const slot of slots)
    if (slot.bins.length > MAX_BINS)
      throw new Defect(`${slot.fact} has more than ${MAX_BINS} values that the law tells apart`);
  return { slots, index: new Map(slots.map((slot, i) => [slot.fact, i])) };
}

function atom(slots: readonly Slot[], at: number, test: Test, parameterValue: (id: ParameterId) => number): Node {
  const slot = slots[at] as Slot;
  const bins = (matches: (bin: unknown) => boolean) =>
    slot.bins.reduce<number>((set, bin, i) => (matches(bin) ? set | (1 << (i + 1)) : set), 0);
  if ('is' in test) return { op: 'atom', slot: at, bins: bins((bin) => bin === true) };
  if ('in' in test) return { op: 'atom', slot: at, bins: bins((bin) => test.in.includes(bin as string)) };
  if ('atLeast' in test) return { op: 'atom', slot: at, bins: binsFrom(slot, parameterValue(test.atLeast)) };
  return not({ op: 'atom', slot: at, bins: binsFrom(slot, parameterValue(test.below)) });
}

/**
 * Whether every provision that bears on the outcome reads each fact once, and asks of each what an answer can grant and deny:
 * then its reasons and its stability are exact by structure.
 */
export function readsEachFactOnce(law: ClosedLaw): boolean {
  return law.provisions.every((closed) => {
    if (closed.outside || closed.effect === 'option' || closed.effect === 'duty' || closed.effect === 'bar-to-refusal')
      return true;
    const slots = [...slotsOf(closed.gate), ...slotsOf(closed.when)];
    return new Set(slots).size === slots.length && asksSomething(law, closed.gate) && asksSomething(law, closed.when);
  });
}

function asksSomething(law: ClosedLaw, node: Node): boolean {
  if (node.op === 'const') return true;
  if (node.op === 'not') return asksSomething(law, node.of);
  if (node.op !== 'atom') return node.of.every((part) => asksSomething(law, part));
  return node.bins !== 0 && node.bins !== allBins(law.slots[node.slot] as Slot);
}

/** The facts that any provision still concerned with this request reads, by slot. */
export function slotsRead(law: ClosedLaw): Set<number> {
  return new Set(
    law.provisions.flatMap((closed) => (closed.outside ? [] : [...slotsOf(closed.gate), ...slotsOf(closed.when)])),
  );
}
