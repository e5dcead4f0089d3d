// Rows as the self-audit compares them, and as steps mark them: by whom they belong to, in plain values.

import { type Kysely, sql } from 'kysely';
import type { Row, Rows, Value } from '../../../app/log/held-ports.ts';
import { canonicalJson, type Json } from '../../../kernel/canonical-json.ts';
import type { Tables } from '../schema.ts';

/** For each table the column that says whose a row is, and the columns that are read. */
export type Owned = { readonly [table: string]: readonly [owner: string, ...columns: string[]] };

/** The rows of these owners, by owner; of all there are, where none are named. */
export async function ownedRows(
  tx: Kysely<Tables>,
  tables: Owned,
  owners: readonly string[] | 'all',
): Promise<Map<string, Rows>> {
  const empty = (): { [table: string]: Row[] } => ({});
  const found = new Map(owners === 'all' ? [] : owners.map((id) => [id, empty()]));
  for (const [table, [owner, ...columns]] of Object.entries(tables)) {
    const whose = owners === 'all' ? sql`true` : sql`${sql.ref(owner)} = any (${owners}::uuid[])`;
    const { rows } = await sql<{ owner_of_row: string }>`
select ${sql.join([sql`${sql.ref(owner)} as owner_of_row`, ...columns.map((one) => sql.ref(one))])} from ${sql.table(table)} where ${whose}`.execute(
      tx,
    );
    for (const { owner_of_row, ...row } of rows) {
      const own = found.get(owner_of_row) ?? empty();
      found.set(owner_of_row, own);
      own[table] ??= [];
      own[table].push(plain(row));
    }
  }
  return found;
}

export const plain = (row: object): Row =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plainValue(value)]));

function plainValue(value: unknown): Value {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'object' && value !== null ? canonicalJson(value as Json) : (value as Value);
}
