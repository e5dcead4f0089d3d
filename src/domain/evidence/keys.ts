// Whose key a package is sealed to: entered by one person, and confirmed by another to whom the recipient read its fingerprint.
// Attacker: one person of the office who has a key of their own sealed to, or exchanges a key after it was confirmed.

import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { PersonId } from '../registry/person.ts';
import type { Evidence, EvidenceEvent, Recipient, RecipientKey } from './evidence.ts';

type Decided = Outcome<EvidenceEvent[], Refusal>;

const LONGEST_NAME = 200;
/** Words that say nothing of how it was compared are shorter than this. */
const LEAST_HOW = 10;
/** So many digits of the fingerprint are read at least: 128 bits, which nobody finds a second key for. */
export const READ_DIGITS = 32;

/** Hybrid post-quantum recipients of age; a classical one; and neither. */
export function keyKind(key: string): 'hybrid' | 'classical' | undefined {
  if (/^age1pq1[02-9ac-hj-np-z]{1900,2000}$/.test(key)) return 'hybrid';
  return /^age1[02-9ac-hj-np-z]{58}$/.test(key) ? 'classical' : undefined;
}

/** A key as somebody enters it; `no` is that of the key it comes in place of, or null. The fingerprint is worked out by the caller. */
export type Entering = {
  readonly no: number | null;
  readonly name: string;
  readonly key: string;
  readonly fingerprint: string;
};

export function enterKey(state: Evidence, { no: of, name, key, fingerprint }: Entering): Decided {
  const found = of === null ? undefined : state.keys.find((one) => one.no === of);
  if (of !== null && !found) return no('evidence.no-such-key');
  if (name.trim() === '' || name.length > LONGEST_NAME) return no('evidence.key-name-missing', { most: LONGEST_NAME });
  if (keyKind(key) === undefined) return no('evidence.recipient-key');
  const known = state.keys.find((one) => one.fingerprint === fingerprint);
  if (known) return no('evidence.key-known', { key: known.no });
  const number = found?.no ?? state.keys.length + 1;
  return accept([{ type: 'evidence.key-entered', no: number, name: name.trim(), key, fingerprint }]);
}

/** What the recipient read of the fingerprint, typed in by the second person, and how they were reached. */
export type Confirming = { readonly no: number; readonly read: string; readonly how: string };

export function confirmKey(state: Evidence, { no: of, read, how }: Confirming, by: PersonId, _at: Instant): Decided {
  const found = state.keys.find((one) => one.no === of);
  if (!found) return no('evidence.no-such-key');
  if (found.confirmed) return no('evidence.key-confirmed-already', { key: of });
  if (found.enteredBy === by) return no('evidence.own-key', { key: of });
  const digits = read.replace(/[\s:-]/g, '').toLowerCase();
  if (digits.length < READ_DIGITS) return no('evidence.fingerprint-short', { least: READ_DIGITS });
  if (!found.fingerprint.startsWith(digits)) return no('evidence.other-fingerprint', { key: of });
  if (how.trim().length < LEAST_HOW) return no('evidence.reasons-missing', { least: LEAST_HOW });
  return accept([{ type: 'evidence.key-confirmed', no: of, fingerprint: found.fingerprint, how: how.trim() }]);
}

declare const twoKnowIt: unique symbol;
/** A key that two people stand for. Only `confirmedKeys` gives one, and packages are sealed to nothing else. */
export type ConfirmedKey = RecipientKey & {
  readonly confirmed: NonNullable<RecipientKey['confirmed']>;
  readonly [twoKnowIt]: true;
};

export const isConfirmed = (key: RecipientKey): key is ConfirmedKey =>
  key.confirmed !== null && key.confirmed.by !== key.enteredBy && key.confirmed.fingerprint === key.fingerprint;

/** The keys with these fingerprints, if a package may be sealed to all of them at once. */
export function confirmedKeys(state: Evidence, fingerprints: readonly string[]): Outcome<ConfirmedKey[], Refusal> {
  if (fingerprints.length === 0) return no('evidence.no-keys');
  const keys: ConfirmedKey[] = [];
  for (const fingerprint of new Set(fingerprints)) {
    const found = state.keys.find((one) => one.fingerprint === fingerprint);
    if (!found) return no('evidence.no-such-key');
    if (!isConfirmed(found)) return no('evidence.key-not-confirmed', { key: found.no });
    keys.push(found);
  }
  const found = [
    ...(new Set(keys.map(({ name }) => name)).size > 1 ? no('evidence.keys-of-two').faults : []),
    // The weaker key would open it, so the stronger one would protect nothing.
    ...(new Set(keys.map(({ key }) => keyKind(key))).size > 1 ? no('evidence.keys-mixed').faults : []),
  ];
  return found.length > 0 ? refuse(...found) : accept(keys);
}

export const recipientOf = (keys: readonly ConfirmedKey[]): Recipient => ({
  name: keys[0]?.name ?? '',
  keys: keys.map(({ key }) => key),
});
