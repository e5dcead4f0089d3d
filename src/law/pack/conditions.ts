// A condition as the YAML file writes it, to the condition the engine runs; every name in it is looked up here.

import type { Condition, Test } from '../provision.ts';
import type { FactSpec, Parameter } from '../rule-set.ts';
import type { ProvisionFile } from './schemas.ts';

type Written = ProvisionFile['when'];

/** What a condition may name. */
export type Names = {
  readonly facts: ReadonlyMap<string, FactSpec>;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly pack: string;
  /** The measures that a list of measures and groups stands for; a fault is reported for an unknown one. */
  readonly expand: (names: readonly string[], path: readonly PropertyKey[]) => string[];
  readonly report: (path: readonly PropertyKey[], detail: string) => void;
};

const ALWAYS: Condition = { op: 'always' };

/** Reads a condition at `path` of its file; unknown names are reported, and the rest is still read so that all faults show at once. */
export function readCondition(written: Written, path: readonly PropertyKey[], names: Names): Condition {
  if (typeof written === 'string') return written === 'always' ? ALWAYS : readBoolean(written, path, names);
  if ('not' in written) return { op: 'not', of: readCondition(written.not, [...path, 'not'], names) };
  if ('all' in written)
    return { op: 'all', of: written.all.map((part, i) => readCondition(part, [...path, 'all', i], names)) };
  if ('any' in written)
    return { op: 'any', of: written.any.map((part, i) => readCondition(part, [...path, 'any', i], names)) };
  if ('met' in written) return { op: 'met', provision: written.met };
  if ('measure' in written) return { op: 'measure', in: names.expand(written.measure, [...path, 'measure']) };
  const spec = names.facts.get(written.fact);
  if (!spec) names.report([...path, 'fact'], `names the fact "${written.fact}", which facts.yaml does not have`);
  return { op: 'fact', fact: written.fact, test: readTest(written, spec, path, names) };
}

function readBoolean(fact: string, path: readonly PropertyKey[], names: Names): Condition {
  const spec = names.facts.get(fact);
  if (!spec) names.report(path, `names the fact "${fact}", which facts.yaml does not have`);
  else if (spec.type !== 'boolean')
    names.report(path, `"${fact}" is no yes-or-no fact; say { fact: ${fact}, in: [...] } or at-least`);
  return { op: 'fact', fact, test: { is: true } };
}

function readTest(
  written: Exclude<Written, string> & { fact: string },
  spec: FactSpec | undefined,
  path: readonly PropertyKey[],
  names: Names,
): Test {
  if ('in' in written) {
    if (spec && spec.type !== 'choice')
      names.report(path, `"in" is for a choice, and ${spec.id} is of type ${spec.type}`);
    for (const value of written.in) {
      if (spec?.type === 'choice' && !spec.choices.some((choice) => choice.value === value)) {
        names.report([...path, 'in'], `"${value}" is none of the choices of ${spec.id}`);
      }
    }
    return { in: written.in };
  }
  const [op, parameter] =
    'at-least' in written
      ? (['atLeast', written['at-least']] as const)
      : (['below', (written as { below: string }).below] as const);
  if (spec && spec.type !== 'years' && spec.type !== 'date')
    names.report(path, `"at-least" and "below" are for years and dates, and ${spec.id} is of type ${spec.type}`);
  const id = parameter.includes(':') ? parameter : `${names.pack}:${parameter}`;
  if (!names.parameters.has(id))
    names.report(path, `names the parameter "${parameter}", which parameters.yaml does not have`);
  return op === 'atLeast' ? { atLeast: id } : { below: id };
}

/** Every fact a condition names itself, not those behind a `met`. */
export function factsOf(condition: Condition): string[] {
  switch (condition.op) {
    case 'fact':
      return [condition.fact];
    case 'all':
    case 'any':
      return condition.of.flatMap(factsOf);
    case 'not':
      return factsOf(condition.of);
    default:
      return [];
  }
}

/** Every provision a condition refers to by `met`. */
export function provisionsOf(condition: Condition): string[] {
  switch (condition.op) {
    case 'met':
      return [condition.provision];
    case 'all':
    case 'any':
      return condition.of.flatMap(provisionsOf);
    case 'not':
      return provisionsOf(condition.of);
    default:
      return [];
  }
}

/** Every number a condition tests a fact against. */
export function boundsOf(condition: Condition): { fact: string; parameter: string }[] {
  switch (condition.op) {
    case 'fact':
      if ('atLeast' in condition.test) return [{ fact: condition.fact, parameter: condition.test.atLeast }];
      return 'below' in condition.test ? [{ fact: condition.fact, parameter: condition.test.below }] : [];
    case 'all':
    case 'any':
      return condition.of.flatMap(boundsOf);
    case 'not':
      return boundsOf(condition.of);
    default:
      return [];
  }
}
