// The office of this node: one row, kept in memory and read again when it was changed, here or by another process.

import type { Office, OfficeStore } from '../../app/casework/ports.ts';
import type { Json } from '../../kernel/canonical-json.ts';
import type { Db } from './connection.ts';

/** How long another process's change may go unnoticed, in milliseconds. */
const FRESH = 10_000;

/** `otherwise` is the office of a node on which nobody has set one up. */
export async function officeStore(db: Db, otherwise: Office, now: () => number): Promise<OfficeStore> {
  let kept: Office = otherwise;
  let readAt = 0;
  const read = async (): Promise<Office> => {
    const row = await db.selectFrom('office').selectAll().executeTakeFirst();
    readAt = now();
    kept = row ? { ...(row.settings as Office), state: row.state, name: row.name } : otherwise;
    return kept;
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
      const settings = office as unknown as Json;
      const row = { state: office.state, name: office.name, settings: JSON.stringify(settings), demonstration };
      await db
        .insertInto('office')
        .values({ one: true, ...row, version: 1 })
        .onConflict((on) => on.column('one').doUpdateSet((eb) => ({ ...row, version: eb('office.version', '+', 1) })))
        .execute();
      await read();
    },
    isDemonstration: async () => {
      const row = await db.selectFrom('office').select('demonstration').executeTakeFirst();
      return row?.demonstration ?? false;
    },
  };
}
