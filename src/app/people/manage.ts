// What a registrar does with people: roles, void and valid accounts, tries, identities. Each act is written down for all to see.
// Attacker: the registrar. Nobody changes their own roles, and whoever hands out roles sees no case.

import type { PersonId, Role } from '../../domain/registry/person.ts';
import { addHours, type Instant } from '../../kernel/instant.ts';
import { accept } from '../../kernel/outcome.ts';
import { wrong } from './answers.ts';
import { forgetTries } from './attempts.ts';
import { type Invited, newLink } from './invite.ts';
import type { Answer, Member, PeoplePorts, PeopleStore } from './ports.ts';
import { may, readRoles } from './roles.ts';
import type { SignedIn } from './sessions.ts';

/** Hours within which a second registrar must agree to a recovery. */
const RECOVERY_HOURS = 24;

const lapses = (openedAt: Instant): Instant => addHours(openedAt, RECOVERY_HOURS);

/** The recovery of an account that waits for a registrar other than `by`; one that lapsed waits no more, and can be asked for anew. */
export const recoveryOf = (
  { recovery }: Member,
  now: Instant,
): { readonly by: PersonId; readonly until: Instant } | null =>
  recovery !== null && now < lapses(recovery.at) ? { by: recovery.by, until: lapses(recovery.at) } : null;

/** One act of a registrar upon another person: in a transaction, with its line in the record. */
async function act<T>(
  ports: PeoplePorts,
  by: SignedIn,
  person: PersonId,
  what: string,
  work: (
    store: PeopleStore,
    member: Member,
  ) => Promise<Answer<{ readonly value: T; readonly facts?: { readonly [name: string]: string } }>>,
): Promise<Answer<T>> {
  if (!may(by.person.roles, 'people.manage')) return wrong('not-yours');
  if (by.person.id === person) return wrong('own-account');
  return ports.store.atomically(async (store) => {
    await store.lockRoles();
    // Read again under the lock: two registrars who take each other's role at once must not both succeed.
    const actor = await store.member(by.person.id);
    if (actor === undefined || actor.disabledAt !== null || !may(actor.roles, 'people.manage'))
      return wrong('not-yours');
    const member = await store.member(person);
    if (member === undefined) return wrong('no-such-person');
    const result = await work(store, member);
    if (!result.ok) return result;
    const { value, facts = {} } = result.value;
    await store.record({ at: ports.now(), by: by.person.id, person, what, facts });
    return accept(value);
  });
}

/** Exactly these roles from now on; a session that is open has them, or has them no more, with its next request. */
export function changeRoles(
  ports: PeoplePorts,
  by: SignedIn,
  person: PersonId,
  asked: readonly string[],
): Promise<Answer<undefined>> {
  return act(ports, by, person, 'roles-changed', async (store, member) => {
    const roles = readRoles(asked);
    if (!roles.ok) return roles;
    const at = ports.now();
    const given = roles.value.filter((role) => !member.roles.includes(role));
    const taken = member.roles.filter((role) => !roles.value.includes(role));
    if (taken.includes('approver') && (await store.isLastApprover(person))) return wrong('last-approver', 'roles');
    for (const role of given) await store.giveRole(person, role, by.person.id, at);
    for (const role of taken) await store.takeRole(person, role, by.person.id, at);
    return accept({ value: undefined, facts: { given: words(given), taken: words(taken) } });
  });
}
const words = (roles: readonly Role[]): string => roles.join(' ');

/** The account is void and every session of it is over. There is always a registrar left: nobody can do this to themselves. */
export function disablePerson(ports: PeoplePorts, by: SignedIn, person: PersonId): Promise<Answer<undefined>> {
  return act(ports, by, person, 'disabled', async (store, member) => {
    if (member.disabledAt !== null) return wrong('disabled-already');
    if (await store.isLastApprover(person)) return wrong('last-approver');
    const at = ports.now();
    await store.setDisabled(person, at);
    await store.endSessions(person, 'disabled', at);
    await store.voidOneTimes('invitation', person);
    return accept({ value: undefined });
  });
}

export function enablePerson(ports: PeoplePorts, by: SignedIn, person: PersonId): Promise<Answer<undefined>> {
  return act(ports, by, person, 'enabled', async (store, member) => {
    if (member.disabledAt === null) return wrong('enabled-already');
    await store.setDisabled(person, null);
    return accept({ value: undefined });
  });
}

/** Lets somebody who was locked out by wrong tries, their own or an attacker's, try again at once. */
export function unlockPerson(ports: PeoplePorts, by: SignedIn, person: PersonId): Promise<Answer<undefined>> {
  return act(ports, by, person, 'unlocked', async (store, member) => {
    await forgetTries({ ...ports, store }, member.loginName);
    return accept({ value: undefined });
  });
}

/** Says by which subject an identity provider knows this person. */
export function linkIdentity(
  ports: PeoplePorts,
  by: SignedIn,
  person: PersonId,
  issuer: string,
  typed: string,
): Promise<Answer<undefined>> {
  return act(ports, by, person, 'identity-linked', async (store) => {
    const subject = typed.trim();
    if (subject === '' || subject.length > 255) return wrong('subject', 'subject');
    if (!(await store.linkIdentity(issuer, subject, person))) return wrong('subject-taken', 'subject');
    return accept({ value: undefined, facts: { issuer } });
  });
}

/** The first of two registrars says that a person has lost their way in. */
export function openRecovery(ports: PeoplePorts, by: SignedIn, person: PersonId): Promise<Answer<undefined>> {
  return act(ports, by, person, 'recovery-opened', async (store, member) => {
    if (member.disabledAt !== null || !member.enrolled) return wrong('not-enrolled');
    await store.openRecovery(person, by.person.id, ports.now());
    return accept({ value: undefined });
  });
}

/** The second agrees: what the person signed in with is gone, their sessions are over, and a new link takes its place. */
export function agreeToRecovery(ports: PeoplePorts, by: SignedIn, person: PersonId): Promise<Answer<Invited>> {
  return act(ports, by, person, 'recovered', async (store, member) => {
    if (recoveryOf(member, ports.now())?.by === by.person.id) return wrong('recovery-same');
    const opened = await store.takeRecovery(person);
    const at = ports.now();
    if (opened === undefined || lapses(opened.at) <= at || member.disabledAt !== null) return wrong('recovery-none');
    await store.removeCredentials(person);
    await store.endSessions(person, 'credential-changed', at);
    return accept({ value: { person, token: await newLink(ports, store, person) } });
  });
}

/** What the office page lists: everybody, and the latest acts. Registrars and oversight see it. */
export async function officePeople(
  ports: PeoplePorts,
  who: SignedIn,
  latest: number,
): Promise<
  Answer<{ readonly members: readonly Member[]; readonly events: Awaited<ReturnType<PeopleStore['events']>> }>
> {
  if (!may(who.person.roles, 'people.manage') && !may(who.person.roles, 'oversight.read')) return wrong('not-yours');
  return accept({
    members: await ports.store.members(),
    events: await ports.store.events(latest, { without: 'signed-in' }),
  });
}

/** The approvers who may sign in, and whether each has a passkey that cannot leave its device. */
export async function approversOf({
  store,
}: Pick<PeoplePorts, 'store'>): Promise<readonly { readonly name: string; readonly withKey: boolean }[]> {
  const members = await store.members();
  const approvers = members.filter(({ roles, disabledAt }) => disabledAt === null && roles.includes('approver'));
  return Promise.all(
    approvers.map(async ({ id, name }) => ({
      name,
      withKey: (await store.passkeysOf(id)).some(({ deviceBound }) => deviceBound),
    })),
  );
}
