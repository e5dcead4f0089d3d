// Brings the database to the version this program needs: numbered migrations, forward only, under PostgreSQL's own lock.

import { type Migration, Migrator } from 'kysely/migration';
import { Defect } from '../../kernel/outcome.ts';
import { type ConnectionSettings, connect } from './connection.ts';
import { migrations } from './migrations/index.ts';

/** Runs what is missing, as the owner of the tables. Returns the names of the migrations that were run. */
export async function migrate(owner: ConnectionSettings): Promise<readonly string[]> {
  const { db, close } = connect(owner, 2);
  try {
    const provider = { getMigrations: async (): Promise<Record<string, Migration>> => migrations };
    const { error, results = [] } = await new Migrator({ db, provider }).migrateToLatest();
    if (error !== undefined) throw new Defect('the database could not be migrated', { cause: error });
    return results.map((result) => result.migrationName);
  } finally {
    await close();
  }
}
