// Use case: are the packs' worked cases right, do they notice every slip of a condition, and what is proved of the law?

import type { Day } from '../kernel/calendar.ts';
import { close } from '../law/close.ts';
import type { Policy } from '../law/profile.ts';
import { type ClaimResult, findLiving, proveClaims } from '../law/prove/claims.ts';
import { findImplied } from '../law/prove/implied.ts';
import { runCases, runMutants } from '../law/prove/worked-cases.ts';
import { tapeOf } from '../law/tape.ts';
import type { LawBook } from './law-book.ts';

/** What was run, changed and proved; `holds` only if all of it is as it should be. */
export type LawReport = {
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

/** The day from which all shipped law stands: proofs are of the latest law unless another day is asked for. */
export const lastDay = (book: LawBook): string =>
  book.rules.provisions
    .map((one) => (one.inForce === 'always' ? '' : one.inForce.from))
    .sort()
    .at(-1) ?? '';

export function checkLaw(book: LawBook, policy: Policy, asOf: Day, quick: boolean): LawReport {
  const { rules } = book;
  const results = runCases(rules);
  const wrong = results
    .filter(({ one, found }) => one.expect !== found)
    .map(({ provision, one, found }) => ({
      at: `${provision.file}:${one.line} ${provision.id}`,
      expected: one.expect,
      found,
    }));
  const mutation = quick ? null : runMutants(rules);
  const { proofs, dead } = quick ? { proofs: [], dead: [] } : proveAll(book, policy, asOf);
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

function proveAll(book: LawBook, policy: Policy, asOf: Day): Pick<LawReport, 'proofs' | 'dead'> {
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
