// Steps of what no case holds, over PostgreSQL: each written with its commitment, in the transaction that changes the rows it holds.

import { type Kysely, sql } from 'kysely';
import { type Held, heldStep, type NodeMark } from '../../../app/log/held-ports.ts';
import type { KeptChain } from '../../../app/log/audit-ports.ts';
import type { CaseId, Recorded } from '../../../domain/docket/case-file.ts';
import type { PersonId } from '../../../domain/registry/person.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { chain as linked } from '../casework/chain.ts';
import { HELD_LOCK } from '../locks.ts';
import type { Tables } from '../schema.ts';

type Tx = Kysely<Tables>;

/** Holds every other step of this chain back until the transaction ends: whoever comes next reads the rows that this one left. */
export async function lockChain(tx: Tx, chain: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(HELD_LOCK)}, hashtext(${chain}))`.execute(tx);
}

/** The next step of a chain that was locked before its rows were read. Nobody stands for the node itself, and for whoever had not signed in yet. */
export async function enterHeld(
  tx: Tx,
  mark: NodeMark,
  { chain, at, by }: { readonly chain: string; readonly at: Instant; readonly by: PersonId | null },
  held: Held,
): Promise<void> {
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

/** Whether there is any chain of a kind. */
export async function hasChains(tx: Tx, kind: string): Promise<boolean> {
  const found = tx.selectFrom('held_step').select('seq').where('chain', 'like', `${kind}/%`).limit(1);
  return (await found.executeTakeFirst()) !== undefined;
}

/** All chains of a kind, by their names, in which every step stands with what opens its commitment. */
export async function heldChains(tx: Tx, kind: string): Promise<Map<string, KeptChain['steps']>> {
  const { rows } = await sql<Row>`
select h.chain, h.seq, h.type, h.at, h.person, h.body, h.commitment, h.salt, h.previous, c.id is not null as known, l.index,
  coalesce(l.index is null and c.id <= (select max(settled) from log_slot) and h.at < now() - interval '1 hour', false) as passed_over
from held_step h
left join commitment c on c.value = h.commitment
left join log_entry l on l.commitment = c.id
where h.chain like ${`${kind}/%`}
order by h.chain, h.seq`.execute(tx);
  const steps = rows.map(({ chain, seq, type, at, person, body, passed_over, ...opening }) => ({
    chain,
    seq,
    event: { type, at, actor: person ?? 'clock', body },
    opening: { ...opening, passedOver: passed_over },
  }));
  return Map.groupBy(steps, ({ chain }) => chain);
}

type Row = {
  readonly chain: string;
  readonly seq: number;
  readonly type: string;
  readonly at: Instant;
  readonly person: string | null;
  readonly body: Uint8Array;
  readonly commitment: Uint8Array;
  readonly salt: Uint8Array;
  readonly previous: Uint8Array | null;
  readonly known: boolean;
  readonly index: number | null;
  readonly passed_over: boolean;
};
