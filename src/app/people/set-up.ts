// The first start: a link that is shown once on the console and makes the first registrar, and is void after that.
// Attacker: reaches the node before its owner does. Without the link there is nothing to find.

import type { PersonId } from '../../domain/registry/person.ts';
import { addHours } from '../../kernel/instant.ts';
import { accept } from '../../kernel/outcome.ts';
import { wrong } from './answers.ts';
import { type Choice, readChoice, takeUp } from './enrol.ts';
import type { Answer, CredentialName, PeoplePorts, Site } from './ports.ts';
import { readLanguage, readLoginName, readName } from './read.ts';

/** Counts of failures are forgotten after a day at most, and nothing that may be used once outlives its link by more. */
const SWEPT_AFTER_HOURS = 48;

/**
 * The token of a new set-up link when nobody can sign in who hands out roles, else undefined; links made before become void.
 * `again` makes one in any case: for whoever owns the machine when every registrar is lost.
 */
export async function prepareSetUp(ports: PeoplePorts, again = false): Promise<string | undefined> {
  const registrars = (await ports.store.members()).filter(
    ({ roles, enrolled, disabledAt }) => roles.includes('registrar') && enrolled && disabledAt === null,
  );
  const able = await Promise.all(registrars.map(({ id }) => ports.store.isAsLeft(id)));
  return ports.store.atomically(async (store) => {
    await store.voidOneTimes('set-up');
    await store.sweep(addHours(ports.now(), -SWEPT_AFTER_HOURS));
    if (able.includes(true) && !again) return undefined;
    const token = ports.secrets.token();
    await store.addOneTime({
      kind: 'set-up',
      hash: ports.secrets.hash(token),
      person: null,
      facts: {},
      expiresAt: addHours(ports.now(), ports.settings.invitationHours),
    });
    return token;
  });
}

export const setUpIsOpen = async (ports: PeoplePorts, token: string): Promise<boolean> =>
  (await ports.store.oneTime('set-up', ports.secrets.hash(token), ports.now())) !== undefined;

export type SetUpForm = {
  readonly name: string;
  readonly loginName: string;
  readonly language: string;
  readonly choice: Choice;
};

/** What follows a link: who it made able to sign in, with what, and the recovery codes. */
export type Entered = {
  readonly person: PersonId;
  readonly credential: CredentialName;
  readonly recoveryCodes: readonly string[];
};

/** Makes the first registrar. */
export async function setUp(ports: PeoplePorts, site: Site, token: string, form: SetUpForm): Promise<Answer<Entered>> {
  const [name, loginName, language] = [readName(form.name), readLoginName(form.loginName), readLanguage(form.language)];
  const taken = await readChoice(ports, site, token, form.choice, [form.name, form.loginName]);
  if (!name.ok || !loginName.ok || !language.ok || !taken.ok)
    return { ok: false, faults: [name, loginName, language, taken].flatMap((one) => (one.ok ? [] : one.faults)) };
  const at = ports.now();
  const person = ports.secrets.newId() as PersonId;
  return ports.store.atomically(async (store) => {
    if (await store.accountNamed(loginName.value)) return wrong('login-name-taken', 'loginName');
    if (!(await store.spendOneTime('set-up', ports.secrets.hash(token), at))) return wrong('link-void');
    await store.addPerson({ id: person, name: name.value, language: language.value }, loginName.value, at);
    await store.giveRole(person, 'registrar', null, at);
    const recoveryCodes = await takeUp(ports, store, person, taken.value);
    await store.record({ at, by: null, person, what: 'set-up', facts: {} });
    return accept({ person, credential: taken.value.credential, recoveryCodes });
  });
}
