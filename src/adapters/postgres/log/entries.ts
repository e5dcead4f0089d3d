// The entries of the public log in the database: written by one sequencer at a time, each batch in one transaction.

import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { LogEntries, LogIdentity, Place, WaitingStep } from '../../../app/log/ports.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { Defect } from '../../../kernel/outcome.ts';
import { asPerson } from '../casework/store.ts';
import type { Db } from '../connection.ts';
import type { Tables } from '../schema.ts';

type Tx = Kysely<Tables>;

/** The name of the sequencer's lock among the advisory locks of the database. */
const LOCK = 0x726f6701;
/**
 * A commitment that is not there yet may still have a smaller number than one that is, as long as its transaction runs. So
 * far back we look again; no transaction lives that long.
 */
const LOOK_BACK = '1 hour';

export function logEntries(db: Db): LogEntries {
  const asNode = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => asPerson(db, 'clock', work);
  return {
    alone: (work) =>
      db.connection().execute(async (own) => {
        await sql`select pg_advisory_lock(${sql.lit(LOCK)})`.execute(own);
        try {
          return await work();
        } finally {
          await sql`select pg_advisory_unlock(${sql.lit(LOCK)})`.execute(own);
        }
      }),
    standing: (own) =>
      asNode(async (tx) => {
        const { rows } = await sql<{
          origin: string | null;
          vkey: string | null;
          size: number;
          slot: Instant | null;
          head_size: number | null;
          root: Uint8Array | null;
        }>`
select i.origin, i.vkey, coalesce((select max(index) + 1 from log_entry), 0) as size, (select max(slot) from log_slot) as slot,
  h.size as head_size, h.root
from (select 1) as one
left join log_identity i on true
left join (select size, root from log_head order by size desc limit 1) as h on true`.execute(tx);
        const [row] = rows;
        if (row === undefined) throw new Defect('a question that always has an answer has none');
        const head = row.head_size === null || row.root === null ? null : { size: row.head_size, root: row.root };
        const identity =
          row.origin === null || row.vkey === null ? await identify(tx, own) : { origin: row.origin, vkey: row.vkey };
        return { identity, size: row.size, lastSlot: row.slot, head };
      }),
    size: () => asNode(sizeOf),
    append: (slot, places, fill, from) => asNode((tx) => append(tx, slot, places, fill, from)),
    values: (from, to) => asNode((tx) => values(tx, from, to)),
    noteHead: ({ size, root }, at) =>
      asNode(async (tx) => {
        await tx
          .insertInto('log_head')
          .values({ size, root: Buffer.from(root), signed_at: at })
          .onConflict((on) => on.doNothing())
          .execute();
      }),
    indexOf: (commitment) =>
      asNode(async (tx) => {
        const row = await tx
          .selectFrom('commitment')
          .leftJoin('log_entry', 'log_entry.commitment', 'commitment.id')
          .select('log_entry.index')
          .where('commitment.value', '=', Buffer.from(commitment))
          .executeTakeFirst();
        return row?.index;
      }),
    addLost: (from, values) =>
      asNode(async (tx) => {
        if (values.length === 0) return;
        await sql`insert into log_entry (index, value)
select ${from}::bigint + n - 1, value from unnest(${values.map((one) => Buffer.from(one))}::bytea[]) with ordinality as u (value, n)`.execute(
          tx,
        );
      }),
  };
}

/** Of two that ask at once the first decides, and the other hears whose it is. */
async function identify(tx: Tx, own: LogIdentity): Promise<LogIdentity> {
  await tx
    .insertInto('log_identity')
    .values({ one: true, ...own })
    .onConflict((on) => on.doNothing())
    .execute();
  return tx.selectFrom('log_identity').select(['origin', 'vkey']).executeTakeFirstOrThrow();
}

async function sizeOf(tx: Tx): Promise<number> {
  const row = await tx.selectFrom('log_entry').select('index').orderBy('index', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? 0 : row.index + 1;
}

async function values(tx: Tx, from: number, to: number): Promise<Uint8Array[]> {
  const { rows } = await sql<{ value: Uint8Array }>`
select value from log_entry where index >= ${from} and index < ${to} order by index`.execute(tx);
  return rows.map(({ value }) => value);
}

/**
 * What entered is read and written in one transaction; the lock of the sequencer keeps others out meanwhile. Two questions and
 * one statement, because a way to the database costs more than what is asked there.
 */
async function append(
  tx: Tx,
  slot: Instant,
  places: number,
  fill: (waiting: readonly WaitingStep[], first: number) => readonly Place[],
  from: number,
): Promise<Uint8Array[]> {
  const { first, floor, newest } = await edges(tx, slot);
  // One more than fits, to know from where on they wait.
  const found = await waitingAfter(tx, floor, places + 1);
  const ordinary = found.filter(({ urgent }) => !urgent);
  const emergency = new Set(found.filter(({ urgent }) => urgent).map(({ id }) => id));
  const waiting = found
    .filter(({ id, urgent }) => urgent || !emergency.has(id))
    .sort((one, other) => one.id - other.id)
    .map(({ id, value }) => ({ id: { id, value }, emergency: emergency.has(id) }));
  const batch = fill(waiting, first);
  const entered = new Set(batch.flatMap((place) => (place.is === 'step' ? [place.id] : [])));
  const left = ordinary.find(({ id }) => !entered.has(id));
  const settled = left === undefined ? newest : left.id - 1;
  const entering = batch.map(({ value }) => Buffer.from(value));
  const ids = batch.map((place) => (place.is === 'step' ? place.id : null));
  const salts = batch.map((place) => (place.is === 'padding' ? Buffer.from(place.salt) : null));
  const { rows } = await sql<{ value: Uint8Array }>`
with opened as (
  insert into log_slot (slot, first, places, settled) values (${slot}, ${first}, ${batch.length}, ${settled})
), added as (
  insert into log_entry (index, value, commitment, slot, padding_salt)
  select ${first}::bigint + n - 1, value, commitment, ${slot}::timestamptz, salt
  from unnest(${entering}::bytea[], ${ids}::bigint[], ${salts}::bytea[]) with ordinality as u (value, commitment, salt, n)
  returning index, value
)
select index, value from log_entry where index >= ${from} and index < ${first}
union all select index, value from added
order by index`.execute(tx);
  return rows.map(({ value }) => value);
}

/**
 * Up to which commitment all have their places, when it is that slot: none or one row. What waits behind it is looked for
 * no more.
 */
export const floorOf = (slot: RawBuilder<Instant | null>): RawBuilder<{ settled: number }> =>
  sql`select settled from log_slot where slot < ${slot} - ${sql.lit(LOOK_BACK)}::interval order by slot desc limit 1`;

/** Where the log ends, from where on steps are looked for in that slot, and the newest of them: what is newer waits for the next. */
async function edges(tx: Tx, slot: Instant): Promise<{ first: number; floor: number; newest: number }> {
  const { rows } = await sql<{ first: number; floor: number; newest: number }>`
select coalesce((select max(index) + 1 from log_entry), 0) as first,
  coalesce((${floorOf(sql`${slot}::timestamptz`)}), 0) as floor,
  coalesce((select max(id) from commitment), 0) as newest`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Defect('a question that always has an answer has none');
  return row;
}

/**
 * What waits behind the floor, in its order; and steps of cases that are an emergency now, whatever stands before them in the
 * queue. A step may be found as both.
 */
async function waitingAfter(tx: Tx, floor: number, most: number) {
  // Without the floor said of entries too, the planner may walk through all entries there ever were.
  const { rows } = await sql<{ id: number; value: Uint8Array; urgent: boolean }>`
(select id, value, false as urgent from commitment
  where id > ${floor}::bigint and not exists (
    select from log_entry where log_entry.commitment > ${floor}::bigint and log_entry.commitment = commitment.id)
  order by id limit ${most})
union all
(select commitment.id, commitment.value, true
  from case_file
  join opening on opening.case_id = case_file.id
  join commitment on commitment.value = opening.commitment
  left join log_entry on log_entry.commitment = commitment.id
  where urgency = 'emergency' and not closed and commitment.id > ${floor}::bigint and log_entry.index is null
  order by commitment.id limit ${most})`.execute(tx);
  return rows;
}
