// Where a case stands, and whose turn it can be: what a list of cases and the head of a page say.

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

/** Whether it was received and nothing has followed from it yet: what it states, what the law says of it, who is to be told. */
export const isUnread = ({ assessment, closed }: Pick<CaseFile, 'assessment' | 'closed'>): boolean =>
  !assessment.read && !closed;

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

/** Stages before the data of a request can leave. */
const BEFORE_EXECUTION: readonly Stage[] = ['received', 'returned', 'assessing', 'ready', 'proposed', 'postponed'];

/** Whether somebody must still call back to a number on file before this emergency may be executed. */
export const mustCall = (file: CaseFile): boolean =>
  file.direction === 'incoming' &&
  file.request.content.urgency?.level === 'emergency' &&
  BEFORE_EXECUTION.includes(stageOf(file)) &&
  verifiedCall(file.execution) === undefined;
