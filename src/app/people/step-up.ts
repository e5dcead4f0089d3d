// Step-up: before a grave act a person proves anew that they are there, over the hash of exactly that act.
// Attacker: sits at an unlocked machine, or makes a browser send an act that its user never saw.

import { addMinutes, laterBy } from '../../kernel/instant.ts';
import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import { accept } from '../../kernel/outcome.ts';
import { done, wrong } from './answers.ts';
import { countTry, forgiveTry } from './attempts.ts';
import type { Answer, PeoplePorts, Site } from './ports.ts';
import { codeOf, passwordOf } from './read.ts';
import type { SignedIn } from './sessions.ts';
import { spendCode } from './sign-in.ts';

/** What the fields of a form say: a passkey's answer, or else password and code. */
export type Proof = {
  readonly assertion: string;
  readonly password: string;
  readonly code: string;
  readonly address: string;
};

/** An act as its page of confirmation shows it. `hash` is `actionHash` of it; `sentence` says it in plain words; `back` is a path of this node. */
export type ShownAction = { readonly hash: string; readonly sentence: string; readonly back: string };

export type StepUp = {
  /** Opens a page of confirmation at /step-up/<token> and returns its path. */
  readonly begin: (who: SignedIn, action: ShownAction) => Promise<string>;
  /** What that page shows, to the person and session it was opened for. */
  readonly shown: (who: SignedIn, token: string) => Promise<ShownAction | undefined>;
  /** The proof on that page: from then on `spend` says yes once, for two minutes. */
  readonly confirm: (site: Site, who: SignedIn, token: string, proof: Proof) => Promise<Answer<ShownAction>>;
  /** Whether this person has just confirmed this act in this session; uses the confirmation up. */
  readonly spend: (who: SignedIn, actionHash: string) => Promise<boolean>;
  /** The challenge for a passkey that stands in a form of the act itself: it is the hash of the act. */
  readonly challenge: (site: Site, who: SignedIn, actionHash: string) => Promise<Answer<object>>;
  /** The proof that came with the form of the act itself; it is used up by this. The hash is that of the act as the server reads it. */
  readonly verify: (site: Site, who: SignedIn, actionHash: string, proof: Proof) => Promise<Answer<undefined>>;
};

/** The name of an act: SHA-256, hex, over the canonical JSON of what will be done (RFC 8785). */
export const actionHash = (ports: Pick<PeoplePorts, 'secrets'>, action: Json): string =>
  ports.secrets.hash(canonicalJson(action));

/** Longer than any case stays open. */
const SIGNATURE_KEPT_DAYS = 20 * 365;

const HASH = /^[0-9a-f]{64}$/;

export function stepUps(ports: PeoplePorts): StepUp {
  const { store, secrets, settings } = ports;
  const soon = () => addMinutes(ports.now(), settings.stepUpMinutes);
  /** Bound to person, session and act: none of them can be exchanged. */
  const keyOf = (kind: string, who: SignedIn, hash: string): string =>
    secrets.hash([kind, who.person.id, who.sessionId, hash].join(':'));

  const byPasskey = async (site: Site, who: SignedIn, hash: string, answer: string): Promise<Answer<undefined>> => {
    const at = ports.now();
    const id = ports.passkeys.claimed(answer);
    const passkey = id === undefined ? undefined : await store.passkey(id);
    if (passkey?.person !== who.person.id) return wrong('step-up-passkey', 'step-up');
    if (needsHardware(ports, who) && !passkey.deviceBound) return wrong('step-up-hardware', 'step-up');
    if (!(await store.spendOneTime('step-up', keyOf('challenge', who, hash), at)))
      return wrong('step-up-late', 'step-up');
    const proof = await ports.passkeys.verifyAssertion(site, answer, hash, passkey);
    if (proof === undefined) return wrong('step-up-passkey', 'step-up');
    // The challenge is the hash of the act, so an old answer for the same act would fit: each signature counts once.
    const first = await store.addOneTime({
      kind: 'assertion',
      hash: secrets.hash(`assertion:${proof.signature}`),
      person: who.person.id,
      facts: {},
      expiresAt: laterBy(at, SIGNATURE_KEPT_DAYS),
    });
    if (!first) return wrong('step-up-passkey', 'step-up');
    await store.usePasskey(passkey.id, proof.counter, at);
    return done;
  };

  const byPassword = async (who: SignedIn, { password, code, address }: Proof): Promise<Answer<undefined>> => {
    if (needsHardware(ports, who)) return wrong('step-up-hardware', 'step-up');
    const account = await store.account(who.person.id);
    if (account === undefined || account.password === null) return wrong('step-up-none', 'step-up');
    const tried = { name: account.loginName, address };
    const counted = await countTry(ports, tried);
    if (!counted.ok) return { ok: false, faults: counted.faults.map((one) => ({ ...one, field: 'step-up' })) };
    const right = await ports.passwords.verify(passwordOf(password), account.password);
    if (!right || !(await spendCode(ports, store, account, codeOf(code)))) return wrong('step-up-wrong', 'step-up');
    await forgiveTry(ports, tried, true);
    return done;
  };

  const verify: StepUp['verify'] = async (site, who, hash, proof) => {
    if (settings.demonstration === true) return done;
    // Attacker: has the database, and put a passkey of their own in the place of the person's.
    if (!(await store.isAsLeft(who.person.id))) return wrong('account-changed', 'step-up');
    return proof.assertion === '' ? byPassword(who, proof) : byPasskey(site, who, hash, proof.assertion);
  };

  const shown: StepUp['shown'] = async (who, token) => {
    const found = await store.oneTime('step-up-page', secrets.hash(token), ports.now());
    if (found?.person !== who.person.id || found.facts['session'] !== who.sessionId) return undefined;
    const { hash = '', sentence = '', back = '/' } = found.facts;
    return { hash, sentence, back };
  };

  return {
    verify,
    shown,
    begin: async (who, { hash, sentence, back }) => {
      const token = secrets.token();
      await store.addOneTime({
        kind: 'step-up-page',
        hash: secrets.hash(token),
        person: who.person.id,
        facts: { hash, sentence, back, session: who.sessionId },
        expiresAt: addMinutes(ports.now(), settings.idleMinutes),
      });
      return `/step-up/${token}`;
    },
    confirm: async (site, who, token, proof) => {
      const action = await shown(who, token);
      if (action === undefined) return wrong('step-up-late', 'step-up');
      const proved = await verify(site, who, action.hash, proof);
      if (!proved.ok) return proved;
      if (!(await store.spendOneTime('step-up-page', secrets.hash(token), ports.now())))
        return wrong('step-up-late', 'step-up');
      const key = keyOf('granted', who, action.hash);
      await store.addOneTime(
        { kind: 'step-up-granted', hash: key, person: who.person.id, facts: {}, expiresAt: soon() },
        true,
      );
      return accept(action);
    },
    spend: async (who, hash) =>
      (await store.spendOneTime('step-up-granted', keyOf('granted', who, hash), ports.now())) !== undefined,
    challenge: async (site, who, hash) => {
      const passkeys = await store.passkeysOf(who.person.id);
      if (!HASH.test(hash) || passkeys.length === 0) return wrong('step-up-none', 'step-up');
      const key = keyOf('challenge', who, hash);
      await store.addOneTime({ kind: 'step-up', hash: key, person: who.person.id, facts: {}, expiresAt: soon() }, true);
      return accept(await ports.passkeys.assertion(site, hash, passkeys));
    },
  };
}

const needsHardware = ({ settings }: PeoplePorts, { person }: SignedIn): boolean =>
  settings.approversNeedHardware && person.roles.includes('approver');
