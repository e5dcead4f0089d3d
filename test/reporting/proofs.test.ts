// The proofs that oversight is given: written in pieces, none of them large, and the same bytes as in one.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { reportFile } from '../../src/app/reporting/file.ts';
import type { Published } from '../../src/app/reporting/ports.ts';
import { proofsFor } from '../../src/app/reporting/proofs.ts';
import type { ReportingPorts } from '../../src/app/reporting/publish.ts';
import { proofKey, stepsOf } from '../../src/app/reporting/report.ts';
import { type Fact, keyOf, TABLES } from '../../src/domain/reporting/figures.ts';
import { type Period, periodOf } from '../../src/domain/reporting/period.ts';
import { canonicalJson } from '../../src/kernel/canonical-json.ts';
import { joined, unpacked } from '../../src/transparency/bytes.ts';
import { figureSalt } from '../../src/transparency/report.ts';
import { verifyReport } from '../../verify/verify.ts';
import { come, made, openFiguresOffice, publishedBy } from './office.ts';

const SECRET = new Uint8Array(32).fill(7);
const hash = (text: string): Uint8Array => new Uint8Array(createHash('sha256').update(text).digest());
const OVERSIGHT = { id: '00000000-0000-4000-8000-000000000001', roles: ['oversight'] } as never;

/** The file as it was written before: all of it at once. */
function inOnePiece(report: Published['report'], facts: readonly Fact[], secret: Uint8Array): string {
  const counted = stepsOf(report, periodOf(report.period.name) as Period, facts);
  const figures = report.figures.map(({ of, at }) => {
    const steps = (counted.get(keyOf({ of, at })) ?? []).flatMap((one) => unpacked(one, 32));
    const commitments = steps.map((one) => one.toHex()).sort();
    const salt = figureSalt(secret, proofKey({ of, at })).toHex();
    return { of, at, n: commitments.length, salt, commitments };
  });
  return canonicalJson({ form: 'rogatory/report-proofs/v1', period: report.period.name, figures });
}

/** A quarter of so many requests, from a few States. */
function quarterOf(requests: number) {
  const states = ['AA', 'CC', 'DD'];
  const facts: Fact[] = states.map((state, s) => {
    const own = Array.from({ length: Math.floor(requests / states.length) }, (_, n) => hash(`${s} ${n}`));
    return { of: 'received', at: { state, measure: 'm' }, n: own.length, commitments: joined(...own), hours: [] };
  });
  const figures = ['AA', 'CC', 'DD'].map((state) => ({ of: 'received', at: { state }, n: 1, proof: '' }) as const);
  const report = {
    ...{ period: { name: '2028-Q1' }, tables: TABLES, threshold: 5 },
    figures: [{ of: 'received', at: {}, n: 1, proof: '' }, ...figures, { of: 'told', at: {}, n: 0, proof: '' }],
  } as never as Published['report'];
  const store = { find: async () => ({ report }), secret: async () => SECRET, taken: async () => facts };
  return { report, facts, ports: { store, giveWay: async () => undefined } as never as ReportingPorts };
}

test('the pieces of the proofs make up the very bytes of the whole', async () => {
  for (const requests of [0, 3, 5_000]) {
    const { report, facts, ports } = quarterOf(requests);
    const pieces = await Array.fromAsync((await proofsFor(ports, OVERSIGHT, '2028-Q1')) ?? []);
    assert.equal(pieces.join(''), inOnePiece(report, facts, SECRET));
    if (requests > 3) assert.ok(Math.max(...pieces.map(({ length }) => length)) < 4_000, 'no piece is large');
  }
});

test('of a report that was published they are the same bytes too, and the verifier accepts them', async (t) => {
  const office = await openFiguresOffice(t);
  const { ports, staff, clock, log } = office;
  await come(office, 'AA', 12, 6);
  await come(office, 'CC', 2);
  clock.days(90);
  const published = made(await publishedBy(ports, staff.approver, staff.registrar, '2028-Q1'));
  const text = (await Array.fromAsync((await proofsFor(ports, staff.oversight, '2028-Q1')) ?? [])).join('');
  const facts = await ports.store.taken('2028-Q1' as never);
  const secret = await ports.store.secret(staff.oversight.id, '2028-Q1' as never);
  assert.ok(facts && secret);
  assert.equal(text, inOnePiece(published.report, facts, secret));
  const file = new TextEncoder().encode(await reportFile(log.ports, published));
  const verdict = await verifyReport(file, undefined, new TextEncoder().encode(text));
  assert.deepEqual(verdict.wrong, []);
  assert.ok(verdict.shown.some(({ key }) => key === 'report.proofs'));
});
