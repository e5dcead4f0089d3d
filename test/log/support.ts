// A node's log over the database of a test office, in a data directory in memory, with witnesses that are called and not rung.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { TestContext } from 'node:test';
import { newSecret, signerOf, verifySignature } from '../../src/adapters/log/signatures.ts';
import { noCaseKeys } from '../../src/adapters/keys/case-keys.ts';
import { openAudit } from '../../src/adapters/log/open-audit.ts';
import { openLog } from '../../src/adapters/log/open-log.ts';
import { sql } from 'kysely';
import type { Connected, Db } from '../../src/adapters/postgres/connection.ts';
import { officeStore } from '../../src/adapters/postgres/office.ts';
import { audit } from '../../src/app/log/audit.ts';
import type { LogPorts, Remembered, WitnessMemory } from '../../src/app/log/ports.ts';
import { type Published, sequencer } from '../../src/app/log/publish.ts';
import { addCheckpoint } from '../../src/app/log/witness.ts';
import { addMinutes, type Instant } from '../../src/kernel/instant.ts';
import { type Checkpoint, parseCheckpoint } from '../../src/transparency/checkpoint.ts';
import {
  ED25519_COSIGNATURE,
  formatKey,
  ML_DSA_44_COSIGNATURE,
  type VerifierKey,
} from '../../src/transparency/note.ts';
import { NO_WITNESSES, parsePolicy } from '../../src/transparency/policy.ts';
import type { TestOffice } from '../support/casework.ts';
import { must } from '../support/database.ts';

export const CADENCE = { every: 300, places: 8, reserved: 2 };
export const START = '2028-03-02T09:00:00.000Z' as Instant;
/** Tests of what happens to files need no disk that is slow to keep them. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export const memoryFolder = (): string => mkdtempSync(join(MEMORY, 'rogatory-log-'));

export function dataDirectory(t: TestContext): string {
  const folder = memoryFolder();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export type TestLog = {
  readonly ports: LogPorts;
  readonly data: string;
  /** Publishes the slot it is, as a process that has just started or as the same one as before. */
  readonly publish: (again?: 'started anew') => Promise<Published>;
  /** The next slot has begun. */
  readonly pass: (slots?: number) => void;
  readonly checkpoint: () => Promise<Checkpoint>;
};

export type Wishes = Partial<Pick<LogPorts, 'policy' | 'cadence' | 'askWitness' | 'random'>> & {
  readonly start?: Instant;
};

/** The log of a node on that database and in that directory. */
export async function openTestLog(db: Db, data: string, wishes: Wishes = {}): Promise<TestLog> {
  const { policy = NO_WITNESSES, cadence = CADENCE, start = START, ...others } = wishes;
  let now = start;
  const opened = await openLog({
    dataDirectory: data,
    db,
    origin: 'https://node.example',
    settings: { policy, cadence, witnessed: [] },
    now: () => now,
  });
  const ports = { ...opened.ports, ...others };
  let running = sequencer(ports);
  return {
    ports,
    data,
    publish: (again) => {
      if (again !== undefined) running = sequencer(ports);
      return running.publishSlot();
    },
    pass: (slots = 1) => {
      now = addMinutes(now, (slots * cadence.every) / 60);
    },
    checkpoint: async () => must(parseCheckpoint((await ports.files.published()) ?? '')),
  };
}

/** What the self-audit of a node finds, in sentences, and what it counted. */
export async function auditOf(log: TestLog, own: Pick<TestOffice, 'app' | 'keys' | 'work'>) {
  const office = await officeStore(own.app.db, own.work.office(), () => Date.now(), own.keys.mark);
  const { ports, data: dataDirectory } = log;
  const { db } = own.app;
  const done = await audit(openAudit({ db, dataDirectory, keys: own.keys, office, log: ports, casework: own.work }));
  return { ...done, found: done.found.map(({ says }) => says) };
}

/** The same of a log without any casework beside it. */
export async function auditAlone({ ports, data: dataDirectory }: Pick<TestLog, 'ports' | 'data'>, db: Db) {
  const standing = async (): Promise<never> => {
    throw new Error('there is no office');
  };
  const { found: all, counted } = await audit(
    openAudit({ db, dataDirectory, keys: noCaseKeys, office: { standing }, log: ports, casework: null }),
  );
  return { found: all.map(({ says }) => says), counted };
}

/** What the owner of the database does while no trigger and no foreign key looks. */
export const unwatched = ({ db }: Connected, ...statements: readonly string[]): Promise<void> =>
  db.connection().execute(async (own) => {
    await sql`set session_replication_role = replica`.execute(own);
    for (const one of statements) await sql.raw(one).execute(own);
    await sql`set session_replication_role = origin`.execute(own);
  });

/** Changes a table as its owner, looks, and puts it back as it was. */
export async function unseen<T>(
  owner: Connected,
  table: string,
  statement: string,
  look: () => Promise<T>,
): Promise<T> {
  await unwatched(owner, `create table kept_back as table ${table}`, statement);
  try {
    return await look();
  } finally {
    const own = IDENTITY.has(table) ? 'overriding system value' : '';
    const back = `insert into ${table} ${own} select * from kept_back`;
    await unwatched(owner, `delete from ${table}`, back, 'drop table kept_back');
  }
}
const IDENTITY = new Set(['person_event', 'office_event', 'docket_change', 'threshold_proposal', 'report_proposal']);

/** Every public file with its bytes. */
export function publicFiles(data: string): Map<string, Buffer> {
  const folder = join(data, 'log');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return new Map(
    files
      .map((one) => join(one.parentPath, one.name))
      .sort()
      .map((path) => [relative(folder, path), readFileSync(path)]),
  );
}

/** What halted it, in its own words. */
export function found(published: Published): string {
  assert.equal(published.is, 'halted', JSON.stringify(published));
  return published.is === 'halted' ? published.found : '';
}

/** A witness that remembers in memory: its keys, its memory, and its answers. */
export function memoryWitness(name: string, logs: () => readonly VerifierKey[]) {
  const keys = [ED25519_COSIGNATURE, ML_DSA_44_COSIGNATURE].map((type) =>
    signerOf(
      type as typeof ED25519_COSIGNATURE,
      `${name}.example/witness`,
      newSecret(type as typeof ED25519_COSIGNATURE),
    ),
  );
  const kept = new Map<string, Remembered>();
  const memory: WitnessMemory = {
    turn: async (origin, next) => {
      const { keep, answer } = await next(kept.get(origin) ?? null);
      if (keep !== null) kept.set(origin, keep);
      return answer;
    },
    latest: async () => undefined,
  };
  const now = () => START;
  return {
    kept,
    url: `https://${name}.example/witness`,
    /** Its lines in a policy: one for each key, and the group of both. */
    lines: keys.map((key, n) => `witness ${name}${n} ${formatKey(key)} https://${name}.example/witness\n`).join(''),
    ask: async (body: string): Promise<{ status: number; body: string }> => {
      const answered = await addCheckpoint({ keys, logs: logs(), memory, verify: verifySignature, now }, body);
      if (!answered.ok) return { status: 400, body: answered.faults[0]?.detail ?? '' };
      const answer = answered.value;
      if (answer.is === 'cosigned') return { status: 200, body: answer.lines };
      if (answer.is === 'other-size') return { status: 409, body: `${answer.size}\n` };
      return { status: answer.status, body: answer.why };
    },
  };
}

export type MemoryWitness = ReturnType<typeof memoryWitness>;

/** A policy that asks for so many of these witnesses, and how they are reached. */
export function witnessed(least: number, ...witnesses: readonly MemoryWitness[]) {
  const text = `${witnesses.map(({ lines }) => lines).join('')}${witnesses
    .map(
      ({ lines }, n) =>
        `group both${n} all ${[...lines.matchAll(/^witness (\S+)/gm)].map(([, one]) => one).join(' ')}\n`,
    )
    .join('')}group enough ${least} ${witnesses.map((_, n) => `both${n}`).join(' ')}\nquorum enough\n`;
  return {
    policy: must(parsePolicy(text)),
    askWitness: async (url: string, body: string) => witnesses.find((one) => one.url === url)?.ask(body),
  };
}
