// The words of the supervisor: what it is asked, what it gives back, and what it writes to its log.

import type { Fault, Outcome } from '../../../kernel/outcome.ts';
import { refuse } from '../../../kernel/outcome.ts';

/** What `pg` takes to connect: a private socket with its role, or an address that the operator gave. */
export type ConnectionSettings =
  | { readonly host: string; readonly port: number; readonly user: string; readonly database: string }
  | { readonly connectionString: string; readonly options?: string };

export type Database = {
  /** Owns the tables; for migrations, backup and restore only. */
  readonly owner: ConnectionSettings;
  /** What the service works with: no superuser, owns nothing, subject to row security. */
  readonly app: ConnectionSettings;
  /** Major version of the server. */
  readonly version: number;
  readonly source: 'url' | 'machine' | 'package';
  /** Stops a server that is ours, within eight seconds; leaves an operator's server alone. */
  stop(): Promise<void>;
};

export type Log = Readonly<Record<'info' | 'warn' | 'error', (facts: object, text: string) => void>>;

export type DatabaseOptions = {
  readonly dataDirectory: string;
  /** DATABASE_URL: the operator's own server. */
  readonly databaseUrl?: string | undefined;
  /** DATABASE_OWNER_URL: the owner's connection, when DATABASE_URL is that of the service's role. */
  readonly databaseOwnerUrl?: string | undefined;
  /** ROGATORY_POSTGRES: only the machine's PostgreSQL, or only the package's. */
  readonly binaries?: string | undefined;
  readonly log: Log;
};

export const OWNER = 'rogatory_owner';
export const APP = 'rogatory_app';
export const DATABASE = 'rogatory';
/** The folder in which a restore builds; a data directory that has one is no node yet. */
export const RESTORING = 'restoring';
/** Names the socket file; nothing listens on a network port. */
export const PORT = 5432;
/** SQL is written to what this version understands. */
export const OLDEST_MAJOR = 15;

export const dataFault = (detail: string): Outcome<never, Fault> => refuse({ pointer: 'ROGATORY_DATA', detail });

/** The settings of the database out of the environment, for `openDatabase`. */
export const databaseSettings = (
  env: Readonly<Record<string, string | undefined>>,
): Pick<DatabaseOptions, 'databaseUrl' | 'databaseOwnerUrl' | 'binaries'> => ({
  databaseUrl: env['DATABASE_URL'] || undefined,
  databaseOwnerUrl: env['DATABASE_OWNER_URL'] || undefined,
  binaries: env['ROGATORY_POSTGRES'] || undefined,
});

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
