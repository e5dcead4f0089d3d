// What people do with their own account: password, authenticator, passkeys, recovery codes, language, absence.
// Changing what one signs in with needs a fresh proof; whoever finds an open session must not be able to keep it.

import type { PersonId } from '../../domain/registry/person.ts';
import { parseDay } from '../../kernel/calendar.ts';
import { addMinutes, dayOf } from '../../kernel/instant.ts';
import { accept } from '../../kernel/outcome.ts';
import { done, wrong } from './answers.ts';
import { newRecoveryCodes, TOTP_SECRET_BYTES, totpName } from './enrol.ts';
import type {
  Absence,
  Answer,
  Member,
  Passkey,
  PeoplePorts,
  PeopleStore,
  PersonEvent,
  Session,
  Site,
} from './ports.ts';
import { codeOf, readLanguage, readNewPassword } from './read.ts';
import { mySessions, type SignedIn } from './sessions.ts';
import { actionHash, type Proof, stepUps } from './step-up.ts';

/** The acts on one's own account that need a fresh proof. */
export const GUARDED = ['password', 'authenticator', 'passkey-add', 'passkey-remove', 'recovery-codes'] as const;
export type Guarded = (typeof GUARDED)[number];

/** The hash that is proved over: what is done, and whose account it is. */
export const guardedHash = (ports: PeoplePorts, who: SignedIn, act: Guarded, detail = ''): string =>
  actionHash(ports, { act: `people.${act}`, person: who.person.id, detail });

/** Runs a change after its proof, with its line in the record. */
async function change<T>(
  ports: PeoplePorts,
  site: Site,
  who: SignedIn,
  { act, detail = '', proof }: { readonly act: Guarded; readonly detail?: string; readonly proof: Proof },
  work: (store: PeopleStore) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const proved = await stepUps(ports).verify(site, who, guardedHash(ports, who, act, detail), proof);
  if (!proved.ok) return proved;
  return ports.store.atomically(async (store) => {
    const result = await work(store);
    if (!result.ok) return result;
    const id = who.person.id;
    await store.record({ at: ports.now(), by: id, person: id, what: `changed-${act}`, facts: {} });
    return result;
  });
}

const endOthers = (ports: PeoplePorts, store: PeopleStore, who: SignedIn): Promise<void> =>
  store.endSessions(who.person.id, 'credential-changed', ports.now(), { but: who.sessionId });

export async function changePassword(
  ports: PeoplePorts,
  site: Site,
  who: SignedIn,
  form: { readonly newPassword: string; readonly proof: Proof },
): Promise<Answer<undefined>> {
  const account = await ports.store.account(who.person.id);
  if (account === undefined || account.password === null) return wrong('no-password', 'newPassword');
  const password = readNewPassword(form.newPassword, [who.person.name, account.loginName]);
  if (!password.ok) return { ok: false, faults: password.faults.map((one) => ({ ...one, field: 'newPassword' })) };
  const phc = await ports.passwords.hash(password.value);
  return change(ports, site, who, { act: 'password', proof: form.proof }, async (store) => {
    await store.setPassword(who.person.id, phc);
    await endOthers(ports, store, who);
    return done;
  });
}

/** The secret of a new authenticator, the same until it is taken up or the session ends. */
export async function nextAuthenticator(ports: PeoplePorts, who: SignedIn): Promise<Uint8Array | undefined> {
  const account = await ports.store.account(who.person.id);
  if (account === undefined || account.totp === null) return undefined;
  const now = ports.vault.open(totpName(who.person.id), account.totp);
  const name = ports.secrets.hash(`${who.sessionId}:${now.join('.')}`);
  return ports.vault.derive(`totp:next:${name}`, TOTP_SECRET_BYTES);
}

export async function changeAuthenticator(
  ports: PeoplePorts,
  site: Site,
  who: SignedIn,
  form: { readonly newCode: string; readonly proof: Proof },
): Promise<Answer<undefined>> {
  const secret = await nextAuthenticator(ports, who);
  const step = secret && ports.secrets.totpStep(secret, codeOf(form.newCode), ports.now());
  if (secret === undefined || step === undefined) return wrong('code-of-app', 'newCode');
  return change(ports, site, who, { act: 'authenticator', proof: form.proof }, async (store) => {
    await store.setTotp(who.person.id, ports.vault.seal(totpName(who.person.id), secret));
    await store.spendTotpStep(who.person.id, step);
    await endOthers(ports, store, who);
    return done;
  });
}

/** What the browser needs to make another passkey. */
export async function beginNewPasskey(ports: PeoplePorts, site: Site, who: SignedIn): Promise<object> {
  const challenge = ports.secrets.hash(ports.secrets.token());
  const hash = passkeyKey(ports, who);
  const expiresAt = addMinutes(ports.now(), ports.settings.idleMinutes);
  await ports.store.addOneTime({ kind: 'passkey', hash, person: who.person.id, facts: { challenge }, expiresAt }, true);
  const { id, name } = who.person;
  const loginName = (await ports.store.account(id))?.loginName ?? name;
  return ports.passkeys.registration(site, { id, name, loginName }, challenge, await ports.store.passkeysOf(id));
}
const passkeyKey = (ports: PeoplePorts, who: SignedIn): string => ports.secrets.hash(`new-passkey:${who.sessionId}`);

export async function addPasskey(
  ports: PeoplePorts,
  site: Site,
  who: SignedIn,
  form: { readonly answer: string; readonly label: string; readonly proof: Proof },
): Promise<Answer<undefined>> {
  const label = form.label.trim();
  if (label === '' || label.length > 100) return wrong('label', 'label');
  const at = ports.now();
  const begun = await ports.store.spendOneTime('passkey', passkeyKey(ports, who), at);
  const made = begun && (await ports.passkeys.verifyRegistration(site, form.answer, begun.facts['challenge'] ?? ''));
  if (!made) return wrong('passkey-wrong', 'label');
  return change(ports, site, who, { act: 'passkey-add', proof: form.proof }, async (store) =>
    (await store.addPasskey({ ...made, person: who.person.id, label, addedAt: at, usedAt: null }))
      ? done
      : wrong('passkey-wrong', 'label'),
  );
}

/** Takes a passkey away, and every session that it opened; one way in must be left. */
export async function removePasskey(
  ports: PeoplePorts,
  site: Site,
  who: SignedIn,
  form: { readonly id: string; readonly proof: Proof },
): Promise<Answer<undefined>> {
  const id = who.person.id;
  return change(ports, site, who, { act: 'passkey-remove', detail: form.id, proof: form.proof }, async (store) => {
    const account = await store.account(id);
    const others = (await store.passkeysOf(id)).filter((one) => one.id !== form.id);
    if (others.length === 0 && (account?.password == null || account.totp === null)) return wrong('last-way-in');
    if (!(await store.removePasskey(id, form.id))) return wrong('no-such-passkey');
    await store.endSessions(id, 'credential-changed', ports.now(), { credential: `passkey:${form.id}` });
    return done;
  });
}

export function renewRecoveryCodes(
  ports: PeoplePorts,
  site: Site,
  who: SignedIn,
  proof: Proof,
): Promise<Answer<readonly string[]>> {
  return change(ports, site, who, { act: 'recovery-codes', proof }, async (store) =>
    accept(await newRecoveryCodes(ports, store, who.person.id)),
  );
}

export async function chooseLanguage(ports: PeoplePorts, who: SignedIn, typed: string): Promise<Answer<undefined>> {
  const language = readLanguage(typed);
  if (!language.ok) return language;
  await ports.store.setLanguage(who.person.id, language.value);
  return done;
}

/** Says when one is away and who stands in; the deputy must be somebody who still works here. */
export async function announceAbsence(
  ports: PeoplePorts,
  who: SignedIn,
  form: { readonly from: string; readonly until: string; readonly deputy: string },
): Promise<Answer<undefined>> {
  const [from, until] = [parseDay(form.from), parseDay(form.until)];
  if (!from.ok) return wrong('day', 'from');
  if (!until.ok) return wrong('day', 'until');
  if (until.value < from.value || until.value < dayOf(ports.now())) return wrong('until-before', 'until');
  const deputies = deputiesOf(who, await ports.store.members());
  if (form.deputy !== '' && !deputies.some((one) => one.id === form.deputy)) return wrong('deputy', 'deputy');
  return ports.store.atomically(async (store) => {
    const person = who.person.id;
    const deputy = form.deputy === '' ? null : (form.deputy as PersonId);
    await store.addAbsence({ id: ports.secrets.newId(), person, deputy, from: from.value, until: until.value });
    const facts = { from: from.value, until: until.value };
    await store.record({ at: ports.now(), by: person, person, what: 'absence', facts });
    return done;
  });
}

export async function cancelAbsence(ports: PeoplePorts, who: SignedIn, id: string): Promise<void> {
  await ports.store.removeAbsence(who.person.id, id);
}

/** Whoever shares one of the person's roles, so that a deputy can do what is waiting. */
function deputiesOf({ person, withheld }: SignedIn, members: readonly Member[]): readonly Member[] {
  const mine = [...person.roles, ...withheld];
  return members.filter(
    (one) => one.id !== person.id && one.disabledAt === null && one.roles.some((role) => mine.includes(role)),
  );
}

/** Everything on the page of one's own account. */
export type MyAccount = {
  readonly loginName: string;
  readonly hasPassword: boolean;
  readonly sessions: readonly Session[];
  readonly passkeys: readonly Passkey[];
  readonly recoveryCodesLeft: number;
  readonly absences: readonly Absence[];
  readonly deputies: readonly { readonly id: PersonId; readonly name: string }[];
  readonly events: readonly PersonEvent[];
  /** Everybody's name, for saying who did what. */
  readonly names: ReadonlyMap<string, string>;
};

const LATEST = 10;

export async function myAccount(ports: PeoplePorts, who: SignedIn): Promise<MyAccount> {
  const { store } = ports;
  const id = who.person.id;
  const [account, sessions, passkeys, recoveryCodesLeft, absences, members, events] = await Promise.all([
    store.account(id),
    mySessions(ports, who),
    store.passkeysOf(id),
    store.recoveryCodesLeft(id),
    store.absencesOf(id),
    store.members(),
    store.events(LATEST, { person: id }),
  ]);
  const hasPassword = account !== undefined && account.password !== null && account.totp !== null;
  return {
    loginName: account?.loginName ?? '',
    hasPassword,
    sessions,
    passkeys,
    recoveryCodesLeft,
    absences,
    deputies: deputiesOf(who, members),
    events,
    names: new Map(members.map((one) => [one.id, one.name])),
  };
}
