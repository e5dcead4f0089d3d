// Holds against their own trails what no case holds: the office's settings, oversight's book, reports.
// Attacker: the owner of the database. Who changes both, row and trail of settings, is found by the steps that hold them (audit-held).

import { settingsOf } from '../office/change-office.ts';
import type { Change, OfficeChange } from '../office/ports.ts';
import { proofKey, stepsOf, type Report } from '../reporting/report.ts';
import { joinQuarters } from '../reporting/publish.ts';
import { keyOf } from '../../domain/reporting/figures.ts';
import { periodOf, quartersOf } from '../../domain/reporting/period.ts';
import type { Proposed } from '../../domain/reporting/proposal.ts';
import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import { sameBytes, utf8 } from '../../transparency/bytes.ts';
import { commitReport, figureProof, figureSalt } from '../../transparency/report.ts';
import type { Hash, KeptBook, KeptOffice, KeptReport, LogRecord } from './audit-ports.ts';
import type { Row } from './held-ports.ts';

/** The office is what its changes made of it, as far as they tell. */
export function auditOffice({ standing: { office, version }, changes, thresholds }: KeptOffice): string[] {
  const found: string[] = [];
  const last = new Map<string, Change & { readonly version: number }>();
  for (const one of changes.toSorted((a, b) => a.version - b.version))
    for (const change of one.changes) {
      const before = last.get(change.setting);
      if (before !== undefined && canonicalJson(before.to) !== canonicalJson(change.from))
        found.push(
          `the record of changes of the office does not follow on itself: ${change.setting} in version ${one.version}`,
        );
      last.set(change.setting, { ...change, version: one.version });
    }
  for (const one of changes)
    for (const { setting, to } of one.changes)
      if (setting === 'figures-least' && !isOfTwo(one, to, thresholds))
        found.push(
          `the threshold of figures of version ${one.version} is not what one person proposed and another confirmed`,
        );
  // The office of a demonstration begins with a version that nobody changed.
  const versions = changes.map((one) => one.version).sort((a, b) => a - b);
  if (versions.length < version - 1 || versions.some((one, n) => one !== version - versions.length + 1 + n))
    found.push(
      `the record of changes of the office has a gap: ${versions.length} changes, and it is at version ${version}`,
    );
  const is = settingsOf(office);
  for (const { setting, to } of last.values())
    if (canonicalJson(is.get(setting) ?? null) !== canonicalJson(to))
      found.push(`the setting ${setting} of the office is not what it was changed to last`);
  return found;
}

/** Before anybody proposed a threshold, one person set it. */
function isOfTwo({ at, by, proposed }: OfficeChange, to: Json, thresholds: readonly Proposed<number>[]): boolean {
  if (proposed === undefined) return !thresholds.some((one) => one.at <= at);
  const { id, by: proposer } = proposed;
  return proposer !== by && thresholds.some((one) => one.id === id && one.by === proposer && one.what === to);
}

/** The row of a sample or finding whose steps open, and the list of cases that a sample is drawn from. */
export function auditBook(
  { reference, row, cases, steps }: KeptBook,
  populations: ReadonlyMap<string, boolean>,
): string[] {
  const first = steps.find(({ seq }) => seq === 1)?.event;
  if (first?.body === undefined) return [];
  const event = JSON.parse(new TextDecoder().decode(first.body)) as {
    readonly id: string;
    readonly no: number;
    readonly to?: unknown;
    readonly cases?: readonly { readonly id: string }[];
    readonly population?: { readonly sha256: string };
  };
  const found: string[] = [];
  // Of a sample `to` is a day, and nobody answers for it.
  const isFinding = first.type === 'finding.made';
  const must: Row = {
    id: event.id,
    no: event.no,
    made_at: first.at,
    addressed_to: isFinding ? String(event.to) : null,
  };
  const named = isFinding ? (event.cases ?? []).map(({ id }) => id) : [];
  if (
    Object.keys(must).some((column) => must[column] !== row[column]) ||
    named.toSorted().join() !== cases.toSorted().join()
  )
    found.push(`the row of ${reference} says something else than its first step`);
  const list = event.population && populations.get(event.population.sha256);
  if (event.population && list === undefined) found.push(`the list of cases of ${reference} is gone`);
  if (list === false) found.push(`the list of cases of ${reference} is not the one whose hash was fixed`);
  return found;
}

/** A report opens its commitment, and its proofs follow from the facts that were taken down and from its secret. */
export async function auditReport(
  kept: KeptReport,
  { origin, before, record, hash }: { origin: string; before: KeptReport | undefined; record: LogRecord; hash: Hash },
): Promise<string[]> {
  const name = `the report ${kept.no} (${kept.period})`;
  const opening = {
    origin,
    no: kept.no,
    previous: kept.previous,
    at: kept.madeAt as string,
    bodyHash: hash(utf8(kept.body)),
  };
  if (!sameBytes(commitReport(kept.salt, opening), kept.commitment)) return [`${name} is not what was committed to`];
  const found: string[] = [];
  if (!sameBytes(kept.previous ?? new Uint8Array(), before?.commitment ?? new Uint8Array()))
    found.push(`${name} does not follow on the one before`);
  const report = JSON.parse(kept.body) as Report;
  const period = periodOf(report.period.name);
  if (period === undefined || report.period.name !== kept.period || report.no !== kept.no)
    return [...found, `the row of ${name} says something else than the report`];
  const secret = kept.secret;
  if (secret === undefined) return [...found, `what opens the proofs of ${name} is gone`];
  const facts = joinQuarters(await Promise.all(quartersOf(period).map((quarter) => record.facts(quarter.name))));
  const steps = stepsOf(report, period, facts);
  let off = 0;
  for (const { of, at, proof } of report.figures) {
    const salt = figureSalt(secret, proofKey({ of, at }));
    const made = await figureProof(salt, steps.get(keyOf({ of, at })) ?? [], record.giveWay);
    if (made.toHex() !== proof) off += 1;
  }
  return off === 0
    ? found
    : [...found, `the facts behind ${off} figures of ${name}, or its secret, are not those of its proofs`];
}
