// What a person takes up in order to sign in: a password with an authenticator app, or a passkey. Shared by set-up,
// invitation and recovery, which each come with a link that may be used once.

import type { PersonId } from '../../domain/registry/person.ts';
import { accept } from '../../kernel/outcome.ts';
import { wrong } from './answers.ts';
import { base32 } from './base32.ts';
import type { Answer, CredentialName, PeoplePorts, PeopleStore, Site } from './ports.ts';
import { codeOf, readNewPassword } from './read.ts';

/** As the form sent it. */
export type Choice =
  | { readonly by: 'password'; readonly password: string; readonly code: string }
  | { readonly by: 'passkey'; readonly answer: string; readonly label: string };

/** Checked, and ready to be written down. */
type Taken = {
  readonly credential: CredentialName;
  readonly write: (store: PeopleStore, person: PersonId) => Promise<void>;
};

/** Ten codes, each good once. */
const RECOVERY_CODES = 10;
const RECOVERY_CODE_BYTES = 10;
export const TOTP_SECRET_BYTES = 20;

/** The secret that an authenticator app is given on the page of this link: the same each time the page is opened. */
export const secretOfLink = (ports: PeoplePorts, token: string): Uint8Array =>
  ports.vault.derive(`totp:${ports.secrets.hash(token)}`, TOTP_SECRET_BYTES);

export const totpName = (person: PersonId): string => `totp:${person}`;

/** Checks what was chosen; the slow part is done here, before any transaction. `known` are words a password may not be made of. */
export async function readChoice(
  ports: PeoplePorts,
  site: Site,
  token: string,
  choice: Choice,
  known: readonly string[],
): Promise<Answer<Taken>> {
  const at = ports.now();
  if (choice.by === 'passkey') {
    // The hash of the link is the challenge: as random as the link, and void with it.
    const made = await ports.passkeys.verifyRegistration(site, choice.answer, ports.secrets.hash(token));
    if (made === undefined) return wrong('passkey-wrong', 'passkey');
    const label = choice.label.trim().slice(0, 100) || '1';
    return accept({
      credential: `passkey:${made.id}`,
      write: async (store, person) => {
        await store.addPasskey({ ...made, person, label, addedAt: at, usedAt: null });
      },
    });
  }
  const password = readNewPassword(choice.password, known);
  const secret = secretOfLink(ports, token);
  const step = ports.secrets.totpStep(secret, codeOf(choice.code), at);
  const faults = [
    ...(password.ok ? [] : password.faults),
    ...(step === undefined ? wrong('code-of-app', 'code').faults : []),
  ];
  if (!password.ok || step === undefined) return { ok: false, faults };
  const phc = await ports.passwords.hash(password.value);
  return accept({
    credential: 'password',
    write: async (store, person) => {
      await store.setPassword(person, phc);
      await store.setTotp(person, ports.vault.seal(totpName(person), secret));
      await store.spendTotpStep(person, step);
    },
  });
}

/** Writes the choice down with a key pair of the person's own; returns the recovery codes, which are shown once. */
export async function takeUp(
  ports: PeoplePorts,
  store: PeopleStore,
  person: PersonId,
  taken: Taken,
): Promise<readonly string[]> {
  await taken.write(store, person);
  await givePersonKey(ports, store, person);
  return taken.credential === 'password' ? newRecoveryCodes(ports, store, person) : [];
}

async function givePersonKey(ports: PeoplePorts, store: PeopleStore, person: PersonId): Promise<void> {
  // Whoever comes back after a recovery keeps their key: what was sealed for them stays theirs to open.
  if (await store.personKey(person)) return;
  const { recipient, identity } = await ports.secrets.personKey();
  const sealed = ports.vault.seal(personKeyName(person, recipient), identity);
  await store.addPersonKey(person, { recipient, sealed }, ports.now());
}

/** The name under which the private key of a person is sealed. */
export const personKeyName = (person: PersonId, recipient: string): string => `person-key:${person}:${recipient}`;

export async function newRecoveryCodes(
  ports: PeoplePorts,
  store: PeopleStore,
  person: PersonId,
): Promise<readonly string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => base32(ports.secrets.random(RECOVERY_CODE_BYTES)));
  await store.replaceRecoveryCodes(
    person,
    codes.map((code) => recoveryHash(ports, person, code)),
    ports.now(),
  );
  return codes;
}

/** A code has 80 random bits, so a plain hash keeps it; the person is in it so that no two rows can clash. */
export const recoveryHash = (ports: PeoplePorts, person: PersonId, code: string): string =>
  ports.secrets.hash(`recovery:${person}:${code}`);
