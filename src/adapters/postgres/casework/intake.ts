// A new case in one statement, which is its transaction: its line, its events with their commitments, and all beside them.

import { CompiledQuery, type Kysely } from 'kysely';
import type { NewCase } from '../../../app/casework/ports.ts';
import type { CaseId, Reference } from '../../../domain/docket/case-file.ts';
import type { By } from '../../../domain/registry/person.ts';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { Db } from '../connection.ts';
import type { Tables } from '../schema.ts';
import { chain } from './chain.ts';
import { together } from './together.ts';

/** The nil UUID is the clock to row-level security; it is nobody's. */
export const CLOCK = '00000000-0000-0000-0000-000000000000';

const OPEN = 'select rogatory_open_case($1, $2, $3) as alike';
const NUMBERS = "select nextval('case_number') as number from generate_series(1, $1::integer)";
const TELL = "select pg_notify('rogatory_case', id) from unnest($1::text[]) as id";

/** Writes it under the policies of whoever opens it; gives the cases it has something in common with, the newest first. */
export async function openIn(db: Kysely<Tables>, by: By, opened: NewCase): Promise<readonly Reference[]> {
  const { json, bytes } = writtenOf(opened);
  const query = CompiledQuery.raw(OPEN, [by === 'clock' ? CLOCK : by, json, bytes]);
  const { rows } = await db.executeQuery<{ alike: Reference[] }>(query as CompiledQuery<{ alike: Reference[] }>);
  return rows[0]?.alike ?? [];
}

/** Numbers for new cases, drawn for all who wait. A number that is drawn for nothing is missing in the year. */
export const caseNumbers = (db: Kysely<Tables>): (() => Promise<number>) => {
  const draw = together<null, number>(async (asked) => {
    const { rows } = await db.executeQuery<{ number: number }>(
      CompiledQuery.raw(NUMBERS, [asked.length]) as CompiledQuery<{ number: number }>,
    );
    return rows.map(({ number }) => number);
  });
  return () => draw(null);
};

/** Lists that are open hear of new cases so often at most, in milliseconds. */
const TOLD_EVERY = 100;

/** Tells open pages that there is a new case. It is word and no record: where it is lost, a page is as old as it says. */
export function teller(db: Db): (id: CaseId) => void {
  let untold: CaseId[] = [];
  return (id) => {
    untold.push(id);
    if (untold.length > 1) return;
    setTimeout(() => {
      const ids = untold;
      untold = [];
      db.executeQuery(CompiledQuery.raw(TELL, [ids])).catch(() => undefined);
    }, TOLD_EVERY).unref();
  };
}

/** The case as the function of the database takes it: what is said of it, and the bytes to which that points. */
function writtenOf({ file, steps, projection, calls, documents }: NewCase) {
  const { line, words, terms, marks } = projection;
  const state = Buffer.from(canonicalJson(file), 'utf8');
  const links = chain(file.id, null, steps);
  // SQL counts bytes from 1.
  let start = state.length + 1;
  const events = links.map(({ seq, type, plain, salt, commitment, previous }) => {
    const from = start;
    start += plain.length;
    const [kept, key, before] = [hex(commitment), hex(salt), previous && hex(previous)];
    return { seq, type, start: from, length: plain.length, commitment: kept, salt: key, previous: before };
  });
  const json = JSON.stringify({
    id: file.id,
    at: steps[0]?.at,
    line: {
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
      state_length: state.length,
      words,
    },
    events,
    assessments: steps.flatMap(({ event }) =>
      event.type === 'assessment.made' ? [{ no: event.no, outcome: event.outcome }] : [],
    ),
    terms,
    marks,
    calls,
    documents: documents.map(({ mediaType: media_type, addedAt: added_at, addedBy: added_by, ...rest }) => ({
      ...rest,
      media_type,
      added_at,
      added_by,
    })),
  });
  return { json, bytes: Buffer.concat([state, ...links.map(({ plain }) => plain)]) };
}

/** As PostgreSQL reads bytes in a text. */
const hex = (bytes: Uint8Array): string =>
  `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}`;
