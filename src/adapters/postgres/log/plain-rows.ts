// Rows as the self-audit compares them, and as steps mark them: by whom they belong to, in plain values.

import { type Kysely, sql } from 'kysely';
import type { Row, Rows, Value } from '../../../app/log/held-ports.ts';
import { canonicalJson, type Json } from '../../../kernel/canonical-json.ts';
import type { Tables } from '../schema.ts';

/** For each table the column that says whose a row is, null where all are the office's, and the columns that are read. */
export type Owned = { readonly [table: string]: readonly [owner: string | null, ...columns: string[]] };
/** Whose those rows are that belong to nobody. */
export const OFFICE = 'office';

/** The rows of these owners, by owner; of all there are, where none are named. `among`: of these alone. */
export async function ownedRows(
  tx: Kysely<Tables>,
  tables: Owned,
  owners: readonly string[] | 'all',
  among = sql<boolean>`true`,
): Promise<Map<string, Rows>> {
  const empty = (): { [table: string]: Row[] } => ({});
  const found = new Map(owners === 'all' ? [] : owners.map((id) => [id, empty()]));
  for (const [table, [owner, ...columns]] of Object.entries(tables)) {
    const whose = owner === null ? sql`${OFFICE}::text` : sql.ref(owner);
    const which = owners === 'all' || owner === null ? among : sql`${among} and ${whose} = any (${owners}::uuid[])`;
    const { rows } = await sql<{ owner_of_row: string }>`
select ${sql.join([sql`${whose} as owner_of_row`, ...columns.map((one) => sql.ref(one))])} from ${sql.table(table)} where ${which}`.execute(
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
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(' ');
  return typeof value === 'object' && value !== null ? canonicalJson(value as Json) : (value as Value);
}
