// The office of this node: one row, kept in memory and read again when it was changed, here or by another process.

import { type Selectable, sql } from 'kysely';
import type { Office, OfficeStore } from '../../app/casework/ports.ts';
import type { NodeMark } from '../../app/log/held-ports.ts';
import type { Change, OfficeChange, OfficeRecords, Standing } from '../../app/office/ports.ts';
import type { CaseId } from '../../domain/docket/case-file.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import type { Instant } from '../../kernel/instant.ts';
import { asPerson } from './casework/store.ts';
import type { Db } from './connection.ts';
import { enterHeld, foundBefore } from './log/held-steps.ts';
import { plain } from './log/plain-rows.ts';
import type { Tables } from './schema.ts';

/** How long another process's change may go unnoticed, in milliseconds. */
const FRESH = 10_000;
/** Somebody else was there first. */
const UNIQUE = '23505';

/** `otherwise` is the office of a node on which nobody has set one up. Every change is a step that bears `mark`. */
export async function officeStore(
  db: Db,
  otherwise: Office,
  now: () => number,
  mark: NodeMark,
): Promise<OfficeStore & OfficeRecords> {
  let kept: Office = otherwise;
  let readAt = 0;
  const read = async (): Promise<Standing> => {
    const row = await db.selectFrom('office').selectAll().executeTakeFirst();
    readAt = now();
    kept = row ? { ...withTerms(row.settings as Office, otherwise), state: row.state, name: row.name } : otherwise;
    return { office: kept, version: row?.version ?? 0 };
  };
  await read();
  return {
    office: () => {
      // Nobody waits for it: the next to ask gets what was read meanwhile.
      if (now() - readAt > FRESH) {
        readAt = now();
        void read().catch(() => undefined);
      }
      return kept;
    },
    save: async (office, demonstration = false) => {
      const row = { ...rowOf(office), demonstration };
      const at = new Date(now()).toISOString() as Instant;
      await asPerson(db, 'clock', async (tx) => {
        const found = await foundBefore(tx, 'settings');
        await tx
          .insertInto('office')
          .values({ one: true, ...row, version: 1 })
          .onConflict((on) => on.column('one').doUpdateSet((eb) => ({ ...row, version: eb('office.version', '+', 1) })))
          .execute();
        await enterHeld(tx, mark, found, { at, by: null, type: 'saved', facts: {}, lines: [] });
      });
      await read();
    },
    isDemonstration: async () => {
      const row = await db.selectFrom('office').select('demonstration').executeTakeFirst();
      return row?.demonstration ?? false;
    },
    ...recordsOf(db, mark, read),
  };
}

/** A term that this version counts for the first time is not among the settings an office has saved. */
const withTerms = (saved: Office, otherwise: Office): Office => ({
  ...saved,
  settings: { ...saved.settings, terms: { ...otherwise.settings.terms, ...saved.settings.terms } },
});

const rowOf = (office: Office) => ({ state: office.state, name: office.name, settings: JSON.stringify(office) });

/** A line of the record of changes. */
export const changeFrom = (row: Selectable<Tables['office_event']>): OfficeChange => ({
  at: row.at,
  by: row.by_person as PersonId | null,
  version: row.version,
  changes: row.changes as readonly Change[],
  ...(row.proposal === null ? {} : { proposed: { id: row.proposal, by: row.proposed_by as PersonId } }),
});

const recordsOf = (db: Db, mark: NodeMark, read: () => Promise<Standing>): OfficeRecords => ({
  standing: read,
  change: async (to, { at, by, version, changes, proposed }) => {
    const changed = asPerson(db, by ?? 'clock', async (tx) => {
      const found = await foundBefore(tx, 'settings');
      const row = { ...rowOf(to), version, changed_at: at, counted_to: null };
      const { numInsertedOrUpdatedRows: written } =
        version === 1
          ? // Nobody can say what cases that are there already were counted by.
            await tx
              .insertInto('office')
              .values({ one: true, demonstration: false, counted: 0, ...row })
              .onConflict((on) => on.doNothing())
              .executeTakeFirstOrThrow()
          : {
              numInsertedOrUpdatedRows: (
                await tx
                  .updateTable('office')
                  .set(row)
                  .where('version', '=', version - 1)
                  .executeTakeFirstOrThrow()
              ).numUpdatedRows,
            };
      if (written !== 1n) return false;
      const line = await tx
        .insertInto('office_event')
        .values({
          ...{ at, by_person: by, version, changes: JSON.stringify(changes) },
          proposal: proposed?.id ?? null,
          proposed_by: proposed?.by ?? null,
        })
        .returning(['at', 'by_person', 'version', 'changes', 'proposal', 'proposed_by'])
        .executeTakeFirstOrThrow();
      await enterHeld(tx, mark, found, { at, by, type: 'changed', facts: {}, lines: [plain(line)] });
      return true;
    });
    try {
      return await changed;
    } catch (error) {
      if ((error as { readonly code?: string }).code === UNIQUE) return false;
      throw error;
    } finally {
      await read();
    }
  },
  changes: async (most) => {
    const rows = await db.selectFrom('office_event').selectAll().orderBy('id', 'desc').limit(most).execute();
    return rows.map(changeFrom);
  },
  hasCases: () =>
    asPerson(db, 'clock', async (tx) => (await tx.selectFrom('case_file').select('id').limit(1).execute()).length > 0),
  toCount: async (by) => {
    const row = await db
      .selectFrom('office')
      .select(['version', 'changed_at', 'counted_to'])
      .where(sql<boolean>`counted < version or (${by}::text is not null and counted_by is distinct from ${by}::text)`)
      .executeTakeFirst();
    return row && { version: row.version, changedAt: row.changed_at, after: row.counted_to as CaseId | null };
  },
  shareCounted: (after) =>
    asPerson(db, 'clock', async (tx) => {
      const row = await tx
        .selectFrom('case_file')
        .select(sql<number>`count(*) filter (where id <= ${after}) / greatest(count(*), 1)::float`.as('share'))
        .where('closed', '=', false)
        .executeTakeFirst();
      return row?.share ?? 0;
    }),
  counted: async (version, by, to) => {
    const set = to === null ? { counted: version, counted_by: by, counted_to: null } : { counted_to: to };
    const done = await db.updateTable('office').set(set).where('version', '=', version).executeTakeFirstOrThrow();
    return done.numUpdatedRows === 1n;
  },
});
