// Conditions in words: a nested list of plain statements, made from the labels of facts, in the language of the page.

import type { LawOnDay } from '../../app/law-on-day.ts';
import type { Day } from '../../kernel/calendar.ts';
import { say } from '../../kernel/language.ts';
import type { Condition, FactId, MeasureId, Provision, ProvisionId, Test } from '../../law/provision.ts';
import type { RuleSet } from '../../law/rule-set.ts';
import { type PageLanguage, sayDay } from '../messages.ts';

/** A name within a statement, and what it is the name of. */
export type Term = { readonly text: string; readonly fact?: FactId; readonly provision?: ProvisionId };

/** One statement: the message `law.line.<message>` with its values, and the statements it is made of. */
export type Line = {
  readonly message: string;
  readonly values: { readonly [name: string]: Term | string | number };
  readonly lines: readonly Line[];
  /** A person judges this; software never derives it. */
  readonly judgement?: true;
};

type Reading = {
  readonly rules: RuleSet;
  readonly law: Pick<LawOnDay, 'number'>;
  readonly language: PageLanguage;
  readonly provision: Provision;
};

/** How many values are named in a line; more than these are listed below it. */
const IN_A_LINE = 2;

/** A condition as statements. "Not" goes into the statement it is about, so that no line says no twice. */
export function readable(reading: Reading, condition: Condition, holds = true): Line {
  const mode = holds ? 'is' : 'not';
  switch (condition.op) {
    case 'always':
      return { message: `always.${mode}`, values: {}, lines: [] };
    case 'not':
      return readable(reading, condition.of, !holds);
    case 'all':
    case 'any':
      return many(reading, condition, holds);
    case 'met':
      return { message: `met.${mode}`, values: { rule: ruleTerm(reading, condition.provision) }, lines: [] };
    case 'measure':
      return oneOf(
        `measure.${mode}`,
        {},
        condition.in.map((id) => measureName(reading, id)),
      );
    case 'fact':
      return { ...fact(reading, condition.fact, condition.test, holds), ...judged(reading, condition.fact) };
  }
}

/** Several conditions. That not all hold is said as it is; that none of any holds becomes a list of what must not be. */
function many(reading: Reading, { op, of }: Extract<Condition, { op: 'all' | 'any' }>, holds: boolean): Line {
  const [only] = of;
  if (only && of.length === 1) return readable(reading, only, holds);
  return {
    message: `${op}.${holds ? 'is' : 'not'}`,
    values: { count: of.length },
    lines: of.map((part) => readable(reading, part)),
  };
}

function fact(reading: Reading, id: FactId, test: Test, holds: boolean): Line {
  const { rules, language, law, provision } = reading;
  const spec = rules.facts.find((one) => one.id === id);
  const label: Term = { text: spec ? say(spec.label, language) : id, fact: id };
  const mode = holds ? 'is' : 'not';
  if ('is' in test) return { message: `fact.${mode}`, values: { label }, lines: [] };
  if ('in' in test) {
    const names = test.in.map((value) => {
      const choice = spec?.choices.find((one) => one.value === value);
      return choice ? say(choice.label, language) : value;
    });
    return oneOf(`choice.${mode}`, { label }, names);
  }
  const reached = 'atLeast' in test === holds;
  const { value, unit } = law.number(provision, 'atLeast' in test ? test.atLeast : test.below);
  const bound = reached ? 'atLeast' : 'below';
  return unit === 'date'
    ? { message: `${bound}.date`, values: { label, day: sayDay(dayOf(value), language) }, lines: [] }
    : { message: `${bound}.${unit}`, values: { label, amount: value }, lines: [] };
}

/** A few names in the sentence, many below it. */
function oneOf(message: string, values: Line['values'], names: readonly string[]): Line {
  if (names.length === 1)
    return { message: `${message}.one`, values: { ...values, value: names[0] as string }, lines: [] };
  if (names.length <= IN_A_LINE)
    return {
      message: `${message}.two`,
      values: { ...values, a: names[0] as string, b: names[1] as string },
      lines: [],
    };
  return {
    message: `${message}.many`,
    values,
    lines: names.map((name) => ({ message: 'name', values: { name }, lines: [] })),
  };
}

function ruleTerm({ rules, language }: Reading, id: ProvisionId): Term {
  const provision = rules.provisions.find((one) => one.id === id);
  return { text: provision ? say(provision.title, language) : id, provision: id };
}

const measureName = ({ rules, language }: Reading, id: MeasureId): string => {
  const measure = rules.measures.find((one) => one.id === id);
  return measure ? say(measure.title, language) : id;
};

const judged = ({ rules }: Reading, id: FactId): { judgement?: true } =>
  rules.facts.find((spec) => spec.id === id)?.judgement ? { judgement: true } : {};

/** A date is kept as its number of days since 1970. */
const dayOf = (value: number): Day => new Date(value * 86_400_000).toISOString().slice(0, 10) as Day;

type Say = (key: string, values: { readonly [name: string]: string | number }) => string;

/** The statements as plain lines, each with its depth: for tests, titles and everything that is no page. */
export function plainLines(t: Say, line: Line, depth = 0): { readonly depth: number; readonly text: string }[] {
  const values = Object.fromEntries(
    Object.entries(line.values).map(([name, value]) => [name, typeof value === 'object' ? value.text : value]),
  );
  return [
    { depth, text: t(`law.line.${line.message}`, values) },
    ...line.lines.flatMap((inner) => plainLines(t, inner, depth + 1)),
  ];
}
