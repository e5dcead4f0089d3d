// Execution: one task for each account and category that a countersigned decision orders, and the emergency lane.

import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { DayClock, HourClock } from '../calendar/clock.ts';
import type { Item } from '../decisions/decision.ts';
import type { By } from '../registry/person.ts';

export type Lane = 'ordinary' | 'emergency';

/** In the order of a task's life; the last four are final. */
export const TASK_STATUSES = [
  'open',
  'given',
  'partly-produced',
  'produced',
  'not-held',
  'impossible',
  'cancelled',
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export type Task = Item & {
  /** Counted from 1 through the whole case. */
  readonly no: number;
  readonly decisionNo: number;
  readonly status: TaskStatus;
  /** When it came to this status. */
  readonly since: Instant;
  /** The unit or provider that executes; empty until it was given to one. */
  readonly unit: string;
  /** What came back, all deliveries together; hashes are SHA-256 in hexadecimal. */
  readonly produced: { readonly count: number; readonly hashes: readonly string[] };
  /** What is missing, or why it is not held, impossible or cancelled. */
  readonly reasons: string;
};

/** One decision put into execution. */
export type Opening = {
  readonly decisionNo: number;
  readonly lane: Lane;
  readonly by: By;
  readonly at: Instant;
  /** Only in the emergency lane. */
  readonly validation: Validation | null;
};

/** What is checked after data left in an emergency: awaited, overdue, or answered by a named person. */
export type Validation = {
  readonly dueAt: Instant;
  readonly clock: HourClock;
  readonly state: 'awaited' | 'overdue' | 'validated' | 'failed';
  readonly answer: Answered | null;
  /** Asked of the recipient when the validation failed. */
  readonly deletion: Deletion | null;
};

export type Answered = {
  readonly by: By;
  readonly at: Instant;
  /** The judge or body that answered. */
  readonly authority: string;
  readonly reasons: string;
};

export type Deletion = {
  readonly recipient: string;
  readonly dueOn: Day;
  readonly clock: DayClock;
  readonly state: 'demanded' | 'confirmed' | 'refused';
  /** What the recipient wrote; empty until it did. */
  readonly answer: string;
  readonly demands: number;
};

export const CALL_OUTCOMES = ['verified', 'not-verified', 'no-answer'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** The checklist of a call back to a number on file before the request came: a number that the caller gives proves nothing. */
export type CallBack = {
  readonly number: string;
  /** The entry of the office's own directory that the number was taken from. */
  readonly numberFrom: string;
  readonly calledAt: Instant;
  /** Name and function; empty when nobody answered. */
  readonly answeredBy: string;
  readonly outcome: CallOutcome;
  readonly remarks: string;
};

export type Execution = {
  readonly openings: readonly Opening[];
  readonly tasks: readonly Task[];
  readonly calls: readonly (CallBack & { readonly calledBy: By })[];
  /** When the last task came to its end; null before and while any runs. */
  readonly completedAt: Instant | null;
};

export type ExecutionEvent =
  | ({ readonly type: 'execution.called-back' } & CallBack)
  | {
      readonly type: 'execution.opened';
      readonly decisionNo: number;
      readonly lane: Lane;
      readonly tasks: readonly (Item & { readonly task: number })[];
      readonly validation: { readonly dueAt: Instant; readonly clock: HourClock } | null;
    }
  | { readonly type: 'execution.given'; readonly task: number; readonly unit: string }
  | {
      readonly type: 'execution.produced';
      readonly task: number;
      readonly count: number;
      readonly hashes: readonly string[];
    }
  | {
      readonly type: 'execution.partly-produced';
      readonly task: number;
      readonly count: number;
      readonly hashes: readonly string[];
      readonly reasons: string;
    }
  | { readonly type: 'execution.not-held'; readonly task: number; readonly reasons: string }
  | { readonly type: 'execution.impossible'; readonly task: number; readonly reasons: string }
  | { readonly type: 'execution.cancelled'; readonly task: number; readonly reasons: string }
  | { readonly type: 'execution.completed' }
  | { readonly type: 'execution.validation-overdue'; readonly decisionNo: number }
  | {
      readonly type: 'execution.validated';
      readonly decisionNo: number;
      readonly authority: string;
      readonly reasons: string;
    }
  | {
      readonly type: 'execution.validation-failed';
      readonly decisionNo: number;
      readonly authority: string;
      readonly reasons: string;
    }
  | {
      readonly type: 'execution.deletion-demanded';
      readonly decisionNo: number;
      readonly recipient: string;
      readonly dueOn: Day;
      readonly clock: DayClock;
    }
  | { readonly type: 'execution.deletion-confirmed'; readonly decisionNo: number; readonly answer: string }
  | { readonly type: 'execution.deletion-refused'; readonly decisionNo: number; readonly answer: string };

export const initial: Execution = { openings: [], tasks: [], calls: [], completedAt: null };

const FINAL: readonly TaskStatus[] = ['produced', 'not-held', 'impossible', 'cancelled'];
/** Whether nothing more is expected of the task. */
export const isFinal = ({ status }: Task): boolean => FINAL.includes(status);
