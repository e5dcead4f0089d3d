// The rate of durable intake, and beside it what this PostgreSQL on this disk does with as many connections and as many on their way.

import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import type { loadDemoOffice } from '../../src/adapters/files/demo-store.ts';
import type { ConnectionSettings } from '../../src/adapters/postgres/connection.ts';
import type { Casework } from '../../src/app/casework/act.ts';
import { openReader, type Reader } from '../../src/app/casework/reading.ts';
import { type Arriving, receive } from '../../src/app/casework/receive.ts';
import { demoContent } from '../../src/app/demo/content.ts';

export const CONNECTIONS = 16;
/** How many are on their way at a time, of receipts as of bare transactions; what finds no connection waits for one. */
const AT_ONCE = 64;

/** As many bytes as an event of an intake has on average, and no two alike, so that nothing is saved by compressing them. */
const EVENT_BYTES = 1_600;

/**
 * The bare transaction: begin, one row as an event is, one row as its commitment is, commit; four messages, each statement
 * prepared once a connection as ours are, the same keys, no policy, trigger or reference, and the same settings of the server.
 */
export async function bare(owner: ConnectionSettings, app: ConnectionSettings, count: number): Promise<number> {
  const pool = new pg.Pool({ ...owner, max: 1 });
  const clients = new pg.Pool({ ...app, max: CONNECTIONS });
  // The server may stop before the last idle connection is gone.
  for (const one of [pool, clients]) one.on('error', () => undefined);
  try {
    await pool.query(`
create table bench_event (case_id uuid, seq integer, type text, at timestamptz, person uuid, body bytea, sealed boolean,
  primary key (case_id, seq));
create table bench_commitment (id bigint generated always as identity primary key, value bytea not null unique);
grant insert on bench_event, bench_commitment to rogatory_app`);
    const person = randomUUID();
    return await ratePerSecond(count, async () => {
      const client = await clients.connect();
      try {
        await client.query('begin');
        await client.query({
          name: 'event',
          text: 'insert into bench_event values ($1, $2, $3, $4, $5, $6, $7)',
          values: [randomUUID(), 1, 'request.received', new Date(), person, randomBytes(EVENT_BYTES), false],
        });
        await client.query({
          name: 'commitment',
          text: 'insert into bench_commitment (value) values ($1)',
          values: [randomBytes(32)],
        });
        await client.query('commit');
      } finally {
        client.release();
      }
    });
  } finally {
    await clients.end();
    await pool.query('drop table if exists bench_event, bench_commitment');
    await pool.end();
  }
}

type DemoData = ReturnType<typeof loadDemoOffice>;

/** One request in so many is about an account that others are about too. */
const RELATED = 10;

/** Takes in requests the way a program's are once they are checked: received, acknowledged, and claimed under the program's own name. */
export function intake(work: Casework, key: string, data: DemoData, count: number, reader?: Reader): Promise<number> {
  // What is handed in is there before it is timed how long it takes to be received.
  const arriving = Array.from({ length: count }, (_, n) => requestNo(work, data, n));
  return ratePerSecond(count, async (n) => {
    const claim = { key, repetition: randomUUID(), bodyHash: work.world.hash(String(n)), at: work.world.now() };
    const received = await receive(work, 'clock', arriving[n] as Arriving, {
      also: [{ type: 'request.acknowledged' }],
      claim,
    });
    if (received === undefined) throw new Error('handed in before');
    reader?.later(received.reference);
  });
}

/** The same with all that follows from each receipt: requests a second from the first receipt to the end of the last reading. */
export async function readAll(work: Casework, key: string, data: DemoData, count: number): Promise<number> {
  const reader = openReader(work);
  const start = performance.now();
  await intake(work, key, data, count, reader);
  await reader.idle();
  return withWarming(count) / ((performance.now() - start) / 1000);
}

function requestNo({ world }: Casework, { requests, authorities }: DemoData, n: number): Arriving {
  const incoming = requests.filter(({ to }) => to === undefined);
  const request = incoming[n % incoming.length];
  const authority = authorities[request?.from ?? ''];
  if (request === undefined || authority === undefined) throw new Error('no request');
  const content = demoContent(request, authority, 'The office', n, world.today());
  const [first] = content.targets ?? [];
  const targets = [{ ...first, identifierValue: `${n}-${first?.identifierValue}` }] as NonNullable<
    typeof content.targets
  >;
  return {
    direction: 'incoming',
    channel: 'api',
    sender: authority.name,
    measure: request.measure,
    otherState: request.from ?? '',
    instrument: null,
    content: n % RELATED === 0 ? content : { ...content, targets },
    documents: [],
  };
}

const withWarming = (count: number): number => count + Math.ceil(count / 10);

/** A tenth to warm up, then as many as were asked for. */
async function ratePerSecond(count: number, work: (n: number) => Promise<void>): Promise<number> {
  const run = async (many: number): Promise<number> => {
    let n = 0;
    const start = performance.now();
    const worker = async (): Promise<void> => {
      while (n < many) await work(n++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return many / ((performance.now() - start) / 1000);
  };
  await run(withWarming(count) - count);
  return run(count);
}
