// Fills the data directory of a node with a large docket, and times on the way what is not a page: intake and assessment.

import pg from 'pg';
import { DEMO_PROFILE, loadDemoOffice } from '../../src/adapters/files/demo-store.ts';
import { loadLaw, loadPolicy } from '../../src/adapters/files/law-store.ts';
import { caseStore } from '../../src/adapters/postgres/casework/store.ts';
import { type ConnectionSettings, connect } from '../../src/adapters/postgres/connection.ts';
import { officeStore } from '../../src/adapters/postgres/office.ts';
import { peopleStore } from '../../src/adapters/postgres/people/store.ts';
import { openDatabase } from '../../src/adapters/postgres/server/open-database.ts';
import { nodeMark } from '../../src/adapters/keys/node-mark.ts';
import { secrets } from '../../src/adapters/keys/secrets.ts';
import { openVault } from '../../src/adapters/keys/vault.ts';
import { loadOfficeDefaults } from '../../src/adapters/files/office-store.ts';
import { world } from '../../src/adapters/world.ts';
import type { Casework } from '../../src/app/casework/act.ts';
import { assessCase } from '../../src/app/casework/assess-case.ts';
import { tick } from '../../src/app/casework/clock.ts';
import { beginDemonstration, staffFrom } from '../../src/app/demo/open.ts';
import { type DemoStaff, seedDemonstration } from '../../src/app/demo/seed.ts';
import { openLawBook } from '../../src/app/law-book.ts';
import { countedBy } from '../../src/app/office/count-anew.ts';
import type { PeoplePorts } from '../../src/app/people/ports.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { multiply } from './big-docket.ts';
import { bare, CONNECTIONS, intake, readAll } from './intake.ts';
import type { Load } from './section.ts';

export type Filled = {
  readonly cases: number;
  readonly events: number;
  /** Requests received a second, bare transactions a second of the same server, and the share of each round: medians of rounds in which one follows the other. */
  readonly intakeRate: number;
  readonly bareRate: number;
  readonly share: number;
  /** Requests received and read a second, from the first receipt to the last reading. */
  readonly readRate: number;
  readonly assessMs: number;
};

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

export async function fill(dataDirectory: string, load: Load): Promise<Filled> {
  const database = await openDatabase({ dataDirectory, log: quiet });
  if (!database.ok) throw new Error(JSON.stringify(database.faults));
  const { owner, app, stop } = database.value;
  const { db, close } = connect(app, CONNECTIONS);
  try {
    const now = (): Instant => new Date().toISOString() as Instant;
    const data = loadDemoOffice();
    const mark = nodeMark(openVault(dataDirectory));
    const office = await officeStore(
      db,
      { state: 'ZZ', name: '', languages: ['en'], settings: loadOfficeDefaults() },
      Date.now,
      mark,
    );
    const people = {
      store: peopleStore(db, mark),
      secrets,
      now,
    } as unknown as PeoplePorts;
    await beginDemonstration({ people, office, data });
    const work = await caseworkOver(db, office.office, now);
    const staff = staffFrom(await people.store.members());
    await seedDemonstration(work, staff, data, now());
    const size = await multiply(owner, load.cases);
    // All of them were projected as this law and office do, which the server would else do anew.
    await office.counted((await office.standing()).version, countedBy(work), null);
    const key = await programsKey(owner, staff);
    const rounds: { bare: number; intake: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await settle(owner);
      const once = await bare(owner, app, load.intakes);
      await settle(owner);
      rounds.push({ bare: once, intake: await intake(work, key, data, load.intakes) });
    }
    await settle(owner);
    const readRate = await readAll(work, key, data, load.readings);
    const [bareRate, intakeRate] = [middle(rounds.map((one) => one.bare)), middle(rounds.map((one) => one.intake))];
    // A node that starts reads first whatever it finds unread, and pages are measured without that.
    await tick(work);
    await tidy(owner);
    const share = middle(rounds.map((one) => one.intake / one.bare));
    return { ...size, bareRate, intakeRate, share, readRate, assessMs: await assessing(work, staff) };
  } finally {
    await close();
    await stop();
  }
}

async function ask<Row extends pg.QueryResultRow>(
  owner: ConnectionSettings,
  text: string,
  values?: unknown[],
): Promise<Row[]> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** What was written before is on the disk, so that neither rate pays for it: the first touch of each page after this is dear to both. */
const settle = (owner: ConnectionSettings) => ask(owner, 'checkpoint');

/** What a database does after a million rows within a minute, and has long done where they came within years. */
const tidy = (owner: ConnectionSettings) => ask(owner, 'vacuum (analyze)');

/** How often the two rates are taken, one after the other: what else the machine does changes from minute to minute. */
const ROUNDS = 5;
const middle = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

/** The key of the program that hands all of it in. */
async function programsKey(owner: ConnectionSettings, { duty }: DemoStaff): Promise<string> {
  const [key] = await ask<{ id: string }>(
    owner,
    `insert into api_key (id, office, state, hash, made_at, made_by, expires_at)
     values (gen_random_uuid(), 'A program', 'AA', repeat('0', 64), now(), $1, now() + interval '1 day') returning id`,
    [duty.id],
  );
  return key?.id ?? '';
}

const noFiles: Casework['files'] = {
  put: () => Promise.reject(new Error('no files here')),
  get: async () => undefined,
  openAll: async () => undefined,
  bare: async () => undefined,
  follow: async () => ({ failed: [] }),
};

async function caseworkOver(db: Parameters<typeof caseStore>[0], office: Casework['office'], now: () => Instant) {
  const loaded = await loadLaw();
  if (!loaded.ok) throw new Error('no law');
  const { rules, hash, register } = loaded.value;
  const policy = await loadPolicy(rules, DEMO_PROFILE);
  if (!policy.ok) throw new Error('no profile');
  return {
    store: caseStore(db, now),
    files: noFiles,
    world: world(() => 'UTC', new Uint8Array(32), now),
    law: { book: openLawBook(rules, hash, register), policy: policy.value },
    office,
    unread: (_, error) => {
      throw error;
    },
  } satisfies Casework;
}

/** The median of assessing cases as a page does that opens one. */
async function assessing({ store, law }: Casework, { reviewer }: DemoStaff): Promise<number> {
  const { lines } = await store.docket(reviewer.id, { sort: 'received', size: 50 });
  const times: number[] = [];
  for (const { reference } of lines) {
    const file = await store.read(reviewer.id, reference, 'bench');
    if (file === undefined) throw new Error('a case of the docket is not there');
    const start = performance.now();
    assessCase(law, file, 'en');
    times.push(performance.now() - start);
  }
  return middle(times);
}
