// Use case: an empty node becomes a demonstration office. It stays one: invented cases and real ones never share a node.

import type { PersonId, Role } from '../../domain/registry/person.ts';
import { Defect } from '../../kernel/outcome.ts';
import type { Casework } from '../casework/act.ts';
import type { Actor, OfficeStore } from '../casework/ports.ts';
import type { PeoplePorts } from '../people/ports.ts';
import type { DemoOffice } from './ports.ts';
import { type DemoStaff, seedDemonstration } from './seed.ts';

export type DemoPorts = {
  readonly work: Casework;
  readonly people: PeoplePorts;
  readonly office: OfficeStore;
  readonly data: DemoOffice;
};

/** Turns an empty node into a demonstration with its people; false when somebody has begun to use it. */
export async function beginDemonstration({ people, office, data }: Omit<DemoPorts, 'work'>): Promise<boolean> {
  const now = people.now();
  const begun = await people.store.atomically(async (store) => {
    await store.lockRoles();
    if ((await store.members()).length > 0) return false;
    for (const person of data.people) {
      const id = people.secrets.newId() as PersonId;
      await store.addPerson({ id, name: person.name, language: person.language }, person.login, now);
      for (const role of person.roles) await store.giveRole(id, role, null, now);
      const facts = { roles: person.roles.join(' ') };
      await store.record({ at: now, by: null, person: id, what: 'invited', facts });
    }
    return true;
  });
  if (!begun) return false;
  const { state, name, languages } = data;
  await office.save({ ...office.office(), state, name, languages }, true);
  return true;
}

export type Progress = { readonly done: number; readonly total: number };

/** Plays the requests that are not there yet, and says after each how far it is. Goes on where an earlier run ended. */
export async function fillDemonstration(ports: DemoPorts, tell: (progress: Progress) => void): Promise<void> {
  const { people, data, work } = ports;
  const members = await people.store.members();
  const hired = data.people.flatMap(({ login }) => members.find((one) => one.loginName === login) ?? []);
  const staff = staffFrom(hired);
  const total = data.requests.length;
  const there = await casesIn(work, staff);
  tell({ done: there, total });
  if (there >= total) return;
  await seedDemonstration(work, staff, data, people.now(), there, (done) => tell({ done, total }));
}

/** How many cases there are, closed ones too. */
async function casesIn({ store }: Casework, { reviewer }: DemoStaff): Promise<number> {
  const all = { sort: 'received', size: 200 } as const;
  const pages = await Promise.all([false, true].map((closed) => store.docket(reviewer.id, { ...all, closed })));
  return pages.reduce((sum, { lines }) => sum + lines.length, 0);
}

/** Who plays which part of the demonstration. */
export function staffFrom(hired: readonly Actor[]): DemoStaff {
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
    oversight: withRole('oversight'),
  };
}
