// One provision as its file writes it, to the provision the engine runs, with what that one provision must have.

import type { Day } from '../../kernel/calendar.ts';
import type { Fault } from '../../kernel/outcome.ts';
import type { Provision, Strength, Verdict } from '../provision.ts';
import type { FactSpec, Pack, Parameter } from '../rule-set.ts';
import { readCondition } from './conditions.ts';
import type { ProvisionFile } from './schemas.ts';
import type { YamlFile } from './yaml.ts';

type Known = {
  readonly facts: ReadonlyMap<string, FactSpec>;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly measureGroups: { readonly [group: string]: readonly string[] };
};

export function readProvision(
  written: ProvisionFile,
  index: number,
  article: string,
  pack: Pack,
  file: YamlFile,
  known: Known,
  faults: Fault[],
): Provision {
  const base = ['provisions', index] as const;
  const report = (path: readonly PropertyKey[], detail: string): void => {
    faults.push({ pointer: file.path, line: file.lineOf([...base, ...path]), detail: `${written.id}: ${detail}` });
  };
  const expand = (names: readonly string[], path: readonly PropertyKey[]): string[] => {
    for (const name of names)
      if (!Object.hasOwn(known.measureGroups, name)) report(path, `"${name}" is no measure or group of measures.yaml`);
    return [
      ...new Set(
        names.flatMap((name) => (Object.hasOwn(known.measureGroups, name) ? (known.measureGroups[name] ?? []) : [])),
      ),
    ];
  };
  const names = { ...known, pack: pack.prefix, expand, report };
  const parameterId = (id: string) => (id.includes(':') ? id : `${pack.prefix}:${id}`);

  const measures = expand(written.concerns, ['concerns']);
  const provision: Provision = {
    id: written.id,
    pack: pack.id,
    article,
    file: file.path,
    line: file.lineOf([...base]),
    title: written.title,
    effect: written.effect,
    concerns: strengths(written, measures, expand, report),
    gate: written.gate === undefined ? null : readCondition(written.gate, ['gate'], names),
    when: readCondition(written.when, ['when'], names),
    source: {
      instrument: written.source.instrument ?? pack.prefix,
      place: written.source.place,
      paraphrase: written.source.paraphrase,
      confidence: written.source.confidence,
      basis: written.source.basis,
      address: written.source.address ?? pack.address,
      ...(written.source.standard === undefined ? {} : { standard: written.source.standard }),
      ...(written.source['certified-by'] === undefined
        ? {}
        : { certified: { by: written.source['certified-by'], on: written.source['certified-on'] as Day } }),
    },
    gap: written.gap ?? null,
    beside: written.beside ?? [],
    inForce: written['in-force'] as Provision['inForce'],
    explain: written.explain as Provision['explain'],
    what: written.what ?? null,
    clock:
      written.clock === undefined
        ? null
        : ({ ...written.clock, parameter: parameterId(written.clock.parameter) } as Provision['clock']),
    ground: written.ground ?? null,
    cases: written.cases.map((one, i) => ({
      measure: one.measure ?? measures[0] ?? '',
      given: one.given,
      expect: one.expect,
      line: file.lineOf([...base, 'cases', i]),
    })),
    reviewed: written.reviewed as readonly { by: string; on: string }[] as Provision['reviewed'],
  };

  if (!written.id.startsWith(`${pack.prefix}:`)) report(['id'], `the id must begin with "${pack.prefix}:"`);
  if (provision.clock && !known.parameters.has(provision.clock.parameter))
    report(['clock'], `names the parameter "${provision.clock.parameter}", which parameters.yaml does not have`);
  for (const [i, one] of written.cases.entries()) {
    if (one.measure !== undefined && known.measureGroups[one.measure]?.[0] !== one.measure)
      report(['cases', i], `"${one.measure}" is no measure`);
  }
  for (const missing of lacking(written, pack)) report([], missing);
  return provision;
}

function strengths(
  written: ProvisionFile,
  measures: readonly string[],
  expand: (names: readonly string[], path: readonly PropertyKey[]) => string[],
  report: (path: readonly PropertyKey[], detail: string) => void,
): Record<string, Strength | null> {
  const isSafeguard = written.effect === 'safeguard';
  if (isSafeguard && written.strength === undefined) report([], 'lacks strength: required or recommended');
  if (!isSafeguard && written.strength !== undefined) report(['strength'], 'only a safeguard has a strength');
  const given = written.strength;
  const byMeasure = new Map<string, Strength>();
  if (typeof given === 'object')
    for (const [name, strength] of Object.entries(given))
      for (const m of expand([name], ['strength'])) byMeasure.set(m, strength);
  return Object.fromEntries(
    measures.map((measure) => {
      const strength = typeof given === 'string' ? given : byMeasure.get(measure);
      if (isSafeguard && given !== undefined && strength === undefined)
        report(['strength'], `lacks a strength for ${measure}`);
      return [measure, isSafeguard ? (strength ?? 'required') : null];
    }),
  );
}

/** What a provision of this effect, pack and condition must have and does not. */
function lacking(written: ProvisionFile, pack: Pack): string[] {
  const lacks: string[] = [];
  const open = written.when !== 'always';
  const listed = ['option', 'duty', 'condition', 'bar-to-refusal'].includes(written.effect);
  if (listed && !written.what) lacks.push('lacks what: the words for what follows from it');
  if (!listed && written.what) lacks.push('has a what, which only an option, duty, condition or bar to refusal has');
  if (written.clock && written.effect !== 'duty') lacks.push('has a clock, which only a duty has');
  if ((written.effect === 'bar-to-refusal') !== (written.ground !== undefined))
    lacks.push('a bar to refusal names the ground it bars, and nothing else does');
  if (pack.kind === 'policy' && (!written.gap || !written.beside))
    lacks.push('lacks gap and beside: what the treaty leaves open, and where');
  if (pack.kind !== 'policy' && written['in-force'] === 'always')
    lacks.push('only our own policy is in force always; give the day');
  if (written.source.confidence === 'certified' && !(written.source['certified-by'] && written.source['certified-on']))
    lacks.push('is certified by nobody: lacks certified-by and certified-on');
  const gated = written.gate !== undefined;
  const verdicts: Verdict[] = ['met'];
  if (open) verdicts.push('not-met');
  if (open || gated) verdicts.push('undetermined');
  if (gated) verdicts.push('not-applicable');
  for (const verdict of verdicts) {
    if (!written.explain[verdict]) lacks.push(`lacks explain.${verdict}`);
    if (!written.cases.some((one) => one.expect === verdict))
      lacks.push(`lacks a worked case whose verdict is ${verdict}`);
  }
  if (written.cases.length < 3) lacks.push(`has ${written.cases.length} worked cases, and needs three at least`);
  return lacks;
}
