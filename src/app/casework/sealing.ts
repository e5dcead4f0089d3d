// Use cases of sealed cases: a case is sealed to named people, opened and shut to one more, and unsealed.

import { disentitle, entitle, seal, unseal } from '../../domain/docket/seal.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { type Acted, act, type Target } from './act.ts';
import { assignable } from './assign.ts';
import type { Casework } from './casework.ts';
import type { Actor } from './ports.ts';

/** Everybody whose roles let them work on cases. */
const able = async (work: Casework): Promise<readonly PersonId[]> => (await assignable(work)).map(({ id }) => id);

/** Seals the case to these people and to whoever seals it; from then on it is not there for anybody else. */
export async function sealCase(
  work: Casework,
  actor: Actor,
  target: Target,
  { reason, to }: { readonly reason: string; readonly to: readonly PersonId[] },
): Promise<Acted> {
  const people = await able(work);
  return act(work, actor, 'case.seal', target, (file) => seal(file, { reason, to }, actor.id, people));
}

/** Lets one more person into a sealed case. */
export async function openTo(
  work: Casework,
  actor: Actor,
  target: Target,
  { reason, to }: { readonly reason: string; readonly to: PersonId },
): Promise<Acted> {
  const people = await able(work);
  return act(work, actor, 'case.seal', target, (file) => entitle(file, { reason, to }, actor.id, people));
}

/** Shuts a sealed case to somebody, who from then on finds nothing there. */
export const shutTo = (
  work: Casework,
  actor: Actor,
  target: Target,
  { reason, from }: { readonly reason: string; readonly from: PersonId },
): Promise<Acted> => act(work, actor, 'case.seal', target, (file) => disentitle(file, { reason, from }, actor.id));

/** Takes the seal off. Whoever does it has proved anew who they are, over `unsealingHash`. */
export const unsealCase = (work: Casework, actor: Actor, target: Target, reason: string): Promise<Acted> =>
  act(work, actor, 'case.unseal', target, (file) => unseal(file, reason, actor.id));

/** The name of exactly this unsealing: which case, as it stands after which step. */
export const unsealingHash = ({ world }: Casework, { reference, version }: CaseFile): string =>
  world.hash(canonicalJson({ act: 'case.unseal', reference, version }));
