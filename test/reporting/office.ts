// A test office that publishes figures: requests that come in and are decided, quarter by quarter, and its log.

import { createHash, randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { loadStatistics } from '../../src/adapters/files/statistics-store.ts';
import { reportStore } from '../../src/adapters/postgres/reporting/reports.ts';
import { acknowledge } from '../../src/app/casework/front-desk.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import { preview, proposeReport, publishReport, type ReportingPorts } from '../../src/app/reporting/publish.ts';
import { proofsFor } from '../../src/app/reporting/proofs.ts';
import type { At, Kind } from '../../src/domain/reporting/figures.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import type { Refusal } from '../../src/kernel/refusal.ts';
import type { Page, Visitor } from '../casework/front-door.ts';
import { dataDirectory, openTestLog, type TestLog } from '../log/support.ts';
import { done, openOffice, takeIn, type TestOffice } from '../support/casework.ts';
import { arrives, decided } from '../support/decided.ts';
import { sealTo } from '../support/sealed.ts';

export type FiguresOffice = TestOffice & { readonly log: TestLog; readonly ports: ReportingPorts };

export const CADENCE = { every: 86_400, places: 512, reserved: 8 };

export async function openFiguresOffice(t: TestContext): Promise<FiguresOffice> {
  const office = await openOffice('2028-01-10T09:00:00.000Z' as Instant);
  t.after(() => office.close());
  const log = await openTestLog(office.app.db, dataDirectory(t), {
    cadence: CADENCE,
    start: '2028-01-10T00:00:00.000Z' as Instant,
  });
  const ports: ReportingPorts = {
    store: reportStore(office.app.db, office.keys.mark),
    lists: loadStatistics(),
    office: office.work.office,
    now: office.clock.now,
    today: office.work.world.today,
    chance: (length) => new Uint8Array(randomBytes(length)),
    giveWay: () => setImmediate(),
    sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
    log: { origin: log.ports.keys.log[0].name, every: CADENCE.every },
  };
  return { ...office, log, ports };
}

/** So many requests come from that State; some are acknowledged. */
export async function come(office: FiguresOffice, from: string, count: number, acknowledged = 0): Promise<void> {
  for (let n = 0; n < count; n++) {
    const file = await takeIn(office.work, office.staff['duty-officer'], { otherState: from });
    office.clock.hours(1);
    if (n < acknowledged)
      done(await acknowledge(office.work, office.staff['duty-officer'], { reference: file.reference, version: null }));
  }
}

/** So many requests come from a State that no other comes from, and are sealed at once. */
export async function comeSealed(office: FiguresOffice, count: number): Promise<void> {
  const { staff } = office;
  for (let n = 0; n < count; n++)
    await sealTo(office, await takeIn(office.work, staff['duty-officer'], { otherState: 'EE' }), [staff.approver2]);
}

/** So many are decided on by two people, with what follows. */
export async function decide(office: FiguresOffice, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await decided(office, await arrives(office));
}

/** Proposed by one and published by another. */
export async function publishedBy(ports: ReportingPorts, proposer: Actor, publisher: Actor, period: string) {
  const { hash } = made(await preview(ports, proposer, period));
  made(await proposeReport(ports, proposer, period, hash));
  return publishReport(ports, publisher, period, hash);
}

export type Proofs = {
  figures: { of: Kind; at: At; n: number; salt: string; commitments: string[] }[];
};

/** What oversight is given, read. */
export async function proofsOf(ports: ReportingPorts, oversight: Actor, period: string): Promise<Proofs> {
  const pieces = await proofsFor(ports, oversight, period);
  if (pieces === undefined) throw new Error('no proofs');
  return JSON.parse((await Array.fromAsync(pieces)).join('')) as Proofs;
}

/** What `pressed` led to once the report is made: at once, or after a look or two at how far it is. */
export async function onceMade(visitor: Visitor, page: string, pressed: Page): Promise<Page> {
  let answer = pressed;
  while (answer.next === page || answer.text.includes('<progress')) {
    await setTimeout(10);
    answer = await visitor.get(page);
  }
  return answer;
}

/** What was made, where it must have been. */
export function made<T>(outcome: Outcome<T, Refusal>): T {
  if (!outcome.ok) throw new Error(outcome.faults.map(({ code }) => code).join());
  return outcome.value;
}
