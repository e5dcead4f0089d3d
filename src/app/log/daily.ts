// The self-audit once a day, by itself: what it found is kept, and whoever watches is called. Publication goes on: the log commits
// to what is recorded, true or not, and a log that falls silent over a row would let whoever changes one silence it. What is wrong
// with the log itself stops it anyway, before it signs (halt.ts).

import { may } from '../../domain/registry/policy.ts';
import { addHours, type Instant } from '../../kernel/instant.ts';
import type { Actor, Call } from '../casework/ports.ts';
import { audit } from './audit.ts';
import type { AuditPorts, Finding, FindingKind } from './audit-ports.ts';
import type { AuditRun, AuditRuns } from './daily-ports.ts';

const EVERY_HOURS = 24;
/** After so long without one, the audit itself is what is missing. */
const LATE_HOURS = 36;
/** A broken disk has as many faults as it has files; what is kept is enough to begin with. */
const MOST_KEPT = 1_000;
const SHOWN_RUNS = 30;

/** Whoever watches, and whoever heads the office. */
const WATCHERS = ['oversight', 'registrar'] as const;
const CALLS: readonly Call[] = WATCHERS.map((role) => ({ except: null, person: null, role }));

/** Audits if the last one began a day ago; false where it is not due, or another process is at it. */
export async function auditDaily(ports: AuditPorts, runs: AuditRuns): Promise<boolean> {
  if (!isDue(await runs.lastBegan(), ports.log.now())) return false;
  return runs.alone(async () => {
    const beganAt = ports.log.now();
    // Another process came to its end while this one waited.
    if (!isDue(await runs.lastBegan(), beganAt)) return;
    const { found, counted } = await audit(ports);
    const { entries, cases } = counted;
    const run = { beganAt, endedAt: ports.log.now(), entries, cases, found: byKind(found) };
    await runs.keep(run, found.slice(0, MOST_KEPT), found.length > 0 ? CALLS : []);
  });
}

const isDue = (last: Instant | null, now: Instant): boolean => last === null || now >= addHours(last, EVERY_HOURS);

function byKind(found: readonly Finding[]): AuditRun['found'] {
  const counts: { [K in FindingKind]?: number } = {};
  for (const { kind } of found) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

export const countOf = ({ found }: AuditRun): number => Object.values(found).reduce((sum, one) => sum + one, 0);

export type AuditsShown = {
  readonly runs: readonly AuditRun[];
  /** Of the last run, each of them; empty for whoever sees no case. */
  readonly findings: readonly Finding[];
  readonly alarm: Alarm;
};
/** What whoever watches is told on every page: something does not fit, or nobody has looked for too long. */
export type Alarm = 'found' | 'late' | null;

const mayWatch = ({ roles }: Actor): boolean => may(roles, 'oversight.read') || may(roles, 'office.manage');

/** The runs as this person may see them; undefined for everybody else. */
export async function auditsFor(runs: AuditRuns, actor: Actor, now: Instant): Promise<AuditsShown | undefined> {
  if (!mayWatch(actor)) return undefined;
  const shown = await runs.latest(actor.id, SHOWN_RUNS);
  const [last] = shown;
  const findings = last && countOf(last) > 0 ? await runs.findings(actor.id, last.no) : [];
  return { runs: shown, findings, alarm: alarmOf(last, now) };
}

/** Null for everybody else, and where there was no run yet: a node begins with one. */
export async function alarmFor(runs: AuditRuns, actor: Actor, now: Instant): Promise<Alarm> {
  if (!mayWatch(actor)) return null;
  const [last] = await runs.latest(actor.id, 1);
  return alarmOf(last, now);
}

function alarmOf(last: AuditRun | undefined, now: Instant): Alarm {
  if (last === undefined) return null;
  if (countOf(last) > 0) return 'found';
  return now >= addHours(last.beganAt, LATE_HOURS) ? 'late' : null;
}
