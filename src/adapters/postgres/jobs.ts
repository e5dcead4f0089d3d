// Work that comes round each minute, through pg-boss: one process of many does it, and another where that one has died.

import { PgBoss } from 'pg-boss';
import { type ConnectionSettings, connect } from './connection.ts';
import { sql } from 'kysely';

const SCHEMA = 'pgboss';
const QUEUES = ['clock', 'mail', 'files', 'log', 'audit'] as const;
export type QueueName = (typeof QUEUES)[number];

export type Jobs = {
  /** Does the work each minute from now on, in one process at a time as far as the queue can tell. */
  readonly eachMinute: (queue: QueueName, work: () => Promise<void>) => Promise<void>;
  readonly close: () => Promise<void>;
};

type OnError = (error: unknown) => void;

/** Makes or brings up to date the schema of the queue, as the owner; the application's role may use it and not change it. */
export async function prepareJobs(owner: ConnectionSettings): Promise<void> {
  const { db, pool, close } = connect(owner, 3);
  // Only to make its tables: this one schedules nothing and looks after nothing.
  const boss = new PgBoss({ ...over(pool), supervise: false, schedule: false });
  boss.on('error', () => undefined);
  try {
    await boss.start();
    for (const queue of QUEUES)
      if ((await boss.getQueue(queue)) === null)
        await boss.createQueue(queue, {
          policy: 'exclusive',
          retryLimit: 0,
          expireInSeconds: 300,
          deleteAfterSeconds: 3600,
        });
    await sql`
grant usage on schema ${sql.id(SCHEMA)} to rogatory_app;
grant select, insert, update, delete on all tables in schema ${sql.id(SCHEMA)} to rogatory_app;
grant usage on all sequences in schema ${sql.id(SCHEMA)} to rogatory_app;
`.execute(db);
  } finally {
    await boss.stop({ graceful: false });
    await close();
  }
}

/** Opens the queue as the application's role. */
export async function openJobs(app: ConnectionSettings, onError: OnError): Promise<Jobs> {
  const { pool, close } = connect(app, 4);
  const boss = new PgBoss({ ...over(pool), migrate: false, createSchema: false, reindex: false, monitorVacuum: false });
  boss.on('error', onError);
  await boss.start();
  return {
    eachMinute: async (queue, work) => {
      await boss.work(queue, { pollingIntervalSeconds: 5 }, work);
      await boss.schedule(queue, '* * * * *');
      // The first round does not wait for the minute: there may be a standstill to catch up with.
      await boss.send(queue);
    },
    close: async () => {
      await boss.stop({ graceful: true, timeout: 20_000 });
      await close();
    },
  };
}

/** Through our own pool, whose connections are set as all of ours are. */
const over = (pool: { query: (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }> }) => ({
  schema: SCHEMA,
  db: { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) },
});
