// The files under law/ to one rule set. A pack that lacks anything does not load, and the fault names file, line and what is missing.

import type { z } from 'zod';
import { type Day, dayNumber } from '../../kernel/calendar.ts';
import { accept, type Fault, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Provision } from '../provision.ts';
import type { FactSpec, Pack, Parameter, RuleSet } from '../rule-set.ts';
import { checkProvisions } from './check.ts';
import { readProvision } from './provisions.ts';
import * as schemas from './schemas.ts';
import { readYaml, type YamlFile } from './yaml.ts';

/** A file under the law folder: its path from there, with `/`, and its text. */
export type LawFile = { readonly path: string; readonly text: string };

const PACK_FILE = /^(?:instruments\/[^/]+|rights|policy|added\/\d+)\/pack\.yaml$/;

/**
 * Reads every file of a law folder but `states/` and `status/`. All faults are reported, not only the first. Whoever reads
 * the same files again and again gives a `yaml` that remembers them.
 */
export function readRuleSet(files: readonly LawFile[], yaml = readYaml): Outcome<RuleSet> {
  const faults: Fault[] = [];
  const parse = <S extends z.ZodType>(path: string, schema: S): { value: z.infer<S>; file: YamlFile } | undefined => {
    const found = files.find((file) => file.path === path);
    if (!found) faults.push({ pointer: path, detail: 'is missing' });
    return found && parseFile(found, schema, faults, yaml);
  };
  const factFile = parse('facts.yaml', schemas.facts);
  const measureFile = parse('measures.yaml', schemas.measures);
  if (!factFile || !measureFile) return refuse(...faults);

  const { tiers, measures } = measureFile.value;
  checkMeasures(measureFile, faults);
  const measureGroups = groupsOf(measureFile.value);
  const facts = readFacts(factFile, measureGroups, faults);
  const packs: Pack[] = [];
  const parameters: Parameter[] = [];
  const articles: { pack: Pack; file: YamlFile; value: z.infer<typeof schemas.article> }[] = [];
  const metas = files.filter((file) => PACK_FILE.test(file.path)).sort(byPath);
  for (const file of files) {
    const owned = metas.some((meta) => file.path.startsWith(meta.path.slice(0, -'pack.yaml'.length)));
    if (!owned && file.path !== 'facts.yaml' && file.path !== 'measures.yaml')
      faults.push({
        pointer: file.path,
        line: 1,
        detail: 'belongs to no pack: no pack.yaml stands in a folder for packs',
      });
  }
  for (const meta of metas) {
    const parsed = parseFile(meta, schemas.pack, faults, yaml);
    if (!parsed) continue;
    const folder = meta.path.slice(0, -'pack.yaml'.length);
    const own = files.filter((file) => file.path.startsWith(folder) && file !== meta).sort(byPath);
    const read = own
      .filter((file) => file.path !== `${folder}parameters.yaml`)
      .flatMap((file) => {
        const value = parseFile(file, schemas.article, faults, yaml);
        return value ? [value] : [];
      });
    const pack: Pack = {
      id: parsed.value.pack,
      prefix: parsed.value.prefix ?? parsed.value.pack,
      kind: parsed.value.kind,
      order: parsed.value.order,
      version: parsed.value.version,
      title: parsed.value.title,
      short: parsed.value.short,
      address: parsed.value.address,
      articles: read.map(({ value, file }) => ({ article: value.article, title: value.title, file: file.path })),
    };
    if (packs.some((one) => one.id === pack.id))
      faults.push({ pointer: meta.path, line: 1, detail: `there is another pack "${pack.id}"` });
    packs.push(pack);
    const numbers = own.find((file) => file.path === `${folder}parameters.yaml`);
    if (numbers) parameters.push(...readParameters(numbers, pack, faults, yaml));
    articles.push(...read.map(({ value, file }) => ({ pack, file, value })));
  }

  const names = {
    facts: new Map(facts.map((fact) => [fact.id, fact])),
    parameters: new Map(parameters.map((p) => [p.id, p])),
    measureGroups,
  };
  const provisions: Provision[] = articles.flatMap(({ pack, file, value }) =>
    value.provisions.map((written, index) => readProvision(written, index, value.article, pack, file, names, faults)),
  );
  packs.sort((a, b) => a.order - b.order);
  checkProvisions(provisions, facts, names.parameters, faults);
  if (faults.length > 0) return refuse(...faults);
  return accept({
    groups: factFile.value.groups,
    facts,
    tiers,
    measures,
    measureGroups,
    packs,
    parameters,
    provisions,
  });
}

/** Parses one file against its shape; faults carry the line, and say "lacks" where something is missing. */
export function parseFile<S extends z.ZodType>(
  source: LawFile,
  schema: S,
  faults: Fault[],
  yaml = readYaml,
): { value: z.infer<S>; file: YamlFile } | undefined {
  const file = yaml(source.path, source.text);
  if (!file.ok) {
    faults.push(...file.faults);
    return undefined;
  }
  const parsed = schema.safeParse(file.value.value, { reportInput: true });
  if (parsed.success) return { value: parsed.data, file: file.value };
  for (const issue of parsed.error.issues.map(nearest)) {
    faults.push({
      pointer: source.path,
      line: file.value.lineOf(issue.path),
      detail: describe(issue, file.value.value),
    });
  }
  return undefined;
}

/** Of a choice between forms, what is wrong with the one form that fits from outside, if there is one. */
function nearest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors.filter((form) => form.every((one) => one.path.length > 0));
  const [first] = inner.length === 1 ? (inner[0] ?? []) : [];
  return first ? nearest({ ...first, path: [...issue.path, ...first.path] }) : issue;
}

function describe(issue: z.core.$ZodIssue, root: unknown): string {
  const [first, index, ...rest] = issue.path;
  const item =
    first === 'provisions' || first === 'facts'
      ? (root as Record<string, { id?: unknown }[]>)[first]?.[index as number]
      : undefined;
  const subject = typeof item?.id === 'string' ? `${item.id}: ` : '';
  const where = (subject ? rest : issue.path).map(String).join('.');
  if (/^invalid_(?:type|value|union)$/.test(issue.code) && issue.input === undefined) return `${subject}lacks ${where}`;
  if (issue.code === 'unrecognized_keys')
    return `${subject}${where && `${where} `}has the unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  if (issue.code === 'invalid_union' && /(?:^|\.)(?:when|gate)(?:\.|$)/.test(where))
    return `${subject}${where} is not a condition; docs/LAW.md section 4 lists the forms`;
  return `${subject}${where || 'the file'}: ${issue.message}`;
}

/** Groups by name, with every tier, every single measure, and `all`. */
function groupsOf(file: z.infer<typeof schemas.measures>): Record<string, string[]> {
  const groups: Record<string, string[]> = { all: file.measures.map((measure) => measure.id), ...file.groups };
  for (const tier of file.tiers) groups[tier.id] = file.measures.filter((m) => m.tier === tier.id).map((m) => m.id);
  for (const measure of file.measures) groups[measure.id] = [measure.id];
  return groups;
}

function checkMeasures(
  { value, file }: { value: z.infer<typeof schemas.measures>; file: YamlFile },
  faults: Fault[],
): void {
  const report = (path: readonly PropertyKey[], detail: string) =>
    faults.push({ pointer: file.path, line: file.lineOf(path), detail });
  const ids = value.measures.map((measure) => measure.id);
  const taken = ['all', ...value.tiers.map((tier) => tier.id), ...ids];
  for (const [i, measure] of value.measures.entries()) {
    if (ids.indexOf(measure.id) !== i) report(['measures', i], `the measure ${measure.id} stands here twice`);
    if (!value.tiers.some((tier) => tier.id === measure.tier))
      report(['measures', i], `${measure.id} names the tier "${measure.tier}", which the file does not have`);
  }
  for (const [group, names] of Object.entries(value.groups)) {
    if (taken.includes(group)) report(['groups', group], `"${group}" is the name of a measure, of a tier or of all`);
    for (const name of names)
      if (!ids.includes(name)) report(['groups', group], `the group ${group} has "${name}", which is no measure`);
  }
}

function readFacts(
  { value, file }: { value: z.infer<typeof schemas.facts>; file: YamlFile },
  groups: Record<string, string[]>,
  faults: Fault[],
): FactSpec[] {
  const report = (index: number, detail: string) =>
    faults.push({ pointer: file.path, line: file.lineOf(['facts', index]), detail });
  const seen = new Set<string>();
  return value.facts.map((fact, index) => {
    if (seen.has(fact.id)) report(index, `the fact ${fact.id} stands here twice`);
    seen.add(fact.id);
    if (!value.groups.some((group) => group.id === fact.group))
      report(index, `${fact.id} names the group "${fact.group}", which the file does not have`);
    if ((fact.type === 'choice') !== (fact.choices !== undefined))
      report(index, `${fact.id}: choices belong to a fact of type choice, and to no other`);
    for (const name of fact.concerns)
      if (!Object.hasOwn(groups, name))
        report(index, `${fact.id} concerns "${name}", which measures.yaml does not have`);
    return {
      ...fact,
      choices: fact.choices ?? [],
      concerns: [
        ...new Set(fact.concerns.flatMap((name) => (Object.hasOwn(groups, name) ? (groups[name] ?? []) : []))),
      ],
    };
  });
}

function readParameters(source: LawFile, pack: Pack, faults: Fault[], yaml: typeof readYaml): Parameter[] {
  const parsed = parseFile(source, schemas.parameters, faults, yaml);
  for (const [i, one] of (parsed?.value.parameters ?? []).entries()) {
    const report = (detail: string) =>
      faults.push({ pointer: source.path, line: parsed?.file.lineOf(['parameters', i]) ?? 1, detail });
    if (parsed?.value.parameters.findIndex((other) => other.id === one.id) !== i)
      report(`the parameter ${one.id} stands here twice`);
    if (one.values.some((dated) => (typeof dated.value === 'string') !== (one.unit === 'date')))
      report(`${one.id}: a day is the value of a parameter whose unit is date, and of no other`);
    if (new Set(one.values.map((dated) => dated.from)).size < one.values.length)
      report(`${one.id} has two values from one day`);
  }
  return (parsed?.value.parameters ?? []).map((p) => ({
    id: `${pack.prefix}:${p.id}`,
    unit: p.unit,
    values: p.values
      .map((dated) => ({
        from: dated.from as Day,
        value: typeof dated.value === 'number' ? dated.value : dayNumber(dated.value as Day),
      }))
      .sort((a, b) => (a.from < b.from ? -1 : 1)),
    source: p.source,
  }));
}

const byPath = (a: LawFile, b: LawFile): number => (a.path < b.path ? -1 : 1);
