// Steps of what no case holds, over PostgreSQL: each written with its commitment, in the transaction that changes the rows it holds.
// Attacker: the owner of the database, who puts a passkey of their own in the place of an approver's.

import { type Kysely, sql } from 'kysely';
import {
  type Held,
  type HeldKind,
  type HeldStep,
  heldStep,
  leftThese,
  type NodeMark,
  type Rows,
} from '../../../app/log/held-ports.ts';
import type { CaseId, Recorded } from '../../../domain/docket/case-file.ts';
import type { By, PersonId } from '../../../domain/registry/person.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { chain as linked, rowOf } from '../casework/chain.ts';
import { HELD_LOCK } from '../locks.ts';
import type { Tables } from '../schema.ts';
import { HELD } from './held-kinds.ts';
import { OFFICE, ownedRows } from './plain-rows.ts';

type Tx = Kysely<Tables>;

/** What is entered of an act on rows of a kind. */
type Act = Pick<Held, 'type' | 'facts' | 'lines'> & {
  readonly at: Instant;
  /** Null: the node itself, or somebody who had not signed in yet. */
  readonly by: PersonId | null;
};

/** The rows of an owner as an act finds them. Nobody else changes them by an act until the transaction ends. */
export type Found = { readonly kind: HeldKind; readonly of: string; readonly rows: Rows | null };

/** Asked for before an act changes anything: only what it changes itself will be held. Rows of nobody are the office's. */
export async function foundBefore(tx: Tx, kind: HeldKind, of = OFFICE): Promise<Found> {
  await sql`select pg_advisory_xact_lock(${sql.lit(HELD_LOCK)}, hashtext(${chainOf(kind, of)}))`.execute(tx);
  return { kind, of, rows: await rowsNow(tx, kind, of) };
}

/** Enters an act, after its rows were changed and in the same transaction. */
export async function enterHeld(tx: Tx, mark: NodeMark, { kind, of, rows: before }: Found, act: Act): Promise<void> {
  await enterStep(tx, mark, chainOf(kind, of), { ...act, before, after: await rowsNow(tx, kind, of) });
}

export const chainOf = (kind: HeldKind, of: string): string => `${kind}/${of}`;
const rowsNow = async (tx: Tx, kind: HeldKind, of: string): Promise<Rows> =>
  (await ownedRows(tx, HELD[kind].rows, [of])).get(of) ?? {};

/** The next step of a chain that nobody else writes meanwhile. */
export async function enterStep(tx: Tx, mark: NodeMark, chain: string, { at, by, ...held }: Act & Held): Promise<void> {
  const last = await lastStep(tx, chain);
  const seq = (last?.place.seq ?? 0) + 1;
  const previous = last?.commitment ?? null;
  const place = { chain, seq, previous: previous?.toHex() ?? null, at, by: by ?? 'clock' } as const;
  const event = heldStep(mark, place, last?.step, held);
  const step = { seq, at, by: place.by, event } as unknown as Recorded;
  for (const link of linked(chain as CaseId, previous, [step]))
    await tx
      .insertInto('held_step')
      .values({ chain, ...rowOf(link) })
      .execute();
}

async function lastStep(tx: Tx, chain: string) {
  const row = await tx
    .selectFrom('held_step')
    .select(['seq', 'previous', 'at', 'person', 'body', 'commitment'])
    .where('chain', '=', chain)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { seq, previous, at, person, body, commitment } = row;
  const place = { chain, seq, previous: previous?.toHex() ?? null, at, by: (person ?? 'clock') as By };
  return { place, commitment, step: JSON.parse(Buffer.from(body).toString('utf8')) as HeldStep };
}

/** Whether rows are as the last step left them, and this node wrote that step. The transaction is of one moment. */
export async function isAsLeft(tx: Tx, mark: NodeMark, kind: HeldKind, of: string): Promise<boolean> {
  const last = await lastStep(tx, chainOf(kind, of));
  return last !== undefined && leftThese(mark, last.place, last.step, await rowsNow(tx, kind, of));
}
