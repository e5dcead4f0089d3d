// How often somebody may try: each failure under a name or an address makes the next wait longer. Counted in the database,
// so that many processes and many parallel guesses share one count.
// Attacker: guesses passwords and codes; or locks a colleague out by guessing on purpose, which a passkey and the registrar undo.

import { addMinutes, type Instant, instantAt, millisecondsOf } from '../../kernel/instant.ts';
import { accept } from '../../kernel/outcome.ts';
import { done, wrong } from './answers.ts';
import type { Answer, Attempts, PeoplePorts } from './ports.ts';

/** Failures that cost nothing, and how long without one until the count starts anew, in minutes. */
const RULES = {
  name: { free: 5, forgottenAfter: 24 * 60 },
  // An office of many people may share one address.
  address: { free: 40, forgottenAfter: 15 },
} as const;
export type Counted = keyof typeof RULES;

const LONGEST_SECONDS = 900;

/** Seconds to wait after so many failures: nothing, then 2, 4, 8 ... up to a quarter of an hour. */
export const delayAfter = (failures: number, counted: Counted): number =>
  failures <= RULES[counted].free ? 0 : Math.min(LONGEST_SECONDS, 2 ** Math.min(10, failures - RULES[counted].free));

/** One more try at this moment: the new count, or how many seconds it is too early. */
export function counted(before: Attempts, at: Instant, kind: Counted): Answer<Attempts> {
  if (before.blockedUntil !== null && before.blockedUntil > at) {
    const seconds = Math.ceil((millisecondsOf(before.blockedUntil) - millisecondsOf(at)) / 1000);
    return wrong('too-many-attempts', '', { seconds });
  }
  const forgotten = before.lastAt !== null && addMinutes(before.lastAt, RULES[kind].forgottenAfter) <= at;
  const failures = (forgotten ? 0 : before.failures) + 1;
  const delay = delayAfter(failures, kind);
  return accept({
    failures,
    lastAt: at,
    blockedUntil: delay === 0 ? null : instantAt(millisecondsOf(at) + delay * 1000),
  });
}

type Guarded = { readonly name?: string; readonly address: string };
const keysOf = ({ secrets }: PeoplePorts, { name, address }: Guarded): (readonly [Counted, string])[] => [
  ...(name === undefined ? [] : [['name', secrets.hash(`name:${name}`)] as const]),
  ['address', secrets.hash(`address:${address}`)],
];

/** Counts a try before it is known how it ends, so that a thousand at once are a thousand and not one. */
export async function countTry(ports: PeoplePorts, who: Guarded): Promise<Answer<undefined>> {
  const at = ports.now();
  return ports.store.atomically(async (store) => {
    for (const [kind, key] of keysOf(ports, who)) {
      const next = counted(await store.attempts(key), at, kind);
      if (!next.ok) return next;
      await store.setAttempts(key, next.value);
    }
    return done;
  });
}

/** The try was good: the name starts anew, the address gets this one back. Returns the failures that came before it. */
export async function forgiveTry(ports: PeoplePorts, who: Guarded, whole: boolean): Promise<number> {
  return ports.store.atomically(async (store) => {
    let failures = 0;
    for (const [kind, key] of keysOf(ports, who)) {
      const before = await store.attempts(key);
      if (kind === 'name') failures = before.failures - 1;
      if (kind === 'name' && !whole) continue;
      const left = kind === 'name' ? 0 : Math.max(0, before.failures - 1);
      await store.setAttempts(key, { failures: left, lastAt: before.lastAt, blockedUntil: null });
    }
    return failures;
  });
}

/** A registrar lets a person try again at once. */
export async function forgetTries(ports: PeoplePorts, name: string): Promise<void> {
  await ports.store.setAttempts(ports.secrets.hash(`name:${name}`), { failures: 0, lastAt: null, blockedUntil: null });
}
