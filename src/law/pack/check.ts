// What must hold between provisions: no id twice on one day, no circle of references, cases that can be given, boundaries worked.

import { type Day, dayNumber, parseDay } from '../../kernel/calendar.ts';
import type { Fault } from '../../kernel/outcome.ts';
import type { Condition, FactValue, Provision } from '../provision.ts';
import { type FactSpec, type Parameter, valueOn } from '../rule-set.ts';
import { PLACEHOLDER, parameterNamed } from '../findings.ts';
import { boundsOf, factsOf, provisionsOf } from './conditions.ts';

export function checkProvisions(
  provisions: readonly Provision[],
  facts: readonly FactSpec[],
  parameters: ReadonlyMap<string, Parameter>,
  faults: Fault[],
): void {
  const specs = new Map(facts.map((fact) => [fact.id, fact]));
  const byId = new Map<string, Provision[]>();
  for (const provision of provisions) byId.set(provision.id, [...(byId.get(provision.id) ?? []), provision]);
  const report = (at: Provision, detail: string, line = at.line) =>
    faults.push({ pointer: at.file, line, detail: `${at.id}: ${detail}` });

  for (const provision of provisions) {
    const rival = byId.get(provision.id)?.find((other) => other !== provision && overlap(other, provision));
    if (rival) report(provision, `stands twice for the same days; the other is at ${rival.file}:${rival.line}`);
    for (const condition of conditionsOf(provision)) {
      for (const named of provisionsOf(condition))
        if (!byId.has(named)) report(provision, `refers to "${named}", which no pack has`);
      for (const fact of factsOf(condition)) {
        const outside = Object.keys(provision.concerns).filter(
          (measure) => specs.get(fact)?.concerns.includes(measure) === false,
        );
        if (outside.length > 0)
          report(provision, `reads ${fact} for ${outside.join(', ')}, which facts.yaml does not list under it`);
      }
    }
    for (const named of provision.beside)
      if (!byId.has(named)) report(provision, `stands beside "${named}", which no pack has`);
    const circle = circleFrom(provision, byId);
    if (circle) report(provision, `its condition comes back to itself: ${circle.join(' → ')}`);
    for (const named of placeholdersOf(provision))
      if (!parameters.has(named)) report(provision, `a text names {${named}}, which parameters.yaml does not have`);
    for (const detail of [...untimely(provision, parameters), ...unworked(provision, parameters, specs)])
      report(provision, detail);
    for (const one of provision.cases) {
      for (const [fact, value] of Object.entries(one.given)) {
        const spec = specs.get(fact);
        if (!spec)
          report(provision, `a worked case gives the fact "${fact}", which facts.yaml does not have`, one.line);
        else if (!fits(spec, value)) report(provision, `a worked case gives ${fact} a value it cannot have`, one.line);
      }
    }
  }
}

const conditionsOf = (provision: Provision): Condition[] =>
  provision.gate ? [provision.gate, provision.when] : [provision.when];

/** The numbers of a provision that no worked case just meets, or just misses. */
function unworked(
  provision: Provision,
  parameters: ReadonlyMap<string, Parameter>,
  specs: ReadonlyMap<string, FactSpec>,
): string[] {
  return conditionsOf(provision)
    .flatMap(boundsOf)
    .filter(({ fact }) => ['years', 'date'].includes(specs.get(fact)?.type ?? ''))
    .flatMap(({ fact, parameter: id }) => {
      const parameter = parameters.get(id);
      const number = parameter && firstValue(provision, parameter);
      if (number === undefined) return [];
      const given = provision.cases.map((one) => quantity(one.given[fact]));
      const shown = parameter?.unit === 'date' ? id : `${number}`;
      return [
        ...(given.includes(number) ? [] : [`lacks a worked case in which ${fact} just reaches ${shown}`]),
        ...(given.some((one) => one < number && one >= number - 1)
          ? []
          : [`lacks a worked case in which ${fact} is below ${shown} by one at most`]),
      ];
    });
}

/** The numbers that a provision uses and that have no value yet when it enters into force. */
function untimely(provision: Provision, parameters: ReadonlyMap<string, Parameter>): string[] {
  if (provision.inForce === 'always') return [];
  const { from } = provision.inForce;
  const used = [
    ...conditionsOf(provision)
      .flatMap(boundsOf)
      .map((one) => one.parameter),
    ...placeholdersOf(provision),
  ];
  return [...new Set(provision.clock ? [...used, provision.clock.parameter] : used)].flatMap((id) => {
    const parameter = parameters.get(id);
    return parameter && valueOn(parameter, from) === undefined ? [`uses ${id}, which has no value yet on ${from}`] : [];
  });
}

/** The parameter's value on the first day on which both it and the provision stand. */
function firstValue(provision: Provision, parameter: Parameter): number | undefined {
  const from = provision.inForce === 'always' ? undefined : provision.inForce.from;
  const first = parameter.values[0]?.from;
  return first && valueOn(parameter, from !== undefined && from > first ? from : first);
}

const quantity = (value: FactValue | undefined): number =>
  typeof value === 'number' ? value : parseDay(value).ok ? dayNumber(value as Day) : Number.NaN;

function placeholdersOf(provision: Provision): string[] {
  const texts = [
    provision.source.paraphrase,
    provision.what,
    provision.gap,
    ...Object.values(provision.explain),
  ].flatMap((text) => (text ? Object.values(text) : []));
  return texts.flatMap((text) =>
    [...(text ?? '').matchAll(PLACEHOLDER)].map((match) => parameterNamed(provision, match[1] ?? '')),
  );
}

function overlap(a: Provision, b: Provision): boolean {
  if (a.inForce === 'always' || b.inForce === 'always') return true;
  const endsBefore = (x: { until?: string }, y: { from: string }) => x.until !== undefined && x.until <= y.from;
  return !endsBefore(a.inForce, b.inForce) && !endsBefore(b.inForce, a.inForce);
}

function circleFrom(start: Provision, byId: ReadonlyMap<string, readonly Provision[]>): string[] | undefined {
  const walk = (id: string, path: readonly string[]): string[] | undefined => {
    if (path.length > 1 && id === start.id) return [...path];
    if (path.indexOf(id) < path.length - 1) return undefined;
    for (const provision of byId.get(id) ?? []) {
      for (const next of conditionsOf(provision).flatMap(provisionsOf)) {
        const found = walk(next, [...path, next]);
        if (found) return found;
      }
    }
    return undefined;
  };
  return walk(start.id, [start.id]);
}

/** Whether a fact of this kind can have this value. */
export function fits(spec: FactSpec, value: FactValue): boolean {
  switch (spec.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'years':
      return value === 'life' || (typeof value === 'number' && Number.isFinite(value) && value >= 0);
    case 'choice':
      return spec.choices.some((choice) => choice.value === value);
    case 'date':
      return parseDay(value).ok;
  }
}
