// What an event makes of the execution of a case.

import type { Instant } from '../../kernel/instant.ts';
import type { By } from '../registry/person.ts';
import type { Deletion, Execution, ExecutionEvent, Task, Validation } from './execution.ts';

/** Total: whatever was decided is taken as it is. */
export function evolve(state: Execution, event: ExecutionEvent, at: Instant, by: By): Execution {
  switch (event.type) {
    case 'execution.called-back': {
      const { type: _, ...call } = event;
      return { ...state, calls: [...state.calls, { ...call, calledBy: by }] };
    }
    case 'execution.opened': {
      const { decisionNo, lane } = event;
      const validation = event.validation && {
        ...event.validation,
        state: 'awaited' as const,
        answer: null,
        deletion: null,
      };
      const tasks = event.tasks.map(({ task: no, target, category }) => ({
        no,
        decisionNo,
        target,
        category,
        status: 'open' as const,
        since: at,
        unit: '',
        produced: { count: 0, hashes: [] },
        reasons: '',
      }));
      return {
        ...state,
        openings: [...state.openings, { decisionNo, lane, by, at, validation }],
        tasks: [...state.tasks, ...tasks],
        completedAt: null,
      };
    }
    case 'execution.given':
      return changeTask(state, event.task, () => ({ status: 'given', since: at, unit: event.unit }));
    case 'execution.produced':
      return changeTask(state, event.task, (task) => ({
        status: 'produced',
        since: at,
        produced: added(task, event),
        reasons: '',
      }));
    case 'execution.partly-produced':
      return changeTask(state, event.task, (task) => ({
        status: 'partly-produced',
        since: at,
        produced: added(task, event),
        reasons: event.reasons,
      }));
    case 'execution.not-held':
      return changeTask(state, event.task, () => ({ status: 'not-held', since: at, reasons: event.reasons }));
    case 'execution.impossible':
      return changeTask(state, event.task, () => ({ status: 'impossible', since: at, reasons: event.reasons }));
    case 'execution.cancelled':
      return changeTask(state, event.task, () => ({ status: 'cancelled', since: at, reasons: event.reasons }));
    case 'execution.completed':
      return { ...state, completedAt: at };
    case 'execution.validation-overdue':
      return changeValidation(state, event.decisionNo, () => ({ state: 'overdue' }));
    case 'execution.validated':
    case 'execution.validation-failed': {
      const { authority, reasons } = event;
      return changeValidation(state, event.decisionNo, () => ({
        state: event.type === 'execution.validated' ? 'validated' : 'failed',
        answer: { by, at, authority, reasons },
      }));
    }
    case 'execution.deletion-demanded': {
      const { recipient, dueOn, clock } = event;
      return changeValidation(state, event.decisionNo, ({ deletion }) => ({
        deletion: { recipient, dueOn, clock, state: 'demanded', answer: '', demands: (deletion?.demands ?? 0) + 1 },
      }));
    }
    case 'execution.deletion-confirmed':
      return changeDeletion(state, event.decisionNo, { state: 'confirmed', answer: event.answer });
    case 'execution.deletion-refused':
      return changeDeletion(state, event.decisionNo, { state: 'refused', answer: event.answer });
  }
}

/** What came before, and this delivery. */
const added = ({ produced }: Task, more: Task['produced']): Task['produced'] => ({
  count: produced.count + more.count,
  hashes: [...produced.hashes, ...more.hashes],
});

const changeTask = (state: Execution, no: number, change: (task: Task) => Partial<Task>): Execution => ({
  ...state,
  tasks: state.tasks.map((task) => (task.no === no ? { ...task, ...change(task) } : task)),
});

function changeValidation(
  state: Execution,
  decisionNo: number,
  change: (validation: Validation) => Partial<Validation>,
): Execution {
  return {
    ...state,
    openings: state.openings.map((opening) =>
      opening.decisionNo === decisionNo && opening.validation
        ? { ...opening, validation: { ...opening.validation, ...change(opening.validation) } }
        : opening,
    ),
  };
}

const changeDeletion = (state: Execution, decisionNo: number, change: Partial<Deletion>): Execution =>
  changeValidation(state, decisionNo, ({ deletion }) => ({ deletion: deletion && { ...deletion, ...change } }));
