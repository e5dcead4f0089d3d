// From what was submitted to what is shown next: pure, and the same in the browser as on the server.

import { type Assessed, assessRequest } from '../../app/assess-request.ts';
import { type Day, parseDay } from '../../kernel/calendar.ts';
import type { Fault, Outcome } from '../../kernel/outcome.ts';
import type { NextQuestion } from '../../law/assessment.ts';
import type { FactId, FactValue } from '../../law/provision.ts';
import type { Request } from '../../law/request.ts';
import type { FactSpec } from '../../law/rule-set.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { LawContext } from '../context.ts';
import { type Answer, answerOf, type Basics, type Draft, draftOf, type Submitted } from './form.ts';
import { specOf, stateCode } from './words.ts';

type Kept = Submitted['kept'];

export type StartView = {
  readonly stage: 'start';
  readonly basics: Basics;
  readonly kept: Kept;
  readonly errors: readonly FieldError[];
};

export type Question = { readonly spec: FactSpec; readonly draft: Draft; readonly next: NextQuestion | null };

export type AnswerView = {
  readonly stage: 'answer';
  /** The first lines as they were entered. A code stays a code: it may stand for a State that was made up. */
  readonly basics: Basics;
  readonly request: Request;
  /** Answers that are settled; those on the page are not among them. */
  readonly kept: Kept;
  readonly questions: readonly Question[];
  readonly changing: FactId | null;
  readonly errors: readonly FieldError[];
  /** The assessment of everything answered so far, on the page too. */
  readonly assessed: Assessed;
  /** What has not been asked yet, these questions apart. */
  readonly left: number;
};

export type View = StartView | AnswerView;

/** How many questions are asked at a time. */
export const AT_ONCE = 3;

/** An empty start: today, and this office as the one that is asked. */
export const emptyStart = ({ policy, today }: LawContext): StartView => ({
  stage: 'start',
  basics: {
    measure: '',
    requestingState: '',
    requestedState: policy.profile?.state ?? '',
    receivedOn: today,
    instrument: '',
  },
  kept: {},
  errors: [],
});

/** What comes after the button that was pressed. */
export function advance(context: LawContext, submitted: Submitted): View {
  const { action, basics, kept } = submitted;
  if (action === 'again') return emptyStart(context);
  if (action === 'change-request')
    return { stage: 'start', basics, kept: { ...kept, ...answered(context, submitted) }, errors: [] };
  const read = readBasics(context, basics);
  if (!read.ok) return { stage: 'start', basics, kept, errors: read.faults };
  const request = { ...read.value, facts: {} };
  if (action === 'start')
    return atQuestions(context, basics, request, kept, [], null, []) ?? noLaw(context, basics, kept);
  const errors = faultsOf(context, submitted);
  if (errors.length > 0 || action === 'stay' || action === 'download' || action === '') {
    return (
      atQuestions(context, basics, request, kept, [...submitted.drafts], submitted.changing, errors) ??
      noLaw(context, basics, kept)
    );
  }
  const settled = { ...kept, ...answered(context, submitted) };
  if (action.startsWith('change:')) {
    const fact = action.slice('change:'.length);
    const spec = specOf(context, fact);
    if (spec) return change(context, request, settled, spec, submitted) ?? noLaw(context, basics, kept);
  }
  for (const fact of submitted.drafts.keys()) if (!Object.hasOwn(settled, fact)) settled[fact] = null;
  return atQuestions(context, basics, request, settled, [], null, []) ?? noLaw(context, basics, kept);
}

/** A request that came as a file or an example. */
export function viewOfRequest(context: LawContext, request: Request): View {
  const basics = basicsOf(request);
  return atQuestions(context, basics, request, request.facts, [], null, []) ?? noLaw(context, basics, request.facts);
}

/** The request as it stands, in the form that is handed to others: what is on the page counts, what is not known is left out unless it was said. */
export const requestOf = (view: AnswerView): Request => view.assessed.request;

/** Opens an answer again; questions that are on the page and not answered stay there. */
function change(
  context: LawContext,
  request: Request,
  settled: { [fact: FactId]: FactValue | null },
  spec: FactSpec,
  submitted: Submitted,
): AnswerView | null {
  const before = Object.hasOwn(settled, spec.id)
    ? settled[spec.id]
    : assessRequest(context.book, { ...request, facts: settled }, optionsOf(context));
  const value =
    typeof before === 'object' && before !== null
      ? before.ok
        ? before.value.fromRegister[spec.id]
        : undefined
      : before;
  delete settled[spec.id];
  const others = [...submitted.drafts].filter(([fact]) => fact !== spec.id && !Object.hasOwn(settled, fact));
  return atQuestions(
    context,
    submitted.basics,
    request,
    settled,
    [[spec.id, draftOf(spec, value)], ...others],
    spec.id,
    [],
  );
}

/** The page of questions: those given, or the next most decisive ones. Null when no law speaks that day. */
function atQuestions(
  context: LawContext,
  basics: Basics,
  request: Request,
  kept: Kept,
  drafts: readonly (readonly [FactId, Draft])[],
  changing: FactId | null,
  errors: readonly FieldError[],
): AnswerView | null {
  const facts: { [fact: FactId]: FactValue | null } = { ...kept };
  for (const [fact, draft] of drafts) {
    const spec = specOf(context, fact);
    const answer = spec && answerOf(spec, draft);
    if (answer?.is === 'known') facts[fact] = answer.value;
    else if (fact === changing) facts[fact] = null;
  }
  const outcome: Outcome<Assessed, Fault> = assessRequest(context.book, { ...request, facts }, optionsOf(context));
  if (!outcome.ok) return null;
  const { askNext } = outcome.value.assessment;
  const unasked = askNext.filter((next) => !Object.hasOwn(facts, next.fact));
  const shown: readonly (readonly [FactId, Draft | null])[] =
    drafts.length > 0 ? drafts : unasked.slice(0, AT_ONCE).map((next) => [next.fact, null]);
  const questions = shown.flatMap(([fact, draft]): Question[] => {
    const spec = specOf(context, fact);
    return spec
      ? [{ spec, draft: draft ?? draftOf(spec, null), next: askNext.find((one) => one.fact === fact) ?? null }]
      : [];
  });
  return {
    stage: 'answer',
    basics,
    request,
    kept,
    questions,
    changing,
    errors,
    assessed: outcome.value,
    left: unasked.filter((next) => !questions.some((question) => question.spec.id === next.fact)).length,
  };
}

export const optionsOf = ({ policy, language }: LawContext) => ({ policy, language });

const noLaw = ({ t }: LawContext, basics: Basics, kept: Kept): StartView => ({
  stage: 'start',
  basics,
  kept,
  errors: [{ field: 'receivedOn', message: t('check.error.noLaw') }],
});

/** The answers on the page that are known; a changed answer that is no longer known is one too. */
function answered(context: LawContext, { drafts, changing }: Submitted): { [fact: FactId]: FactValue | null } {
  const known: { [fact: FactId]: FactValue | null } = {};
  for (const [fact, draft] of drafts) {
    const spec = specOf(context, fact);
    const answer: Answer = spec ? answerOf(spec, draft) : { is: 'unknown' };
    if (answer.is === 'known') known[fact] = answer.value;
    else if (fact === changing) known[fact] = null;
  }
  return known;
}

function faultsOf(context: LawContext, { drafts }: Submitted): FieldError[] {
  return [...drafts].flatMap(([fact, draft]) => {
    const spec = specOf(context, fact);
    const answer: Answer = spec ? answerOf(spec, draft) : { is: 'unknown' };
    return answer.is === 'wrong'
      ? [
          {
            field: `${answer.message === 'years' ? 'n' : 'q'}-${fact}`,
            message: context.t(`check.error.${answer.message}`),
          },
        ]
      : [];
  });
}

export function basicsOf(request: Request): Basics {
  return {
    measure: request.measure,
    requestingState: request.requestingState,
    requestedState: request.requestedState,
    receivedOn: request.receivedOn,
    instrument: request.instrument ?? '',
  };
}

/** The first lines of a request as a person typed them, or what to mend beside which field. */
function readBasics({ t, book, language }: LawContext, basics: Basics): Outcome<Omit<Request, 'facts'>, FieldError> {
  const errors: FieldError[] = [];
  const wrong = (field: string): void => void errors.push({ field, message: t(`check.error.${field}`) });
  const { rules } = book;
  if (!rules.measures.some((measure) => measure.id === basics.measure)) wrong('measure');
  const [requestingState, requestedState] = [
    stateCode(basics.requestingState, language),
    stateCode(basics.requestedState, language),
  ];
  if (requestingState === undefined) wrong('requestingState');
  if (requestedState === undefined) wrong('requestedState');
  const day = parseDay(basics.receivedOn.trim());
  if (!day.ok) wrong('receivedOn');
  if (
    basics.instrument !== '' &&
    !rules.packs.some((pack) => pack.kind === 'instrument' && pack.id === basics.instrument)
  )
    wrong('instrument');
  if (errors.length > 0) return { ok: false, faults: errors };
  return {
    ok: true,
    value: {
      instrument: basics.instrument === '' ? null : basics.instrument,
      requestingState: requestingState as string,
      requestedState: requestedState as string,
      receivedOn: (day as { value: Day }).value,
      measure: basics.measure,
    },
  };
}
