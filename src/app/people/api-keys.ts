// Use cases of keys for programs: a registrar makes and revokes them, and whoever shows one is recognised or not.
// Attacker: holds a copy of the database (and so no key), or one key of many (and then can hand in requests of one State, at a
// pace, until somebody revokes it).

import type { PersonId, Role } from '../../domain/registry/person.ts';
import { may } from '../../domain/registry/policy.ts';
import { type Instant, laterBy, millisecondsOf } from '../../kernel/instant.ts';
import { isStateCode } from '../../kernel/state-code.ts';
import type { ApiKey, KeyPorts } from './key-ports.ts';

/** Two years: whoever still hands in requests then is asked for again. */
export const MOST_DAYS = 730;
/** How often one key may be used within the window; a system that sends more than one request a second is not an office. */
const MOST_USES = 60;
const WINDOW_SECONDS = 60;

/** Says to people and to scanners of secrets what it is. */
const START = 'rogatory-intake-';
const FORM = /^rogatory-intake-[A-Za-z0-9_-]{43}$/;

export type Registrar = { readonly id: PersonId; readonly roles: readonly Role[] };
export type KeyAsked = { readonly office: string; readonly state: string; readonly days: string };
export type KeyFault = 'office' | 'state' | 'days';
export type KeyMade =
  | { readonly is: 'made'; readonly key: ApiKey; readonly secret: string }
  | { readonly is: 'refused'; readonly faults: readonly KeyFault[] }
  | { readonly is: 'not-allowed' };

/** Makes a key for an office of another State. The key itself is in this answer and nowhere else. */
export async function makeKey(ports: KeyPorts, by: Registrar, asked: KeyAsked, ownState: string): Promise<KeyMade> {
  if (!may(by.roles, 'people.manage')) return { is: 'not-allowed' };
  const office = asked.office.normalize('NFC').trim();
  const state = asked.state.trim().toUpperCase();
  const days = Number(asked.days.trim());
  const faults: KeyFault[] = [];
  if (office === '' || office.length > 200 || /\p{Cc}/u.test(office)) faults.push('office');
  if (!isStateCode(state) || state === ownState) faults.push('state');
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) faults.push('days');
  if (faults.length > 0) return { is: 'refused', faults };
  const at = ports.now();
  const secret = `${START}${ports.secrets.token()}`;
  const key = { id: ports.secrets.newId(), office, state, madeAt: at, madeBy: by.id, expiresAt: laterBy(at, days) };
  await ports.keys.add({ ...key, hash: ports.secrets.hash(secret) });
  return { is: 'made', key: { ...key, revoked: null, usedAt: null }, secret };
}

/** From now on it opens nothing. False where there is no such key, or nobody may. */
export const revokeKey = async ({ keys, now }: KeyPorts, by: Registrar, id: string): Promise<boolean> =>
  may(by.roles, 'people.manage') && keys.revoke(id, by.id, now());

/** Where a key stands at that moment. */
export const standingOf = ({ revoked, expiresAt }: ApiKey, at: Instant): 'valid' | 'expired' | 'revoked' =>
  revoked ? 'revoked' : expiresAt <= at ? 'expired' : 'valid';

export type Recognised =
  | { readonly is: 'valid'; readonly key: ApiKey }
  /** No key, or a revoked one: the two look alike. */
  | { readonly is: 'unknown' }
  | { readonly is: 'expired' }
  | { readonly is: 'too-often'; readonly seconds: number };

/** Whose key this is, if it opens anything now. Each time counts, whatever comes of it. */
export async function recogniseKey({ keys, secrets, now }: KeyPorts, shown: string): Promise<Recognised> {
  if (!FORM.test(shown)) return { is: 'unknown' };
  const at = now();
  // Found by its hash: how long the database takes says nothing of the key.
  const used = await keys.use(secrets.hash(shown), at, WINDOW_SECONDS);
  if (used === undefined) return { is: 'unknown' };
  const standing = standingOf(used.key, at);
  if (standing !== 'valid') return { is: standing === 'expired' ? 'expired' : 'unknown' };
  if (used.uses <= MOST_USES) return { is: 'valid', key: used.key };
  const gone = (millisecondsOf(at) - millisecondsOf(used.since)) / 1000;
  return { is: 'too-often', seconds: Math.max(1, Math.ceil(WINDOW_SECONDS - gone)) };
}
