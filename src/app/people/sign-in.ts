// Signing in: name and password and then a code, or a passkey, or a ministry's identity provider.
// Attacker: wants to know who works here. A name that does not exist gets the answer of a wrong password, after the same work.

import type { PersonId } from '../../domain/registry/person.ts';
import { addMinutes } from '../../kernel/instant.ts';
import { accept } from '../../kernel/outcome.ts';
import { wrong } from './answers.ts';
import { countTry, forgiveTry } from './attempts.ts';
import { recoveryHash, totpName } from './enrol.ts';
import type { Account, Answer, CredentialName, IdentityProvider, PeoplePorts, PeopleStore, Site } from './ports.ts';
import { codeOf, loginNameOf, passwordOf } from './read.ts';
import { openSession } from './sessions.ts';

/** Minutes between password and code, or between a challenge and its answer. */
const STEP_MINUTES = 5;

export type Opened = { readonly cookie: string; readonly person: PersonId };

/** The first step; its token leads to the second. */
export async function checkPassword(
  ports: PeoplePorts,
  form: { readonly loginName: string; readonly password: string; readonly address: string },
): Promise<Answer<{ readonly token: string }>> {
  const name = loginNameOf(form.loginName);
  const counted = await countTry(ports, { name, address: form.address });
  if (!counted.ok) return counted;
  const account = await ports.store.accountNamed(name);
  const right = await ports.passwords.verify(passwordOf(form.password), account?.password ?? null);
  if (!right || account === undefined || account.totp === null || account.disabledAt !== null)
    return wrong('sign-in', 'loginName');
  // The name keeps its count until the code is right too, or a known password would open the codes to guessing.
  await forgiveTry(ports, { name, address: form.address }, false);
  const token = ports.secrets.token();
  await ports.store.addOneTime({
    kind: 'second-step',
    hash: ports.secrets.hash(token),
    person: account.person,
    facts: {},
    expiresAt: addMinutes(ports.now(), STEP_MINUTES),
  });
  return accept({ token });
}

/** The second step: a code of the authenticator app, or one of the recovery codes. */
export async function checkCode(
  ports: PeoplePorts,
  form: { readonly token: string; readonly code: string; readonly address: string },
): Promise<Answer<Opened>> {
  const at = ports.now();
  const hash = ports.secrets.hash(form.token);
  const step = await ports.store.oneTime('second-step', hash, at);
  const account = step?.person ? await ports.store.account(step.person) : undefined;
  if (account === undefined || account.disabledAt !== null) return wrong('step-over', 'loginName');
  const counted = await countTry(ports, { name: account.loginName, address: form.address });
  if (!counted.ok) return counted;
  const code = codeOf(form.code);
  const byApp = await spendCode(ports, ports.store, account, code);
  const byRecovery =
    !byApp && (await ports.store.spendRecoveryCode(account.person, recoveryHash(ports, account.person, code), at));
  if (!byApp && !byRecovery) return wrong('code', 'code');
  if (!(await ports.store.spendOneTime('second-step', hash, at))) return wrong('step-over', 'loginName');
  const failures = await forgiveTry(ports, { name: account.loginName, address: form.address }, true);
  const facts = { failures: String(Math.max(0, failures - 1)), ...(byRecovery && { recovery: 'yes' }) };
  return enter(ports, account.person, 'password', form.address, facts);
}

/** Whether the code is one of the person's app now and has not been used; if so, it has been from here on. */
export async function spendCode(
  ports: PeoplePorts,
  store: PeopleStore,
  account: Account,
  code: string,
): Promise<boolean> {
  if (account.totp === null) return false;
  const secret = ports.vault.open(totpName(account.person), account.totp);
  const step = ports.secrets.totpStep(secret, code, ports.now());
  return step !== undefined && (await store.spendTotpStep(account.person, step));
}

/** A challenge for whichever passkey the browser has; its token comes back with the answer. */
export async function beginPasskey(
  ports: PeoplePorts,
  site: Site,
): Promise<{ readonly options: object; readonly token: string }> {
  const token = ports.secrets.token();
  const challenge = ports.secrets.hash(token);
  await ports.store.addOneTime({
    kind: 'passkey',
    hash: challenge,
    person: null,
    facts: {},
    expiresAt: addMinutes(ports.now(), STEP_MINUTES),
  });
  return { token, options: await ports.passkeys.assertion(site, challenge, []) };
}

export async function checkPasskey(
  ports: PeoplePorts,
  site: Site,
  form: { readonly token: string; readonly answer: string; readonly address: string },
): Promise<Answer<Opened>> {
  const counted = await countTry(ports, { address: form.address });
  if (!counted.ok) return counted;
  const at = ports.now();
  const challenge = ports.secrets.hash(form.token);
  const id = ports.passkeys.claimed(form.answer);
  const passkey = id === undefined ? undefined : await ports.store.passkey(id);
  const account = passkey && (await ports.store.account(passkey.person));
  if (!(await ports.store.spendOneTime('passkey', challenge, at))) return wrong('passkey-wrong', 'passkey');
  const proof = passkey && (await ports.passkeys.verifyAssertion(site, form.answer, challenge, passkey));
  if (!passkey || !proof || !account || account.disabledAt !== null) return wrong('passkey-wrong', 'passkey');
  await ports.store.usePasskey(passkey.id, proof.counter, at);
  await forgiveTry(ports, { address: form.address }, false);
  return enter(ports, passkey.person, `passkey:${passkey.id}`, form.address, {});
}

/** Sends somebody to the ministry's identity provider; the token stays in their browser until they are back. */
export async function beginFederated(
  ports: PeoplePorts,
  provider: IdentityProvider,
  redirectUri: string,
): Promise<Answer<{ readonly address: string; readonly token: string }>> {
  const begun = await provider.begin(redirectUri);
  if (begun === undefined) return wrong('federated-away');
  const { address, state, proof } = begun;
  const token = ports.secrets.token();
  await ports.store.addOneTime({
    kind: 'federated',
    hash: ports.secrets.hash(token),
    person: null,
    facts: { state, proof },
    expiresAt: addMinutes(ports.now(), 2 * STEP_MINUTES),
  });
  return accept({ address, token });
}

/** Lets in whom a registrar has linked to that subject, and nobody else: the provider makes no people and gives no roles. */
export async function finishFederated(
  ports: PeoplePorts,
  provider: IdentityProvider,
  form: { readonly token: string; readonly answer: string; readonly address: string },
): Promise<Answer<Opened>> {
  const begun = await ports.store.spendOneTime('federated', ports.secrets.hash(form.token), ports.now());
  if (begun === undefined) return wrong('federated');
  const { state = '', proof = '' } = begun.facts;
  const subject = await provider.finish(form.answer, { state, proof });
  const person = subject === undefined ? undefined : await ports.store.personOfIdentity(provider.issuer, subject);
  const account = person && (await ports.store.account(person));
  if (!account || account.disabledAt !== null) return wrong('federated');
  return enter(ports, account.person, 'federated', form.address, {});
}

/** Opens the session and writes down that it was opened, so that its owner sees it; not to an account that was changed past the node. */
export async function enter(
  ports: PeoplePorts,
  person: PersonId,
  credential: CredentialName,
  address: string,
  facts: { readonly [name: string]: string },
): Promise<Answer<Opened>> {
  if (!(await ports.store.isAsLeft(person))) return wrong('account-changed');
  return ports.store.atomically(async (store) => {
    const { cookie } = await openSession(ports, store, person, credential, address);
    const how = credential.split(':')[0] ?? '';
    const what = { at: ports.now(), by: person, person, what: 'signed-in', facts: { ...facts, how, address } };
    await store.record(what);
    return accept({ cookie, person });
  });
}
