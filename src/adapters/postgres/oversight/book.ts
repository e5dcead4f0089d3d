// Oversight's book over PostgreSQL: every step is written with its commitment, which the public log takes in like those of cases.

import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Book, BookFile } from '../../../app/oversight/book-ports.ts';
import type { CaseId, Recorded } from '../../../domain/docket/case-file.ts';
import type { BookEvent, BookKind } from '../../../domain/oversight/book.ts';
import type { PersonId } from '../../../domain/registry/person.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { accept } from '../../../kernel/outcome.ts';
import { chain, rowOf } from '../casework/chain.ts';
import { asPerson } from '../casework/store.ts';
import type { Db } from '../connection.ts';
import { BOOK_LOCK } from '../locks.ts';
import type { Tables } from '../schema.ts';

type Tx = Kysely<Tables>;

const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export function oversightBook(db: Db): Book {
  return {
    all: (by, kind) => asPerson(db, by, (tx) => filesOf(tx, kind)),
    find: (by, kind, no) => asPerson(db, by, async (tx) => (await filesOf(tx, kind, no))[0]),
    begin: (by, kind, { id, at }, make) =>
      asPerson(db, by, async (tx) => {
        await lock(tx);
        const last = await tx
          .selectFrom('oversight_file')
          .select(({ fn }) => fn.max('no').as('no'))
          .where('kind', '=', kind)
          .executeTakeFirst();
        const no = (last?.no ?? 0) + 1;
        const made = make(no);
        if (!made.ok) return made;
        const { event, addressedTo, cases, population } = made.value;
        if (population !== null)
          await tx
            .insertInto('oversight_population')
            .values({ sha256: population.sha256, body: population.text })
            .onConflict((on) => on.doNothing())
            .execute();
        await tx
          .insertInto('oversight_file')
          .values({ id, kind, no, addressed_to: addressedTo, cases: [...cases], made_at: at })
          .execute();
        await write(tx, id, null, { seq: 1, at, by, event });
        return accept(no);
      }),
    enter: (by, kind, no, at, decide) =>
      asPerson(db, by, async (tx) => {
        await lock(tx);
        const [file] = await filesOf(tx, kind, no);
        if (file === undefined) return undefined;
        const decided = decide(file);
        if (!decided.ok) return decided;
        const last = await tx
          .selectFrom('oversight_event')
          .select('commitment')
          .where('file', '=', file.id)
          .orderBy('seq', 'desc')
          .limit(1)
          .executeTakeFirst();
        const seq = file.steps.length + 1;
        await write(tx, file.id, last?.commitment ?? null, { seq, at, by, event: decided.value });
        return decided;
      }),
    population: (by, sha256) =>
      asPerson(db, by, async (tx) => {
        const found = tx.selectFrom('oversight_population').select('body').where('sha256', '=', sha256);
        return (await found.executeTakeFirst())?.body;
      }),
    opened: (by, id) =>
      asPerson(db, by, async (tx) => {
        const rows = await tx.selectFrom('oversight_event').selectAll().where('file', '=', id).orderBy('seq').execute();
        return rows.map(({ seq, type, at, person, previous, body, salt, commitment }) => ({
          seq,
          at,
          actor: person as PersonId,
          type,
          previous: previous && hex(previous),
          body: utf8(body),
          bodyHash: createHash('sha256').update(body).digest('hex'),
          salt: hex(salt),
          commitment: hex(commitment),
        }));
      }),
  };
}

/** One at a time writes: numbers and steps follow one another. */
const lock = (tx: Tx) => sql`select pg_advisory_xact_lock(${BOOK_LOCK})`.execute(tx);

async function filesOf(tx: Tx, kind: BookKind, no?: number): Promise<BookFile[]> {
  let files = tx.selectFrom('oversight_file').select(['id', 'no']).where('kind', '=', kind);
  if (no !== undefined) files = files.where('no', '=', no);
  const found = await files.orderBy('no', 'desc').execute();
  if (found.length === 0) return [];
  const steps = await tx
    .selectFrom('oversight_event')
    .select(['file', 'seq', 'at', 'person', 'body'])
    .where(
      'file',
      'in',
      found.map(({ id }) => id),
    )
    .orderBy('seq')
    .execute();
  const byFile = Map.groupBy(steps, ({ file }) => file);
  return found.map((file) => ({
    ...file,
    steps: (byFile.get(file.id) ?? []).map(({ seq, at, person, body }) => ({
      seq,
      at,
      by: person as PersonId,
      event: JSON.parse(utf8(body)) as BookEvent,
    })),
  }));
}

type Step = { readonly seq: number; readonly at: Instant; readonly by: PersonId; readonly event: BookEvent };

/** The id of the sample or finding stands where an opening has the id of a case. */
async function write(tx: Tx, file: string, previous: Uint8Array | null, step: Step): Promise<void> {
  const steps = [step as unknown as Recorded];
  for (const link of chain(file as CaseId, previous, steps))
    await tx
      .insertInto('oversight_event')
      .values({ file, ...rowOf(link), person: step.by })
      .execute();
}
