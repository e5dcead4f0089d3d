// The service's role and database inside a server of ours: made at the first start, looked at on every one.

import { Client } from 'pg';
import { APP, type ConnectionSettings, DATABASE } from './settings.ts';

/** The database that every cluster has, from which ours is made. */
const MAINTENANCE = 'postgres';

/** Whether the server answers at all. */
export async function reachable(owner: ConnectionSettings): Promise<boolean> {
  return withClient(owner, async () => true).catch(() => false);
}

/** Makes the role `rogatory_app` and the database `rogatory` where they are missing, and keeps the role without rights. */
export async function prepareDatabase(owner: ConnectionSettings): Promise<void> {
  await withClient(owner, async (client) => {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      `select exists (select from pg_roles where rolname = $1) as role,
              exists (select from pg_database where datname = $2) as database`,
      [APP, DATABASE],
    );
    await client.query(
      `${rows[0]?.role ? 'alter' : 'create'} role ${APP} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls`,
    );
    if (!rows[0]?.database) await client.query(`create database ${DATABASE}`);
    // Whoever may connect could else make temporary tables and fill the disk.
    await client.query(`revoke all on database ${DATABASE} from public`);
    await client.query(`grant connect on database ${DATABASE} to ${APP}`);
  });
}

async function withClient<T>(owner: ConnectionSettings, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...owner, database: MAINTENANCE, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}
