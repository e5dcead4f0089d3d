// A person joins the office: a registrar writes them down with their roles and makes a link that works once.

import type { PersonId } from '../../domain/registry/person.ts';
import { addHours } from '../../kernel/instant.ts';
import { accept } from '../../kernel/outcome.ts';
import { wrong } from './answers.ts';
import { type Choice, readChoice, takeUp } from './enrol.ts';
import type { Answer, Member, PeoplePorts, PeopleStore, Site } from './ports.ts';
import { readLanguage, readLoginName, readName } from './read.ts';
import { may, readRoles } from './roles.ts';
import type { SignedIn } from './sessions.ts';
import type { Entered } from './set-up.ts';

export type InvitationForm = {
  readonly name: string;
  readonly loginName: string;
  readonly language: string;
  readonly roles: readonly string[];
};
/** The link's token is told to the registrar once, who hands it over in person. */
export type Invited = { readonly person: PersonId; readonly token: string };

export async function invite(ports: PeoplePorts, by: SignedIn, form: InvitationForm): Promise<Answer<Invited>> {
  if (!may(by.person.roles, 'people.manage')) return wrong('not-yours');
  const [name, loginName] = [readName(form.name), readLoginName(form.loginName)];
  const [language, roles] = [readLanguage(form.language), readRoles(form.roles)];
  if (!name.ok || !loginName.ok || !language.ok || !roles.ok)
    return { ok: false, faults: [name, loginName, language, roles].flatMap((one) => (one.ok ? [] : one.faults)) };
  const at = ports.now();
  const person = ports.secrets.newId() as PersonId;
  return ports.store.atomically(async (store) => {
    if (await store.accountNamed(loginName.value)) return wrong('login-name-taken', 'loginName');
    await store.addPerson({ id: person, name: name.value, language: language.value }, loginName.value, at);
    for (const role of roles.value) await store.giveRole(person, role, by.person.id, at);
    await store.record({ at, by: by.person.id, person, what: 'invited', facts: { roles: roles.value.join(' ') } });
    return accept({ person, token: await newLink(ports, store, person) });
  });
}

/** A new link for somebody who has not used theirs; the old one becomes void. */
export async function inviteAgain(ports: PeoplePorts, by: SignedIn, person: PersonId): Promise<Answer<Invited>> {
  if (!may(by.person.roles, 'people.manage')) return wrong('not-yours');
  return ports.store.atomically(async (store) => {
    const member = await store.member(person);
    if (member === undefined || member.disabledAt !== null) return wrong('no-such-person');
    if (member.enrolled) return wrong('enrolled-already');
    await store.record({ at: ports.now(), by: by.person.id, person, what: 'invited-again', facts: {} });
    return accept({ person, token: await newLink(ports, store, person) });
  });
}

/** Makes a link for a person; every other of theirs becomes void. */
export async function newLink(ports: PeoplePorts, store: PeopleStore, person: PersonId): Promise<string> {
  const token = ports.secrets.token();
  await store.voidOneTimes('invitation', person);
  await store.addOneTime({
    kind: 'invitation',
    hash: ports.secrets.hash(token),
    person,
    facts: {},
    expiresAt: addHours(ports.now(), ports.settings.invitationHours),
  });
  return token;
}

/** Whom a link is for, while it is good. */
export async function openInvitation(ports: PeoplePorts, token: string): Promise<Member | undefined> {
  const link = await ports.store.oneTime('invitation', ports.secrets.hash(token), ports.now());
  const member = link?.person ? await ports.store.member(link.person) : undefined;
  return member?.disabledAt === null ? member : undefined;
}

export async function acceptInvitation(
  ports: PeoplePorts,
  site: Site,
  token: string,
  choice: Choice,
): Promise<Answer<Entered>> {
  const member = await openInvitation(ports, token);
  if (member === undefined) return wrong('link-void');
  const taken = await readChoice(ports, site, token, choice, [member.name, member.loginName]);
  if (!taken.ok) return taken;
  const at = ports.now();
  return ports.store.atomically(async (store) => {
    if (!(await store.spendOneTime('invitation', ports.secrets.hash(token), at))) return wrong('link-void');
    const recoveryCodes = await takeUp(ports, store, member.id, taken.value);
    await store.record({ at, by: member.id, person: member.id, what: 'enrolled', facts: {} });
    return accept({ person: member.id, credential: taken.value.credential, recoveryCodes });
  });
}
