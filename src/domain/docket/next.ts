// What comes next in a case: the act that somebody can take now, or what is waited for, from whom and until when.

import type { Day } from '../../kernel/calendar.ts';
import { latest } from '../assessment/assessment.ts';
import { deciders, openProposal } from '../decisions/decision.ts';
import { secretUntil } from '../disclosure/disclosure.ts';
import { delayedUntil, isOpen } from '../notice/notice.ts';
import { holdUntil } from '../preservation/preservation.ts';
import type { PersonId } from '../registry/person.ts';
import type { CaseFile } from './case-file.ts';
import { isOnlyHold, type Running, stillRunning } from './close.ts';
import { mustCall, type Stage, stageOf, type Turn } from './standing.ts';

/**
 * What comes next, as a code for the catalogue (`casework.next.<step>`), and how much of it. `until` is the day on which
 * what is waited for ends, or falls due.
 */
export type NextStep = {
  readonly turn: Turn;
  readonly step: string;
  readonly count?: number;
  readonly until?: Day;
  /** Whoever has that role and may not take this step, because they have taken the one before it. */
  readonly except?: readonly PersonId[];
};

/** What comes next at each stage where nothing stands in its way. */
export const NEXT: { readonly [S in Stage]: NextStep } = {
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

/** Where a request is to be refused, `consultFirst` says whether the law wants the other side consulted before. */
export function nextStep(file: CaseFile, consultFirst: () => boolean): NextStep {
  const stage = stageOf(file);
  switch (stage) {
    case 'assessing':
      if (isOnlyHold(file)) return ending(file);
      return { ...NEXT.assessing, count: latest(file.assessment)?.open ?? 0 };
    case 'ready':
      if (isOnlyHold(file)) return ending(file);
      if (nobodyAnswered(file)) return { turn: 'duty-officer', step: 'call-back' };
      return isStopped(file) && file.decisions.consultations.length === 0 && consultFirst()
        ? { turn: 'reviewer', step: 'consult' }
        : NEXT.ready;
    case 'proposed':
      return { ...NEXT.proposed, except: [openProposal(file.decisions)?.by].flatMap((by) => by ?? []) };
    case 'executing':
      return executing(file);
    case 'executed':
    case 'refused':
    case 'passed-on':
    case 'withdrawn':
      return ending(file);
    default:
      return NEXT[stage];
  }
}

/** The law says to refuse it, or that it may be. */
const isStopped = ({ assessment }: CaseFile): boolean =>
  ['no-basis', 'must-refuse', 'may-refuse'].includes(latest(assessment)?.outcome ?? '');

/** An emergency that cannot be executed yet, because every call back so far went unanswered. */
const nobodyAnswered = (file: CaseFile): boolean =>
  mustCall(file) && file.execution.calls.every(({ outcome }) => outcome === 'no-answer');

/** A task is handed out before anything is produced under it, and not while the validation of its emergency is overdue. */
function executing({ execution: { tasks, openings } }: CaseFile): NextStep {
  const open = tasks.filter(({ status }) => status === 'open');
  const late = openings.find(({ validation }) => validation?.state === 'overdue')?.decisionNo;
  if (open.some(({ decisionNo }) => decisionNo === late)) return { turn: 'approver', step: 'validate' };
  if (open.length > 0) return { turn: 'duty-officer', step: 'hand-out', count: open.length };
  const given = tasks.filter(({ status }) => status === 'given' || status === 'partly-produced');
  return { ...NEXT.executing, count: given.length };
}

/** What keeps a case open once everything is decided and carried out: first what somebody can do, then what is waited for. */
function ending(file: CaseFile): NextStep {
  const running = stillRunning(file);
  const runs = (code: Running): boolean => running.includes(code);
  const { disclosure, execution, notice, preservation } = file;
  const secret = secretUntil(disclosure);
  const untold = notice.notices.filter(isOpen);
  const ours = untold.filter(({ dutyBearer }) => dutyBearer === 'here');
  const delays = ours.map(delayedUntil);

  if (runs('docket.validation-open')) return { turn: 'approver', step: 'validate' };
  if (runs('docket.not-handed-over')) return { turn: 'reviewer', step: 'hand-over' };
  if (runs('docket.ruling-open')) return { turn: 'approver', step: 'rule' };
  const complaints = notice.complaints.filter(({ answer }) => answer === null);
  if (complaints.some(({ acknowledgedOn }) => acknowledgedOn === null))
    return { turn: 'approver', step: 'acknowledge-complaint' };
  if (complaints.length > 0) return { turn: 'approver', step: 'answer-complaint', except: deciders(file.decisions) };
  if (runs('docket.complaint-open')) return { turn: 'approver', step: 'put-right' };
  const review = notice.reviews.find(({ outcome }) => outcome === null);
  if (review) return { turn: 'approver', step: 'decide-review', except: review.decidedBy };
  const waited = preservation.hold?.pending.length ?? 0;
  if (runs('docket.still-held') && execution.completedAt !== null && waited === 0)
    return { turn: 'reviewer', step: 'release-hold' };
  if (secret === null && delays.includes(null)) return { turn: 'reviewer', step: 'tell' };

  if (secret !== null) return { turn: 'nobody', step: 'secrecy-ends', until: secret };
  const [first] = delays.filter((day) => day !== null).sort();
  // The end of a delay is no step of the case, so it stays the reviewer's from now on.
  if (first !== undefined) return { turn: 'reviewer', step: 'tell-later', until: first };
  const demanded = execution.openings.flatMap(({ validation }) => validation?.deletion ?? []);
  const deletion = demanded.find(({ state }) => state === 'demanded');
  if (deletion) return { turn: 'requesting', step: 'await-deletion', until: deletion.dueOn };
  if (untold.length > 0) return { turn: 'requesting', step: 'await-told' };
  const held = holdUntil(preservation);
  if (held !== null) return { turn: 'nobody', step: 'hold-ends', until: held };
  return NEXT.executed;
}
