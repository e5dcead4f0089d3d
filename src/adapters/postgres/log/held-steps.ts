// Steps of what no case holds, over PostgreSQL: each written with its commitment, in the transaction that changes the rows it holds.
// Attacker: the owner of the database, who puts a passkey of their own in the place of an approver's.

import { type Kysely, sql } from 'kysely';
import { type Held, type HeldKind, heldStep, type NodeMark } from '../../../app/log/held-ports.ts';
import type { CaseId, Recorded } from '../../../domain/docket/case-file.ts';
import type { PersonId } from '../../../domain/registry/person.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { chain as linked } from '../casework/chain.ts';
import { HELD_LOCK } from '../locks.ts';
import type { Tables } from '../schema.ts';
import { HELD } from './held-kinds.ts';
import { OFFICE, ownedRows } from './plain-rows.ts';

type Tx = Kysely<Tables>;

/** An act after which rows of a kind are other than they were. */
type Act = Omit<Held, 'rows'> & {
  /** Whose rows; nobody's are the office's. */
  readonly of?: string;
  readonly at: Instant;
  /** Null: the node itself, or somebody who had not signed in yet. */
  readonly by: PersonId | null;
};

/** Enters an act, after its rows were changed and in the same transaction. Whoever comes next waits, and reads the rows that this one left. */
export async function enterHeld(tx: Tx, mark: NodeMark, kind: HeldKind, act: Act): Promise<void> {
  const { of = OFFICE } = act;
  await sql`select pg_advisory_xact_lock(${sql.lit(HELD_LOCK)}, hashtext(${chainOf(kind, of)}))`.execute(tx);
  const rows = (await ownedRows(tx, HELD[kind].rows, [of])).get(of) ?? {};
  await enterStep(tx, mark, chainOf(kind, of), { ...act, rows });
}

export const chainOf = (kind: HeldKind, of: string): string => `${kind}/${of}`;

/** The next step of a chain that nobody else writes meanwhile. */
export async function enterStep(tx: Tx, mark: NodeMark, chain: string, { at, by, ...held }: Omit<Act, 'of'> & Held) {
  const last = await tx
    .selectFrom('held_step')
    .select(['seq', 'commitment'])
    .where('chain', '=', chain)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const seq = (last?.seq ?? 0) + 1;
  const previous = last?.commitment ?? null;
  const place = { chain, seq, previous: previous?.toHex() ?? null, at, by: by ?? 'clock' } as const;
  const event = heldStep(mark, place, held);
  const step = { seq, at, by: place.by, event } as unknown as Recorded;
  for (const { type, plain, salt, commitment } of linked(chain as CaseId, previous, [step]))
    await sql`
with added as (insert into commitment (value) values (${commitment}) returning value)
insert into held_step (chain, seq, type, at, person, body, commitment, salt, previous)
select ${chain}, ${seq}::integer, ${type}, ${at}::timestamptz, ${by}::uuid, ${plain}, value, ${salt}, ${previous}::bytea from added`.execute(
      tx,
    );
}
