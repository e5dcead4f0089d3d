// Use cases of a form that is being written: begun, filled in a page at a time, never losing what was typed, and never a case until it is handed in.

import { type CaseFile, evolve, type Reference } from '../../domain/docket/case-file.ts';
import { completeness, type CompletenessSettings, type Missing } from '../../domain/requests/completeness.ts';
import type { ContentFault, RequestContent } from '../../domain/requests/content.ts';
import { type StepId, STEPS } from '../../domain/requests/fields.ts';
import { isMeasure as knownMeasure, type Measure } from '../../domain/requests/fields-measures.ts';
import { ITEMS_OF } from '../../domain/requests/fields-parts.ts';
import { keyOf, nameOf } from '../../domain/requests/fields-path.ts';
import { fieldsOfStep, type FormField, mergeStep } from '../../domain/requests/form.ts';
import { may } from '../../domain/registry/policy.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { Casework } from './act.ts';
import type { Actor, Attached, Draft, DraftStore, Purpose } from './ports.ts';

/** Casework with what the front door needs besides. */
export type FrontDesk = Casework & {
  readonly drafts: DraftStore;
  /** The request file inside a PDF of ours as JSON text; null for any other PDF. Read outside this process. */
  readonly readAttachment: (bytes: Uint8Array) => Promise<Outcome<string | null>>;
};

/** A draft that says what is asked for, so that it has pages. */
export type Begun = Draft & { readonly measure: Measure };
export const isBegun = (draft: Draft): draft is Begun => draft.measure !== null;

/** Whether what it says may be changed here. What another authority wrote itself is registered as it came. */
export const isOpen = ({ purpose, channel }: Draft): boolean =>
  purpose !== 'receive' || channel === 'form' || channel === 'letter';

const ACTIONS = {
  receive: 'request.receive',
  draft: 'request.draft',
  amend: 'request.amend',
  supplement: 'request.supplement',
} as const;
export const mayWrite = (actor: Actor, purpose: Purpose): boolean => may(actor.roles, ACTIONS[purpose]);

type Beginning = Pick<Draft, 'purpose' | 'channel'> & Partial<Draft>;

/** A draft that is not kept yet: its first save keeps it. */
export const newDraft = ({ world }: Casework, beginning: Beginning): Draft => ({
  id: world.newId(),
  caseId: null,
  basedOn: null,
  measure: null,
  otherState: null,
  instrument: null,
  content: {},
  unread: {},
  documents: [],
  ...beginning,
  version: 0,
  changedAt: world.now(),
});

/** The change of a case that this person has begun, or a new one made from the case as it stands. */
export const draftOfCase = async (
  desk: FrontDesk,
  actor: Actor,
  file: CaseFile,
  purpose: 'amend' | 'supplement',
): Promise<Draft> =>
  (await desk.drafts.ofCase(actor.id, file.id, purpose)) ??
  newDraft(desk, {
    purpose,
    channel: file.request.channel ?? 'form',
    caseId: file.id,
    basedOn: file.request.contentVersion,
    measure: file.measure,
    otherState: file.direction === 'incoming' ? file.requestingState : file.requestedState,
    instrument: file.instrument,
    content: file.request.content,
  });

/** Keeps a draft; undefined when it was changed elsewhere since this version was read. */
export async function keep({ drafts, world }: FrontDesk, actor: Actor, draft: Draft): Promise<Draft | undefined> {
  const next = { ...draft, version: draft.version + 1, changedAt: world.now() };
  return (await drafts.save(actor.id, next)) ? next : undefined;
}

/** What the other side's measure of completeness is: ours for what we receive, and not known for what we ask of others. */
export function completenessFor({ office }: Casework, incoming: boolean): CompletenessSettings {
  const { languages, settings } = office();
  const widePeriodDays = settings['wide-period'];
  return incoming ? { acceptedLanguages: languages, widePeriodDays } : { widePeriodDays };
}

/** Everything a request still lacks. */
export const missingIn = (work: Casework, file: CaseFile): readonly Missing[] =>
  completeness(file.request.content, file.measure, completenessFor(work, file.direction === 'incoming'));

export type StepState = 'done' | 'missing' | 'unread' | 'to-do' | 'optional';
export type StepProgress = {
  readonly step: StepId;
  readonly state: StepState;
  readonly missing: readonly Missing[];
  readonly fields: readonly FormField[];
};

/** Every page that asks anything for this measure, in order, with how far it is. */
export function pagesOf(work: Casework, draft: Begun, incoming: boolean): readonly StepProgress[] {
  // What was typed and cannot be read is wrong, and is not missing as well.
  const missing = completeness(draft.content, draft.measure, completenessFor(work, incoming)).filter(
    ({ pointer }) => !Object.hasOwn(draft.unread, nameOf(pointer)),
  );
  return contentPages(draft.content, draft.measure, draft.unread).map(({ step, fields }) => {
    const here = missing.filter((one) => one.step === step);
    return { step, fields, missing: here, state: stateOf(draft, fields, here) };
  });
}

/** The pages of a request that ask anything, with what they hold. */
export const contentPages = (
  content: RequestContent,
  measure: Measure,
  unread: Draft['unread'] = {},
): readonly { readonly step: StepId; readonly fields: readonly FormField[] }[] =>
  STEPS.map(({ id }) => ({ step: id, fields: fieldsOfStep(id, measure, content, unread) })).filter(
    ({ fields }) => fields.length > 0,
  );

function stateOf({ unread }: Draft, fields: readonly FormField[], missing: readonly Missing[]): StepState {
  const ids = fields.map(({ field }) => field.id);
  if (Object.keys(unread).some((name) => ids.includes(name.split('.')[0] ?? ''))) return 'unread';
  const given = fields.some(saysSomething);
  if (missing.some(({ weight }) => weight === 'must')) return given ? 'missing' : 'to-do';
  return given ? 'done' : 'optional';
}

/** Whether anything stands in a control, or in any part of a group or list. */
export const saysSomething = ({ values, fields, items }: FormField): boolean =>
  values.length > 0 || fields.some(saysSomething) || items.flat().some(saysSomething);

/** What a page shows besides its controls: what was typed and could not be read. */
export const faultsOf = (draft: Draft, step: StepId): readonly ContentFault[] =>
  mergeStep(draft.content, step, new Map(), draft.unread).faults;

export type Saved = {
  /** `overtaken`: changed in another window meanwhile; what was typed is in the draft that comes back, and not kept. */
  readonly is: 'saved' | 'overtaken';
  readonly draft: Begun;
  readonly faults: readonly ContentFault[];
  /** Whether the answers opened questions that the page did not show. */
  readonly asksMore: boolean;
};

/** Merges what a page sent into the draft and keeps it, also what cannot be read. `version` is the one the page was made from. */
export async function saveStep(
  desk: FrontDesk,
  actor: Actor,
  draft: Begun,
  version: number,
  step: StepId,
  entries: ReadonlyMap<string, readonly string[]>,
): Promise<Saved> {
  const { content, unread, faults } = mergeStep(draft.content, step, entries, draft.unread);
  const merged = { ...draft, content, unread };
  const before = namesIn(fieldsOfStep(step, draft.measure, draft.content));
  const after = namesIn(fieldsOfStep(step, draft.measure, content));
  const asksMore = [...after].some((name) => !before.has(name));
  const kept = version === draft.version ? await keep(desk, actor, merged) : undefined;
  return kept && isBegun(kept)
    ? { is: 'saved', draft: kept, faults, asksMore }
    : { is: 'overtaken', draft: merged, faults, asksMore };
}

/** The same without keeping anything: what would be missing if the page were saved now. */
export const tryStep = (draft: Begun, step: StepId, entries: ReadonlyMap<string, readonly string[]>): Begun => ({
  ...draft,
  ...mergeStep(draft.content, step, entries, draft.unread),
});

/** The names of controls, without places in lists: an item that was added asks nothing new. */
const namesIn = (fields: readonly FormField[]): Set<string> =>
  new Set(fields.flatMap((one): string[] => [one.key, ...namesIn(one.fields)]));

/** Puts another file with a draft. */
export const attach = (draft: Draft, document: Attached): Draft => ({
  ...draft,
  documents: [...draft.documents.filter(({ sha256 }) => sha256 !== document.sha256), document],
});

/** The case that a draft would open, as it would stand: for finding what is like it, and for what is sent. */
export function imagined({ office, world }: Casework, draft: Begun): CaseFile {
  const { state } = office();
  const other = draft.otherState ?? '';
  const incoming = draft.purpose === 'receive';
  const at = world.now();
  const opened = {
    type: 'case.opened',
    id: draft.id as CaseFile['id'],
    reference: '' as Reference,
    direction: incoming ? 'incoming' : 'outgoing',
    requestingState: incoming ? other : state,
    requestedState: incoming ? state : other,
    measure: draft.measure,
    instrument: draft.instrument,
  } as const;
  return evolve(evolve(null, opened, at, 'clock'), { type: 'request.drafted', content: draft.content }, at, 'clock');
}

// What pages need to find their way in the form.
export { keyOf, nameOf };
export const isMeasure = (text: string): text is Measure => knownMeasure(text);
export const isStep = (text: string): text is StepId => STEPS.some(({ id }) => id === text);
/** The items of data that belong to a category; all of them, by category, where none was chosen yet. */
export const itemsByCategory = (category: string | undefined): readonly (readonly [string, readonly string[]])[] =>
  Object.entries(ITEMS_OF).filter(([name]) => category === undefined || name === category);
