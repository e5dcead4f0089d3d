// Use cases about who works on a case: take it, hand it over, or step back from it.

import { assign, declareConflict, take } from '../../domain/docket/decide.ts';
import type { PersonId, Role } from '../../domain/registry/person.ts';
import { POLICY } from '../../domain/registry/policy.ts';
import { type Acted, act, type Target } from './act.ts';
import type { Casework } from './casework.ts';
import type { Actor } from './ports.ts';

/** Roles whose people can be given a case to work on: all that read cases, but for those who watch. */
export const WORKING: readonly Role[] = POLICY['case.read'].filter((role) => role !== 'oversight');

export type Colleague = { readonly id: PersonId; readonly name: string };

/** Everybody who can be given a case, by name. */
export async function assignable(work: Casework): Promise<readonly Colleague[]> {
  return byName(await work.store.colleagues(WORKING));
}

export const byName = (people: readonly Colleague[]): readonly Colleague[] =>
  people.toSorted((a, b) => (a.name < b.name ? -1 : 1));

/** Gives the case to a colleague, to oneself, or with null back to everybody. */
export async function assignCase(work: Casework, actor: Actor, target: Target, to: PersonId | null): Promise<Acted> {
  const able = (await assignable(work)).map(({ id }) => id);
  return act(work, actor, 'case.assign', target, (file) => assign(file, to, able));
}

/** Takes a case that nobody has. */
export const takeCase = (work: Casework, actor: Actor, target: Target): Promise<Acted> =>
  act(work, actor, 'case.assign', target, (file) => take(file, actor.id));

/** Declares a conflict of interest; from then on the case is not there for this person. */
export async function declare(work: Casework, actor: Actor, target: Target, reason: string): Promise<Acted> {
  const approvers = (await work.store.colleagues(['approver'])).map(({ id }) => id);
  return act(work, actor, 'conflict.declare', target, (file) => declareConflict(file, reason, actor.id, approvers));
}
