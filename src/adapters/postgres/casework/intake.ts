// New cases in one statement, which is their transaction: their lines, their events with their commitments, and all beside them.

import { CompiledQuery, type Kysely } from 'kysely';
import type { NewCase } from '../../../app/casework/ports.ts';
import type { CaseId, Reference } from '../../../domain/docket/case-file.ts';
import type { By } from '../../../domain/registry/person.ts';
import type { Db } from '../connection.ts';
import type { Tables } from '../schema.ts';
import { chain } from './chain.ts';
import { together } from './together.ts';

/** The nil UUID is the clock to row-level security; it is nobody's. */
export const CLOCK = '00000000-0000-0000-0000-000000000000';

const OPEN = 'select opened, alike from rogatory_open_cases($1, $2, $3, $4, $5, $6, $7, $8)';
const NUMBERS = "select nextval('case_number') as number from generate_series(1, $1::integer)";
const TELL = "select pg_notify('rogatory_case', id) from unnest($1::text[]) as id";

type Tx = Kysely<Tables>;
type Alike = readonly Reference[];

const ask = async <Row>(db: Tx, text: string, values: unknown[]): Promise<Row[]> =>
  (await db.executeQuery(CompiledQuery.raw(text, values))).rows as Row[];

/** Writes them as `by`; gives for each the cases it has something in common with, the newest first. */
export async function openIn(db: Tx, by: By, opened: readonly NewCase[]): Promise<Alike[]> {
  const values = [by === 'clock' ? CLOCK : by, ...written(opened)];
  const rows = await ask<{ opened: string; alike: Reference[] }>(db, OPEN, values);
  const found = new Map(rows.map(({ opened: id, alike }) => [id, alike]));
  return opened.map(({ file }) => found.get(file.id) ?? []);
}

/** As many as are written in one transaction at most, and as many transactions of one person at a time. */
const [MOST, LANES] = [16, 2];

/**
 * Opens cases, each of them on disk when it is answered. Those of one person that wait at the same time share a transaction.
 * Where the database refuses that, nothing of it stands, and each is written alone: whatever cannot be written fails by itself.
 */
export function opener(db: Db, tried: <T>(work: () => Promise<T>) => Promise<T>) {
  const alone = async (by: By, one: NewCase): Promise<Alike> => {
    const [alike] = await tried(() => openIn(db, by, [one]));
    return alike ?? [];
  };
  const doors = new Map<By, (one: NewCase) => Promise<Alike>>();
  return (by: By, one: NewCase): Promise<Alike> => {
    let door = doors.get(by);
    if (door === undefined) {
      door = together({ lanes: LANES, most: MOST }, async (waiting: readonly NewCase[]) => {
        try {
          if (waiting.length > 1) return await openIn(db, by, waiting);
        } catch (error) {
          if (!wasRolledBack(error)) throw error;
        }
        return waiting.map((each) => alone(by, each));
      });
      doors.set(by, door);
    }
    return door(one);
  };
}

/** Whether the server itself says that a statement failed; of a connection that is lost nobody knows what became of it. */
const wasRolledBack = (error: unknown): boolean =>
  /^(?!08|57|58|XX)[0-9A-Z]{5}$/.test(String((error as { code?: unknown }).code));

/** Numbers for new cases, drawn for all who wait. A number that is drawn for nothing is missing in the year. */
export function caseNumbers(db: Tx): () => Promise<number> {
  const draw = together({ lanes: 1, most: 1000 }, async (asked: readonly null[]) => {
    const rows = await ask<{ number: number }>(db, NUMBERS, [asked.length]);
    return rows.map(({ number }) => number);
  });
  return () => draw(null);
}

/** Lists that are open hear of new cases so often at most, in milliseconds. */
const TOLD_EVERY = 100;

/** Tells open pages that there are new cases. It is word and no record: where it is lost, a page is as old as it says. */
export function teller(db: Db): (id: CaseId) => void {
  let untold: CaseId[] = [];
  return (id) => {
    untold.push(id);
    if (untold.length > 1) return;
    setTimeout(() => {
      const ids = untold;
      untold = [];
      ask(db, TELL, [ids]).catch(() => undefined);
    }, TOLD_EVERY).unref();
  };
}

/** The parameters of the function of the database: what is said of each case, and the bytes to which that points. */
function written(opened: readonly NewCase[]): unknown[] {
  const parts: Uint8Array[] = [];
  // SQL counts bytes from 1.
  let next = 1;
  const put = (...some: readonly Uint8Array[]): number => {
    const start = next;
    parts.push(...some);
    for (const { length } of some) next += length;
    return start;
  };
  const [cases, events, terms]: [object[], object[], object[]] = [[], [], []];
  const [marks, calls, documents]: [object[], object[], object[]] = [[], [], []];
  for (const { file, steps, projection, calls: called, documents: added } of opened) {
    const { line, words } = projection;
    const state = Buffer.from(JSON.stringify(file), 'utf8');
    const at = steps[0]?.at;
    const case_id = file.id;
    cases.push({
      id: case_id,
      reference: line.reference,
      direction: line.direction,
      requesting_state: line.requestingState,
      requested_state: line.requestedState,
      counterpart: line.counterpart,
      measure: line.measure,
      instrument: line.instrument,
      stage: line.stage,
      urgency: line.urgency,
      turn: line.turn,
      assignee: line.assignee,
      received_at: line.receivedAt,
      due_at: line.dueAt,
      due_kind: line.dueKind,
      outcome: line.outcome,
      disposition: line.disposition,
      waiting: line.waiting,
      to_call: line.toCall,
      version: file.version,
      words,
      start: put(state),
      length: state.length,
    });
    let before: number | null = null;
    for (const [n, { seq, type, at: moment, salt, commitment, plain }] of chain(file.id, null, steps).entries()) {
      const start = put(salt, commitment, plain);
      const event = steps[n]?.event;
      const made = event?.type === 'assessment.made' ? { assessment: event.no, outcome: event.outcome } : {};
      events.push({ case_id, seq, type, at: moment, start, length: plain.length, before, ...made });
      before = start + salt.length;
    }
    for (const term of projection.terms) terms.push({ case_id, ...term });
    for (const mark of projection.marks) marks.push({ case_id, mark });
    for (const call of called) calls.push({ at, ...call });
    for (const { mediaType, addedAt, ...rest } of added)
      documents.push({ case_id, media_type: mediaType, added_at: addedAt, ...rest });
  }
  const lists = [cases, events, terms, marks, calls].map((list) => JSON.stringify(list));
  return [...lists, documents.length === 0 ? null : JSON.stringify(documents), Buffer.concat(parts)];
}
