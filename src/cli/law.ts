// `rogatory law list | show | diff | archive`: what the law says here, on which day, and what changed between two.

import { buildCommand } from '@stricli/core';
import { canonicalJson, type Json } from '../kernel/canonical-json.ts';
import { type Day, parseDay } from '../kernel/calendar.ts';
import { type Context, unusable } from './context.ts';
import { conditionLines } from './condition-lines.ts';

type LawFlag = { readonly law?: string };
const lawFlag = {
  law: {
    kind: 'parsed',
    parse: String,
    optional: true,
    brief: 'Another law folder or an archived rule set',
    placeholder: 'PATH',
  },
} as const;

export const listCommand = buildCommand<LawFlag & { readonly facts: boolean }, [string?], Context>({
  docs: { brief: 'List the provisions, of all packs or of one; with --facts the facts' },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'A pack', parse: String, placeholder: 'PACK', optional: true }],
    },
    flags: {
      ...lawFlag,
      facts: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'List the facts and their questions instead',
      },
    },
  },
  func: async function (this: Context, flags, pack) {
    const book = await this.openLaw(flags.law);
    if (!book.ok) return unusable(this, null, book.faults);
    const { rules } = book.value;
    if (flags.facts) {
      for (const fact of rules.facts)
        await this.out(
          `${fact.id.padEnd(34)} ${(fact.type + (fact.judgement ? ' (j)' : '')).padEnd(12)} ${fact.question.en}\n`,
        );
      return;
    }
    if (pack !== undefined && !rules.packs.some((one) => one.id === pack))
      return unusable(this, 'law list', [
        {
          pointer: 'PACK',
          detail: `there is no pack "${pack}"; there are ${rules.packs.map((one) => one.id).join(', ')}`,
        },
      ]);
    for (const one of rules.packs.filter((candidate) => pack === undefined || candidate.id === pack)) {
      await this.out(`\n${one.id} ${one.version}: ${one.title.en}\n`);
      for (const provision of rules.provisions.filter((candidate) => candidate.pack === one.id)) {
        await this.out(
          `  ${provision.id.padEnd(28)} ${provision.effect.padEnd(14)} ${provision.source.confidence.padEnd(11)} ${provision.title.en}\n`,
        );
      }
    }
    await this.out(`\nRule set ${book.value.hash}\n`);
  },
});

export const showCommand = buildCommand<LawFlag & { readonly json: boolean }, [string], Context>({
  docs: { brief: 'Show one provision: what it says, how sure we are, its condition, its worked cases' },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'A provision, like policy:notice', parse: String, placeholder: 'ID' }],
    },
    flags: { ...lawFlag, json: { kind: 'boolean', default: false, withNegated: false, brief: 'Print it as JSON' } },
  },
  func: async function (this: Context, flags, id) {
    const book = await this.openLaw(flags.law);
    if (!book.ok) return unusable(this, null, book.faults);
    const { rules } = book.value;
    const versions = rules.provisions.filter((provision) => provision.id === id);
    if (versions.length === 0) {
      const near = rules.provisions
        .filter((provision) => provision.id.includes(id.split(':').at(-1) ?? id))
        .slice(0, 5);
      return unusable(this, 'law show', [
        {
          pointer: 'ID',
          detail: `there is no provision "${id}"${near.length > 0 ? `; near it: ${near.map((one) => one.id).join(', ')}` : ''}`,
        },
      ]);
    }
    if (flags.json) return await this.out(`${JSON.stringify(versions, null, 2)}\n`);
    for (const provision of versions) {
      const span =
        provision.inForce === 'always'
          ? 'always'
          : `from ${provision.inForce.from}${provision.inForce.until ? ` until ${provision.inForce.until}` : ''}`;
      const pack = rules.packs.find((one) => one.id === provision.pack);
      await this.out(
        [
          `${provision.id}  ${provision.title.en}`,
          `${pack?.title.en}, ${provision.source.place}; in force ${span}; ${provision.effect}`,
          '',
          provision.source.paraphrase.en,
          '',
          `Confidence: ${provision.source.confidence}. ${provision.source.basis.en}`,
          provision.reviewed.length === 0
            ? 'Not yet reviewed by a jurist.'
            : `Reviewed by ${provision.reviewed.map((one) => `${one.by} (${one.on})`).join(', ')}.`,
          ...(provision.source.standard ? [`Follows: ${provision.source.standard}`] : []),
          ...(provision.gap ? [`Closes: ${provision.gap.en}`] : []),
          `Text: ${provision.source.address}`,
          '',
          `Concerns: ${Object.entries(provision.concerns)
            .map(([measure, strength]) => (strength ? `${measure} (${strength})` : measure))
            .join(', ')}`,
          ...(provision.gate ? ['Applies only if', ...conditionLines(rules, provision.gate, 1)] : []),
          'Met when',
          ...conditionLines(rules, provision.when, 1),
          '',
          ...Object.entries(provision.explain).map(([verdict, text]) => `  ${verdict}: ${text.en}`),
          '',
          'Worked cases',
          ...provision.cases.map(
            (one) =>
              `  ${one.expect.padEnd(15)} ${one.measure}: ${
                Object.entries(one.given)
                  .map(([fact, value]) => `${fact} = ${value}`)
                  .join(', ') || 'nothing known'
              }`,
          ),
          '',
          `${provision.file}:${provision.line}`,
          '',
        ].join('\n'),
      );
    }
  },
});

export const diffCommand = buildCommand<LawFlag & { readonly json: boolean }, [string, string], Context>({
  docs: { brief: 'What changed in the law between two days' },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'The earlier day', parse: String, placeholder: 'DATE' },
        { brief: 'The later day', parse: String, placeholder: 'DATE' },
      ],
    },
    flags: { ...lawFlag, json: { kind: 'boolean', default: false, withNegated: false, brief: 'Print as JSON' } },
  },
  func: async function (this: Context, flags, first, second) {
    const days = [parseDay(first, first), parseDay(second, second)];
    const faults = days.flatMap((day) => (day.ok ? [] : day.faults));
    if (faults.length > 0)
      return unusable(
        this,
        'law diff',
        faults.map((fault) => ({ ...fault, pointer: 'DATE' })),
      );
    const book = await this.openLaw(flags.law);
    if (!book.ok) return unusable(this, null, book.faults);
    const [from, to] = days.map((day) => (day.ok ? day.value : first)) as [Day, Day];
    const changes = book.value.changes(from, to);
    if (flags.json) return await this.out(`${JSON.stringify({ from, to, changes }, null, 2)}\n`);
    await this.out(
      changes.length === 0
        ? `Nothing changed between ${from} and ${to}.\n`
        : changes.map((one) => `${one.change.padEnd(9)} ${one.id.padEnd(34)} ${one.what}\n`).join(''),
    );
  },
});

export const archiveCommand = buildCommand<LawFlag, [], Context>({
  docs: {
    brief:
      'Print the whole rule set as canonical JSON: keep it, and run an assessment again years later with --law FILE',
  },
  parameters: { positional: { kind: 'tuple', parameters: [] }, flags: lawFlag },
  func: async function (this: Context, flags) {
    const book = await this.openLaw(flags.law);
    if (!book.ok) return unusable(this, null, book.faults);
    const { rules, register, hash } = book.value;
    await this.out(`${canonicalJson({ ruleSet: hash, rules, register } as unknown as Json)}\n`);
  },
});
