// What stands in a backup: a header that says what will come, the tables in parts, the files, and a manifest to hold it against.

import { z } from 'zod';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';

export const HEADER = 'backup.json';
export const MANIFEST = 'manifest.json';
/** Both are small; a larger one is an attack on memory. */
export const MAX_DESCRIPTION_BYTES = 4 * 1_048_576;

const Name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const Table = z.strictObject({ schema: Name, name: Name, columns: z.array(Name).min(1) });

const Header = z.strictObject({
  rogatory: z.literal('backup/1'),
  asOf: z.string(),
  postgres: z.int(),
  /** Names of the migrations that made the tables, in their order. */
  migrations: z.array(z.string()).min(1),
  tables: z.array(Table).min(1),
});

const Manifest = z.strictObject({
  /** SHA-256 of every byte of the archive before the manifest's own header. */
  sha256: z.string(),
  tables: z.array(z.strictObject({ table: z.string(), rows: z.int(), sha256: z.string() })),
  sequences: z.array(
    z.strictObject({ schema: Name, name: Name, last: z.string().regex(/^\d+$/), called: z.boolean() }),
  ),
  files: z.int(),
  keys: z.int(),
});

export type TableShape = z.infer<typeof Table>;
export type Header = z.infer<typeof Header>;
export type Manifest = z.infer<typeof Manifest>;
export type TableSum = Manifest['tables'][number];

export const readHeader = (text: string): Outcome<Header> => read(Header, text, HEADER);
export const readManifest = (text: string): Outcome<Manifest> => read(Manifest, text, MANIFEST);

function read<T>(shape: z.ZodType<T>, text: string, name: string): Outcome<T> {
  const fault = (detail: string) => refuse({ pointer: name, detail });
  try {
    const parsed = shape.safeParse(JSON.parse(text));
    if (parsed.success) return accept(parsed.data);
    return fault(`is not what a backup of this version holds: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`);
  } catch {
    return fault('is not JSON');
  }
}

export const tableName = ({ schema, name }: { schema: string; name: string }): string => `${schema}.${name}`;

/** A part of a table: whole rows of PostgreSQL's COPY text format. */
export const partName = (table: TableShape, part: number): string =>
  `database/${tableName(table)}/${String(part).padStart(6, '0')}.copy`;

/** What an entry of the archive is, by its name; anything else is refused, so nothing is ever written outside the folder. */
export function kindOf(
  name: string,
): { kind: 'table'; table: string } | { kind: 'files' | 'keys'; path: string } | undefined {
  const table = /^database\/([a-z0-9_]+\.[a-z0-9_]+)\/\d{6,}\.copy$/.exec(name)?.[1];
  if (table !== undefined) return { kind: 'table', table };
  const [, kind, path] = /^(files|keys)\/(.+)$/.exec(name) ?? [];
  return path !== undefined && isPlainPath(path) ? { kind: kind as 'files' | 'keys', path } : undefined;
}

/** A path of plain names: nothing hidden, no way up, nothing a shell or a terminal would read as more. */
export const isPlainPath = (path: string): boolean =>
  path.split('/').every((name) => /^[A-Za-z0-9_][\w.@-]*$/.test(name));
