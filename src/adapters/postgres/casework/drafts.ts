// Drafts over PostgreSQL: row-level security shows each person their own and nobody else's.

import type { Kysely, Selectable } from 'kysely';
import type { Attached, Draft, DraftStore, Purpose } from '../../../app/casework/ports.ts';
import type { CaseKeys } from '../../../app/casework/sealing-ports.ts';
import type { CaseId } from '../../../domain/docket/case-file.ts';
import type { PersonId } from '../../../domain/registry/person.ts';
import type { RequestContent } from '../../../domain/requests/content.ts';
import type { Measure } from '../../../domain/requests/fields-measures.ts';
import type { Unread } from '../../../domain/requests/form.ts';
import type { Channel } from '../../../domain/requests/request.ts';
import { noCaseKeys } from '../../keys/case-keys.ts';
import type { Db } from '../connection.ts';
import type { Tables } from '../schema.ts';
import { type CaseKey, draftTextFrom, keptDraft, keyOf } from './sealed.ts';
import { asPerson } from './store.ts';

type Tx = Kysely<Tables>;

/** The most that a page lists; whoever has more unfinished ones finds the rest after finishing some. */
const LISTED = 50;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `keys` are needed where drafts may change a sealed case, whose words they hold. */
export function draftStore(db: Db, keys: CaseKeys = noCaseKeys): DraftStore {
  return {
    mine: (by) =>
      asPerson(db, by, async (tx) => {
        const own = tx.selectFrom('draft').selectAll().where('case_id', 'is', null);
        const rows = await own.orderBy('changed_at', 'desc').limit(LISTED).execute();
        return rows.map((row) => draftFrom(row, keys, null));
      }),
    find: (by, id) =>
      asPerson(db, by, async (tx) => {
        if (!UUID.test(id)) return undefined;
        const row = await tx.selectFrom('draft').selectAll().where('id', '=', id).executeTakeFirst();
        return row && draftFrom(row, keys, await keyFor(tx, keys, by, row.case_id));
      }),
    ofCase: (by, caseId, purpose) =>
      asPerson(db, by, async (tx) => {
        const own = tx.selectFrom('draft').selectAll().where('case_id', '=', caseId).where('purpose', '=', purpose);
        const row = await own.executeTakeFirst();
        return row && draftFrom(row, keys, await keyFor(tx, keys, by, row.case_id));
      }),
    save: (by, draft) => asPerson(db, by, (tx) => save(tx, keys, by, draft)),
    drop: (by, id) =>
      asPerson(db, by, async (tx) => {
        await tx.deleteFrom('draft').where('id', '=', id).execute();
      }),
  };
}

/** The key of the case that a draft changes, where that case is sealed. */
async function keyFor(tx: Tx, keys: CaseKeys, by: PersonId, caseId: string | null): Promise<CaseKey> {
  if (caseId === null) return null;
  const row = await tx.selectFrom('case_file').select('sealed').where('id', '=', caseId).executeTakeFirst();
  return row?.sealed ? keyOf(tx, keys, by, caseId as CaseId) : null;
}

/** What somebody typed, as it is kept: three values, each a text under the seal where the case is sealed. */
function keptWords({ id, content, unread, documents }: Draft, keys: CaseKeys, key: CaseKey) {
  const kept = (value: unknown): string => {
    const text = JSON.stringify(value);
    return key === null ? text : JSON.stringify(keptDraft(keys, key, id, text));
  };
  return { content: kept(content), unread: kept(unread), documents: kept(documents) };
}

async function save(tx: Tx, keys: CaseKeys, person: PersonId, draft: Draft): Promise<boolean> {
  const { caseId, basedOn, otherState, changedAt, content: _, unread: __, documents: ___, ...same } = draft;
  const row = {
    ...same,
    person,
    case_id: caseId,
    based_on: basedOn,
    other_state: otherState,
    changed_at: changedAt,
    ...keptWords(draft, keys, await keyFor(tx, keys, person, caseId)),
  };
  if (draft.version === 1) {
    // Two windows may begin the same change of the same case; the second one is told.
    const added = await tx
      .insertInto('draft')
      .values(row)
      .onConflict((on) => on.doNothing())
      .executeTakeFirst();
    return added.numInsertedOrUpdatedRows === 1n;
  }
  const written = await tx
    .updateTable('draft')
    .set(row)
    .where('id', '=', draft.id)
    .where('version', '=', draft.version - 1)
    .executeTakeFirst();
  return written.numUpdatedRows === 1n;
}

function draftFrom(row: Selectable<Tables['draft']>, keys: CaseKeys, key: CaseKey): Draft {
  const words = (kept: unknown): unknown =>
    key === null ? kept : JSON.parse(draftTextFrom(keys, key, row.id, kept as string));
  return {
    id: row.id,
    purpose: row.purpose as Purpose,
    caseId: row.case_id as CaseId | null,
    basedOn: row.based_on,
    channel: row.channel as Channel,
    measure: row.measure as Measure | null,
    otherState: row.other_state,
    instrument: row.instrument,
    content: words(row.content) as RequestContent,
    unread: words(row.unread) as Unread,
    documents: words(row.documents) as readonly Attached[],
    version: row.version,
    changedAt: row.changed_at,
  };
}
