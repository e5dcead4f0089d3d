// Use cases of sealed cases: a case is sealed to named people, opened and shut to one more, and unsealed.

import { disentitle, entitle, seal, unseal } from '../../domain/docket/seal.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { may } from '../../domain/registry/policy.ts';
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
  const acted = await act(work, actor, 'case.seal', target, (file) => seal(file, { reason, to }, actor.id, people));
  // Its files go under the seal after the step and not in it; what does not succeed now is tried again each minute.
  if (acted.is === 'done') await work.files.follow();
  return acted;
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
export async function unsealCase(work: Casework, actor: Actor, target: Target, reason: string): Promise<Acted> {
  if (!may(actor.roles, 'case.unseal')) return { is: 'not-allowed' };
  const file = await work.store.read(actor.id, target.reference, 'people');
  // The key goes with the seal, so the files come out first; should the seal stay, they go back under it.
  if (file?.sealed && reason.trim() !== '') await work.files.openAll({ by: actor.id, caseId: file.id });
  try {
    return await act(work, actor, 'case.unseal', target, async (now) => {
      const unsealed = unseal(now, reason, actor.id);
      const objects = now.evidence.objects.map(({ object }) => object);
      if (unsealed.ok) await work.files.bare({ by: actor.id, caseId: now.id }, objects);
      return unsealed;
    });
  } finally {
    await work.files.follow();
  }
}

/** The name of exactly this unsealing: which case, as it stands after which step. */
export const unsealingHash = ({ world }: Casework, { reference, version }: CaseFile): string =>
  world.hash(canonicalJson({ act: 'case.unseal', reference, version }));
