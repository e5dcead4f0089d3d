// Drafts over PostgreSQL: row-level security shows each person their own and nobody else's.

import type { Kysely, Selectable } from 'kysely';
import type { Attached, Draft, DraftStore, Purpose } from '../../../app/casework/ports.ts';
import type { CaseId } from '../../../domain/docket/case-file.ts';
import type { RequestContent } from '../../../domain/requests/content.ts';
import type { Measure } from '../../../domain/requests/fields-measures.ts';
import type { Unread } from '../../../domain/requests/form.ts';
import type { Channel } from '../../../domain/requests/request.ts';
import type { Db } from '../connection.ts';
import type { Tables } from '../schema.ts';
import { asPerson } from './store.ts';

type Tx = Kysely<Tables>;

/** The most that a page lists; whoever has more unfinished ones finds the rest after finishing some. */
const LISTED = 50;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function draftStore(db: Db): DraftStore {
  return {
    mine: (by) =>
      asPerson(db, by, async (tx) => {
        const own = tx.selectFrom('draft').selectAll().where('case_id', 'is', null);
        return (await own.orderBy('changed_at', 'desc').limit(LISTED).execute()).map(draftFrom);
      }),
    find: (by, id) =>
      asPerson(db, by, async (tx) => {
        if (!UUID.test(id)) return undefined;
        const row = await tx.selectFrom('draft').selectAll().where('id', '=', id).executeTakeFirst();
        return row && draftFrom(row);
      }),
    ofCase: (by, caseId, purpose) =>
      asPerson(db, by, async (tx) => {
        const own = tx.selectFrom('draft').selectAll().where('case_id', '=', caseId).where('purpose', '=', purpose);
        const row = await own.executeTakeFirst();
        return row && draftFrom(row);
      }),
    save: (by, draft) => asPerson(db, by, (tx) => save(tx, by, draft)),
    drop: (by, id) =>
      asPerson(db, by, async (tx) => {
        await tx.deleteFrom('draft').where('id', '=', id).execute();
      }),
  };
}

async function save(tx: Tx, person: string, draft: Draft): Promise<boolean> {
  const { caseId, basedOn, otherState, changedAt, content, unread, documents, ...same } = draft;
  const row = {
    ...same,
    person,
    case_id: caseId,
    based_on: basedOn,
    other_state: otherState,
    changed_at: changedAt,
    content: JSON.stringify(content),
    unread: JSON.stringify(unread),
    documents: JSON.stringify(documents),
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

const draftFrom = (row: Selectable<Tables['draft']>): Draft => ({
  id: row.id,
  purpose: row.purpose as Purpose,
  caseId: row.case_id as CaseId | null,
  basedOn: row.based_on,
  channel: row.channel as Channel,
  measure: row.measure as Measure | null,
  otherState: row.other_state,
  instrument: row.instrument,
  content: row.content as RequestContent,
  unread: row.unread as Unread,
  documents: row.documents as readonly Attached[],
  version: row.version,
  changedAt: row.changed_at,
});
