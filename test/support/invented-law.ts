// Small invented laws, written out as YAML and read like any pack: shapes that no treaty has, so that every path is walked.

import { stringify } from 'yaml';
import { addDays, type Day } from '../../src/kernel/calendar.ts';
import { type LawFile, readRuleSet } from '../../src/law/pack/read.ts';
import type { Effect } from '../../src/law/provision.ts';
import type { RuleSet } from '../../src/law/rule-set.ts';

export type Written = string | { readonly [op: string]: unknown };

export type InventedProvision = {
  readonly id: string;
  readonly effect: Effect;
  readonly when: Written;
  readonly gate?: Written;
  /** Anything else of the format, in place of what is filled in here. */
  readonly more?: { readonly [key: string]: unknown };
};

export type InventedLaw = {
  /** A fact's name to its type, or to its choices. */
  readonly facts: { readonly [fact: string]: 'boolean' | 'years' | 'date' | readonly string[] };
  readonly measures?: readonly string[];
  readonly provisions: readonly InventedProvision[];
  /** Numbers of the pack `made`: years, or a day. */
  readonly parameters?: { readonly [id: string]: readonly { from: string; value: number | string }[] };
};

const text = (en: string) => ({ en, ar: 'نص' });
const yaml = (value: unknown): string => stringify(value, { aliasDuplicateObjects: false });

/** The files of an invented law: the instrument `made`, and `house`, our own policy, for the ids that begin so. */
export function inventedFiles(law: InventedLaw): LawFile[] {
  const measures = law.measures ?? ['first', 'second'];
  const cases = casesOf(law);
  const packs = [...new Set(['made', ...law.provisions.map(({ id }) => id.split(':')[0] as string)])];
  return [
    {
      path: 'facts.yaml',
      text: yaml({
        groups: [{ id: 'all', title: text('All') }],
        facts: Object.entries(law.facts).map(([id, kind]) => ({
          id,
          type: typeof kind === 'string' ? kind : 'choice',
          judgement: false,
          concerns: ['all'],
          group: 'all',
          label: text(id),
          question: text(`${id}?`),
          help: text('Look.'),
          ...(typeof kind === 'string' ? {} : { choices: kind.map((value) => ({ value, label: text(value) })) }),
        })),
      }),
    },
    {
      path: 'measures.yaml',
      text: yaml({
        tiers: [{ id: 'T0', title: text('Tier') }],
        measures: measures.map((id) => ({ id, tier: 'T0', title: text(id) })),
        groups: {},
      }),
    },
    ...packs.flatMap((pack) => {
      const folder = pack === 'made' ? 'instruments/made' : 'policy';
      const own = law.provisions.filter(({ id }) => id.startsWith(`${pack}:`));
      return [
        {
          path: `${folder}/pack.yaml`,
          text: yaml({
            pack,
            kind: pack === 'made' ? 'instrument' : 'policy',
            order: 1,
            version: '1',
            title: text(pack),
            short: text(pack),
            address: 'https://law.example.org/',
          }),
        },
        ...(own.length > 0
          ? [
              {
                path: `${folder}/art-1.yaml`,
                text: yaml({
                  article: '1',
                  title: text('Article'),
                  provisions: own.map((one) => written(one, pack !== 'made', cases)),
                }),
              },
            ]
          : []),
        ...(pack === 'made' && law.parameters
          ? [{ path: `${folder}/parameters.yaml`, text: yaml({ parameters: numbers(law.parameters) }) }]
          : []),
      ];
    }),
  ];
}

const numbers = (parameters: NonNullable<InventedLaw['parameters']>) =>
  Object.entries(parameters).map(([id, values]) => ({
    id,
    unit: typeof values[0]?.value === 'string' ? 'date' : 'years',
    values,
    source: { place: '1', confidence: 'unverified' },
  }));

/** Not looked at where only the conditions matter: a pack must have one for each verdict, and beside each number, to load at all. */
function casesOf(law: InventedLaw) {
  const values = Object.values(law.parameters ?? {}).flatMap((list) => list.map(({ value }) => value));
  const beside = Object.entries(law.facts).flatMap(([fact, type]) =>
    values
      .filter((value) => (type === 'date' ? typeof value === 'string' : type === 'years' && typeof value === 'number'))
      .flatMap((value) => [value, typeof value === 'number' ? value - 1 : addDays(value as Day, -1)])
      .map((value) => ({ given: { [fact]: value }, expect: 'met' })),
  );
  return [...['met', 'not-met', 'undetermined', 'not-applicable'].map((expect) => ({ given: {}, expect })), ...beside];
}

function written({ id, effect, when, gate, more }: InventedProvision, policy: boolean, cases: unknown) {
  const listed = ['option', 'duty', 'condition', 'bar-to-refusal'].includes(effect);
  return {
    id,
    title: text(id),
    effect,
    concerns: ['all'],
    ...(gate === undefined ? {} : { gate }),
    when,
    source: { place: '1', paraphrase: text('Rule.'), confidence: 'unverified', basis: text('Invented.') },
    'in-force': { from: '2020-01-01' },
    explain: {
      met: text('Met.'),
      'not-met': text('Not met.'),
      undetermined: text('Open.'),
      'not-applicable': text('Elsewhere.'),
    },
    ...(effect === 'safeguard' ? { strength: 'required' } : {}),
    ...(listed ? { what: text('What follows.') } : {}),
    ...(effect === 'bar-to-refusal' ? { ground: 'something' } : {}),
    ...(policy ? { gap: text('Gap.'), beside: [] } : {}),
    cases,
    reviewed: [],
    ...more,
  };
}

export function inventedRules(law: InventedLaw): RuleSet {
  const rules = readRuleSet(inventedFiles(law));
  if (rules.ok) return rules.value;
  throw new Error(rules.faults.map((fault) => `${fault.pointer}:${fault.line}: ${fault.detail}`).join('\n'));
}
