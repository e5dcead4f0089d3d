// What oversight reports for a period, to a parliament or whoever it answers to: counts, samples, findings and the office's answers.
// No case and no person is named.

import type { Finding, Stance } from '../../domain/oversight/finding.ts';
import type { SampleKind } from '../../domain/oversight/drawing.ts';
import { type SampleStage, stageOf } from '../../domain/oversight/sample.ts';
import { findingFrom, sampleFrom } from '../../domain/oversight/evolve.ts';
import { may } from '../../domain/registry/policy.ts';
import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Actor } from '../casework/ports.ts';
import type { CaseList, Happened, OversightPorts, Span } from './book-ports.ts';
import { countingOf, spanOf } from './counting.ts';
import { turnOf } from './findings.ts';

/** What is counted of a period, in the order of pages and files. */
export const FIGURES = [
  'received',
  'decided',
  'overrides',
  'emergencies',
  'callBacks',
  'validated',
  'validationsOverdue',
  'validationsFailed',
  'secrecyOrdered',
  'secrecyRenewed',
  'secrecyLifted',
  'secrecyEnded',
  'noticesSent',
  'complaintsReceived',
  'complaintsAnswered',
  'sealed',
  'unsealed',
  'access',
  'casesRead',
  'pagesRead',
] as const;
export type Figure = (typeof FIGURES)[number];

export type ReportedSample = {
  readonly no: number;
  readonly kind: SampleKind;
  readonly fixedAt: Instant;
  readonly population: number;
  readonly sha256: string;
  readonly drawn: number;
  readonly inOrder: number;
  readonly withFinding: number;
  readonly stage: SampleStage;
};

export type ReportedFinding = {
  readonly no: number;
  readonly to: Finding['to'];
  readonly title: string;
  readonly madeAt: Instant;
  readonly cases: number;
  readonly recommends: boolean;
  /** What the office said last; null while it has said nothing. */
  readonly stance: Stance | null;
  readonly replies: number;
  readonly state: 'waits-for-office' | 'office-late' | 'with-oversight' | 'closed';
};

export type OversightReport = {
  readonly form: 'rogatory/oversight-report/v1';
  readonly office: { readonly name: string; readonly state: string };
  readonly from: Day;
  readonly to: Day;
  readonly madeAt: Instant;
  readonly figures: { readonly [F in Figure]: number };
  /** The standing lists as they are on the day of the report, whatever the period. */
  readonly standing: { readonly [L in CaseList]: number };
  readonly longSecrecyDays: number;
  readonly samples: readonly ReportedSample[];
  readonly findings: readonly ReportedFinding[];
};

/** The report of whole days; undefined for whoever it is not for. */
export async function reportFor(
  ports: OversightPorts,
  actor: Actor,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<OversightReport | undefined> {
  if (!may(actor.roles, 'oversight.read')) return undefined;
  const { work, lists, book } = ports;
  const span = spanOf(work, from, to);
  const counting = countingOf(work);
  const [happened, standing, samples, findings] = await Promise.all([
    lists.happened(actor.id, span),
    lists.counts(actor.id, counting),
    book.all(actor.id, 'sample'),
    book.all(actor.id, 'finding'),
  ]);
  const { name, state } = work.office();
  const today = work.world.today();
  return {
    form: 'rogatory/oversight-report/v1',
    office: { name, state },
    from,
    to,
    madeAt: counting.now,
    figures: figuresOf(happened),
    standing,
    longSecrecyDays: counting.longDays,
    samples: samples
      .map(({ steps }) => sampleFrom(steps))
      .filter(({ fixedAt }) => isIn(fixedAt, span))
      .reverse()
      .map((sample) => {
        const looks = Object.values(sample.looks);
        const { no, kind, fixedAt, population, drawn } = sample;
        return {
          no,
          kind,
          fixedAt,
          population: population.cases,
          sha256: population.sha256,
          drawn: drawn?.drawn.length ?? 0,
          inOrder: looks.filter(({ result }) => result === 'in-order').length,
          withFinding: looks.filter(({ result }) => result === 'finding').length,
          stage: stageOf(sample),
        };
      }),
    findings: findings
      .map(({ steps }) => findingFrom(steps))
      .filter(({ madeAt }) => isIn(madeAt, span))
      .reverse()
      .map((finding) => reported(finding, today)),
  };
}

const isIn = (at: Instant, { since, before }: Span): boolean =>
  (since === null || at >= since) && (before === null || at < before);

function figuresOf({ steps, readings, ...counts }: Happened): OversightReport['figures'] {
  const of = (type: string): number => steps[type]?.steps ?? 0;
  return {
    ...counts,
    callBacks: of('execution.called-back'),
    validated: of('execution.validated'),
    validationsOverdue: of('execution.validation-overdue'),
    validationsFailed: of('execution.validation-failed'),
    secrecyOrdered: of('disclosure.secrecy-ordered'),
    secrecyRenewed: of('disclosure.secrecy-renewed'),
    secrecyLifted: of('disclosure.secrecy-lifted'),
    secrecyEnded: of('disclosure.secrecy-ended'),
    noticesSent: of('notice.sent'),
    complaintsReceived: of('notice.complaint-received'),
    complaintsAnswered: of('notice.complaint-answered'),
    sealed: of('case.sealed'),
    unsealed: of('case.unsealed'),
    casesRead: readings.cases,
    pagesRead: readings.pages,
  };
}

function reported(finding: Finding, today: Day): ReportedFinding {
  const { no, to, title, madeAt, cases, recommendation, entries } = finding;
  const replies = entries.filter((one) => one.is === 'reply');
  const { whose, on } = turnOf(finding);
  const late = whose === 'office' && on !== null && on < today;
  return {
    no,
    to,
    title,
    madeAt,
    cases: cases.length,
    recommends: recommendation !== '',
    stance: replies.at(-1)?.stance ?? null,
    replies: replies.length,
    state:
      whose === 'nobody' ? 'closed' : late ? 'office-late' : whose === 'office' ? 'waits-for-office' : 'with-oversight',
  };
}
