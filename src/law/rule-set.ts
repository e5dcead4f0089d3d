// All the law a node holds, as one plain value: what is hashed, archived, sent to the browser and run again years later.

import type { Day } from '../kernel/calendar.ts';
import type { Text } from '../kernel/language.ts';
import type { Confidence, FactId, MeasureId, ParameterId, Provision } from './provision.ts';

export type FactSpec = {
  readonly id: FactId;
  readonly type: 'boolean' | 'years' | 'choice' | 'date';
  /** Only a named person may answer it, with reasons; software never derives it. */
  readonly judgement: boolean;
  readonly concerns: readonly MeasureId[];
  readonly group: string;
  readonly label: Text;
  readonly question: Text;
  readonly help: Text;
  readonly choices: readonly { readonly value: string; readonly label: Text }[];
};

export type Measure = { readonly id: MeasureId; readonly tier: string; readonly title: Text };

export type Parameter = {
  readonly id: ParameterId;
  readonly unit: 'years' | 'days' | 'hours' | 'date';
  /** In order of time; each holds from its day until the next one's. */
  readonly values: readonly { readonly from: Day; readonly value: number }[];
  readonly source: { readonly place: string; readonly confidence: Confidence };
};

export type Pack = {
  readonly id: string;
  readonly prefix: string;
  readonly kind: 'instrument' | 'rights' | 'policy';
  readonly order: number;
  readonly version: string;
  readonly title: Text;
  readonly short: Text;
  readonly address: string;
  readonly articles: readonly { readonly article: string; readonly title: Text; readonly file: string }[];
};

export type RuleSet = {
  readonly groups: readonly { readonly id: string; readonly title: Text }[];
  readonly facts: readonly FactSpec[];
  readonly tiers: readonly { readonly id: string; readonly title: Text }[];
  readonly measures: readonly Measure[];
  readonly measureGroups: { readonly [group: string]: readonly MeasureId[] };
  readonly packs: readonly Pack[];
  readonly parameters: readonly Parameter[];
  readonly provisions: readonly Provision[];
};

/** The number a parameter has on a day, or undefined before its first. */
export function valueOn(parameter: Parameter, day: Day): number | undefined {
  let value: number | undefined;
  for (const dated of parameter.values) if (dated.from <= day) value = dated.value;
  return value;
}

/** Whether the provision's text is in force on that day. */
export const inForceOn = (provision: Provision, day: Day): boolean =>
  provision.inForce === 'always' ||
  (provision.inForce.from <= day && (provision.inForce.until === undefined || day < provision.inForce.until));

/** What the law says, without where in which file it says so: what is hashed, served and archived. */
export const sayingOf = (rules: RuleSet) => ({
  ...rules,
  packs: rules.packs.map((pack) => ({
    ...pack,
    articles: pack.articles.map(({ file: _file, ...article }) => article),
  })),
  provisions: rules.provisions.map(({ file: _file, line: _line, ...provision }) => ({
    ...provision,
    cases: provision.cases.map(({ line: _at, ...one }) => one),
  })),
});
