// What lists show of a case, by the columns in which it is kept.

import type { CaseLine } from '../../../../app/casework/ports.ts';
import type { Tables } from '../../schema.ts';

export const LINE = [
  'id',
  'reference',
  'direction',
  'requesting_state',
  'requested_state',
  'counterpart',
  'measure',
  'instrument',
  'stage',
  'step',
  'urgency',
  'turn',
  'assignee',
  'received_at',
  'due_at',
  'due_kind',
  'outcome',
  'disposition',
  'waiting',
  'barred',
  'to_call',
  'sealed',
] as const;

export type Row = { [K in (typeof LINE)[number]]: Tables['case_file'][K] };

export const lineOf = (row: Row): CaseLine =>
  ({
    reference: row.reference,
    direction: row.direction,
    requestingState: row.requesting_state,
    requestedState: row.requested_state,
    counterpart: row.counterpart,
    measure: row.measure,
    instrument: row.instrument,
    stage: row.stage,
    step: row.step,
    urgency: row.urgency,
    turn: row.turn,
    assignee: row.assignee,
    receivedAt: row.received_at,
    dueAt: row.due_at,
    dueKind: row.due_kind,
    outcome: row.outcome,
    disposition: row.disposition,
    waiting: row.waiting,
    barred: row.barred,
    toCall: row.to_call,
    sealed: row.sealed,
  }) as CaseLine;
