// A case: everything that happened to one request, folded from its events.

import type { Instant } from '../../kernel/instant.ts';
import { Defect } from '../../kernel/outcome.ts';
import * as assessment from '../assessment/assessment.ts';
import { evolve as evolveAssessment } from '../assessment/evolve.ts';
import * as decisions from '../decisions/decision.ts';
import { evolve as evolveDecisions } from '../decisions/evolve.ts';
import * as disclosure from '../disclosure/disclosure.ts';
import { evolve as evolveDisclosure } from '../disclosure/evolve.ts';
import { evolve as evolveEvidence } from '../evidence/evolve.ts';
import * as evidence from '../evidence/evidence.ts';
import { evolve as evolveExecution } from '../execution/evolve.ts';
import * as execution from '../execution/execution.ts';
import { evolve as evolveNotice } from '../notice/evolve.ts';
import * as notice from '../notice/notice.ts';
import { evolve as evolvePreservation } from '../preservation/evolve.ts';
import * as preservation from '../preservation/preservation.ts';
import type { By, PersonId } from '../registry/person.ts';
import type { Measure } from '../requests/fields-measures.ts';
import { evolve as evolveRequest } from '../requests/evolve.ts';
import * as requests from '../requests/request.ts';

/** A random UUID; nothing about the case can be read from it. */
export type CaseId = string & { readonly __brand: 'CaseId' };
/** What people call a case: State, year, number, like `BB-2028-000117`. */
export type Reference = string & { readonly __brand: 'Reference' };

export type Direction = 'incoming' | 'outgoing';
export type Urgency = 'routine' | 'expedited' | 'emergency';

/** What a case is from its first moment. */
export type Opened = {
  readonly id: CaseId;
  readonly reference: Reference;
  readonly direction: Direction;
  readonly requestingState: string;
  readonly requestedState: string;
  readonly measure: Measure;
  /** Null: whichever instrument binds the two States and carries the request furthest. */
  readonly instrument: string | null;
};

/** A letter of this office, by its document in the case. */
export type LetterIssued = {
  readonly document: string;
  readonly kind: string;
  readonly language: string;
  readonly sha256: string;
};

/** What concerns the case as such and no single part of it. */
export type DocketEvent =
  | ({ readonly type: 'case.opened' } & Opened)
  | { readonly type: 'case.assigned'; readonly to: PersonId | null }
  | ({ readonly type: 'letter.issued' } & LetterIssued)
  | { readonly type: 'conflict.declared'; readonly reason: string }
  | { readonly type: 'case.sealed'; readonly reason: string; readonly to: readonly PersonId[] }
  | { readonly type: 'case.entitled'; readonly to: PersonId; readonly reason: string }
  | { readonly type: 'case.disentitled'; readonly from: PersonId; readonly reason: string }
  | { readonly type: 'case.unsealed'; readonly reason: string }
  /** A copy of everything up to here was handed out: to whom (null: the operator of the machine), its hash, and how many steps it held. */
  | {
      readonly type: 'docket.exported';
      readonly by: PersonId | null;
      readonly sha256: string;
      readonly steps: number;
    }
  | { readonly type: 'case.closed'; readonly result: string }
  | { readonly type: 'case.reopened' }
  /** What opens the commitments of every step up to this one was destroyed, by order of whom, as the operator says. */
  | { readonly type: 'case.erased'; readonly reason: string; readonly orderedBy: string };

export type CaseEvent =
  | DocketEvent
  | requests.RequestEvent
  | assessment.AssessmentEvent
  | preservation.PreservationEvent
  | decisions.DecisionEvent
  | execution.ExecutionEvent
  | evidence.EvidenceEvent
  | disclosure.DisclosureEvent
  | notice.NoticeEvent;

/** An event with what its envelope says. */
export type Recorded = { readonly seq: number; readonly at: Instant; readonly by: By; readonly event: CaseEvent };

/** Which form a file is folded in. Whoever changes what `evolve` keeps counts it up: a file kept in another form is folded anew. */
export const FOLD = 4;

export type CaseFile = Opened & {
  readonly fold: number;
  /** The number of events so far; a step that was decided on another number is refused. */
  readonly version: number;
  readonly receivedAt: Instant;
  readonly assignee: PersonId | null;
  readonly sealed: boolean;
  /** Who may open it while it is sealed. */
  readonly entitled: readonly PersonId[];
  readonly closed: { readonly at: Instant; readonly result: string } | null;
  readonly letters: readonly (LetterIssued & { readonly at: Instant })[];
  readonly conflicts: readonly { readonly by: PersonId; readonly reason: string }[];
  readonly request: requests.RequestState;
  readonly assessment: assessment.AssessmentState;
  readonly preservation: preservation.Preservation;
  readonly decisions: decisions.DecisionsState;
  readonly execution: execution.Execution;
  readonly evidence: evidence.Evidence;
  readonly disclosure: disclosure.Disclosure;
  readonly notice: notice.NoticeState;
};

/** The file that a first event opens. */
const opened = ({ type: _, ...fields }: Extract<CaseEvent, { type: 'case.opened' }>, at: Instant): CaseFile => ({
  ...fields,
  fold: FOLD,
  version: 1,
  receivedAt: at,
  assignee: null,
  sealed: false,
  entitled: [],
  closed: null,
  letters: [],
  conflicts: [],
  request: requests.initial,
  assessment: assessment.initial,
  preservation: preservation.initial,
  decisions: decisions.initial,
  execution: execution.initial,
  evidence: evidence.initial,
  disclosure: disclosure.initial,
  notice: notice.initial,
});

/** The case that its events make, from the first to the last; null before there is any. */
export const folded = (steps: readonly Recorded[]): CaseFile | null =>
  steps.reduce<CaseFile | null>((file, { event, at, by }) => evolve(file, event, at, by), null);

/** The case after one more event. The first event of a case opens it. */
export function evolve(file: CaseFile | null, event: CaseEvent, at: Instant, by: By): CaseFile {
  if (event.type === 'case.opened') return opened(event, at);
  if (file === null) throw new Defect(`${event.type} before the case was opened`);
  const next: CaseFile = { ...file, version: file.version + 1 };
  // The first word of a type says which part of the case it belongs to; `belongs` narrows by it.
  if (belongs(event, REQUEST)) return { ...next, request: evolveRequest(file.request, event, at) };
  if (belongs(event, ASSESSMENT)) return { ...next, assessment: evolveAssessment(file.assessment, event, at, by) };
  if (belongs(event, HOLD)) return { ...next, preservation: evolvePreservation(file.preservation, event, at, by) };
  if (belongs(event, DECISION)) return { ...next, decisions: evolveDecisions(file.decisions, event, at, by) };
  if (belongs(event, EXECUTION)) return { ...next, execution: evolveExecution(file.execution, event, at, by) };
  if (belongs(event, EVIDENCE)) return { ...next, evidence: evolveEvidence(file.evidence, event, at, by) };
  if (belongs(event, DISCLOSURE)) return { ...next, disclosure: evolveDisclosure(file.disclosure, event, at, by) };
  if (belongs(event, NOTICE)) return { ...next, notice: evolveNotice(file.notice, event, at, by) };
  return inDocket(next, event, at, by);
}

const REQUEST = ['request'] as const;
const ASSESSMENT = ['facts', 'question', 'assessment'] as const;
const HOLD = ['preservation'] as const;
const DECISION = ['consultation', 'decision'] as const;
const EXECUTION = ['execution'] as const;
const EVIDENCE = ['evidence'] as const;
const DISCLOSURE = ['disclosure'] as const;
const NOTICE = ['notice'] as const;

type In<Area extends string> = Extract<CaseEvent, { type: `${Area}.${string}` }>;
const belongs = <Area extends string>(event: CaseEvent, areas: readonly Area[]): event is In<Area> =>
  (areas as readonly string[]).includes(event.type.split('.', 1)[0] ?? '');

function inDocket(file: CaseFile, event: Exclude<DocketEvent, { type: 'case.opened' }>, at: Instant, by: By): CaseFile {
  switch (event.type) {
    case 'case.assigned':
      return { ...file, assignee: event.to };
    case 'letter.issued': {
      const { type: _, ...letter } = event;
      return { ...file, letters: [...file.letters, { ...letter, at }] };
    }
    case 'conflict.declared': {
      if (by === 'clock') return file;
      const conflicts = [...file.conflicts, { by, reason: event.reason }];
      return { ...file, conflicts, entitled: file.entitled.filter((person) => person !== by) };
    }
    case 'case.sealed':
      return { ...file, sealed: true, entitled: event.to };
    case 'case.entitled':
      return { ...file, entitled: [...file.entitled, event.to] };
    case 'case.disentitled':
      return { ...file, entitled: file.entitled.filter((person) => person !== event.from) };
    case 'case.unsealed':
      return { ...file, sealed: false, entitled: [] };
    case 'docket.exported':
    case 'case.erased':
      return file;
    case 'case.closed':
      return { ...file, closed: { at, result: event.result } };
    case 'case.reopened':
      return { ...file, closed: null };
  }
}
