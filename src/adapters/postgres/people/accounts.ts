// The account of a person - who they are, their roles, what they sign in with, their keys - as a chain of steps with commitments.
// Attacker: the owner of the database, who puts a passkey of their own in the place of an approver's.

import { type Kysely, sql } from 'kysely';
import type { Held, NodeMark, Row } from '../../../app/log/held-ports.ts';
import type { KeptAccount } from '../../../app/log/audit-ports.ts';
import type { PersonId } from '../../../domain/registry/person.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { enterHeld, hasChains, heldChains, lockChain } from '../log/held-steps.ts';
import { type Owned, ownedRows, plain } from '../log/plain-rows.ts';
import type { Tables } from '../schema.ts';

type Tx = Kysely<Tables>;

/** What changes only by an act on record. Counters, and when something was used last, change with each use and stand in no step. */
const ACCOUNT: Owned = {
  person: ['id', 'name', 'created_at', 'disabled_at'],
  person_role: ['person', 'role', 'given_at', 'given_by', 'taken_at', 'taken_by'],
  login: ['person', 'name', 'password', 'totp'],
  passkey: ['person', 'id', 'public_key', 'transports', 'device_bound', 'label', 'added_at'],
  recovery_code: ['person', 'hash', 'made_at'],
  federated_identity: ['person', 'issuer', 'subject'],
  person_key: ['person', 'recipient', 'made_at', 'sealed'],
  mail_address: ['person', 'address'],
};
const KIND = 'account';
const chainOf = (person: string): string => `${KIND}/${person}`;

type Act = Omit<Held, 'rows'> & {
  readonly person: PersonId;
  readonly at: Instant;
  readonly by: PersonId | null;
};

/** Enters an act on an account, after its rows were changed and in the same transaction. */
export async function enterAccount(tx: Tx, mark: NodeMark, { person, at, by, ...act }: Act): Promise<void> {
  const chain = chainOf(person);
  await lockChain(tx, chain);
  const rows = (await ownedRows(tx, ACCOUNT, [person])).get(person) ?? {};
  await enterHeld(tx, mark, { chain, at, by }, { ...act, rows });
}

const LINES = ['at', 'by_person', 'what', 'facts'] as const;
/** To sign in changes no account. */
const isAct = (what: string): boolean => what !== 'signed-in';

/** Writes a line of the record of acts on people, and where it is one on an account, the step with it. */
export async function recordAct(
  tx: Tx,
  mark: NodeMark,
  line: { at: Instant; by: PersonId | null; person: PersonId | null; what: string; facts: Held['facts'] },
): Promise<void> {
  const { at, by, person, what, facts } = line;
  const written = await tx
    .insertInto('person_event')
    .values({ at, by_person: by, person, what, facts: JSON.stringify(facts) })
    .returning(LINES)
    .executeTakeFirstOrThrow();
  if (person !== null && isAct(what))
    await enterAccount(tx, mark, { person, at, by, type: what, facts, lines: [plain(written)] });
}

/**
 * Enters every account as it is found, with the lines of its record: once, where no account has a step yet. Whatever is there before
 * is taken for what it says.
 */
export async function enterAccountsFound(tx: Tx, mark: NodeMark, at: Instant): Promise<void> {
  await sql`lock table person in share row exclusive mode`.execute(tx);
  if (await hasChains(tx, KIND)) return;
  const lines = await linesOf(tx);
  for (const [person, rows] of await ownedRows(tx, ACCOUNT, 'all')) {
    const place = { chain: chainOf(person), at, by: null };
    await enterHeld(tx, mark, place, { type: 'found', facts: {}, rows, lines: lines.get(person) ?? [] });
  }
}

/** The lines of the record by the person whose account they are of. */
async function linesOf(tx: Tx): Promise<Map<string, Row[]>> {
  const found = await tx
    .selectFrom('person_event')
    .select(['person', ...LINES])
    .where('person', 'is not', null)
    .orderBy('id')
    .execute();
  const byPerson = Map.groupBy(
    found.filter(({ what }) => isAct(what)),
    ({ person }) => person ?? '',
  );
  return new Map([...byPerson].map(([person, own]) => [person, own.map(({ person: _, ...line }) => plain(line))]));
}

/** Every account with its steps: of whoever has any row, a line or a step. */
export async function accountsKept(tx: Tx): Promise<KeptAccount[]> {
  const [chains, lines, rows] = [await heldChains(tx, KIND), await linesOf(tx), await ownedRows(tx, ACCOUNT, 'all')];
  const ofSteps = [...chains.keys()].map((chain) => chain.slice(KIND.length + 1));
  return [...new Set([...rows.keys(), ...lines.keys(), ...ofSteps])].map((person) => {
    const own = rows.get(person) ?? {};
    const name = String(own['person']?.[0]?.['name'] ?? person);
    const steps = chains.get(chainOf(person)) ?? [];
    return {
      id: chainOf(person),
      reference: `the account of ${name}`,
      name,
      version: Math.max(0, ...steps.map(({ seq }) => seq)),
      erased: null,
      steps,
      rows: own,
      lines: lines.get(person) ?? [],
    };
  });
}
