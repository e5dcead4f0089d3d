// The rate of durable intake, and beside it what this PostgreSQL on this disk does at best with as many connections.

import pg from 'pg';
import type { loadDemoOffice } from '../../src/adapters/files/demo-store.ts';
import type { ConnectionSettings } from '../../src/adapters/postgres/connection.ts';
import type { Casework } from '../../src/app/casework/act.ts';
import { openCase } from '../../src/app/casework/receive.ts';
import { demoContent } from '../../src/app/demo/content.ts';
import type { DemoStaff } from '../../src/app/demo/seed.ts';

export const CONNECTIONS = 16;

/** One row into one table, a transaction each: what this PostgreSQL on this disk can do at best. */
export async function bare(owner: ConnectionSettings, app: ConnectionSettings, count: number): Promise<number> {
  const pool = new pg.Pool({ ...owner, max: CONNECTIONS });
  try {
    await pool.query(
      'create table bench_bare (id bigint generated always as identity primary key, body bytea not null)',
    );
    await pool.query('grant insert on bench_bare to rogatory_app');
    const clients = new pg.Pool({ ...app, max: CONNECTIONS });
    const body = Buffer.alloc(3000, 7);
    const rate = await ratePerSecond(count, async () => {
      const client = await clients.connect();
      try {
        await client.query('begin');
        await client.query('insert into bench_bare (body) values ($1)', [body]);
        await client.query('commit');
      } finally {
        client.release();
      }
    });
    await clients.end();
    await pool.query('drop table bench_bare');
    return rate;
  } finally {
    await pool.end();
  }
}

export function intake(
  work: Casework,
  staff: DemoStaff,
  { requests, authorities }: ReturnType<typeof loadDemoOffice>,
  count: number,
) {
  const incoming = requests.filter(({ to }) => to === undefined);
  return ratePerSecond(count, async (n) => {
    const request = incoming[n % incoming.length];
    const authority = authorities[request?.from ?? ''];
    if (request === undefined || authority === undefined) throw new Error('no request');
    const content = demoContent(request, authority, 'The office', n, work.world.today());
    const opened = await openCase(work, staff.duty, {
      direction: 'incoming',
      channel: 'api',
      measure: request.measure,
      otherState: request.from ?? '',
      instrument: null,
      content,
      documents: [],
    });
    if (opened.is !== 'opened') throw new Error(opened.is);
  });
}

/** A tenth to warm up, then as many as were asked for, as many at a time as there are connections. */
async function ratePerSecond(count: number, work: (n: number) => Promise<void>): Promise<number> {
  const run = async (many: number): Promise<number> => {
    let n = 0;
    const start = performance.now();
    const worker = async (): Promise<void> => {
      while (n < many) await work(n++);
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, worker));
    return many / ((performance.now() - start) / 1000);
  };
  await run(Math.ceil(count / 10));
  return run(count);
}
