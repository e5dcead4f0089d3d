// Casework under load: a docket of 100,000 cases and a million events, twenty people at it, and a database that really writes.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CALMLY, calmly, takenBy } from '../host.ts';
import type { Claim, Section } from '../report.ts';
import { fill } from './fill.ts';
import { enter, settled, someReferences, type Started, startNode, stopNode } from './node.ts';
import { atOnce, type Answered } from './users.ts';

export type Load = {
  readonly cases: number;
  /** How long each kind of page is asked for. */
  readonly seconds: number;
  /** How many requests are taken in for the rate of intake, in each round. */
  readonly intakes: number;
  /** How many are taken in and read for the rate of both. */
  readonly readings: number;
};

const USERS = 20;
/** A person looks at a page before they ask for the next. */
const LOOK_MS = 1000;
/** What the copies of the big docket can be found by: two or three cases have a rare word, a hundred another, one in seven the last. */
const WORDS = (n: number): string =>
  [
    `rare${String(n * 37).padStart(5, '0')}`,
    `word${String(n % 977).padStart(3, '0')}`,
    `often${n % 7}`,
    `often${n % 7} word0`,
  ][n % 4] ?? '';

const PAGES = [
  {
    name: 'docket page',
    target: 60,
    path: (n: number) =>
      [
        '/docket',
        '/docket?stage=assessing',
        '/docket?state=AA&sort=received',
        '/work',
        '/docket?outcome=may-refuse',
        '/docket?due=week',
        '/docket?closed=yes',
        '/desk',
      ][n % 8] ?? '',
  },
  {
    name: 'case page',
    target: 60,
    path: (n: number, cases: readonly string[]) =>
      `/requests/${cases[(n * 7) % cases.length]}${['', '/assessment', '/timeline'][n % 3]}`,
  },
  {
    name: 'full-text search',
    target: 150,
    path: (n: number) => `/docket?q=${encodeURIComponent(WORDS(n))}`,
  },
] as const;

export async function casework(load: Load): Promise<Section> {
  const data = mkdtempSync(join(tmpdir(), 'rogatory-bench-'));
  const claims: Claim[] = [];
  const rows: string[][] = [];
  const under = (claim: string, value: number, unit: string, target: number): void => {
    claims.push({ claim, target: `under ${target} ${unit}`, measured: `${tidy(value)} ${unit}`, pass: value < target });
  };
  let node: Started | undefined;
  try {
    under('first page, empty data directory', await firstPage(data), 's', 10);
    const filled = await fill(data, load);
    claims.push({
      claim: 'durable intake, of the rate of bare transactions of the same PostgreSQL',
      target: 'at least 60 %',
      measured: `${tidy(100 * filled.share)} % (${tidy(filled.intakeRate)} of ${tidy(filled.bareRate)} a second)`,
      pass: filled.share >= 0.6,
    });
    under('assessment of a case on opening it', filled.assessMs, 'ms', 5);
    const again = await calmly(() => firstPage(data));
    under('first page, existing data directory', again.value, 's', 3);
    node = await startNode(data);
    const served = node.address;
    await settled(served);
    const cookie = await enter(served);
    const cases = await someReferences(served, cookie);
    let wrong = 0;
    for (const { name, target, path } of PAGES) {
      const address = (n: number) => path(n, cases);
      // First all they can take: a node that has just started has run little of its code often enough to have it compiled.
      const pressed = await atOnce(served, cookie, address, USERS, load.seconds, 0);
      const calm = await calmly(async () => {
        const answered = await atOnce(served, cookie, address, USERS, load.seconds, LOOK_MS);
        wrong += answered.wrong;
        return answered;
      });
      rows.push(
        [...rowOf(name, `${USERS}, a second between pages`, calm.value), takenBy(calm.taken)],
        [...rowOf(name, `${USERS}, no pause at all`, pressed), ''],
      );
      under(`${name}, p95 of ${USERS} people`, calm.value.p95, 'ms', target);
      wrong += pressed.wrong;
    }
    return {
      title: 'F. Casework under load',
      tables: [{ head: ['page', 'people', 'p50 ms', 'p95 ms', 'pages/s', 'answers', 'others had'], rows }],
      notes: [
        `${filled.cases} cases, ${filled.events} events; the server, its PostgreSQL and the ${USERS} people share the two cores of this machine.`,
        CALMLY,
        'Bare transactions: begin, one row as an event is, one row as its commitment is, commit; prepared. Of these as of receipts 64 are on their way at a time, over a pool of 16 connections. Both rates, and the share, are medians of five rounds, one after the other in each; what a round reaches changes with the moment of the disk, which the bare transactions wait for more than receipts do.',
        'A durable intake is the receipt of a request that a program handed in: 13 rows, the line of the case, three events (opened, received, acknowledged) with commitment and opening each, the term by which it is read, the call to whoever has to do with it, and the name under which the program handed it in. Parsing, validation and the files that come along are not in it.',
        `What follows from a receipt (facts read, assessment, notices, marks, search words, terms) is written after it, one case after another: ${tidy(filled.readRate)} requests a second were received and read, from the first receipt to the last reading.`,
      ],
      claims,
      wrong,
    };
  } finally {
    if (node) await stopNode(node);
    rmSync(data, { recursive: true, force: true });
  }
}

/** The seconds from the start of a node to its first page; it is stopped again. */
async function firstPage(data: string): Promise<number> {
  const node = await startNode(data);
  await stopNode(node);
  return node.seconds;
}

const rowOf = (name: string, people: string, { p50, p95, rate, answers }: Answered): string[] => [
  name,
  people,
  tidy(p50),
  tidy(p95),
  tidy(rate),
  String(answers),
];

const tidy = (value: number): string => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
