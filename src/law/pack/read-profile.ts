// State profiles and the treaty-status register, from their files; a profile that reaches for the rights pack is refused.

import type { Day } from '../../kernel/calendar.ts';
import { accept, type Fault, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Profile, SETTINGS, type Setting } from '../profile.ts';
import type { RuleSet } from '../rule-set.ts';
import type { Register } from '../status.ts';
import { type LawFile, parseFile } from './read.ts';
import * as schemas from './schemas.ts';

/** Reads an operator's profile against the rule set it is to govern. */
export function readProfile(rules: RuleSet, source: LawFile): Outcome<Profile> {
  const faults: Fault[] = [];
  const parsed = parseFile(source, schemas.profile, faults);
  if (!parsed) return refuse(...faults);
  const { value, file } = parsed;
  const report = (path: readonly PropertyKey[], detail: string): void =>
    void faults.push({ pointer: source.path, line: file.lineOf(path), detail });
  const kinds = new Map(rules.packs.map((pack) => [pack.id, pack.kind]));

  const policy = (value.policy ?? []).map((rule, i) => {
    const provision = rules.provisions.find((one) => one.id === rule.provision);
    const at = ['policy', i, 'provision'];
    if (!provision) report(at, `there is no provision ${rule.provision}`);
    else if (kinds.get(provision.pack) !== 'policy')
      report(
        at,
        `${rule.provision} is not this office's policy; what a treaty or human rights law says cannot be set here`,
      );
    return {
      provision: rule.provision,
      reason: rule.reason,
      set: settings(rules, provision, rule.set, (detail) => report(['policy', i, 'set'], detail)),
    };
  });
  const parameters = (value.parameters ?? []).map((parameter, i) => {
    const owner = rules.packs.find((pack) => pack.prefix === parameter.id.split(':')[0]);
    if (!rules.parameters.some((one) => one.id === parameter.id))
      report(['parameters', i], `there is no parameter ${parameter.id}`);
    else if (owner?.kind !== 'policy')
      report(['parameters', i], `${parameter.id} is the treaty's number, not this office's`);
    return { ...parameter, values: parameter.values.map((dated) => ({ from: dated.from as Day, value: dated.value })) };
  });
  const instruments = rules.packs.flatMap((pack) => (pack.kind === 'instrument' ? [pack.id] : []));
  const named = (path: readonly PropertyKey[], instrument: string): void => {
    if (!instruments.includes(instrument))
      report(path, `there is no instrument ${instrument}; there are ${instruments.join(', ')}`);
  };
  for (const [i, treaty] of (value.treaties ?? []).entries()) named(['treaties', i, 'instrument'], treaty.instrument);
  for (const [i, counted] of (value['counts-as-mla-treaty'] ?? []).entries())
    named(['counts-as-mla-treaty', i], counted);
  if (faults.length > 0) return refuse(...faults);
  return accept({
    state: value.state,
    title: value.title,
    invented: value.invented ?? false,
    languages: value.languages ?? [],
    authorities: value.authorities ?? [],
    remedies: (value.remedies ?? []).map(({ days, ...one }) => ({ ...one, days: days ?? null })),
    reservations: (value.reservations ?? []).map((one) => ({ ...one, since: one.since as Day })),
    policy,
    parameters,
    countsAsMlaTreaty: value['counts-as-mla-treaty'] ?? [],
    relations: [
      ...(value.treaties ?? []).map((one) => ({
        instrument: one.instrument,
        states: [value.state, one.with] as [string, string],
        ...span(one['in-force']),
        known: true,
      })),
      ...(value['other-mla-treaty'] ?? []).map((one) => ({
        instrument: 'other-mla-treaty',
        states: [value.state, one.with] as [string, string],
        from: one.since as Day,
        known: one.known,
      })),
    ],
  });
}

const span = (dates: { from: string; until?: string | undefined }): { from: Day; until?: Day } =>
  dates.until === undefined ? { from: dates.from as Day } : { from: dates.from as Day, until: dates.until as Day };

/** One word for every measure the provision concerns, or a word a measure or group. */
function settings(
  rules: RuleSet,
  provision: RuleSet['provisions'][number] | undefined,
  set: Setting | Record<string, Setting>,
  report: (detail: string) => void,
): Record<string, Setting> {
  if (!provision) return {};
  const words = SETTINGS[provision.effect];
  const found: Record<string, Setting> = {};
  const give = (measures: readonly string[], word: Setting): void => {
    if (!words?.includes(word))
      report(
        words
          ? `"${word}" does not fit ${provision.id}: ${words.join(', ')}`
          : `${provision.id} cannot be changed by a profile`,
      );
    for (const measure of measures) if (Object.hasOwn(provision.concerns, measure)) found[measure] = word;
  };
  if (typeof set === 'string') give(Object.keys(provision.concerns), set);
  else {
    for (const [name, word] of Object.entries(set)) {
      const measures = Object.hasOwn(rules.measureGroups, name) ? rules.measureGroups[name] : undefined;
      if (!measures) report(`"${name}" is no measure or group`);
      else if (!measures.some((measure) => Object.hasOwn(provision.concerns, measure)))
        report(`${provision.id} does not concern ${name}`);
      else give(measures, word);
    }
  }
  return found;
}

export function readRegister(source: LawFile): Outcome<Register> {
  const faults: Fault[] = [];
  const parsed = parseFile(source, schemas.register, faults);
  if (!parsed) return refuse(...faults);
  const { value } = parsed;
  return accept({
    version: value.register,
    instruments: value.instruments.map((one) => ({
      instrument: one.instrument,
      inForce: one['in-force'] as Day | null,
      note: one.note ?? null,
      source: one.source,
      confidence: one.confidence,
    })),
    parties: value.parties.map((one) => ({
      state: one.state,
      instrument: one.instrument,
      signed: (one.signed ?? null) as Day | null,
      ratified: (one.ratified ?? null) as Day | null,
      inForce: one['in-force'] ? span(one['in-force']) : null,
      source: one.source,
      confidence: one.confidence,
    })),
  });
}
