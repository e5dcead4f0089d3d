// What people and access need from the world: where people, credentials, sessions and acts are kept, secrets, and a clock.

import type { Person, PersonId, Role } from '../../domain/registry/person.ts';
import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Language } from '../../kernel/language.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { Refusal } from '../../kernel/refusal.ts';

/** A refusal, and the field of the form that it is about ('' for none). Its message is `people.refusal.<code>`. */
export type Problem = Refusal & { readonly field: string };
export type Answer<T> = Outcome<T, Problem>;

/** How a session was opened: `password` (with a code), `passkey:<id>` or `federated`. */
export type CredentialName = 'password' | 'federated' | `passkey:${string}`;

/** What a person signs in with by name. `password` is a PHC string; `totp` is sealed by the vault. */
export type Account = {
  readonly person: PersonId;
  readonly loginName: string;
  readonly password: string | null;
  readonly totp: Uint8Array | null;
  readonly disabledAt: Instant | null;
};

export type Passkey = {
  /** The id that the authenticator gave, base64url. */
  readonly id: string;
  readonly person: PersonId;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
  /** It cannot leave the device it was made on. */
  readonly deviceBound: boolean;
  readonly label: string;
  readonly addedAt: Instant;
  readonly usedAt: Instant | null;
};

/** A person as the office lists them. */
export type Member = Person & {
  readonly loginName: string;
  /** Has a password and an authenticator, or a passkey. */
  readonly enrolled: boolean;
  /** Who opened the recovery of their account, and when; it waits for another registrar until it lapses. */
  readonly recovery: { readonly by: PersonId; readonly at: Instant } | null;
};

export type Absence = {
  readonly id: string;
  readonly person: PersonId;
  readonly deputy: PersonId | null;
  readonly from: Day;
  readonly until: Day;
};

/** A session; `id` is the SHA-256 of the cookie, so that a copy of the table opens nothing. */
export type Session = {
  readonly id: string;
  readonly person: PersonId;
  readonly credential: CredentialName;
  readonly csrf: string;
  readonly startedAt: Instant;
  readonly seenAt: Instant;
  readonly address: string;
};
/** What a person can prove themselves with. */
export type Ways = { readonly password: boolean; readonly passkey: boolean };
export type EndOfSession = 'signed-out' | 'revoked' | 'credential-changed' | 'disabled';

export type OneTimeKind =
  | 'set-up'
  | 'invitation'
  | 'second-step'
  | 'passkey'
  | 'step-up'
  | 'step-up-page'
  | 'step-up-granted'
  | 'assertion'
  | 'federated';

/** Something that may be used once, before a moment: a link, a challenge. Only the hash of its token is kept. */
export type OneTime = {
  readonly kind: OneTimeKind;
  readonly hash: string;
  readonly person: PersonId | null;
  readonly facts: { readonly [name: string]: string };
  readonly expiresAt: Instant;
};

/** Failures counted under one key: the hash of a name or of an address. */
export type Attempts = {
  readonly failures: number;
  readonly lastAt: Instant | null;
  readonly blockedUntil: Instant | null;
};

/** An act about people, written once and never changed. `by` is null where nobody had signed in yet. */
export type PersonEvent = {
  readonly at: Instant;
  readonly by: PersonId | null;
  readonly person: PersonId | null;
  readonly what: string;
  readonly facts: { readonly [name: string]: string };
};

/** An X25519 key pair as age writes it; `sealed` opens in the vault of this node only. */
export type PersonKey = { readonly recipient: string; readonly sealed: Uint8Array };

export type PeopleRecords = {
  readonly members: () => Promise<readonly Member[]>;
  readonly member: (id: PersonId) => Promise<Member | undefined>;
  readonly addPerson: (person: Omit<Person, 'roles' | 'disabledAt'>, loginName: string, at: Instant) => Promise<void>;
  /** Holds every other change of roles back until this transaction ends, so that "the last registrar" stays true. */
  readonly lockRoles: () => Promise<void>;
  readonly giveRole: (person: PersonId, role: Role, by: PersonId | null, at: Instant) => Promise<void>;
  readonly takeRole: (person: PersonId, role: Role, by: PersonId, at: Instant) => Promise<void>;
  /** Whether some sealed case has no other approver who may open it. The answer holds until this transaction ends. */
  readonly isLastApprover: (person: PersonId) => Promise<boolean>;
  readonly setDisabled: (person: PersonId, at: Instant | null) => Promise<void>;
  readonly setLanguage: (person: PersonId, language: Language) => Promise<void>;
  readonly absencesOf: (person: PersonId) => Promise<readonly Absence[]>;
  readonly addAbsence: (absence: Absence) => Promise<void>;
  /** False when that person has no such absence. */
  readonly removeAbsence: (person: PersonId, id: string) => Promise<boolean>;
  readonly openRecovery: (person: PersonId, by: PersonId, at: Instant) => Promise<void>;
  /** Who opened it and when, and takes it away. */
  readonly takeRecovery: (person: PersonId) => Promise<{ readonly by: PersonId; readonly at: Instant } | undefined>;
  /** Whether the account is as the last act on it left it, and not as somebody made it past the node. */
  readonly isAsLeft: (person: PersonId) => Promise<boolean>;
  /** Written after what was done: the step of the account holds its rows as they are then. */
  readonly record: (event: PersonEvent) => Promise<void>;
  /** The latest acts first; of one person, or of everybody; those of one kind may be left out. */
  readonly events: (
    limit: number,
    which?: { readonly person?: PersonId; readonly without?: string },
  ) => Promise<readonly PersonEvent[]>;
};

export type CredentialRecords = {
  readonly accountNamed: (loginName: string) => Promise<Account | undefined>;
  readonly account: (person: PersonId) => Promise<Account | undefined>;
  readonly setPassword: (person: PersonId, phc: string) => Promise<void>;
  readonly setTotp: (person: PersonId, sealed: Uint8Array) => Promise<void>;
  /** Marks a time step as used; false when it, or a later one, already was (RFC 6238, section 5.2). */
  readonly spendTotpStep: (person: PersonId, step: number) => Promise<boolean>;
  readonly passkey: (id: string) => Promise<Passkey | undefined>;
  readonly passkeysOf: (person: PersonId) => Promise<readonly Passkey[]>;
  /** False when that key is already somebody's. */
  readonly addPasskey: (passkey: Passkey) => Promise<boolean>;
  readonly usePasskey: (id: string, counter: number, at: Instant) => Promise<void>;
  readonly removePasskey: (person: PersonId, id: string) => Promise<boolean>;
  readonly replaceRecoveryCodes: (person: PersonId, hashes: readonly string[], at: Instant) => Promise<void>;
  readonly spendRecoveryCode: (person: PersonId, hash: string, at: Instant) => Promise<boolean>;
  readonly recoveryCodesLeft: (person: PersonId) => Promise<number>;
  /** Password, authenticator, passkeys, recovery codes and outside identities of a person: gone. */
  readonly removeCredentials: (person: PersonId) => Promise<void>;
  readonly personOfIdentity: (issuer: string, subject: string) => Promise<PersonId | undefined>;
  readonly linkIdentity: (issuer: string, subject: string, person: PersonId) => Promise<boolean>;
  /** The latest key pair of a person: the public recipient, and the private identity sealed under `personKeyName`. */
  readonly personKey: (person: PersonId) => Promise<PersonKey | undefined>;
  readonly addPersonKey: (person: PersonId, key: PersonKey, at: Instant) => Promise<void>;
};

export type SessionRecords = {
  readonly addSession: (session: Session) => Promise<void>;
  /** A session that has not been ended, with its person and roles as they are now. */
  readonly session: (
    id: string,
  ) => Promise<{ readonly session: Session; readonly person: Person; readonly ways: Ways } | undefined>;
  readonly touchSession: (id: string, at: Instant) => Promise<void>;
  readonly sessionsOf: (person: PersonId, startedAfter: Instant) => Promise<readonly Session[]>;
  /** False when that person has no such live session. */
  readonly endSession: (person: PersonId, id: string, why: EndOfSession, at: Instant) => Promise<boolean>;
  /** All of them, or all that were opened with one credential; one may be spared. */
  readonly endSessions: (
    person: PersonId,
    why: EndOfSession,
    at: Instant,
    which?: { readonly credential?: CredentialName; readonly but?: string },
  ) => Promise<void>;
  /** False when it is already there, and it is not `renewed`. */
  readonly addOneTime: (one: OneTime, renewed?: boolean) => Promise<boolean>;
  readonly oneTime: (kind: OneTimeKind, hash: string, at: Instant) => Promise<OneTime | undefined>;
  /** Uses it up; of two who try at once, one gets it. */
  readonly spendOneTime: (kind: OneTimeKind, hash: string, at: Instant) => Promise<OneTime | undefined>;
  /** All that are open of a kind, or of a kind and person, become void. */
  readonly voidOneTimes: (kind: OneTimeKind, person?: PersonId) => Promise<void>;
  /** Reads the count and holds it for this transaction, so that parallel guesses are counted one after the other. */
  readonly attempts: (key: string) => Promise<Attempts>;
  readonly setAttempts: (key: string, attempts: Attempts) => Promise<void>;
  /** Forgets what may not be used since before that moment, and counts that nobody added to since. */
  readonly sweep: (before: Instant) => Promise<void>;
};

export type PeopleStore = PeopleRecords &
  CredentialRecords &
  SessionRecords & {
    /** Runs the work in one transaction: all of it happens, or none. */
    readonly atomically: <T>(work: (store: PeopleStore) => Promise<T>) => Promise<T>;
  };

/** Seals and opens bytes under the secret of this node, which lies outside the database. The name must be the same both times. */
export type Vault = {
  readonly seal: (name: string, bytes: Uint8Array) => Uint8Array;
  /** Throws a Defect when the bytes were changed or sealed under another name or secret. */
  readonly open: (name: string, sealed: Uint8Array) => Uint8Array;
  /** Bytes that only this node can make for that name, always the same. */
  readonly derive: (name: string, length: number) => Uint8Array;
};

export type Passwords = {
  /** A PHC string with algorithm, parameters and salt. */
  readonly hash: (password: string) => Promise<string>;
  /** Costs the same time whether there is a hash or not. */
  readonly verify: (password: string, phc: string | null) => Promise<boolean>;
};

/** Where this node is reached: what passkeys are bound to. */
export type Site = { readonly origin: string; readonly rpId: string };

export type Passkeys = {
  /** What the browser needs in order to make a passkey; `challenge` is hex. */
  readonly registration: (
    site: Site,
    who: { readonly id: PersonId; readonly loginName: string; readonly name: string },
    challenge: string,
    known: readonly Passkey[],
  ) => Promise<object>;
  /** The new passkey in a browser's answer, or undefined when it does not hold. */
  readonly verifyRegistration: (
    site: Site,
    answer: string,
    challenge: string,
  ) => Promise<Pick<Passkey, 'id' | 'publicKey' | 'counter' | 'transports' | 'deviceBound'> | undefined>;
  /** What the browser needs in order to ask for an assertion; no keys named: any that it has for this site. */
  readonly assertion: (site: Site, challenge: string, allowed: readonly Passkey[]) => Promise<object>;
  /** The id of the passkey that an answer claims to come from. */
  readonly claimed: (answer: string) => string | undefined;
  readonly verifyAssertion: (
    site: Site,
    answer: string,
    challenge: string,
    passkey: Passkey,
  ) => Promise<{ readonly counter: number; readonly signature: string } | undefined>;
};

export type Secrets = {
  /** 256 random bits, base64url. */
  readonly token: () => string;
  /** SHA-256 of a text, hex. */
  readonly hash: (text: string) => string;
  readonly newId: () => string;
  /** That many random bytes. */
  readonly random: (length: number) => Uint8Array;
  /** The time step for which this is the code of that secret, if it is one now (RFC 6238). */
  readonly totpStep: (secret: Uint8Array, code: string, at: Instant) => number | undefined;
  /** A new key pair of a person: the public part as text, the private part to be sealed. */
  readonly personKey: () => Promise<{ readonly recipient: string; readonly identity: Uint8Array }>;
};

export type PeopleSettings = {
  readonly idleMinutes: number;
  readonly sessionHours: number;
  readonly stepUpMinutes: number;
  readonly invitationHours: number;
  /** Whether the role of approver counts only in a session opened with a passkey that cannot leave its device. */
  readonly approversNeedHardware: boolean;
  /** An invented office: nobody has to prove anything, since there is nothing to protect. */
  readonly demonstration?: boolean;
};

export type PeoplePorts = {
  readonly store: PeopleStore;
  readonly vault: Vault;
  readonly passwords: Passwords;
  readonly passkeys: Passkeys;
  readonly secrets: Secrets;
  readonly settings: PeopleSettings;
  readonly now: () => Instant;
};

/** A ministry's identity provider: where to send the browser, and who came back. Undefined: it is away, or its answer does not hold. */
export type IdentityProvider = {
  readonly issuer: string;
  readonly begin: (
    redirectUri: string,
  ) => Promise<{ readonly address: string; readonly state: string; readonly proof: string } | undefined>;
  /** The subject that the provider vouches for in the answer, the address at which the browser came back. */
  readonly finish: (
    answer: string,
    expected: { readonly state: string; readonly proof: string },
  ) => Promise<string | undefined>;
};
