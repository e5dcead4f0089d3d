// Assessing a case: the engine over the facts of the file, and what of its answer is kept and what is shown.

import { factsOf, type Latest, latest, type Made } from '../../domain/assessment/assessment.ts';
import type { Advice } from '../../domain/decisions/decide.ts';
import { itemKey } from '../../domain/decisions/decide.ts';
import type { Item } from '../../domain/decisions/decision.ts';
import { verifiedCall } from '../../domain/execution/emergency.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import { dayOf } from '../../kernel/instant.ts';
import type { Language } from '../../kernel/language.ts';
import type { Day } from '../../kernel/calendar.ts';
import type { Policy } from '../../law/profile.ts';
import { callsFor } from '../../law/verdict.ts';
import { type Assessed, assessRequest } from '../assess-request.ts';
import type { LawBook } from '../law-book.ts';

export type Law = { readonly book: LawBook; readonly policy: Policy };

/**
 * The whole answer for a case as its file stands, in a language. Not kept: it can be made again from facts and law.
 * Undefined where no instrument is known that could bind the two States on the day of receipt.
 */
export function assessCase({ book, policy }: Law, file: CaseFile, language: Language): Assessed | undefined {
  const receivedOn = dayOf(file.receivedAt);
  const { facts } = factsOf(file.assessment);
  const { instrument, requestingState, requestedState, measure } = file;
  const request = { instrument, requestingState, requestedState, receivedOn, measure, facts };
  const assessed = assessRequest(book, request, { policy, language });
  return assessed.ok ? assessed.value : undefined;
}

/** What is kept of an assessment: enough to compare it, and to make it again word for word. */
export function madeFrom({ assessment, instrument, request }: Assessed, no: number): Omit<Made, 'at'> {
  return {
    no,
    asOf: assessment.law.asOf as Day,
    instrument,
    outcome: assessment.outcome,
    stable: assessment.stable,
    because: assessment.because,
    open: assessment.askNext.length,
    verdicts: Object.fromEntries(assessment.findings.map((finding) => [finding.provision, finding.verdict])),
    facts: request.facts,
    ruleSet: assessment.law.ruleSet,
  };
}

/** Whether the same law now gives another answer than the one on file. */
export const isNews = (before: Latest | undefined, after: Omit<Made, 'at'>): boolean =>
  before === undefined ||
  before.outcome !== after.outcome ||
  before.ruleSet !== after.ruleSet ||
  before.instrument !== after.instrument ||
  !sameFacts(before.facts, after.facts);

/** The order does not count: what comes back from the store has another one. */
function sameFacts(one: Made['facts'], other: Made['facts']): boolean {
  const facts = Object.keys(one);
  return facts.length === Object.keys(other).length && facts.every((fact) => one[fact] === other[fact]);
}

/** Everything the request asks for, one account and one category at a time. */
export function itemsAsked(file: CaseFile): Item[] {
  const { targets = [], dataCategories = [] } = file.request.content;
  return targets.flatMap(({ identifierValue }) =>
    dataCategories.flatMap(({ category }) =>
      identifierValue && category ? [{ target: identifierValue, category }] : [],
    ),
  );
}

/** What the latest assessment says to whoever proposes or countersigns. */
export function adviceFor(law: Law, file: CaseFile, consultFirst: readonly string[]): Advice | undefined {
  const made = latest(file.assessment);
  const assessed = made && assessCase(law, file, 'en');
  if (made === undefined || assessed === undefined) return undefined;
  const { findings } = assessed.assessment;
  const stopping = new Set(['no-basis', 'must-refuse', 'may-refuse']);
  return {
    assessmentNo: made.no,
    outcome: made.outcome,
    contentVersion: file.request.contentVersion,
    grounds: findings
      .filter((finding) => stopping.has(callsFor(finding.effect, finding.strength, finding.verdict) ?? ''))
      .map((finding) => finding.provision),
    consultFirst: findings.some((finding) => consultFirst.includes(finding.provision) && finding.verdict === 'met'),
    callBackFirst: file.request.content.urgency?.level === 'emergency' && !verifiedCall(file.execution),
    items: itemsAsked(file).map(itemKey),
  };
}
