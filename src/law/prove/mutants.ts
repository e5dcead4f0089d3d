// Every small change of a provision's conditions: what a slip of the pen could have made of it.

import type { Condition, Provision } from '../provision.ts';
import type { Parameter, RuleSet } from '../rule-set.ts';

export type Mutant = {
  readonly edit: string;
  readonly provision: Provision;
  readonly parameters: readonly Parameter[];
};

type Change = { readonly edit: string; readonly condition: Condition; readonly parameters?: readonly Parameter[] };

export function mutantsOf(rules: RuleSet, provision: Provision): Mutant[] {
  const mutant =
    (part: 'gate' | 'when') =>
    ({ edit, condition, parameters = [] }: Change): Mutant => ({
      edit: `${part}: ${edit}`,
      provision: { ...provision, [part]: condition },
      parameters,
    });
  const gate = provision.gate
    ? [
        ...changesOf(rules, provision.gate).map(mutant('gate')),
        { edit: 'gate dropped', provision: { ...provision, gate: null }, parameters: [] },
      ]
    : [];
  return [...gate, ...changesOf(rules, provision.when).map(mutant('when'))];
}

function changesOf(rules: RuleSet, condition: Condition): Change[] {
  const negated: Change =
    condition.op === 'not'
      ? { edit: `"not" dropped before ${words(condition.of)}`, condition: condition.of }
      : { edit: `${words(condition)} negated`, condition: { op: 'not', of: condition } };
  if (condition.op === 'always') return [];
  return [negated, ...innerChanges(rules, condition)];
}

function innerChanges(rules: RuleSet, condition: Condition): Change[] {
  switch (condition.op) {
    case 'always':
    case 'met':
      return [];
    case 'not':
      return changesOf(rules, condition.of).map((change) => ({
        ...change,
        condition: { op: 'not', of: change.condition },
      }));
    case 'measure':
      return condition.in.map((measure) => ({
        edit: `measure ${measure} dropped`,
        condition: { op: 'measure', in: condition.in.filter((one) => one !== measure) },
      }));
    case 'fact':
      return factChanges(rules, condition);
    case 'all':
    case 'any': {
      const { op, of } = condition;
      const other = op === 'all' ? 'any' : 'all';
      const swapped: Change[] = of.length > 1 ? [{ edit: `${op} made ${other}`, condition: { op: other, of } }] : [];
      const dropped: Change[] =
        of.length > 1
          ? of.map((part, i) => ({
              edit: `${words(part)} dropped from ${op}`,
              condition: { op, of: of.filter((_, at) => at !== i) },
            }))
          : [];
      const inner = of.flatMap((part, i) =>
        changesOf(rules, part).map(
          (change) =>
            ({
              ...change,
              condition: { op, of: of.map((one, at) => (at === i ? change.condition : one)) },
            }) satisfies Change,
        ),
      );
      return [...swapped, ...dropped, ...inner];
    }
  }
}

function factChanges(rules: RuleSet, condition: Extract<Condition, { op: 'fact' }>): Change[] {
  const { fact, test } = condition;
  if ('is' in test) return [];
  if ('in' in test) {
    const all = rules.facts.find((spec) => spec.id === fact)?.choices.map((choice) => choice.value) ?? [];
    const without = test.in.map(
      (value): Change => ({
        edit: `${fact} in: ${value} dropped`,
        condition: { ...condition, test: { in: test.in.filter((one) => one !== value) } },
      }),
    );
    const withMore = all
      .filter((value) => !test.in.includes(value))
      .map(
        (value): Change => ({
          edit: `${fact} in: ${value} added`,
          condition: { ...condition, test: { in: [...test.in, value] } },
        }),
      );
    return [...without, ...withMore];
  }
  const id = 'atLeast' in test ? test.atLeast : test.below;
  const parameter = rules.parameters.find((one) => one.id === id);
  if (!parameter) return [];
  // A hair above the number stands for "more than" instead of "at least".
  return [-1, 1, 1e-9].map((by): Change => {
    const moved: Parameter = {
      ...parameter,
      id: `${id} ${by}`,
      values: parameter.values.map((dated) => ({ ...dated, value: dated.value + by })),
    };
    return {
      edit: `${fact}: ${id} ${by === 1e-9 ? 'no longer includes the number itself' : `moved by ${by}`}`,
      condition: { ...condition, test: 'atLeast' in test ? { atLeast: moved.id } : { below: moved.id } },
      parameters: [moved],
    };
  });
}

function words(condition: Condition): string {
  switch (condition.op) {
    case 'fact':
      return condition.fact;
    case 'met':
      return condition.provision;
    case 'not':
      return `not ${words(condition.of)}`;
    default:
      return condition.op;
  }
}
