// Word that cases change, through LISTEN and NOTIFY: one connection a process, made when the first page listens.

import pg from 'pg';
import type { Changes } from '../../../app/casework/change-ports.ts';
import type { CaseId } from '../../../domain/docket/case-file.ts';
import type { ConnectionSettings, Db } from '../connection.ts';
import { asPerson } from './store.ts';

/** Milliseconds until a connection that broke is tried again. */
const AGAIN = 2_000;

export function caseChanges(db: Db, settings: ConnectionSettings): Changes {
  const listeners = new Set<(id: CaseId | null) => void>();
  let client: pg.Client | undefined;
  let closed = false;
  const tell = (id: CaseId | null): void => {
    for (const heard of listeners) heard(id);
  };
  const open = async (): Promise<void> => {
    if (client !== undefined || closed) return;
    const mine = new pg.Client(settings);
    client = mine;
    const gone = (): void => {
      if (client !== mine) return;
      client = undefined;
      if (listeners.size > 0) setTimeout(() => void open().then(() => tell(null)), AGAIN).unref();
    };
    mine.on('error', gone);
    mine.on('end', gone);
    mine.on('notification', ({ payload }) => tell((payload ?? '') as CaseId));
    try {
      await mine.connect();
      await mine.query('listen rogatory_case');
    } catch {
      // The database is away: pages do without, and it is tried again.
      void mine.end().catch(() => undefined);
      gone();
    }
  };
  return {
    listen: (heard) => {
      listeners.add(heard);
      void open();
      return () => listeners.delete(heard);
    },
    versionOf: (by, reference) =>
      asPerson(db, by, async (tx) => {
        const row = await tx
          .selectFrom('case_file')
          .select('version')
          .where('reference', '=', reference)
          .executeTakeFirst();
        return row?.version;
      }),
    sees: (by, id) =>
      asPerson(db, by, async (tx) => {
        const row = await tx.selectFrom('case_file').select('id').where('id', '=', id).executeTakeFirst();
        return row !== undefined;
      }),
    close: async () => {
      closed = true;
      await client?.end().catch(() => undefined);
    },
  };
}
