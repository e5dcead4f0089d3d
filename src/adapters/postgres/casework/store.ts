// The store of cases over PostgreSQL: every question is asked as somebody, inside a transaction that says who.

import { type CompiledQuery, type Kysely, sql } from 'kysely';
import {
  type CaseStore,
  type CaseTx,
  type Document,
  FOLD,
  folded,
  type Lists,
  type Term,
} from '../../../app/casework/ports.ts';
import type { CaseKeys } from '../../../app/casework/sealing-ports.ts';
import type { CaseEvent, CaseFile, CaseId, Recorded, Reference } from '../../../domain/docket/case-file.ts';
import type { By, PersonId, Role } from '../../../domain/registry/person.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { Defect } from '../../../kernel/outcome.ts';
import { type Db, transacted, transactedAlone } from '../connection.ts';
import type { Tables } from '../schema.ts';
import { noCaseKeys } from '../../keys/case-keys.ts';
import { awayFor } from './lists/away.ts';
import { counts } from './lists/counts.ts';
import { falling } from './lists/falling.ts';
import { docket, list } from './lists/pages.ts';
import { eraseSalts } from '../log/erase.ts';
import { callOut } from '../outbox.ts';
import { CLOCK, linked, numbersFor, opener, openIn, teller } from './intake.ts';
import { record, writeTerms } from './record.ts';
import { type CaseKey, caseEventFrom, eventFrom, keptName, keyOf, nameFrom, stateFrom, utf8 } from './sealed.ts';

type Tx = Kysely<Tables>;

/** Errors after which the same transaction is tried again: serialization failure and deadlock. */
const AGAIN = new Set(['40001', '40P01']);
const TRIES = 3;

/**
 * Runs work in one transaction that row-level security takes for that person. It begins and says who asks in one message,
 * which takes no parameters; so what is put into its text is an id and nothing else.
 */
export async function asPerson<T>(
  db: Db,
  by: By,
  work: (tx: Tx) => Promise<T>,
  begin: 'begin' | 'begin isolation level repeatable read' = 'begin',
): Promise<T> {
  return tried(() => transacted(db, `${begin}; ${entering(by)}`, work));
}

/** One question in a transaction that row-level security takes for that person: a single way to the server and back. */
export const askedAs = <Row>(db: Db, by: By, question: CompiledQuery<Row>): Promise<readonly Row[]> =>
  tried(() => transactedAlone(db, `begin; ${entering(by)}`, question));

function entering(by: By): string {
  const who = by === 'clock' ? CLOCK : by;
  if (!UUID.test(who)) throw new Defect('nobody can be asked for by something that is no id');
  return `select rogatory_enter('${who}')`;
}
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function tried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === TRIES || !AGAIN.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
}

/** Who asks, and the keys of sealed cases. */
type Asker = { readonly by: By; readonly keys: CaseKeys };
type Kept = { readonly id: string; readonly sealed: boolean; readonly state: Uint8Array };

/** The folded events as they are kept; folded anew where they were kept in an earlier form, or not yet. */
async function fileFrom(tx: Tx, asker: Asker, { id, sealed, state }: Kept): Promise<CaseFile> {
  if (state.length > 0) {
    const key = await keyIf(tx, asker, id as CaseId, sealed);
    const kept = JSON.parse(utf8(stateFrom(asker.keys, key, id, state))) as CaseFile;
    if (kept.fold === FOLD) return kept;
  }
  const made = folded(await history(tx, asker, id as CaseId));
  if (made === null) throw new Defect(`the case ${id} has no events`);
  return made;
}

/** The key of the case where it is sealed. */
const keyIf = async (tx: Tx, { by, keys }: Asker, id: CaseId, sealed: boolean): Promise<CaseKey> =>
  sealed ? keyOf(tx, keys, by, id) : null;

/** Sealed and erased, a case opens to nobody any more: it is as if it were not there. */
const stillOpens = sql<boolean>`(not sealed or exists (select from case_key k where k.case_id = case_file.id))`;

/** A transaction as the use cases see it. `begun` is given the cases that are opened in it. */
const caseTx = (tx: Tx, asker: Asker, begun: CaseId[]): CaseTx => ({
  load: async (reference) => {
    const row = await tx
      .selectFrom('case_file')
      .select(['id', 'sealed', 'state'])
      .where('reference', '=', reference)
      .where(stillOpens)
      .forUpdate()
      .executeTakeFirst();
    return row && fileFrom(tx, asker, row);
  },
  open: async (make) => {
    const [number] = await numbersFor(tx, 1);
    const opened = make(number as number);
    begun.push(opened.file.id);
    await openIn(tx, asker.by, [linked(opened)]);
    return opened.file;
  },
  record: (before, steps, after, projection) => record(tx, asker, before, steps, after, projection),
  settleTerms: async (caseId, terms, at) => {
    await writeTerms(tx, caseId, terms);
    const over = await tx
      .updateTable('deadline')
      .set({ done: true })
      .where('case_id', '=', caseId)
      .where('done', '=', false)
      .where('on_at', '<', at)
      .returning(['key', 'kind', 'whose', 'on_at as at'])
      .execute();
    return over;
  },
  call: (calls, at) => callOut(tx, calls, at),
  keepCode: async (caseId, notice, mark) => {
    await tx
      .insertInto('notice_code')
      .values({ case_id: caseId, notice, mark })
      .onConflict((on) => on.columns(['case_id', 'notice']).doUpdateSet({ mark }))
      .execute();
  },
  addDocument: async (caseId, document) => {
    const { mediaType, addedAt, addedBy, name, ...rest } = document;
    const row = await tx.selectFrom('case_file').select('sealed').where('id', '=', caseId).executeTakeFirst();
    const sealed = row?.sealed ?? false;
    const kept = keptName(asker.keys, await keyIf(tx, asker, caseId, sealed), caseId, rest.id, name);
    await tx
      .insertInto('document')
      .values({
        ...rest,
        name: kept,
        sealed,
        case_id: caseId,
        media_type: mediaType,
        added_at: addedAt,
        added_by: addedBy,
      })
      .execute();
  },
  erase: (file, at) => eraseSalts(tx, asker.keys, file, at),
  dropDraft: async (id, version) => {
    const gone = await tx.deleteFrom('draft').where('id', '=', id).where('version', '=', version).executeTakeFirst();
    return gone.numDeletedRows === 1n;
  },
  alike: async (marks, except) =>
    marks.length === 0
      ? []
      : ((await tx
          .selectFrom('case_mark')
          .innerJoin('case_file', 'case_file.id', 'case_mark.case_id')
          .select(['mark', 'reference'])
          .where('mark', 'in', marks)
          .where('case_file.id', '!=', except)
          .orderBy('received_at', 'desc')
          .limit(50)
          .execute()) as { mark: string; reference: Reference }[]),
});

/** `keys` are needed by whatever may meet a sealed case. */
export function caseStore(db: Db, now: () => Instant, keys: CaseKeys = noCaseKeys): CaseStore {
  const as = <T>(by: By, work: (tx: Tx) => Promise<T>): Promise<T> => asPerson(db, by, work);
  const { write, lull } = opener(db, tried);
  const tell = teller(db);
  const lists: CaseStore['lists'] = (by, ask) => as(by, (tx) => ask(listsOf(tx, by)));
  return {
    open: async (by, make) => {
      const opened = await write(by, make);
      if (opened) tell(opened.id);
      return opened;
    },
    lull,
    transaction: async (by, work) => {
      let begun: CaseId[] = [];
      const answer = await as(by, (tx) => {
        begun = [];
        return work(caseTx(tx, { by, keys }, begun));
      });
      for (const id of begun) tell(id);
      return answer;
    },
    read: (by, reference, part) =>
      as(by, async (tx) => {
        const row = await tx
          .selectFrom('case_file')
          .select(['id', 'state', 'sealed', sql<boolean>`'oversight' = any (rogatory_roles())`.as('watching')])
          .where('reference', '=', reference)
          .where(stillOpens)
          .executeTakeFirst();
        if (row?.watching)
          await tx.insertInto('reading').values({ case_id: row.id, person: by, part, at: now() }).execute();
        return row && fileFrom(tx, { by, keys }, row);
      }),
    history: (by, id, type) => as(by, (tx) => history(tx, { by, keys }, id, type)),
    documents: (by, id) => as(by, (tx) => documents(tx, { by, keys }, id)),
    lists,
    docket: (by, query) => lists(by, (ask) => ask.docket(query)),
    counts: (by, at, filter) => lists(by, (ask) => ask.counts(at, filter)),
    falling: (by, before, most) => lists(by, (ask) => ask.falling(before, most)),
    names: async (people) => {
      if (people.length === 0) return {};
      const rows = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', people).execute();
      return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
    },
    colleagues: async (roles) => colleagues(db, roles),
    dueTerms: (at, most, except = []) => as('clock', (tx) => dueTerms(tx, at, most, except)),
    openAfter: (id, most) => as('clock', (tx) => openAfter(tx, id, most)),
    views: (by) => lists(by, (ask) => ask.views()),
    saveView: (by, name, query) =>
      as(by, async (tx) => {
        await tx
          .insertInto('saved_view')
          .values({ person: by, name, query })
          .onConflict((on) => on.columns(['person', 'name']).doUpdateSet({ query }))
          .execute();
      }),
    dropView: (by, name) =>
      as(by, async (tx) => {
        await tx.deleteFrom('saved_view').where('name', '=', name).execute();
      }),
  };
}

const listsOf = (tx: Tx, by: PersonId): Lists => ({
  docket: (query) => docket(tx, query),
  counts: (at, filter) => counts(tx, at, filter),
  list: (at, query) => list(tx, at, query),
  falling: (before, most, from) => falling(tx, before, most, from),
  awayFor: (on) => awayFor(tx, by, on),
  views: () => tx.selectFrom('saved_view').select(['name', 'query']).orderBy('name').execute(),
  colleagues: (roles) => colleagues(tx, roles),
});

async function history(tx: Tx, asker: Asker, id: CaseId, type?: CaseEvent['type']): Promise<Recorded[]> {
  let steps = tx.selectFrom('event').select(['seq', 'at', 'person', 'body', 'sealed']).where('case_id', '=', id);
  if (type !== undefined) steps = steps.where('type', '=', type);
  const rows = await steps.orderBy('seq').execute();
  const key = await keyIf(tx, asker, id, rows[0]?.sealed ?? false);
  return rows.map(({ seq, at, person, body }) => ({
    seq,
    at,
    by: (person ?? 'clock') as By,
    event: caseEventFrom(eventFrom(asker.keys, key, id, seq, body).body),
  }));
}

async function documents(tx: Tx, asker: Asker, id: CaseId): Promise<Document[]> {
  const rows = await tx.selectFrom('document').selectAll().where('case_id', '=', id).orderBy('added_at').execute();
  const key = await keyIf(tx, asker, id, rows[0]?.sealed ?? false);
  return rows.map(({ case_id: _, sealed: __, media_type, added_at, added_by, name, ...rest }) => ({
    ...rest,
    name: nameFrom(asker.keys, key, id, rest.id, name),
    mediaType: media_type,
    addedAt: added_at,
    addedBy: added_by as PersonId | null,
  }));
}

async function colleagues(db: Tx, roles: readonly Role[]) {
  const found = db
    .selectFrom('person')
    .innerJoin('person_role', 'person_role.person', 'person.id')
    .where('taken_at', 'is', null)
    .where('disabled_at', 'is', null)
    .where('person_role.role', 'in', roles)
    .select(['person.id', 'person.name'])
    .distinct()
    .orderBy('person.name');
  return (await found.execute()) as { id: PersonId; name: string }[];
}

async function dueTerms(tx: Tx, at: Instant, most: number, except: readonly Reference[]) {
  let due = tx
    .selectFrom('deadline')
    .innerJoin('case_file', 'case_file.id', 'deadline.case_id')
    .select(['deadline.key', 'deadline.kind', 'deadline.whose', 'deadline.on_at', 'case_file.reference'])
    .where('on_at', '<', at)
    .where('done', '=', false)
    .where('closed', '=', false)
    .orderBy('on_at')
    .limit(most);
  if (except.length > 0) due = due.where('case_file.reference', 'not in', except);
  const rows = await due.execute();
  return rows.map(({ on_at, ...rest }) => ({ ...rest, at: on_at })) as (Term & { reference: Reference })[];
}

async function openAfter(tx: Tx, id: CaseId | null, most: number) {
  let open = tx.selectFrom('case_file').select(['id', 'reference']).where('closed', '=', false);
  if (id !== null) open = open.where('id', '>', id);
  return (await open.orderBy('id').limit(most).execute()) as { id: CaseId; reference: Reference }[];
}
