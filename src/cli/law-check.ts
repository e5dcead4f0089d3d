// `rogatory law check`: are the packs complete, are their worked cases right, do they notice every slip, and what is proved of them?
// `rogatory law schemas`: the JSON Schemas of packs, profiles, requests and results, from the parser's own source.

import { buildCommand } from '@stricli/core';
import type { LawBook } from '../app/law-book.ts';
import type { Day } from '../kernel/calendar.ts';
import { close } from '../law/close.ts';
import { DEFAULT_POLICY, type Policy } from '../law/profile.ts';
import type { ClaimResult } from '../law/prove/claims.ts';
import type { Model } from '../law/prove/clauses.ts';
import { type Context, unusable } from './context.ts';

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
    if (!book.ok) return unusable(this, flags.law ?? 'law', book.faults);
    let policy: Policy = DEFAULT_POLICY;
    if (flags.profile !== undefined) {
      const loaded = await this.loadPolicy(book.value.rules, flags.profile);
      if (!loaded.ok) return unusable(this, flags.profile, loaded.faults);
      policy = loaded.value;
    }
    const report = await checkLaw(book.value, policy, (flags.asOf ?? lastDay(book.value)) as Day, flags.quick);
    await this.out(flags.json ? `${JSON.stringify(report, null, 2)}\n` : describe(book.value, report));
    if (!report.holds) this.exit(1);
  },
});

type Report = {
  readonly holds: boolean;
  readonly ruleSet: string;
  readonly asOf: Day;
  readonly cases: {
    readonly run: number;
    readonly wrong: readonly { readonly at: string; readonly expected: string; readonly found: string }[];
  };
  readonly mutation: {
    readonly mutants: number;
    readonly equivalent: number;
    readonly killed: number;
    readonly alive: readonly { readonly at: string; readonly edit: string }[];
  } | null;
  /** Provisions that can never be met, or never fail, under any instrument. */
  readonly dead: readonly string[];
  readonly proofs: readonly {
    readonly instrument: string;
    readonly claims: readonly ClaimResult[];
    readonly implied: readonly { readonly provision: string; readonly by: string }[];
  }[];
};

/** The day from which all shipped law stands: proofs are of the latest law unless a day is asked for. */
const lastDay = (book: LawBook): string =>
  book.rules.provisions
    .map((one) => (one.inForce === 'always' ? '' : one.inForce.from))
    .sort()
    .at(-1) ?? '';

async function checkLaw(book: LawBook, policy: Policy, asOf: Day, quick: boolean): Promise<Report> {
  const { rules } = book;
  const { runCases, runMutants } = await import('../law/prove/worked-cases.ts');
  const results = runCases(rules);
  const wrong = results
    .filter(({ one, found }) => one.expect !== found)
    .map(({ provision, one, found }) => ({
      at: `${provision.file}:${one.line} ${provision.id}`,
      expected: one.expect,
      found,
    }));
  const mutation = quick ? null : runMutants(rules);
  const { proofs, dead } = quick ? { proofs: [], dead: [] } : await proveAll(book, policy, asOf);
  const holds =
    wrong.length === 0 &&
    (mutation?.alive.length ?? 0) === 0 &&
    dead.length === 0 &&
    proofs.every((proof) => proof.claims.every((claim) => claim.holds));
  return {
    holds,
    ruleSet: book.hash,
    asOf,
    cases: { run: results.length, wrong },
    mutation: mutation && {
      ...mutation,
      alive: mutation.alive.map(({ provision, edit }) => ({
        at: `${provision.file}:${provision.line} ${provision.id}`,
        edit,
      })),
    },
    dead,
    proofs,
  };
}

async function proveAll(book: LawBook, policy: Policy, asOf: Day): Promise<Pick<Report, 'proofs' | 'dead'>> {
  const { findLiving, proveClaims } = await import('../law/prove/claims.ts');
  const { findImplied } = await import('../law/prove/implied.ts');
  const { tapeOf } = await import('../law/tape.ts');
  const met = new Set<string>();
  const failed = new Set<string>();
  const standing = new Set<string>();
  const proofs = book.instrumentsOn(asOf).map((instrument) => {
    const laws = book.rules.measures.map((measure) => close(book.rules, instrument, measure.id, asOf, policy));
    const tape = tapeOf(laws);
    for (const one of findLiving(laws, tape)) {
      standing.add(one.provision);
      if (one.canBeMet) met.add(one.provision);
      if (one.canFail) failed.add(one.provision);
    }
    return { instrument, claims: proveClaims(laws, tape), implied: findImplied(laws, tape) };
  });
  const dead = [...standing].flatMap((id) => [
    ...(met.has(id) ? [] : [`${id} can never be met`]),
    ...(failed.has(id) ? [] : [`${id} can never fail`]),
  ]);
  return { proofs, dead };
}

function describe(book: LawBook, report: Report): string {
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
    if (!book.ok) return unusable(this, 'law', book.faults);
    const { jsonSchemas } = await import('../law/pack/json-schemas.ts');
    await this.out(`${JSON.stringify(jsonSchemas(book.value.rules), null, 2)}\n`);
  },
});
