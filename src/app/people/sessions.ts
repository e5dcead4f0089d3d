// Sessions: opened after a proof of who is there, read anew on each request, ended at once when anything they rest on ends.
// Attacker: has a cookie that was stolen, kept, or signed out.

import type { PersonId, Role } from '../../domain/registry/person.ts';
import { addHours, addMinutes, type Instant } from '../../kernel/instant.ts';
import type { Language } from '../../kernel/language.ts';
import type { CredentialName, PeoplePorts, PeopleStore, Session, Ways } from './ports.ts';

/** Who is there, as pages and use cases see it. */
export type SignedIn = {
  readonly person: {
    readonly id: PersonId;
    readonly name: string;
    readonly roles: readonly Role[];
    readonly language: Language;
  };
  /** What every form that does something must carry. */
  readonly csrf: string;
  /** The hash of the cookie: names the session and does not open it. */
  readonly sessionId: string;
  readonly credential: CredentialName;
  /** Roles that the person has and that do not count in this session, since it was opened with too weak a credential. */
  readonly withheld: readonly Role[];
  /** What the person can confirm an act with. */
  readonly ways: Ways;
};

/** The session's last use is written down no more often than this: reading a page should not write each time. */
const SEEN_SECONDS = 30;

/** Opens a session; the cookie is told once and kept nowhere. */
export async function openSession(
  ports: PeoplePorts,
  store: PeopleStore,
  person: PersonId,
  credential: CredentialName,
  address: string,
): Promise<{ readonly cookie: string; readonly sessionId: string }> {
  const at = ports.now();
  const cookie = ports.secrets.token();
  const sessionId = ports.secrets.hash(cookie);
  await store.addSession({
    id: sessionId,
    person,
    credential,
    csrf: ports.secrets.token(),
    startedAt: at,
    seenAt: at,
    address,
  });
  return { cookie, sessionId };
}

/** Whether a session still runs at that moment: used lately, and not older than a working day. */
export const runs = ({ startedAt, seenAt }: Session, at: Instant, settings: PeoplePorts['settings']): boolean =>
  at < addMinutes(seenAt, settings.idleMinutes) && at < addHours(startedAt, settings.sessionHours);

/** Who this cookie is, with the roles of this moment; undefined when it is nobody, or nobody any more. */
export async function readSession(ports: PeoplePorts, cookie: string): Promise<SignedIn | undefined> {
  const at = ports.now();
  const found = await ports.store.session(ports.secrets.hash(cookie));
  if (found === undefined || found.person.disabledAt !== null || !runs(found.session, at, ports.settings))
    return undefined;
  const { session, person } = found;
  if (addMinutes(session.seenAt, SEEN_SECONDS / 60) <= at) await ports.store.touchSession(session.id, at);
  const withheld = await rolesWithheld(ports, session.credential, person.roles);
  return {
    person: {
      id: person.id,
      name: person.name,
      language: person.language,
      roles: person.roles.filter((role) => !withheld.includes(role)),
    },
    csrf: session.csrf,
    sessionId: session.id,
    credential: session.credential,
    withheld,
    ways: found.ways,
  };
}

async function rolesWithheld(
  ports: PeoplePorts,
  credential: CredentialName,
  roles: readonly Role[],
): Promise<readonly Role[]> {
  if (!ports.settings.approversNeedHardware || !roles.includes('approver')) return [];
  const id = credential.startsWith('passkey:') ? credential.slice('passkey:'.length) : undefined;
  const passkey = id === undefined ? undefined : await ports.store.passkey(id);
  return passkey?.deviceBound ? [] : ['approver'];
}

/** The sessions of a person that still run, the one used last first. */
export async function mySessions(ports: PeoplePorts, who: SignedIn): Promise<readonly Session[]> {
  const at = ports.now();
  const sessions = await ports.store.sessionsOf(who.person.id, addHours(at, -ports.settings.sessionHours));
  return sessions.filter((session) => runs(session, at, ports.settings));
}

export async function signOut(ports: PeoplePorts, who: SignedIn): Promise<void> {
  await ports.store.endSession(who.person.id, who.sessionId, 'signed-out', ports.now());
}

/** Ends one of one's own sessions, or all but this one. */
export async function revokeSessions(ports: PeoplePorts, who: SignedIn, id: string | 'others'): Promise<void> {
  const at = ports.now();
  if (id === 'others') await ports.store.endSessions(who.person.id, 'revoked', at, { but: who.sessionId });
  else await ports.store.endSession(who.person.id, id, 'revoked', at);
}
