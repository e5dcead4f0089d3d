// The entries of the public log in the database: written by one sequencer at a time, each batch in one transaction.

import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Batch, LogEntries, LogIdentity, Queue } from '../../../app/log/ports.ts';
import type { CaseId } from '../../../domain/docket/case-file.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { Defect } from '../../../kernel/outcome.ts';
import { joined, unpacked } from '../../../transparency/bytes.ts';
import type { Cadence } from '../../../transparency/cadence.ts';
import { HASH_BYTES } from '../../../transparency/merkle.ts';
import { askedAs, asPerson } from '../casework/store.ts';
import type { Db } from '../connection.ts';
import type { Tables } from '../schema.ts';

type Tx = Kysely<Tables>;

/** The name of the sequencer's lock among the advisory locks of the database. */
const LOCK = 0x726f6701;
/**
 * A commitment that is not there yet may still have a smaller number than one that is, as long as its transaction runs. So
 * far back we look again; no transaction lives that long.
 */
export const LOOK_BACK = '1 hour';

export function logEntries(db: Db): LogEntries {
  const asNode = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => asPerson(db, 'clock', work);
  const ask = <Row>(question: RawBuilder<Row>): Promise<readonly Row[]> => askedAs(db, 'clock', question.compile(db));
  return {
    alone: (work) =>
      db.connection().execute(async (own) => {
        await sql`select pg_advisory_lock(${LOCK})`.execute(own);
        try {
          return await work();
        } finally {
          await sql`select pg_advisory_unlock(${LOCK})`.execute(own);
        }
      }),
    standing: async (own) => {
      const [row] = await ask(standing);
      if (row === undefined) throw new Defect('a question that always has an answer has none');
      const { origin, vkey, size, slot, head_size, root } = row;
      const head = head_size === null || root === null ? null : { size: head_size, root };
      const identity = origin === null || vkey === null ? await asNode((tx) => identify(tx, own)) : { origin, vkey };
      return { identity, size, lastSlot: slot, head };
    },
    size: () => asNode(sizeOf),
    // One more than fits, to know from where on they wait.
    waiting: async (slot, cadence) => queueOf(await ask(waitingIn(slot, cadence))),
    append: async (batch, from) =>
      (await ask(entering(batch, from))).flatMap(({ values }) => unpacked(values, HASH_BYTES)),
    values: (from, to) => asNode((tx) => values(tx, from, to)),
    noteHead: async ({ size, root }, at) => {
      await ask(sql`
insert into log_head (size, root, signed_at) values (${size}, ${Buffer.from(root)}, ${at}) on conflict do nothing`);
    },
    indexOf: async (commitment, of) => (await ask(placeOf(Buffer.from(commitment), of ?? null)))[0]?.index,
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

export async function sizeOf(tx: Tx): Promise<number> {
  const row = await tx.selectFrom('log_entry').select('index').orderBy('index', 'desc').limit(1).executeTakeFirst();
  return row === undefined ? 0 : row.index + 1;
}

/** No index has all commitments there are: steps of a case are found by the case, and the others are few. */
const placeOf = (commitment: Buffer, of: CaseId | null): RawBuilder<{ index: number | null }> => sql`
select log_entry.index from (
  select entry, commitment from opening where case_id = ${of}::uuid and commitment = ${commitment}
  union all select entry, commitment from oversight_event where commitment = ${commitment}
  union all select entry, commitment from report where commitment = ${commitment}
) as step
join commitment on commitment.id = step.entry and commitment.value = step.commitment
left join log_entry on log_entry.commitment = commitment.id`;

async function values(tx: Tx, from: number, to: number): Promise<Uint8Array[]> {
  const { rows } = await sql<{ value: Uint8Array }>`
select value from log_entry where index >= ${from} and index < ${to} order by index`.execute(tx);
  return rows.map(({ value }) => value);
}

/** Asked with a parameter, which the server does not need: so it plans the question once and not in every slot. */
const standing = sql<{
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
left join (select size, root from log_head order by size desc limit ${1}) as h on true`;

/**
 * Up to which commitment all have their places, when it is that slot: none or one row. What waits behind it is looked for
 * no more.
 */
export const floorOf = (slot: RawBuilder<Instant | null>): RawBuilder<{ settled: number }> =>
  sql`select settled from log_slot where slot < ${slot} - ${sql.lit(LOOK_BACK)}::interval order by slot desc limit 1`;

type Places = Pick<Cadence, 'places' | 'reserved'>;

/** One that waits, and the newest of all at that moment, which is there without any that waits too. */
type WaitingRow = { newest: number; id: number | null; value: Uint8Array; urgent: boolean };

/**
 * What waits behind the floor, in its order; and where not all of it fits, steps of cases that are an emergency now, whatever
 * stands before them in the queue. A step may be found as both. What is newer than the newest waits for the next slot.
 */
const waitingIn = (slot: Instant, { places, reserved }: Places): RawBuilder<WaitingRow> =>
  // Without the floor said of entries too, the planner may walk through all entries there ever were. Of a case only the newest
  // step is looked for, before which all others enter, and of so many cases only as can fill a batch: left to itself, the
  // planner goes through all that has piled up.
  sql`
with edge as materialized (
  select coalesce((${floorOf(sql`${slot}::timestamptz`)}), 0) as floor, coalesce((select max(id) from commitment), 0) as newest
), first as materialized (
  select id, value from commitment
  where id > (select floor from edge) and not exists (
    select from log_entry where log_entry.commitment > (select floor from edge) and log_entry.commitment = commitment.id)
  order by id limit ${places + 1}
), urgent as materialized (
  select case_file.id from case_file cross join lateral (${waitingOf(sql`seq = case_file.version`)}) as step
  where urgency = 'emergency' and not closed and (select count(*) from first) > ${places - reserved}
  order by case_file.id limit ${places}
)
select newest, id, value, urgent from edge left join (
  (select id, value, false as urgent from first)
  union all
  (select step.id, step.value, true from urgent as case_file cross join lateral (${waitingOf(sql`true`)}) as step
    order by step.id limit ${places})
) as waiting on true`;

/** Of the steps of a case those that wait, looked up one by one by their keys. */
const waitingOf = (which: RawBuilder<boolean>): RawBuilder<unknown> => sql`
    select commitment.id, commitment.value from opening join commitment on commitment.id = opening.entry
    where case_id = case_file.id and ${which} and commitment.id > (select floor from edge)
      and not exists (select from log_entry where log_entry.commitment = commitment.id)
    offset 0`;

/** Each once, as an emergency where it is found as one. */
function queueOf(rows: readonly WaitingRow[]): Queue {
  const found = rows.flatMap(({ id, value, urgent }) => (id === null ? [] : [{ id, value, urgent }]));
  const emergency = new Set(found.filter(({ urgent }) => urgent).map(({ id }) => id));
  const steps = found
    .filter(({ id, urgent }) => urgent || !emergency.has(id))
    .sort((one, other) => one.id - other.id)
    .map(({ id, value }) => ({ id: { id, value }, emergency: emergency.has(id) }));
  return { steps, newest: rows[0]?.newest ?? 0 };
}

/**
 * Writes a batch, and gives the commitments from `from` on with it, one after the other. They come and go in one piece each:
 * hundreds of small values take longer to be read out of a message than to be written.
 */
function entering({ slot, first, places, settled }: Batch, from: number): RawBuilder<{ values: Uint8Array }> {
  const values = joined(...places.map(({ value }) => value));
  const ids = places.map((place) => (place.is === 'step' ? place.id : null));
  const salts = joined(...places.map((place) => (place.is === 'padding' ? place.salt : NO_SALT)));
  const at = sql`${sql.lit(HASH_BYTES)} * (n::integer - 1) + 1, ${sql.lit(HASH_BYTES)}`;
  return sql`
with opened as (
  insert into log_slot (slot, first, places, settled) values (${slot}, ${first}, ${places.length}, ${settled})
), added as (
  insert into log_entry (index, value, commitment, slot, padding_salt)
  select ${first}::bigint + n - 1, substr(${Buffer.from(values)}::bytea, ${at}), id, ${slot}::timestamptz,
    case when id is null then substr(${Buffer.from(salts)}::bytea, ${at}) end
  from unnest(${ids}::bigint[]) with ordinality as place (id, n)
  returning index, value
)
select string_agg(value, ''::bytea order by index) as values from (
  select index, value from log_entry where index >= ${from} and index < ${first} union all select index, value from added
) as entry`;
}
const NO_SALT = new Uint8Array(HASH_BYTES);
