// Use case: a package is made, sealed to its recipient, and put on record. Making it takes as long as its objects are large,
// so whether it may leave is asked before, and again in the step that records it.

import { mayPack, nextPackage, type Packing, type Signed } from '../../domain/evidence/decide.ts';
import { recipientOf } from '../../domain/evidence/keys.ts';
import { may } from '../../domain/registry/policy.ts';
import { ROLES } from '../../domain/registry/person.ts';
import { no } from '../../kernel/refusal.ts';
import type { Acted, Target } from '../casework/act.ts';
import type { Casework } from '../casework/casework.ts';
import type { Actor } from '../casework/ports.ts';
import { placedSteps } from '../casework/step-receipt.ts';
import { recordPackage } from './custody.ts';
import { packageTexts } from './documents.ts';
import { otherThanSigned } from './leaving.ts';
import type { EvidencePorts } from './ports.ts';
import { releaseOf } from './release.ts';

type Ports = Pick<EvidencePorts, 'packages' | 'steps' | 'log'>;

/** Makes a package of what was signed: `signed` is the `leavingHash` over which the actor has just proved that they are there. */
export async function makePackage(
  work: Casework,
  ports: Ports,
  actor: Actor,
  target: Target,
  packing: Packing & Signed,
): Promise<Acted> {
  if (!may(actor.roles, 'evidence.package')) return { is: 'not-allowed' };
  const file = await work.store.read(actor.id, target.reference, 'evidence');
  if (file === undefined) return { is: 'absent' };
  if (target.version !== null && file.version !== target.version) return { is: 'conflict', file };
  const allowed = mayPack(file.evidence, packing, releaseOf(file), actor.id);
  const other = otherThanSigned(work, file, { act: 'evidence.package', ...packing }, packing.signed);
  if (!allowed.ok || other) return { is: 'refused', refusals: allowed.ok ? (other?.faults ?? []) : allowed.faults };

  const id = work.world.newId();
  const number = nextPackage(file.evidence);
  const madeAt = work.world.now();
  const { name, state } = work.office();
  const keys = allowed.value;
  const draft = {
    ...packing,
    recipient: recipientOf(keys),
    id,
    no: number,
    madeAt,
    madeBy: actor.id,
    office: { name, state },
    roles: await rolesHeld(work),
    stamped: ports.packages.stamps,
  };
  const bag = packageTexts(file, await placedSteps(ports, actor.id, file), draft);
  const made = await ports.packages.make(id, { ...bag, of: { by: actor.id, caseId: file.id }, keys, at: madeAt });
  if (!made.ok) {
    return { is: 'refused', refusals: no('evidence.no-stamp', { why: made.faults[0]?.detail ?? '' }).faults };
  }
  const { objects, fingerprints, purpose, signed } = packing;
  // Not held to the version that was read: much may have happened that does not concern it, and what does is asked again.
  const acted = await recordPackage(
    work,
    actor,
    { reference: target.reference, version: null },
    { objects, fingerprints, purpose, signed, ...made.value, package: id, no: number, asOf: file.version },
  );
  if (acted.is !== 'done') await ports.packages.drop(id);
  return acted;
}

/** The roles of everybody in the office. */
async function rolesHeld({ store }: Casework): Promise<{ [person: string]: string[] }> {
  const held: { [person: string]: string[] } = {};
  for (const role of ROLES) for (const { id } of await store.colleagues([role])) held[id] = [...(held[id] ?? []), role];
  return held;
}
