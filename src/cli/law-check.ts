// `rogatory law check`: are the packs complete, are their worked cases right, do they notice every slip, and what is proved of them?
// `rogatory law schemas`: the JSON Schemas of packs, profiles, requests and results, from the parser's own source.

import { buildCommand } from '@stricli/core';
import type { LawBook } from '../app/law-book.ts';
import type { LawReport } from '../app/check-law.ts';
import { parseDay } from '../kernel/calendar.ts';
import { DEFAULT_POLICY, type Policy } from '../law/profile.ts';
import type { Model } from '../law/prove/clauses.ts';
import { type Context, unusable } from './context.ts';
import { unusedLine } from './translations.ts';

type Flags = {
  readonly law?: string;
  readonly add?: readonly string[];
  readonly profile?: string;
  readonly asOf?: string;
  readonly json: boolean;
  readonly quick: boolean;
};

export const checkCommand = buildCommand<Flags, [], Context>({
  docs: {
    brief: 'Check the packs: complete, worked cases right, every slip noticed, claims proved',
    fullDescription:
      'Loads the shipped law and any added pack, runs every worked case, changes every condition in every small way and asks whether a worked case notices, and proves with a SAT solver, over all partial answers and all their completions, that the outcomes can be relied on.\nExit status: 0 all holds, 1 a claim fails (with a counterexample in facts), 2 a pack does not load.',
  },
  parameters: {
    positional: { kind: 'tuple', parameters: [] },
    flags: {
      law: { kind: 'parsed', parse: String, optional: true, brief: 'Another law folder', placeholder: 'PATH' },
      add: {
        kind: 'parsed',
        parse: String,
        optional: true,
        variadic: true,
        brief: 'Add the pack in this folder',
        placeholder: 'FOLDER',
      },
      profile: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: "Prove it under this State profile's policy",
        placeholder: 'PROFILE.yaml',
      },
      asOf: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'Prove the law of this day',
        placeholder: 'YYYY-MM-DD',
      },
      json: { kind: 'boolean', default: false, withNegated: false, brief: 'Print as JSON' },
      quick: { kind: 'boolean', default: false, withNegated: false, brief: 'Load and run the worked cases only' },
    },
  },
  func: async function (this: Context, flags) {
    const book = await this.openLaw(flags.law, flags.add);
    if (!book.ok) return unusable(this, null, book.faults);
    let policy: Policy = DEFAULT_POLICY;
    if (flags.profile !== undefined) {
      const loaded = await this.loadPolicy(book.value.rules, flags.profile);
      if (!loaded.ok) return unusable(this, null, loaded.faults);
      policy = loaded.value;
    }
    // The solver is loaded only here: it would slow every other command's start.
    const { checkLaw, lastDay } = await import('../app/check-law.ts');
    const asOf = parseDay(flags.asOf ?? lastDay(book.value), '--as-of');
    if (!asOf.ok) return unusable(this, null, asOf.faults);
    const report = checkLaw(book.value, policy, asOf.value, flags.quick);
    // A translation without a text is no fault: the law stands, and is read in English there.
    const translations = await this.translations(flags.law, flags.add);
    if (!translations.ok) return unusable(this, null, translations.faults);
    for (const unused of translations.value.unused) this.err(unusedLine(unused));
    await this.out(flags.json ? `${JSON.stringify(report, null, 2)}\n` : describe(book.value, report));
    if (!report.holds) this.exit(1);
  },
});

function describe(book: LawBook, report: LawReport): string {
  const lines = [
    `Rule set ${report.ruleSet}`,
    `${book.rules.packs.length} packs, ${book.rules.provisions.length} provisions, ${book.rules.facts.length} facts: complete.`,
    '',
  ];
  lines.push(
    `Worked cases: ${report.cases.run} run, ${report.cases.wrong.length} wrong.`,
    ...report.cases.wrong.map((one) => `  ${one.at}: expected ${one.expected}, found ${one.found}`),
  );
  const { mutation } = report;
  if (mutation) {
    const share = (100 * mutation.killed) / Math.max(1, mutation.mutants - mutation.equivalent);
    lines.push(
      `Mutants: ${mutation.mutants} changes, ${mutation.equivalent} of them without effect; the worked cases notice ${mutation.killed} of the other ${mutation.mutants - mutation.equivalent} (${share.toFixed(1)} %).`,
    );
    lines.push(...mutation.alive.map((one) => `  unnoticed: ${one.at}: ${one.edit}`));
  }
  for (const proof of report.proofs) {
    const failed = proof.claims.filter((claim) => !claim.holds);
    lines.push(
      '',
      `${proof.instrument}, law of ${report.asOf}: ${proof.claims.length - failed.length} of ${proof.claims.length} claims proved, over all partial answers and all measures.`,
    );
    lines.push(...proof.claims.filter((claim) => claim.holds).map((claim) => `  proved: ${claim.claim}`));
    for (const claim of failed)
      lines.push(
        `  FAILS: ${claim.claim}`,
        ...(claim.counterexample
          ? [
              `    known:     ${facts(claim.counterexample.given)}`,
              ...(claim.counterexample.completed ? [`    then comes: ${facts(claim.counterexample.completed)}`] : []),
            ]
          : []),
      );
    lines.push(...proof.implied.map((one) => `  note: ${one.provision} never bites unless ${one.by} does`));
  }
  if (report.proofs.length > 0)
    lines.push(
      '',
      report.dead.length === 0
        ? 'Every provision can be met, and can fail, under some instrument.'
        : 'Dead provisions:',
      ...report.dead.map((one) => `  FAILS: ${one}`),
    );
  lines.push('', report.holds ? 'All holds.' : 'NOT all holds.', '');
  return lines.join('\n');
}

const facts = (model: Model): string =>
  [`measure = ${model.measure}`, ...Object.entries(model.facts).map(([fact, value]) => `${fact} = ${value}`)].join(
    ', ',
  );

export const schemasCommand = buildCommand<Record<never, never>, [], Context>({
  docs: { brief: 'Print the JSON Schemas of schemas/ as one JSON object by file name' },
  parameters: { positional: { kind: 'tuple', parameters: [] }, flags: {} },
  func: async function (this: Context) {
    const book = await this.openLaw();
    if (!book.ok) return unusable(this, null, book.faults);
    const { jsonSchemas } = await import('../app/law-schemas.ts');
    await this.out(`${JSON.stringify(jsonSchemas(book.value.rules), null, 2)}\n`);
  },
});
