// The tables and sequences that a backup holds: whatever the migrations made, found in the database's own catalogue.

import type { Client } from 'pg';
import { type TableShape, tableName } from './format.ts';

/** Kysely keeps its own account of what ran; the header of the backup names it instead. */
const OF_THE_MIGRATOR = ['kysely_migration', 'kysely_migration_lock'];

/** How values are written: the same on every server, so that equal rows are equal bytes. */
const PLAIN_VALUES = `
  set local datestyle = 'ISO'; set local intervalstyle = 'iso_8601'; set local timezone = 'UTC';
  set local bytea_output = 'hex'; set local extra_float_digits = 1; set local client_encoding = 'UTF8';
  set local synchronize_seqscans = off; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0;
  -- An owner whom policies bind would copy the rows of nobody; so it is an error instead.
  set local row_security = off`;

/** A transaction that sees one moment of the database and writes values plainly. */
export async function beginPlain(client: Client, access: 'read only' | 'read write'): Promise<void> {
  await client.query(`begin isolation level repeatable read ${access}`);
  await client.query(PLAIN_VALUES);
}

/** The tables with their columns, those that are computed left out. */
export async function tablesOf(client: Client): Promise<TableShape[]> {
  const { rows } = await client.query<{ schema: string; name: string; columns: string[] }>(
    `select n.nspname::text as schema, c.relname::text as name,
            array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relkind = 'r' and c.relpersistence = 'p'
        and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss') and c.relname <> all ($1)
      group by 1, 2 order by 1, 2`,
    [OF_THE_MIGRATOR],
  );
  return rows;
}

export async function sequencesOf(
  client: Client,
): Promise<{ schema: string; name: string; last: string; called: boolean }[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select schemaname::text as schema, sequencename::text as name from pg_sequences where schemaname <> 'pgboss' order by 1, 2`,
  );
  const found = [];
  for (const { schema, name } of rows) {
    const { rows: states } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${quoted({ schema, name })}`,
    );
    for (const state of states) found.push({ schema, name, ...state });
  }
  return found;
}

/** The names of the migrations that ran, in their order. */
export async function migrationsOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name');
  return rows.map(({ name }) => name);
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const quoted = ({ schema, name }: { schema: string; name: string }): string => `${quote(schema)}.${quote(name)}`;
const columnsOf = ({ columns }: TableShape): string => columns.map(quote).join(', ');

export const copyOutText = (table: TableShape): string => `copy ${quoted(table)} (${columnsOf(table)}) to stdout`;
export const copyInText = (table: TableShape): string => `copy ${quoted(table)} (${columnsOf(table)}) from stdin`;

/** What differs between the tables of a backup and those here, in words; undefined when nothing does. */
export function difference(backup: readonly TableShape[], here: readonly TableShape[]): string | undefined {
  const columns = (tables: readonly TableShape[]) => new Map(tables.map((one) => [tableName(one), columnsOf(one)]));
  const theirs = columns(backup);
  const ours = columns(here);
  const odd = [...new Set([...theirs.keys(), ...ours.keys()])].find((name) => theirs.get(name) !== ours.get(name));
  return odd === undefined ? undefined : `table ${odd} is another one here`;
}
