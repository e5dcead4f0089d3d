// How long a term is for one case: under the instrument in hand, on the day the request came.

import { latest } from '../../domain/assessment/assessment.ts';
import type { ClockRule, HourClock } from '../../domain/calendar/clock.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import { type DayRule, lastDay } from '../../domain/preservation/deadline.ts';
import type { HoldRules } from '../../domain/preservation/preservation.ts';
import type { Telling } from '../../domain/notice/notice.ts';
import { dayIn } from '../../domain/calendar/moment.ts';
import { executes, standing } from '../../domain/decisions/decision.ts';
import type { Day } from '../../kernel/calendar.ts';
import { dayOf, type Instant } from '../../kernel/instant.ts';
import { Defect } from '../../kernel/outcome.ts';
import type { Casework } from './casework.ts';
import { type TermName, termRule } from './office.ts';

type Needs = Pick<Casework, 'law' | 'office'>;

/** The term of that name for this case, and who says so. */
export const ruleFor = ({ law, office }: Needs, file: CaseFile, name: TermName): ClockRule =>
  termRule(
    law.book.rules,
    office().settings,
    name,
    latest(file.assessment)?.instrument ?? file.instrument,
    dayOf(file.receivedAt),
  );

/** The same, for a term that is counted in days. */
export function daysFor(work: Needs, file: CaseFile, name: TermName): DayRule {
  const rule = ruleFor(work, file, name);
  if (rule.kind === 'hours') throw new Defect(`the term ${name} is counted in hours`);
  return { ...rule, kind: rule.kind };
}

/** The same, for a term that is counted in hours. */
export function hoursFor(work: Needs, file: CaseFile, name: TermName): HourClock['rule'] {
  const rule = ruleFor(work, file, name);
  if (rule.kind !== 'hours') throw new Defect(`the term ${name} is not counted in hours`);
  return { ...rule, kind: rule.kind };
}

/** The last day that a term which begins today can reach. */
export const lastDayFor = (work: Needs & Pick<Casework, 'world'>, file: CaseFile, name: TermName): Day =>
  lastDay(daysFor(work, file, name), work.world.today(), work.office().settings.calendar).on;

/**
 * By when the people concerned are told: counted from the first data that came out, or from the end of an execution that
 * brought none; of a request that is not carried out, from the decision. A request put off or sent back tells nobody yet.
 */
export function telling(work: Needs, file: CaseFile): Telling {
  const { timeZone } = work.office().settings.calendar;
  const since = somethingToTell(file);
  return { since: since && dayIn(since, timeZone), within: daysFor(work, file, 'notice') };
}

function somethingToTell({ decisions, execution }: CaseFile): Instant | null {
  const decision = standing(decisions);
  if (!decision || decision.disposition === 'postpone' || decision.disposition === 'return') return null;
  if (!executes(decision.disposition)) return decision.countersigned.at;
  const produced = execution.tasks.filter(({ produced: { count } }) => count > 0).map(({ since }) => since);
  return produced.sort()[0] ?? execution.completedAt;
}

/** The numbers that bind a hold of this case. */
export const holdRules = (work: Needs, file: CaseFile): HoldRules => ({
  minimum: daysFor(work, file, 'hold-least'),
  longestOrder: daysFor(work, file, 'hold-order-longest'),
});
