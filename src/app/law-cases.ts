// Use case: a provision's worked cases, each with what the engine finds today.

import { type CaseResult, runCases } from '../law/prove/worked-cases.ts';
import type { Provision } from '../law/provision.ts';
import type { LawBook } from './law-book.ts';

export type { CaseResult };

/** Runs all worked cases of the book when the first is asked for; the law in it does not change, so the answers stay. */
export function workedCases({ rules }: Pick<LawBook, 'rules'>): (provision: Provision) => readonly CaseResult[] {
  let results: ReadonlyMap<Provision, readonly CaseResult[]> | undefined;
  return (provision) => {
    results ??= Map.groupBy(runCases(rules), (result) => result.provision);
    return results.get(provision) ?? [];
  };
}
