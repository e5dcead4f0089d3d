// What a person concerned is told of a case: everything the page for them shows, and nothing else is handed to that page.

import { latest } from '../../domain/assessment/assessment.ts';
import { dayIn } from '../../domain/calendar/moment.ts';
import { type Disposition, standing } from '../../domain/decisions/decision.ts';
import type { CaseFile, Recorded, Reference } from '../../domain/docket/case-file.ts';
import type { TaskStatus } from '../../domain/execution/execution.ts';
import type { SecrecyOrder } from '../../domain/disclosure/disclosure.ts';
import type { Complaint, Delay, Notice, ReviewOutcome } from '../../domain/notice/notice.ts';
import { addDays, type Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Text } from '../../kernel/language.ts';
import { assessCase } from '../casework/assess-case.ts';
import type { Casework } from '../casework/casework.ts';
import type { OpenedStep } from '../casework/export-ports.ts';
import { type Own, type ToldStep, toldSteps } from './told-steps.ts';

/** One category of their data: what was asked for, whether it was decided on, and what came of it. */
export type ToldData = {
  readonly category: string;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly decided: boolean;
  readonly task: { readonly status: TaskStatus; readonly on: Day } | null;
};

export type Story = {
  readonly reference: Reference;
  readonly notice: number;
  readonly account: string;
  readonly service: string;
  readonly askedBy: { readonly authority: string; readonly state: string };
  readonly measure: string;
  readonly receivedOn: Day;
  readonly withdrawn: boolean;
  readonly data: readonly ToldData[];
  /** Until when the data were kept safe for the request; empty where nobody ordered that. */
  readonly held: readonly { readonly from: Day; readonly until: Day }[];
  readonly decision: {
    readonly disposition: Disposition;
    readonly on: Day;
    /** Provisions that it rests on. */
    readonly grounds: readonly string[];
    readonly review: ReviewOutcome | null;
  } | null;
  readonly instrument: string | null;
  /** Provisions that let the one State ask and the other answer. */
  readonly basis: readonly string[];
  readonly handedOver: readonly { readonly on: Day; readonly to: string }[];
  readonly secrecy: readonly Pick<SecrecyOrder, 'ground' | 'reasons' | 'from' | 'until' | 'end'>[];
  readonly delays: readonly Pick<Delay, 'ground' | 'reasons' | 'on' | 'until' | 'liftedOn'>[];
  readonly toldOn: Day;
  readonly remedies: readonly {
    readonly body: Text;
    readonly how: Text;
    readonly until: Day | null;
    readonly law: string;
  }[];
  readonly complaints: readonly Omit<Complaint, 'notice'>[];
  readonly steps: readonly ToldStep[];
  /** Steps of the case up to the last one told that are not told. */
  readonly untold: number;
};

type Needs = Pick<Casework, 'law' | 'office'>;

/** The case as the person of this notice may know it. `steps` are those that `history` was read from, in the same order. */
export function storyOf(
  work: Needs,
  file: CaseFile,
  notice: Notice,
  history: readonly Recorded[],
  steps: readonly OpenedStep[],
): Story {
  const { content } = file.request;
  const { timeZone } = work.office().settings.calendar;
  const day = (at: Instant): Day => dayIn(at, timeZone);
  const target = content.targets?.[Number(notice.person.split('/').at(-1))];
  const own = ownOf(file, notice, target?.identifierValue ?? '');
  const told = toldSteps(file, history, steps, own);
  const decision = standing(file.decisions);
  const toldOn = notice.sendings.at(-1)?.on ?? notice.scheduledOn;
  return {
    reference: file.reference,
    notice: notice.no,
    account: own.account,
    service: target?.service ?? '',
    askedBy: { authority: content.requestingAuthority?.name ?? '', state: file.requestingState },
    measure: file.measure,
    receivedOn: day(file.receivedAt),
    withdrawn: file.request.withdrawn !== null,
    data: dataOf(file, own, day),
    held: file.preservation.orders
      .filter(({ what }) => what.some((item) => item.target === own.account))
      .map(({ from, until, end }) => ({ from, until: end?.on ?? until })),
    decision: decision
      ? {
          disposition: decision.disposition,
          on: day(decision.countersigned.at),
          grounds: decision.grounds.map(({ provision }) => provision),
          review:
            file.notice.reviews.findLast(({ decisionNo }) => decisionNo === decision.no)?.outcome?.outcome ?? null,
        }
      : null,
    instrument: latest(file.assessment)?.instrument ?? file.instrument,
    basis: basisOf(work, file),
    handedOver: file.evidence.packages
      .filter(({ no }) => own.packages.has(no))
      .flatMap(({ handedOver }) => handedOver.map(({ at, to }) => ({ on: day(at), to }))),
    secrecy: file.disclosure.secrecy.map(({ ground, reasons, from, until, end }) => ({
      ground,
      reasons,
      from,
      until,
      end,
    })),
    delays: notice.delays.map(({ ground, reasons, on, until, liftedOn }) => ({ ground, reasons, on, until, liftedOn })),
    toldOn,
    remedies: remediesOf(work, toldOn),
    complaints: file.notice.complaints.filter((one) => one.notice === notice.no),
    steps: told,
    untold: (told.at(-1)?.step.seq ?? 0) - told.length,
  };
}

function ownOf(file: CaseFile, notice: Notice, account: string): Own {
  const { objects, packages } = file.evidence;
  const mine = new Set(
    objects.filter(({ covers }) => covers.some((one) => one.account === account)).map((one) => one.object),
  );
  return {
    notice: notice.no,
    account,
    tasks: new Set(file.execution.tasks.filter(({ target }) => target === account).map(({ no }) => no)),
    packages: new Set(packages.filter((one) => one.objects.some((object) => mine.has(object))).map(({ no }) => no)),
    complaints: new Set(file.notice.complaints.filter((one) => one.notice === notice.no).map(({ no }) => no)),
  };
}

function dataOf({ request, decisions, execution }: CaseFile, { account }: Own, day: (at: Instant) => Day): ToldData[] {
  const items = standing(decisions)?.items ?? [];
  return (request.content.dataCategories ?? []).flatMap(({ category, from, to, timeZone }) => {
    if (category === undefined) return [];
    const is = (one: { readonly target: string; readonly category: string }): boolean =>
      one.target === account && one.category === category;
    const task = execution.tasks.findLast(is);
    return {
      category,
      from: from ?? '',
      to: to ?? '',
      timeZone: timeZone ?? '',
      decided: items.some(is),
      task: task ? { status: task.status, on: day(task.since) } : null,
    };
  });
}

/** What the law asks before one State answers another in this way, as far as it was found to be there. */
function basisOf({ law }: Needs, file: CaseFile): string[] {
  const findings = assessCase(law, file, 'en')?.assessment.findings ?? [];
  return findings
    .filter(({ effect, verdict }) => effect === 'scope' && verdict === 'met')
    .map(({ provision }) => provision);
}

/** Where it can be challenged, as the State's profile says; times count from the day on which the person was told. */
function remediesOf({ law, office }: Needs, toldOn: Day): Story['remedies'] {
  const profile = law.policy.profile?.state === office().state ? law.policy.profile : null;
  return (profile?.remedies ?? [])
    .filter((one) => one.for === 'person')
    .map(({ body, how, days, law: source }) => ({
      body,
      how,
      until: days === null ? null : addDays(toldOn, days),
      law: source,
    }));
}
