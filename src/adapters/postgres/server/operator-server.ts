// The operator's own server, named by DATABASE_URL: its role, its version, and that the service cannot pass by row security.

import { Client } from 'pg';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import { APP, type ConnectionSettings, type Database, OLDEST_MAJOR } from './settings.ts';

/**
 * Connections to the server of `databaseUrl`. With an owner's address beside it, that one is for migrations and the first
 * is the service's role; alone, it is the owner's, and the service's connections put on the role `rogatory_app`.
 */
export async function openOperatorServer(
  databaseUrl: string,
  ownerUrl: string | undefined,
): Promise<Outcome<Database>> {
  const owner = settingsOf(ownerUrl ?? databaseUrl);
  // Each connection of the service starts as its role; RESET ROLE comes back to it as well.
  const app = settingsOf(databaseUrl, ownerUrl === undefined ? `-c role=${APP}` : undefined);
  const ownersPlace = ownerUrl === undefined ? 'DATABASE_URL' : 'DATABASE_OWNER_URL';
  const prepared = await asking(owner, ownersPlace, prepareRole);
  if (!prepared.ok) return prepared;
  const { version } = prepared.value;
  if (version < OLDEST_MAJOR)
    return fault(ownersPlace, `the server is PostgreSQL ${version}; Rogatory needs ${OLDEST_MAJOR} or newer`);
  const checked = await asking(app, 'DATABASE_URL', roleOf);
  if (!checked.ok) return checked;
  const { role, powerful, member } = checked.value;
  if (powerful)
    return fault('DATABASE_URL', `role ${role} is a superuser or passes by row security; the service may be neither`);
  if (!member) return fault('DATABASE_URL', `role ${role} must be ${APP} or a member of it: GRANT ${APP} TO ${role}`);
  return accept({ owner, app, version, source: 'url', stop: async () => {} });
}

const fault = (pointer: string, detail: string): Outcome<never> => refuse({ pointer, detail });

/** An address with its start-up options taken out, so that whoever opens a pool can add to them; `more` is added here. */
function settingsOf(connectionString: string, more?: string): ConnectionSettings {
  const url = URL.canParse(connectionString) ? new URL(connectionString) : undefined;
  const options = [url?.searchParams.get('options'), more].filter(Boolean).join(' ');
  url?.searchParams.delete('options');
  return { connectionString: url?.href ?? connectionString, ...(options === '' ? {} : { options }) };
}

async function asking<T>(
  settings: ConnectionSettings,
  pointer: string,
  ask: (client: Client) => Promise<T>,
): Promise<Outcome<T>> {
  const client = new Client({ ...settings, connectionTimeoutMillis: 10_000 });
  try {
    // A server that hangs up while we ask fails the question; the event beside it must not end the process.
    client.on('error', () => {});
    await client.connect();
    return accept(await ask(client));
  } catch (error) {
    // The driver's messages name host, role and database, never the password.
    return fault(pointer, `the database cannot be used: ${(error as Error).message}`);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Makes the service's role where it is missing and gives it to the owner, who otherwise could not put it on. */
async function prepareRole(client: Client): Promise<{ version: number }> {
  const { rows } = await client.query<{ version: number; there: boolean; mine: boolean }>(
    `select current_setting('server_version_num')::int / 10000 as version,
            exists (select from pg_roles where rolname = $1) as there,
            coalesce((select pg_has_role(oid, 'member') from pg_roles where rolname = $1), false) as mine`,
    [APP],
  );
  const { version = 0, there = false, mine = false } = rows[0] ?? {};
  if (!there) await client.query(`create role ${APP} nologin nosuperuser nocreatedb nocreaterole nobypassrls`);
  if (!mine) await client.query(`grant ${APP} to current_user`);
  return { version };
}

async function roleOf(client: Client): Promise<{ role: string; powerful: boolean; member: boolean }> {
  const { rows } = await client.query<{ role: string; powerful: boolean; member: boolean }>(
    `select rolname as role, rolsuper or rolbypassrls as powerful, pg_has_role($1, 'member') as member
       from pg_roles where rolname = current_user`,
    [APP],
  );
  return rows[0] ?? { role: '?', powerful: true, member: false };
}
