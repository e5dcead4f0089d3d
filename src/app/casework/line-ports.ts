// The columns in which a store keeps the line of a case: whoever writes the row and whoever audits it take them from here.

import type { CaseFile } from '../../domain/docket/case-file.ts';
import type { CaseLine } from './ports.ts';

/** What each step may change, by column. */
export const changingColumns = (line: CaseLine, file: CaseFile) => ({
  counterpart: line.counterpart,
  instrument: line.instrument,
  stage: line.stage,
  step: line.step,
  urgency: line.urgency,
  turn: line.turn,
  assignee: line.assignee,
  due_at: line.dueAt,
  due_kind: line.dueKind,
  outcome: line.outcome,
  disposition: line.disposition,
  waiting: line.waiting,
  barred: line.barred,
  to_call: line.toCall,
  executing: file.execution.openings.length > 0,
  closed: file.closed !== null,
  sealed: file.sealed,
});

/** The whole line by column: what a case keeps from its first step on, and what each step may change. */
export const lineColumns = (line: CaseLine, file: CaseFile) => ({
  reference: line.reference,
  direction: line.direction,
  requesting_state: line.requestingState,
  requested_state: line.requestedState,
  measure: line.measure,
  received_at: line.receivedAt,
  ...changingColumns(line, file),
});
