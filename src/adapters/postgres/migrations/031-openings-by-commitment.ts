// What opens a commitment is found by the commitment: the self-audit asks so for every entry of the log.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Commitments are random and only ever looked up whole, for which a hash is the smallest index and the cheapest to write.
  await sql`create index opening_commitment on opening using hash (commitment)`.execute(db);
}
