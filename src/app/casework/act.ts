// One step of a case: load, may they, decide, let follow what follows, record. No rule lives here.

import type { OfficeCalendar } from '../../domain/calendar/office.ts';
import { type CaseEvent, type CaseFile, evolve, type Recorded, type Reference } from '../../domain/docket/case-file.ts';
import { afterTheEnd } from '../../domain/docket/close.ts';
import { type Action, may } from '../../domain/registry/policy.ts';
import type { By, PersonId } from '../../domain/registry/person.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Defect, type Outcome } from '../../kernel/outcome.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { callsFor } from './calls.ts';
import { nextIn } from './next-step.ts';
import type { Casework } from './casework.ts';
import { consequences } from './consequences.ts';
import type { Actor, CaseTx, NewCase } from './ports.ts';
import { told, toTell } from './holds-elsewhere.ts';
import { marksAdded, project } from './project.ts';

export type { Casework } from './casework.ts';

/** How a step ended. `absent` also stands for what this person may not see. */
export type Acted =
  | { readonly is: 'done'; readonly file: CaseFile }
  | { readonly is: 'refused'; readonly refusals: readonly Refusal[] }
  /** Somebody else's step came first; the case as it is now. Nothing was written. */
  | { readonly is: 'conflict'; readonly file: CaseFile }
  | { readonly is: 'absent' }
  | { readonly is: 'not-allowed' };

/** The case somebody acts on, and the version of it they had before their eyes; null: whatever it is now. */
export type Target = { readonly reference: Reference; readonly version: number | null };

export type Decide = (
  file: CaseFile,
  at: Instant,
  tx: CaseTx,
) => Outcome<CaseEvent[], Refusal> | Promise<Outcome<CaseEvent[], Refusal>>;

/** Takes a step as a person, if the policy lets one of their roles. */
export async function act(
  work: Casework,
  actor: Actor,
  action: Action,
  target: Target,
  decide: Decide,
): Promise<Acted> {
  if (!may(actor.roles, action)) return { is: 'not-allowed' };
  return step(work, actor.id, target, (file, at, tx) => afterTheEnd(file, action) ?? decide(file, at, tx));
}

/** An act on a case as pages call it: who acts, on which case as they saw it, and what they say. */
export type Step<Input, Result = Acted> = (
  work: Casework,
  actor: Actor,
  target: Target,
  input: Input,
) => Promise<Result>;

/** An act whose decider asks for nothing but its part of the case, what was said, and the calendar of the office. */
export const stepOn =
  <Part extends keyof CaseFile, Input>(
    action: Action,
    part: Part,
    decide: (
      state: CaseFile[Part],
      input: Input,
      by: PersonId,
      at: Instant,
      office: OfficeCalendar,
    ) => Outcome<CaseEvent[], Refusal>,
  ): Step<Input> =>
  (work, actor, target, input) =>
    act(work, actor, action, target, (file, at) => decide(file[part], input, actor.id, at, calendarOf(work)));

export const calendarOf = (work: Pick<Casework, 'office'>): OfficeCalendar => work.office().settings.calendar;

/** Takes a step: the clock's own go this way too. `last` is done in its transaction when all of it is written. */
export function step(
  work: Casework,
  by: By,
  { reference, version }: Target,
  decide: Decide,
  last?: (tx: CaseTx, file: CaseFile, at: Instant) => Promise<void>,
): Promise<Acted> {
  return work.store.transaction(by, async (tx): Promise<Acted> => {
    const file = await tx.load(reference);
    if (file === undefined) return { is: 'absent' };
    if (version !== null && file.version !== version) return { is: 'conflict', file };
    const at = work.world.now();
    const decided = await decide(file, at, tx);
    if (!decided.ok) return { is: 'refused', refusals: decided.faults };
    if (decided.value.length === 0) return { is: 'done', file };
    const after = await write(work, tx, file, decided.value, by, at);
    if (after === undefined) return { is: 'conflict', file };
    await tellHolds(work, tx, file, after, by, at);
    await last?.(tx, after, at);
    return { is: 'done', file: after };
  });
}

/** Holds of other cases learn how this request ended, as far as whoever ended it sees those cases. */
async function tellHolds(work: Casework, tx: CaseTx, before: CaseFile, after: CaseFile, by: By, at: Instant) {
  if (by === 'clock') return;
  for (const reference of toTell(before, after)) {
    const holding = await tx.load(reference);
    const events = holding ? told(holding, after, by, at, calendarOf(work)) : [];
    if (holding && events.length > 0) await write(work, tx, holding, events, by, at);
  }
}

/** Records events and all that follows from them; undefined when another step came in between. */
export async function write(
  work: Casework,
  tx: CaseTx,
  before: CaseFile,
  decided: readonly CaseEvent[],
  by: By,
  at: Instant,
): Promise<CaseFile | undefined> {
  const { steps, file, projection, calls } = whole(work, before, decided, by, at);
  if (!(await tx.record(before, steps, file, projection))) return undefined;
  await tx.call(calls, at);
  return file;
}

/** A step with all that follows from it and all that is written beside it. Pure. */
export function whole(
  work: Casework,
  before: CaseFile | null,
  decided: readonly CaseEvent[],
  by: By,
  at: Instant,
): Omit<NewCase, 'documents'> {
  const events = [...decided];
  let after = before;
  for (const event of decided) after = evolve(after, event, at, by);
  if (after === null) throw new Defect('a step without any event');
  for (const event of consequences(work, before, after, decided, by, at)) {
    after = evolve(after, event, at, by);
    events.push(event);
  }
  const first = (before?.version ?? 0) + 1;
  const steps: Recorded[] = events.map((event, n) => ({ seq: first + n, at, by, event }));
  return {
    file: after,
    steps,
    projection: { ...project(work, after), marks: marksAdded(work, before, after) },
    calls: callsFor((file) => nextIn(work, file), before, after, by),
  };
}
