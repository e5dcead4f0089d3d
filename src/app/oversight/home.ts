// What oversight finds when it comes in: what to do next, samples under way, findings that wait, and how much is on each list.

import { type Finding, turnOf } from '../../domain/oversight/finding.ts';
import { type Sample, stageOf } from '../../domain/oversight/sample.ts';
import { may } from '../../domain/registry/policy.ts';
import { addDays, type Day } from '../../kernel/calendar.ts';
import type { Actor } from '../casework/ports.ts';
import type { CaseList, OversightPorts } from './book-ports.ts';
import { countingOf, spanOf } from './counting.ts';
import { findingsFor } from './findings.ts';
import { readSample, samplesOf } from './samples.ts';

/** The next thing to do, with what it is about. */
export type Next =
  | { readonly is: 'draw' | 'wait' | 'look'; readonly sample: Sample }
  | { readonly is: 'reply-came' | 'reply-late' | 'look-again'; readonly finding: Finding; readonly on: Day | null }
  | { readonly is: 'begin' };

export type Home = {
  readonly next: readonly Next[];
  readonly samples: readonly Sample[];
  readonly findings: readonly Finding[];
  readonly counts: { readonly [L in CaseList]: number };
  /** Acts on roles, accounts and keys since that day. */
  readonly access: { readonly count: number; readonly since: Day };
};

const ACCESS_DAYS = 30;

export async function homeFor(ports: OversightPorts, actor: Actor): Promise<Home | undefined> {
  if (!may(actor.roles, 'oversight.read')) return undefined;
  const { work, lists } = ports;
  const today = work.world.today();
  const since = addDays(today, -ACCESS_DAYS);
  const [samples, findings, counts, happened] = await Promise.all([
    samplesOf(ports, actor),
    findingsFor(ports, actor),
    lists.counts(actor.id, countingOf(work)),
    lists.happened(actor.id, spanOf(work, since, null)),
  ]);
  const next = [...(await ofSamples(ports, actor, samples)), ...ofFindings(findings, today)];
  return {
    next: next.length > 0 ? next : [{ is: 'begin' }],
    samples,
    findings,
    counts,
    access: { count: happened.access, since },
  };
}

async function ofSamples(ports: OversightPorts, actor: Actor, samples: readonly Sample[]): Promise<Next[]> {
  const found: Next[] = [];
  for (const sample of samples) {
    const stage = stageOf(sample);
    if (stage === 'looking') found.push({ is: 'look', sample });
    if (stage !== 'waits') continue;
    const read = await readSample(ports, actor, sample.no);
    found.push({ is: read?.log.ready ? 'draw' : 'wait', sample });
  }
  return found;
}

function ofFindings(findings: readonly Finding[], today: Day): Next[] {
  return findings.flatMap((finding): Next[] => {
    const { whose, on } = turnOf(finding);
    if (whose === 'office') return on !== null && on < today ? [{ is: 'reply-late', finding, on }] : [];
    if (whose === 'nobody') return [];
    // What the office promised for a day is looked at when that day has come.
    if (finding.entries.at(-1)?.is === 'reply' && (on === null || on >= today))
      return [{ is: 'reply-came', finding, on }];
    return [{ is: 'look-again', finding, on }];
  });
}
