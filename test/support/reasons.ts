// What the contract says of a finding's reasons, worked out by trying every answer to the facts a provision names.

import assert from 'node:assert/strict';
import type { ClosedLaw, ClosedProvision } from '../../src/law/close.ts';
import type { Finding } from '../../src/law/findings.ts';
import type { Facts, FactValue } from '../../src/law/provision.ts';
import { plainValue, without } from './law.ts';
import { ownFacts, type Reading, readingOf } from './plain-reading.ts';

export type Checker = (finding: Finding, facts: Facts) => void;

/** Checks findings of one provision; each constellation of its facts once. */
export function reasonsOf(law: ClosedLaw, closed: ClosedProvision): Checker {
  const own = ownFacts(law, closed.provision);
  const reading = readingOf(law, closed);
  const values = new Map(
    own.map((fact) => {
      const slot = law.slots[law.index.get(fact) as number];
      return [fact, slot?.bins.map((bin) => plainValue(slot.spec, bin)) ?? []];
    }),
  );
  const seen = new Set<string>();
  return (finding, facts) => {
    const known = Object.fromEntries(
      own.filter((fact) => facts[fact] !== undefined).map((f) => [f, facts[f]]),
    ) as Facts;
    const key = JSON.stringify(known);
    if (seen.has(key)) return;
    seen.add(key);
    const unknown = closed.outside ? [] : own.filter((fact) => known[fact] === undefined);
    const about = `${law.instrument} ${law.measure} ${closed.provision.id} when ${key}`;
    assert.equal(finding.verdict, reading(known), about);
    checkRelied(finding, known, reading, about);
    if (finding.verdict !== 'undetermined') {
      assert.deepEqual([finding.missing, finding.decidedBy], [[], []], `settled, so nothing is missing: ${about}`);
      return;
    }
    const tried = unknown.map((fact) => [fact, values.get(fact) ?? []] as const);
    const settling = tried.filter(([fact, list]) =>
      list.some((value) => reading({ ...known, [fact]: value }) !== 'undetermined'),
    );
    const turning = tried.filter(([fact, list]) =>
      completions(
        known,
        tried.filter(([other]) => other !== fact),
      ).some((others) => new Set(list.map((value) => reading({ ...others, [fact]: value }))).size > 1),
    );
    const names = (list: typeof tried) => list.map(([fact]) => fact).sort();
    // Where a rule asks what cannot matter (a fact and its opposite), it still has to be asked, or the request would be stuck.
    const either = tried.filter((one) => turning.includes(one) || settling.includes(one));
    assert.deepEqual(finding.missing.toSorted(), names(either.length > 0 ? either : tried), `missing: ${about}`);
    assert.deepEqual(finding.decidedBy.toSorted(), names(settling), `decidedBy: ${about}`);
  };
}

function checkRelied({ relied, verdict }: Finding, known: Facts, reading: Reading, about: string): void {
  const alone: Facts = Object.fromEntries(relied.map((fact) => [fact, known[fact] as FactValue]));
  for (const fact of relied) assert.ok(known[fact] !== undefined, `relies on ${fact}, which is unknown: ${about}`);
  assert.equal(reading(alone), verdict, `the relied facts alone: ${about}`);
  for (const fact of relied)
    assert.notEqual(reading(without(alone, fact)), verdict, `${fact} could be left out: ${about}`);
}

/** Every way to answer these facts. */
function completions(known: Facts, open: readonly (readonly [string, readonly FactValue[]])[]): Facts[] {
  return open.reduce<Facts[]>(
    (all, [fact, values]) => all.flatMap((facts) => values.map((value) => ({ ...facts, [fact]: value }))),
    [known],
  );
}
