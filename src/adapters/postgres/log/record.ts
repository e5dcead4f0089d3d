// Reads for the self-audit, page by page: entries with what they stand for, and cases with every step, what opens it, and the rows beside.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { folded } from '../../../app/casework/ports.ts';
import type { CaseKeys } from '../../../app/casework/sealing-ports.ts';
import type { KeptCase, KeptEntry, KeptStep, LogRecord } from '../../../app/log/audit-ports.ts';
import type { Standing } from '../../../app/office/ports.ts';
import type { CaseEvent, CaseFile, CaseId, Recorded } from '../../../domain/docket/case-file.ts';
import type { By } from '../../../domain/registry/person.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { type CaseKey, eventFrom, keyOf, stateFrom, utf8 } from '../casework/sealed.ts';
import { asPerson } from '../casework/store.ts';
import type { Db } from '../connection.ts';
import { floorOf, sizeOf } from './entries.ts';
import { bookChains, populations } from '../oversight/chains.ts';
import type { Tables } from '../schema.ts';
import { lockOrigin } from './memory.ts';
import { plain } from './plain-rows.ts';
import { besideCases, rowsOf, withNames } from './rows.ts';

type Tx = Kysely<Tables>;

/** Few enough that a page that somebody asks for meanwhile does not have to wait for them. */
const [ENTRIES_AT_ONCE, CASES_AT_ONCE] = [256, 5];
const CLAIMS_AT_ONCE = 4_096;

/**
 * `standing` is the office as the store has it now. `rests`: so many times as long as it worked, the audit stands still after
 * every few rows, where a node serves people meanwhile; 0 where somebody waits for its end.
 */
export function logRecord(db: Db, keys: CaseKeys, standing: () => Promise<Standing>, rests = 0): LogRecord {
  // One moment of the database for all that is read at a time: the node works meanwhile.
  const asNode = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => asPerson(db, 'clock', work, ONE_MOMENT);
  return {
    ...besideCases(asNode, standing),
    giveWay: inTurn(rests),
    heads: () => asNode((tx) => tx.selectFrom('log_head').select(['size', 'root']).orderBy('size').execute()),
    unsigned: () => asNode(unsigned),
    witnessed: (origins) =>
      asPerson(db, 'clock', async (tx) => {
        for (const origin of origins.toSorted()) await lockOrigin(tx, origin);
        return tx.selectFrom('witnessed_log').select(['origin', 'size', 'root', 'checkpoint']).execute();
      }),
    entries: () =>
      pages(
        rests,
        0,
        (from) => asNode((tx) => entriesFrom(tx, from)),
        ({ index }) => index + 1,
      ),
    unclaimed: async () => {
      const found: number[] = [];
      const giveWay = inTurn(rests);
      const size = await asNode(sizeOf);
      for (let first = 0; first < size; first += CLAIMS_AT_ONCE) {
        found.push(...(await asNode((tx) => unclaimedFrom(tx, first))));
        await giveWay();
      }
      return found;
    },
    book: () => asNode(async (tx) => ({ files: await bookChains(tx), populations: await populations(tx) })),
    cases: () =>
      pages(
        rests,
        '00000000-0000-0000-0000-000000000000',
        (after) => asNode((tx) => casesAfter(tx, keys, after)),
        ({ id }) => id,
      ),
  };
}

async function unsigned(tx: Tx): Promise<{ slot: Instant; size: number }[]> {
  const { rows } = await sql<{ slot: Instant; size: number }>`
select slot, first + places as size from log_slot
where not exists (select from log_head where log_head.size = first + places) order by first`.execute(tx);
  return rows;
}

/** One page after the other; between two it rests in proportion to what reading a page, and whatever was done with it, took. */
async function* pages<T, Place>(
  rests: number,
  first: Place,
  read: (from: Place) => Promise<readonly T[]>,
  after: (last: T) => Place,
): AsyncGenerator<T> {
  for (let from = first; ; ) {
    const began = performance.now();
    const page = await read(from);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    from = after(last);
    if (rests > 0) await sleep(rests * (performance.now() - began), undefined, { ref: false });
  }
}

/** Between two slices of long work: everybody else has a turn, and as it rests, it rests. */
function inTurn(rests: number): () => Promise<void> {
  let began = performance.now();
  return async () => {
    await sleep(rests * (performance.now() - began), undefined, { ref: false });
    began = performance.now();
  };
}

const ONE_MOMENT = 'begin isolation level repeatable read';

async function entriesFrom(tx: Tx, from: number): Promise<KeptEntry[]> {
  const { rows } = await sql<{
    index: number;
    value: Uint8Array;
    commitment: number | null;
    committed: Uint8Array | null;
    slot: Instant | null;
    padding_salt: Uint8Array | null;
  }>`
select e.index, e.value, e.commitment, c.value as committed, e.slot, e.padding_salt
from log_entry e
left join commitment c on c.id = e.commitment
where e.index >= ${from} and e.index < (select coalesce(min(index), 0) from log_entry where index >= ${from}) + ${ENTRIES_AT_ONCE}
order by e.index`.execute(tx);
  return rows.map(({ index, value, commitment, committed, slot, padding_salt }) => ({
    index,
    value,
    commitment: commitment === null ? null : (committed ?? undefined),
    slot,
    paddingSalt: padding_salt,
  }));
}

async function unclaimedFrom(tx: Tx, first: number): Promise<number[]> {
  const { rows } = await sql<{ index: number }>`
select rogatory_unclaimed(${first}, ${first + CLAIMS_AT_ONCE}) as index`.execute(tx);
  return rows.map(({ index }) => index);
}

type StepRow = {
  readonly case_id: string;
  readonly seq: number;
  readonly type: string | null;
  readonly at: Instant | null;
  readonly person: string | null;
  readonly body: Uint8Array | null;
  readonly salt: Uint8Array | null;
  readonly previous: Uint8Array | null;
  readonly commitment: Uint8Array | null;
  readonly known: boolean;
  readonly index: number | null;
  readonly passed_over: boolean;
};

async function casesAfter(tx: Tx, keys: CaseKeys, after: string): Promise<KeptCase[]> {
  // What has steps is a case, also where its line is gone.
  const { rows: ids } = await sql<{ id: string }>`
select id from (
  (select id from case_file where id > ${after}::uuid order by id limit ${CASES_AT_ONCE})
  union (select distinct case_id from event where case_id > ${after}::uuid order by case_id limit ${CASES_AT_ONCE})
) as found order by id limit ${CASES_AT_ONCE}`.execute(tx);
  if (ids.length === 0) return [];
  const wanted = ids.map(({ id }) => id);
  const files = await tx
    .selectFrom('case_file')
    .leftJoin('case_erasure', 'case_erasure.case_id', 'case_file.id')
    .selectAll('case_file')
    .select(['case_erasure.at as erased', 'seq', 'salt', 'reason', 'ordered_by'])
    .where('id', 'in', wanted)
    .execute();
  const { rows: steps } = await sql<StepRow>`
with floor as (${floorOf(sql`(select max(slot) from log_slot)`)})
select coalesce(e.case_id, o.case_id) as case_id, coalesce(e.seq, o.seq) as seq, e.type, e.at, e.person, e.body,
  o.salt, o.previous, o.commitment, c.id is not null as known, l.index,
  coalesce(l.index is null and c.id <= (select settled from floor), false) as passed_over
from (select * from event where case_id = any (${wanted}::uuid[])) e
full join (select * from opening where case_id = any (${wanted}::uuid[])) o on o.case_id = e.case_id and o.seq = e.seq
left join commitment c on c.id = o.entry and c.value = o.commitment
left join log_entry l on l.commitment = c.id
order by 1, 2`.execute(tx);
  const byCase = Map.groupBy(steps, ({ case_id }) => case_id);
  const rows = await rowsOf(tx, wanted);
  const kept: KeptCase[] = [];
  for (const id of wanted) {
    const file = files.find((one) => one.id === id);
    const own = byCase.get(id) ?? [];
    const sealed = file?.sealed ?? false;
    const key = keyOr(file?.sealed && file.erased === null ? await keyFor(tx, keys, id) : null, sealed);
    const history = opened(() => own.map((row) => recordedFrom(row, keys, key)));
    kept.push({
      id,
      reference: file?.reference ?? `the case ${id}, whose line is gone,`,
      version: file?.version ?? 0,
      erased:
        file === undefined || file.erased === null
          ? null
          : { seq: file.seq, salt: file.salt, reason: file.reason, orderedBy: file.ordered_by },
      state: file && stateOf(id, file.state, history, keys, key),
      steps: own.map((row) => stepFrom(row, keys, key)),
      history,
      rows: { ...withNames(rows.get(id) ?? {}, keys, key, id), case_file: file === undefined ? [] : [plain(file)] },
    });
  }
  return kept;
}

const keyFor = (tx: Tx, keys: CaseKeys, id: string): Promise<CaseKey | undefined> =>
  keyOf(tx, keys, 'clock', id as CaseId).catch(() => undefined);

/** The key of a sealed case that could not be had opens nothing. */
function keyOr(key: CaseKey | undefined, sealed: boolean): CaseKey {
  return sealed && (key === undefined || key === null) ? new Uint8Array(32) : (key ?? null);
}

function opened<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    // What does not open, or is not what was sealed, is what the audit is there to name.
    return undefined;
  }
}

/** The case as it is kept; one that nobody has read yet is no more than its steps. */
function stateOf(id: string, kept: Uint8Array, history: readonly Recorded[] | undefined, keys: CaseKeys, key: CaseKey) {
  if (kept.length === 0) return history && (folded(history) ?? undefined);
  return opened(() => parsed<CaseFile>(stateFrom(keys, key, id, kept)));
}

const parsed = <T>(bytes: Uint8Array): T => JSON.parse(utf8(bytes)) as T;

function stepFrom(row: StepRow, keys: CaseKeys, key: CaseKey): KeptStep {
  const { case_id, seq, type, at, person, body, commitment } = row;
  const event = body === null ? undefined : opened(() => eventFrom(keys, key, case_id, seq, body));
  return {
    seq,
    ...(type === null || at === null ? {} : { event: { type, at, actor: person ?? 'clock', body: event?.body } }),
    ...(commitment === null
      ? {}
      : {
          opening: {
            commitment,
            previous: row.previous,
            // In a sealed case the salt lies with the body.
            salt: event?.salt ?? row.salt ?? (key === null || event !== undefined ? null : new Uint8Array()),
            known: row.known,
            index: row.index,
            passedOver: row.passed_over,
          },
        }),
  };
}

function recordedFrom(row: StepRow, keys: CaseKeys, key: CaseKey): Recorded {
  const { body } = eventFrom(keys, key, row.case_id, row.seq, row.body ?? new Uint8Array());
  return { seq: row.seq, at: row.at as Instant, by: (row.person ?? 'clock') as By, event: parsed<CaseEvent>(body) };
}
