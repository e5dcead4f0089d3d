// Connections to PostgreSQL: a pool whose values come out as our own types, and Kysely over it.

import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Tables } from './schema.ts';

/** How to reach a server: what `pg` takes. */
export type ConnectionSettings = pg.PoolConfig;
export type Db = Kysely<Tables>;
export type Connected = { readonly db: Db; readonly pool: pg.Pool; readonly close: () => Promise<void> };

const TIMESTAMPTZ = 1184;
const DATE = 1082;
const INT8 = 20;

/** Moments come out as `Instant`, days as `Day`, counts as numbers; never as a Date in the zone of whatever machine this is. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === TIMESTAMPTZ) return instantFrom;
    if (oid === DATE) return (text: string) => text;
    if (oid === INT8) return Number;
    return pg.types.getTypeParser(oid, format as 'text');
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/** `2028-03-01 09:30:00.123+00` as PostgreSQL prints it for a session in UTC. */
const instantFrom = (text: string): string => {
  const [, day, time, fraction = ''] = /^(\S+) ([\d:]+)(?:\.(\d+))?\+00$/.exec(text) ?? [];
  return `${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
};

/**
 * A connection that prepares each statement once under a name of its own. Row-level security makes our statements dear to
 * plan and cheap to run; planned once, an intake costs a fraction.
 */
class PreparingClient extends pg.Client {
  static readonly #names = new Map<string, string>();

  override query(...args: unknown[]): never {
    const [text, values] = args;
    const prepared =
      typeof text === 'string' && Array.isArray(values) && values.length > 0
        ? [{ name: PreparingClient.#nameOf(text), text, values }, ...args.slice(2)]
        : args;
    return (super.query as (...given: unknown[]) => unknown).apply(this, prepared) as never;
  }

  /** Short, because a name is sent with every use. */
  static #nameOf(text: string): string {
    const known = PreparingClient.#names.get(text);
    if (known !== undefined) return known;
    const name = `s${PreparingClient.#names.size}`;
    PreparingClient.#names.set(text, name);
    return name;
  }
}

/** Opens a pool. A connection that breaks while idle is dropped and made anew at the next use. */
export function connect(settings: ConnectionSettings, size = 20): Connected {
  const options = [settings.options, '-c TimeZone=UTC'].filter(Boolean).join(' ');
  const pool = new pg.Pool({
    Client: PreparingClient,
    max: size,
    idleTimeoutMillis: 30_000,
    ...settings,
    options,
    types,
  });
  // Without a listener an idle connection that the server closes would end the process.
  pool.on('error', () => undefined);
  // The same for one that breaks in the middle of a transaction: its query fails, and that is enough.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}
