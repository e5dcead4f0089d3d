// Connections to PostgreSQL: a pool whose values come out as our own types, and Kysely over it.

import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { Duplex } from 'node:stream';
import pg from 'pg';
import { Defect } from '../../kernel/outcome.ts';
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
 * plan and cheap to run; planned once, an intake costs a fraction. What is asked in one turn of the program goes out in one
 * piece: to wake the server costs more than most of what it is asked.
 */
class PreparingClient extends pg.Client {
  static readonly #names = new Map<string, string>();

  override query(...args: unknown[]): never {
    const { stream } = (this as unknown as { connection: { stream: Duplex } }).connection;
    stream.cork();
    process.nextTick(() => stream.uncork());
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
    // The server answers in the order in which it was asked, and need not have answered one question to be asked the next.
    pipeline: true,
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

/**
 * One transaction on one connection, begun by `begin`. What the work asks at the same time goes out at the same time - with
 * `begin`, if it is what it asks first - and is answered in that order, where Kysely's own way would wait for each answer.
 * Where `begin` fails, the server answers none of it. What is left over of work that failed asks nothing of whoever has the
 * connection then.
 */
export const transacted = <T>(db: Db, begin: string, work: (tx: Db) => Promise<T>): Promise<T> =>
  db.getExecutor().provideConnection(async (connection) => {
    const ask = (text: string): Promise<unknown> => connection.executeQuery(CompiledQuery.raw(text));
    let over = false;
    const lent = async (): Promise<DatabaseConnection> => {
      if (over) throw new Defect('a transaction was asked after its end');
      return connection;
    };
    const [begun, done] = await Promise.allSettled([ask(begin), work(new Kysely<Tables>({ dialect: lending(lent) }))]);
    over = true;
    if (begun.status === 'fulfilled' && done.status === 'fulfilled') {
      await ask('commit');
      return done.value;
    }
    // Where the connection itself is gone there is nothing to roll back, and the error to tell is the first.
    await ask('rollback').catch(() => undefined);
    throw begun.status === 'rejected' ? begun.reason : (done as PromiseRejectedResult).reason;
  });

/**
 * One question as a transaction of its own: it goes out in one piece with `begin` and `commit`. Where one of the three fails,
 * the server answers none that comes after it, and keeps nothing.
 */
export const transactedAlone = <Row>(db: Db, begin: string, question: CompiledQuery<Row>): Promise<readonly Row[]> =>
  db.getExecutor().provideConnection(async (connection) => {
    const ask = (text: string): Promise<unknown> => connection.executeQuery(CompiledQuery.raw(text));
    const asked = [ask(begin), connection.executeQuery<Row>(question), ask('commit')] as const;
    // The connection is given back when all three are answered, and the error to tell is the first.
    await Promise.allSettled(asked);
    const [, { rows }] = await Promise.all(asked);
    return rows;
  });

const nothing = async (): Promise<void> => undefined;
const lending = (lent: () => Promise<DatabaseConnection>): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createDriver: () => ({
    init: nothing,
    acquireConnection: lent,
    beginTransaction: nothing,
    commitTransaction: nothing,
    rollbackTransaction: nothing,
    releaseConnection: nothing,
    destroy: nothing,
  }),
});
