// New cases in one statement, which is their transaction: their lines, their events with their commitments, and all beside them.

import { CompiledQuery, type Kysely } from 'kysely';
import { lineColumns } from '../../../app/casework/line-ports.ts';
import type { NewCase } from '../../../app/casework/ports.ts';
import type { CaseFile, CaseId } from '../../../domain/docket/case-file.ts';
import type { By } from '../../../domain/registry/person.ts';
import type { Db } from '../connection.ts';
import type { Tables } from '../schema.ts';
import { chain, type Link } from './chain.ts';
import { together } from './together.ts';

/** The nil UUID is the clock to row-level security; it is nobody's. */
export const CLOCK = '00000000-0000-0000-0000-000000000000';

const OPEN = 'select rogatory_receive($1, $2, $3, $4, $5, $6, $7, $8)';
const NUMBERS = "select nextval('case_number') as number from generate_series(1, $1::integer)";
const TELL = "select pg_notify('rogatory_case', id) from unnest($1::text[]) as id";

type Tx = Kysely<Tables>;

const ask = async <Row>(db: Tx, text: string, values: unknown[]): Promise<Row[]> =>
  (await db.executeQuery(CompiledQuery.raw(text, values))).rows as Row[];

/** A case with the chain of its steps, which is what can be wrong with it before it is written. */
type Linked = { readonly opened: NewCase; readonly links: readonly Link[] };
export const linked = (opened: NewCase): Linked => ({ opened, links: chain(opened.file.id, null, opened.steps) });

/** Writes them as `by`. */
export async function openIn(db: Tx, by: By, opened: readonly Linked[]): Promise<void> {
  await ask(db, OPEN, [by === 'clock' ? CLOCK : by, ...written(opened)]);
}

/** As many as are written in one transaction at most, and as many transactions of one person at a time. */
const [MOST, LANES] = [32, 2];

/** For so long, in milliseconds, whoever gives way waits at most. */
const LONGEST_WAIT = 250;

/** Makes a new case of the number that is its own. */
type Make = (number: number) => NewCase;

/**
 * `write` opens a case and gives it once it is on disk; undefined where a program handed the same in before. Those of one
 * person that wait at the same time draw their numbers together and share a transaction. Where the database refuses that,
 * nothing of it stands, and each is written alone: whatever cannot be made or written fails by itself. `lull` waits until
 * nothing is being written, and not for ever.
 */
export function opener(db: Db, tried: <T>(work: () => Promise<T>) => Promise<T>) {
  const alone = async (by: By, one: Linked): Promise<CaseFile | undefined> => {
    try {
      await tried(() => openIn(db, by, [one]));
      return one.opened.file;
    } catch (error) {
      if ((error as { constraint?: unknown }).constraint === ONCE) return undefined;
      throw error;
    }
  };
  const openAll = async (by: By, waiting: readonly Make[]): Promise<readonly Promise<CaseFile | undefined>[]> => {
    const numbers = await numbersFor(db, waiting.length);
    const made = waiting.map(async (make, n) => linked(make(numbers[n] as number)));
    const cases = (await Promise.allSettled(made)).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    try {
      if (cases.length > 1) {
        await openIn(db, by, cases);
        return made.map(async (one) => (await one).opened.file);
      }
    } catch (error) {
      if (!wasRolledBack(error)) throw error;
    }
    return made.map(async (one) => alone(by, await one));
  };
  const doors = new Map<By, (make: Make) => Promise<CaseFile | undefined>>();
  const doorOf = (by: By) => {
    const known = doors.get(by);
    if (known) return known;
    const door = together({ lanes: LANES, most: MOST }, (waiting: readonly Make[]) => openAll(by, waiting));
    doors.set(by, door);
    return door;
  };
  let [writing, idle] = [0, Promise.withResolvers<void>()];
  return {
    write: async (by: By, make: Make): Promise<CaseFile | undefined> => {
      writing++;
      try {
        return await doorOf(by)(make);
      } finally {
        if (--writing === 0) {
          idle.resolve();
          idle = Promise.withResolvers();
        }
      }
    },
    lull: async (): Promise<void> => {
      if (writing === 0) return;
      const long = Promise.withResolvers<void>();
      const timer = setTimeout(long.resolve, LONGEST_WAIT);
      await Promise.race([idle.promise, long.promise]);
      clearTimeout(timer);
    },
  };
}

/** The key of what programs handed in, by which they do so once. */
const ONCE = 'api_intake_pkey';

/** Whether the server itself says that a statement failed; of a connection that is lost nobody knows what became of it. */
const wasRolledBack = (error: unknown): boolean =>
  /^(?!08|57|58|XX)[0-9A-Z]{5}$/.test(String((error as { code?: unknown }).code));

/** Numbers for new cases. A number that is drawn for nothing is missing in the year. */
export async function numbersFor(db: Tx, count: number): Promise<number[]> {
  const rows = await ask<{ number: number }>(db, NUMBERS, [count]);
  return rows.map(({ number }) => number);
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
function written(opened: readonly Linked[]): unknown[] {
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
  const [calls, documents, claims]: [object[], object[], object[]] = [[], [], []];
  for (const { opened: one, links } of opened) {
    const { file, projection, calls: called, documents: added, claim } = one;
    const { line } = projection;
    const at = links[0]?.at;
    const case_id = file.id;
    // The function of the database takes the columns that a new case can differ in.
    cases.push({ id: case_id, ...lineColumns(line, file), version: file.version });
    let before: number | null = null;
    for (const { seq, type, at: moment, salt, commitment, plain } of links) {
      const start = put(salt, commitment, plain);
      events.push({ case_id, seq, type, at: moment, start, length: plain.length, before });
      before = start + salt.length;
    }
    for (const term of projection.terms) terms.push({ case_id, ...term });
    for (const call of called) calls.push({ at, ...call });
    for (const { mediaType, addedAt, ...rest } of added)
      documents.push({ case_id, media_type: mediaType, added_at: addedAt, ...rest });
    if (claim) {
      const { key, repetition, bodyHash, at: when } = claim;
      claims.push({ case_id, api_key: key, repetition, body: bodyHash, at: when, reference: file.reference });
    }
  }
  const lists = [cases, events, terms, calls, documents, claims];
  return [...lists.map((list) => (list.length === 0 ? null : JSON.stringify(list))), Buffer.concat(parts)];
}
