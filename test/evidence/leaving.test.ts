// What leaves is what two people meant: a key that one entered and another confirmed, and a proof over exactly what goes.
// Attacker: one person of the office with a key of their own, and the application's password to the database.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { sql } from 'kysely';
import { asPerson } from '../../src/adapters/postgres/casework/store.ts';
import * as disclosing from '../../src/app/casework/disclosing.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import * as custody from '../../src/app/evidence/custody.ts';
import type { Leaving } from '../../src/app/evidence/leaving.ts';
import { makePackage } from '../../src/app/evidence/packing.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { done, refusals } from '../support/casework.ts';
import { type Bench, evidenceBench } from './bench.ts';

let bench: Bench;
let file: CaseFile;
before(async () => {
  bench = await evidenceBench();
  file = await bench.take(Buffer.from('From a@mail.example\n'));
});
after(() => bench.close());

const key = async () => identityToRecipient(await generateX25519Identity());
const target = () => ({ reference: file.reference, version: null });
const now = async (): Promise<CaseFile> => {
  const found = await bench.office.work.store.read(bench.office.staff.reviewer.id, file.reference, 'test');
  assert.ok(found);
  return found;
};
const packing = (fingerprint: string): Leaving => ({
  act: 'evidence.package',
  objects: [file.evidence.objects[0]?.object as never],
  fingerprints: [fingerprint],
  purpose: 'The answer to their request.',
});
const make = (packed: object, by = bench.office.staff.approver) =>
  makePackage(bench.office.work, bench.ports, by, target(), packed as never);
const enter = async (no: number | null, by: Actor, name = 'PG of AA') => {
  const entered = await custody.enterKey(bench.office.work, by, target(), { no, name, key: await key() });
  const found = done(entered).evidence.keys;
  return (no === null ? found.at(-1) : found.find((one) => one.no === no)) ?? assert.fail();
};
const confirm = ({ no, fingerprint }: { no: number; fingerprint: string }, by: Actor) =>
  custody.confirmKey(bench.office.work, by, target(), { no, read: fingerprint, how: 'Over +99 1 0001, their clerk.' });

test('to a key that nobody else confirmed, or that was exchanged afterwards, nothing is sealed', async () => {
  const { staff } = bench.office;
  const own = await enter(null, staff.approver);
  assert.deepEqual(refusals(await confirm(own, staff.approver)), ['evidence.own-key']);
  assert.deepEqual(refusals(await make(await bench.signed(packing(own.fingerprint)))), ['evidence.key-not-confirmed']);
  assert.equal((await confirm(own, staff['duty-officer'])).is, 'not-allowed');
  done(await confirm(own, staff.reviewer));
  const read = await bench.signed(packing(own.fingerprint));
  // After the reviewer confirmed, the approver puts another key in its place and seals to that.
  const swapped = await enter(own.no, staff.approver);
  assert.deepEqual(refusals(await make(read)), ['evidence.no-such-key']);
  const again = await bench.signed(packing(swapped.fingerprint));
  assert.deepEqual(refusals(await make(again)), ['evidence.key-not-confirmed']);
  done(await confirm(swapped, staff.reviewer));
  const made = done(await make(again)).evidence.packages.at(-1);
  assert.deepEqual([made?.recipient.keys, made?.fingerprints], [[swapped.key], [swapped.fingerprint]]);
  assert.equal(made?.signed, again.signed);
});

test('a key that is exchanged while the package is made leaves no package behind', async () => {
  const { work, staff } = bench.office;
  const one = await enter(null, staff.reviewer);
  done(await confirm(one, staff.approver));
  const before = (await now()).evidence.packages.length;
  const slow = {
    ...bench.ports,
    packages: {
      ...bench.ports.packages,
      make: async (...given: Parameters<typeof bench.ports.packages.make>) => {
        const sealed = await bench.ports.packages.make(...given);
        await enter(one.no, staff.reviewer);
        return sealed;
      },
    },
  };
  const signed = await bench.signed(packing(one.fingerprint));
  const acted = await makePackage(work, slow, staff.approver, target(), signed as never);
  assert.deepEqual(refusals(acted), ['evidence.no-such-key']);
  assert.equal((await now()).evidence.packages.length, before);
});

test('what is sealed, handed over or copied is what was signed: other objects, another purpose or a new condition are another hash', async () => {
  const { work, staff } = bench.office;
  const fingerprint = await bench.confirmed(await identityToRecipient(await generateHybridIdentity()), 'Court of AA');
  const read = await bench.signed(packing(fingerprint));
  const told = ['evidence.not-what-was-read'];
  assert.deepEqual(refusals(await make({ ...read, signed: '' })), told);
  assert.deepEqual(refusals(await make({ ...read, purpose: 'Something else altogether.' })), told);
  const made = done(await make(read)).evidence.packages.at(-1) ?? assert.fail();
  const over = await bench.signed({
    act: 'evidence.hand-over',
    package: made.package,
    to: 'Court of AA',
    how: 'By courier',
  });
  const object = file.evidence.objects[0]?.object as never;
  const copy = await bench.signed({
    act: 'evidence.copy',
    object,
    to: 'Judge of AA',
    purpose: 'Asked for by the judge.',
  });
  const hand = (handing: typeof over) => custody.handOverPackage(work, staff.approver, target(), handing);
  const take = (copying: typeof copy) => custody.copyObject(work, staff.approver, target(), copying);
  assert.deepEqual(refusals(await hand({ ...over, to: 'Somebody else' })), told);
  assert.deepEqual(refusals(await take({ ...copy, to: 'Somebody else' })), told);
  // A condition that comes between reading and doing.
  const conditioned = done(
    await disclosing.proposeCondition(work, staff.reviewer, target(), { text: 'Not for other cases.', dueOn: null }),
  );
  const { no } = conditioned.disclosure.conditions.at(-1) ?? { no: 0 };
  for (const acted of [await make(read), await hand(over), await take(copy)])
    assert.ok(acted.is === 'refused' && acted.refusals.length > 0);
  const accepted = { condition: no, to: 'accepted' as const, answeredBy: 'PG of AA', remarks: '' };
  done(await disclosing.moveCondition(work, staff.reviewer, target(), accepted));
  for (const acted of [await hand(over), await take(copy)]) assert.deepEqual(refusals(acted), told);
  const { act: _, ...what } = over;
  const handed = done(await hand(await bench.signed({ act: 'evidence.hand-over', ...what })));
  assert.equal(handed.evidence.packages.at(-1)?.handedOver.length, 1);
});

test('as the application in SQL nobody confirms their own key, exchanges a confirmed one, or puts down a sealing to one nobody confirmed', async () => {
  const { app, staff } = bench.office;
  const mine = await enter(null, staff.reviewer);
  const theirs = await enter(null, staff.approver);
  done(await confirm(theirs, staff.reviewer));
  const as = (who: Actor, query: ReturnType<typeof sql>) => asPerson(app.db, who.id, (tx) => query.execute(tx));
  const refused = (who: Actor, query: ReturnType<typeof sql>, why = '23514') =>
    assert.rejects(as(who, query), { code: why });
  const row = ({ no }: { no: number }) => sql`case_id = ${file.id} and no = ${no}`;
  const { reviewer, reviewer2, approver } = staff;
  await refused(
    reviewer,
    sql`update evidence_key set confirmed_by = entered_by, confirmed_fingerprint = fingerprint where ${row(mine)}`,
  );
  // In somebody else's name, before or after the fact.
  await refused(
    reviewer,
    sql`update evidence_key set confirmed_by = ${approver.id}, confirmed_fingerprint = fingerprint where ${row(mine)}`,
  );
  await refused(reviewer, sql`update evidence_key set entered_by = ${approver.id} where ${row(mine)}`);
  await refused(
    reviewer,
    sql`insert into evidence_key (case_id, no, fingerprint, entered_by) values (${file.id}, 90, ${Buffer.alloc(32)}, ${approver.id})`,
  );
  await refused(
    reviewer,
    sql`insert into evidence_key values (${file.id}, 91, ${Buffer.alloc(32)}, ${reviewer.id}, ${approver.id}, ${Buffer.alloc(32)})`,
  );
  // The confirmed one made another, its confirmation kept.
  const other = Buffer.alloc(32, 7);
  await refused(reviewer2, sql`update evidence_key set fingerprint = ${other} where ${row(theirs)}`);
  await refused(
    reviewer2,
    sql`update evidence_key set fingerprint = ${other}, confirmed_fingerprint = ${other} where ${row(theirs)}`,
  );
  await refused(reviewer2, sql`delete from evidence_key where ${row(theirs)}`, '42501');
  const sealing = ({ no, fingerprint }: { no: number; fingerprint: string }) =>
    sql`insert into evidence_sealing values (${file.id}, 77, ${no}, ${Buffer.from(fingerprint, 'hex')})`;
  await refused(approver, sealing(mine));
  await refused(approver, sealing({ ...theirs, fingerprint: mine.fingerprint }));
  await as(approver, sealing(theirs));
  await refused(approver, sql`update evidence_sealing set key_no = ${mine.no} where package_no = 77`, '42501');
});
