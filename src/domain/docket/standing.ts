// Where a case stands, whose turn it is and what comes next: what a list of cases and the head of a page say.

import { latest } from '../assessment/assessment.ts';
import { verifiedCall } from '../execution/emergency.ts';
import { executes, openProposal, standing as standingDecision } from '../decisions/decision.ts';
import { isReturned } from '../requests/request.ts';
import type { CaseFile } from './case-file.ts';

export const STAGES = [
  'draft',
  'sent',
  'received',
  'returned',
  'assessing',
  'ready',
  'proposed',
  'executing',
  'executed',
  'refused',
  'postponed',
  'passed-on',
  'withdrawn',
  'closed',
] as const;
export type Stage = (typeof STAGES)[number];

/** Whose turn it is: a role of the office, the requesting State, the one addressed, or nobody. */
export type Turn = 'duty-officer' | 'reviewer' | 'approver' | 'executing-unit' | 'requesting' | 'requested' | 'nobody';

/** What comes next, as a code for the catalogue (`casework.next.<step>`), and how much of it. */
export type NextStep = { readonly turn: Turn; readonly step: string; readonly count?: number };

export function stageOf(file: CaseFile): Stage {
  if (file.closed) return 'closed';
  if (file.request.withdrawn) return 'withdrawn';
  if (file.direction === 'outgoing') return file.request.sentAt ? 'sent' : 'draft';
  if (openProposal(file.decisions)) return 'proposed';
  const decided = standingDecision(file.decisions);
  if (decided && executes(decided.disposition)) return file.execution.completedAt ? 'executed' : 'executing';
  if (decided?.disposition === 'refuse') return 'refused';
  if (decided?.disposition === 'pass-on') return 'passed-on';
  if (isReturned(file.request)) return 'returned';
  if (decided?.disposition === 'postpone') return 'postponed';
  if (!file.request.acknowledgedAt) return 'received';
  const made = latest(file.assessment);
  return made && made.outcome !== 'needs-information' ? 'ready' : 'assessing';
}

/** What comes next at each stage, and whose turn it is. */
export const NEXT: { readonly [S in Stage]: Omit<NextStep, 'count'> } = {
  draft: { turn: 'reviewer', step: 'finish-draft' },
  sent: { turn: 'requested', step: 'await-answer' },
  received: { turn: 'duty-officer', step: 'acknowledge' },
  returned: { turn: 'requesting', step: 'await-supplement' },
  assessing: { turn: 'reviewer', step: 'answer-questions' },
  ready: { turn: 'reviewer', step: 'propose' },
  proposed: { turn: 'approver', step: 'countersign' },
  executing: { turn: 'executing-unit', step: 'produce' },
  executed: { turn: 'reviewer', step: 'close' },
  refused: { turn: 'reviewer', step: 'close' },
  postponed: { turn: 'reviewer', step: 'resume' },
  'passed-on': { turn: 'reviewer', step: 'close' },
  withdrawn: { turn: 'reviewer', step: 'close' },
  closed: { turn: 'nobody', step: 'none' },
};

const UNFINISHED = ['open', 'given', 'partly-produced'];

export function nextStep(file: CaseFile): NextStep {
  const stage = stageOf(file);
  if (stage === 'assessing') return { ...NEXT[stage], count: latest(file.assessment)?.open ?? 0 };
  if (stage === 'executing')
    return { ...NEXT[stage], count: file.execution.tasks.filter(({ status }) => UNFINISHED.includes(status)).length };
  return NEXT[stage];
}

/** Stages before the data of a request can leave. */
const BEFORE_EXECUTION: readonly Stage[] = ['received', 'returned', 'assessing', 'ready', 'proposed', 'postponed'];

/** Whether somebody must still call back to a number on file before this emergency may be executed. */
export const mustCall = (file: CaseFile): boolean =>
  file.direction === 'incoming' &&
  file.request.content.urgency?.level === 'emergency' &&
  BEFORE_EXECUTION.includes(stageOf(file)) &&
  verifiedCall(file.execution) === undefined;
