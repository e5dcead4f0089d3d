// Use case: an empty node becomes a demonstration office. It stays one: invented cases and real ones never share a node.

import type { PersonId, Role } from '../../domain/registry/person.ts';
import { Defect } from '../../kernel/outcome.ts';
import type { Casework } from '../casework/act.ts';
import type { Actor, OfficeStore } from '../casework/ports.ts';
import type { PeoplePorts } from '../people/ports.ts';
import type { DemoOffice, DemoPerson } from './ports.ts';
import { type DemoStaff, seedDemonstration } from './seed.ts';

export type DemoPorts = {
  readonly work: Casework;
  readonly people: PeoplePorts;
  readonly office: OfficeStore;
  readonly data: DemoOffice;
};

/** Whether nobody has begun to use this node: only then may it become a demonstration. */
export const isEmpty = async ({ people }: Pick<DemoPorts, 'people'>): Promise<boolean> =>
  (await people.store.members()).length === 0;

/** Fills the node; false when it is no longer empty. The number of cases otherwise. */
export async function openDemonstration(ports: DemoPorts): Promise<number | false> {
  const { people, office, data, work } = ports;
  const now = people.now();
  const hired = await people.store.atomically(async (store) => {
    await store.lockRoles();
    if ((await store.members()).length > 0) return undefined;
    const found: (Actor & { readonly person: DemoPerson })[] = [];
    for (const person of data.people) {
      const id = people.secrets.newId() as PersonId;
      await store.addPerson({ id, name: person.name, language: person.language }, person.login, now);
      for (const role of person.roles) await store.giveRole(id, role, null, now);
      found.push({ id, roles: person.roles, person });
    }
    return found;
  });
  if (hired === undefined) return false;
  const { state, name, languages } = data;
  await office.save({ ...office.office(), state, name, languages }, true);
  return seedDemonstration(work, staffFrom(hired), data, now);
}

function staffFrom(hired: readonly Actor[]): DemoStaff {
  const withRole = (role: Role, place = 0): Actor => {
    const found = hired.filter(({ roles }) => roles.includes(role))[place];
    if (found === undefined) throw new Defect(`the demonstration has nobody as ${role}`);
    return { id: found.id, roles: found.roles };
  };
  return {
    duty: withRole('duty-officer'),
    reviewer: withRole('reviewer'),
    reviewer2: withRole('reviewer', 1),
    approver: withRole('approver'),
    approver2: withRole('approver', 1),
    unit: withRole('executing-unit'),
  };
}
