// A slot from the waiting commitment to the receipt in a stranger's hand, and what is public on the way.

import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { receiptFor } from '../../src/app/log/receipt.ts';
import type { CaseId } from '../../src/domain/docket/case-file.ts';
import { newSecret, signerOf, verifySignature } from '../../src/adapters/log/signatures.ts';
import { commitmentIn, entryOf, opens, paddingBytes } from '../../src/transparency/leaf.ts';
import { leafHash, rootOf } from '../../src/transparency/merkle.ts';
import {
  cosignNote,
  ED25519,
  ED25519_COSIGNATURE,
  formatKey,
  formatSignature,
  parseKey,
  standingOf,
} from '../../src/transparency/note.ts';
import { openingBytes } from '../../src/transparency/opening.ts';
import { NO_WITNESSES, parsePolicy } from '../../src/transparency/policy.ts';
import { sequencer } from '../../src/app/log/publish.ts';
import { verifyReceipt } from '../../src/transparency/proof.ts';
import { entriesIn } from '../../src/transparency/tiles.ts';
import { parseAddCheckpoint } from '../../src/transparency/witness.ts';
import { must } from '../support/database.ts';
import { openOffice, type TestOffice, takeIn } from '../support/casework.ts';
import {
  auditAlone,
  CADENCE,
  dataDirectory,
  memoryWitness,
  openTestLog,
  publicFiles,
  START,
  witnessed,
} from './support.ts';

const fresh = (): Promise<TestOffice> => openOffice();
const commitments = (of: TestOffice) => of.owner.db.selectFrom('commitment').selectAll().orderBy('id').execute();

test('a batch holds every step that waits, padding for the rest, and a checkpoint signed with both keys', async (t) => {
  const own = await fresh();
  t.after(own.close);
  const log = await openTestLog(own.app.db, dataDirectory(t), { cadence: { ...CADENCE, places: 24 } });
  await takeIn(own.work, own.staff['duty-officer']);
  assert.deepEqual(await log.publish(), { is: 'published', size: 24 });

  const checkpoint = await log.checkpoint();
  assert.deepEqual([checkpoint.origin, checkpoint.size], ['node.example/log', 24]);
  for (const key of log.ports.keys.log)
    assert.equal((await standingOf(key, checkpoint.note, checkpoint, verifySignature)).is, 'signed');
  const files = publicFiles(log.data);
  assert.deepEqual([...files.keys()], ['checkpoint', 'tile/0/000.p/24', 'tile/entries/000.p/24']);
  const entries = entriesIn(files.get('tile/entries/000.p/24') ?? Buffer.of()) ?? [];
  assert.deepEqual(rootOf(entries.map(leafHash)), checkpoint.root);

  // Every entry opens: as a step, or as padding at its place.
  const rows = await own.owner.db.selectFrom('log_entry').selectAll().orderBy('index').execute();
  const waited = await commitments(own);
  assert.ok(waited.length > 1 && waited.length < 24);
  assert.deepEqual(
    rows.filter((row) => row.commitment !== null).map((row) => row.commitment),
    waited.map(({ id }) => id),
  );
  for (const [index, row] of rows.entries()) {
    assert.deepEqual(Buffer.from(commitmentIn(entries[index] ?? Buffer.of()) ?? []), row.value);
    if (row.padding_salt === null) continue;
    const opening = paddingBytes({ origin: 'node.example/log', slot: START, index });
    assert.ok(opens(row.value, row.padding_salt, opening));
  }
  // In the same slot nothing more is published, and in the next as many again.
  assert.deepEqual(await log.publish(), { is: 'nothing' });
  log.pass();
  assert.deepEqual(await log.publish(), { is: 'published', size: 48 });
});

test('an entry of a commitment or of a slot that is not there is refused, whoever writes it', async (t) => {
  const own = await fresh();
  t.after(own.close);
  const log = await openTestLog(own.app.db, dataDirectory(t), { cadence: { ...CADENCE, places: 8 } });
  assert.equal((await log.publish()).is, 'published');
  const { db } = own.owner;
  const entry = { index: 8, value: randomBytes(32) };
  const never = '2020-01-01T00:00:00.000Z' as typeof START;
  for (const made of [
    { ...entry, commitment: 4_000_000, slot: START },
    { ...entry, padding_salt: randomBytes(32), slot: never },
  ])
    await assert.rejects(
      db.insertInto('log_entry').values(made).execute(),
      /of a commitment and of a slot that are there/,
    );
  await assert.rejects(
    db
      .insertInto('log_entry')
      .values({ ...entry, index: 9, padding_salt: randomBytes(32), slot: START })
      .execute(),
    /follows another/,
  );
  assert.deepEqual(await log.ports.entries.size(), 8);
});

test('what waits for longer than an hour enters all the same, in its order, and what comes then after it', async (t) => {
  const own = await fresh();
  t.after(own.close);
  const log = await openTestLog(own.app.db, dataDirectory(t));
  const wait = (count: number) =>
    own.owner.db
      .insertInto('commitment')
      .values(Array.from({ length: count }, () => ({ value: randomBytes(32) })))
      .execute();
  // With six places a slot for what is ordinary, more than twelve slots of five minutes.
  await wait(100);
  for (let slot = 0; slot < 20; slot++, log.pass()) {
    if (slot === 15) await wait(3);
    assert.equal((await log.publish()).is, 'published');
  }
  const entered = await own.owner.db
    .selectFrom('log_entry')
    .select('commitment')
    .where('commitment', 'is not', null)
    .orderBy('index')
    .execute();
  assert.deepEqual(
    entered.map(({ commitment }) => commitment),
    (await commitments(own)).map(({ id }) => id),
  );
});

test('a full slot keeps places for an emergency, which enters before what came earlier', async (t) => {
  const own = await fresh();
  t.after(own.close);
  const log = await openTestLog(own.app.db, dataDirectory(t), { cadence: { every: 300, places: 6, reserved: 2 } });
  const officer = own.staff['duty-officer'];
  for (let n = 0; n < 4; n++) await takeIn(own.work, officer);
  const before = await commitments(own);
  assert.ok(before.length > 6);
  const urgent = await takeIn(own.work, officer);
  await own.owner.db.updateTable('case_file').set({ urgency: 'emergency' }).where('id', '=', urgent.id).execute();
  await log.publish();
  const entered = async () =>
    (await own.owner.db.selectFrom('log_entry').select('commitment').orderBy('index').execute()).flatMap(
      ({ commitment }) => (commitment === null ? [] : [commitment]),
    );
  const all = await commitments(own);
  const first = await entered();
  const emergencies = all.slice(before.length).map(({ id }) => id);
  assert.equal(first.length, 6);
  assert.deepEqual(
    first.filter((id) => emergencies.includes(id)),
    emergencies.slice(0, 6),
  );
  // Later slots take the rest, in order, each step once.
  for (let n = 0; n < 12; n++) {
    log.pass();
    await log.publish();
  }
  const taken = await entered();
  assert.deepEqual(
    [...taken].sort((a, b) => a - b),
    all.map(({ id }) => id),
  );
});

test('a receipt is given once its entry is public, and proves it to whoever has the key of the log', async (t) => {
  const own = await fresh();
  t.after(own.close);
  const log = await openTestLog(own.app.db, dataDirectory(t));
  const file = await takeIn(own.work, own.staff['duty-officer']);
  const opening = await own.owner.db.selectFrom('opening').selectAll().where('seq', '=', 1).executeTakeFirstOrThrow();
  const refused = await receiptFor(log.ports, opening.commitment, { of: file.id });
  assert.deepEqual(refused.ok || refused.faults, [{ code: 'log.waiting' }]);
  for (let n = 0; n < 34; n++) {
    await log.publish();
    log.pass();
  }
  const event = await own.owner.db.selectFrom('event').selectAll().where('seq', '=', 1).executeTakeFirstOrThrow();
  const bytes = openingBytes({
    caseId: file.id,
    seq: 1,
    previous: null,
    at: event.at,
    actor: event.person ?? 'clock',
    type: event.type,
    bodyHash: createHash('sha256').update(event.body).digest(),
  });
  const key = must(parseKey(formatKey(log.ports.keys.log[0])));
  for (const opened of [undefined, { salt: opening.salt ?? Buffer.of(), opening: bytes }]) {
    const given = await receiptFor(log.ports, opening.commitment, { of: file.id, opened });
    assert.ok(given.ok);
    const { receipt, index } = given.value;
    const proven = must(await verifyReceipt(receipt, key, NO_WITNESSES, verifySignature));
    assert.equal(proven.index, index);
    assert.deepEqual(proven.extra.entry, entryOf(opening.commitment));
    if (opened) assert.ok(opens(opening.commitment, opened.salt, proven.extra.opened?.opening ?? Buffer.of()));
  }
  const unknown = { ok: false, faults: [{ code: 'log.unknown' }] };
  assert.deepEqual(await receiptFor(log.ports, randomBytes(32), { of: file.id }), unknown);
  assert.deepEqual(await receiptFor(log.ports, opening.commitment), unknown, 'it is a step of a case');
  assert.deepEqual(await receiptFor(log.ports, opening.commitment, { of: randomUUID() as CaseId }), unknown);
  assert.equal((await log.checkpoint()).size, 272);
});

test('with witnesses only a checkpoint that enough of them cosigned becomes public', async (t) => {
  const own = await fresh();
  t.after(own.close);
  const data = dataDirectory(t);
  const trusted = () => [log.ports.keys.log[0]];
  const [a, b, c] = ['a', 'b', 'c'].map((name) => memoryWitness(name, trusted)) as [
    ReturnType<typeof memoryWitness>,
    ReturnType<typeof memoryWitness>,
    ReturnType<typeof memoryWitness>,
  ];
  const { policy, askWitness } = witnessed(2, a, b, c);
  const away = new Set<string>();
  const log = await openTestLog(own.app.db, data, {
    policy,
    askWitness: async (url, body) => (away.has(url) ? undefined : askWitness(url, body)),
  });
  assert.deepEqual(await log.publish(), { is: 'published', size: 8 });
  assert.equal((await log.checkpoint()).note.signatures.length, 2 + 6);

  away.add(a.url);
  log.pass();
  assert.deepEqual(await log.publish(), { is: 'published', size: 16 });
  away.add(b.url);
  log.pass();
  assert.equal((await log.publish()).is, 'waiting');
  assert.equal((await log.checkpoint()).size, 16);
  // One comes back, and is brought from where it stood to where the log is now.
  away.delete(a.url);
  assert.deepEqual(await log.publish(), { is: 'published', size: 24 });
  log.pass();
  assert.deepEqual(await log.publish('started anew'), { is: 'published', size: 32 });
  assert.deepEqual([a.kept.get('node.example/log')?.size, b.kept.get('node.example/log')?.size], [32, 16]);
});

test('a cosignature that is not the witness’s own is not taken', async (t) => {
  const own = await fresh();
  t.after(own.close);
  const other = signerOf(ED25519_COSIGNATURE, 'w.example/witness', newSecret(ED25519_COSIGNATURE));
  const liar = memoryWitness('w', () => []);
  const policy = must(parsePolicy(`witness W ${formatKey(other)} ${liar.url}\nquorum W\n`));
  const log = await openTestLog(own.app.db, dataDirectory(t), {
    policy,
    askWitness: async (_url, body) => {
      if (body.startsWith('old 0\n\nnode.example/log\n0\n')) return { status: 409, body: '0\n' };
      const impostor = { ...other, sign: signerOf(ED25519, 'x', newSecret(ED25519)).sign };
      const { checkpoint } = must(parseAddCheckpoint(body));
      return { status: 200, body: formatSignature(cosignNote(impostor, checkpoint.note.text, checkpoint, 1)) };
    },
  });
  assert.deepEqual(await log.publish(), { is: 'waiting', size: 8, why: 'cosigned by nobody' });
});

test('partial tiles go once they are outgrown, and every file that a checkpoint needs stays', async (t) => {
  const own = await fresh();
  t.after(own.close);
  const log = await openTestLog(own.app.db, dataDirectory(t), { cadence: { every: 300, places: 100, reserved: 2 } });
  for (let n = 0; n < 8; n++) {
    await log.publish();
    log.pass();
  }
  const names = [...publicFiles(log.data).keys()];
  assert.deepEqual(
    names.filter((name) => name.includes('.p/')).map((name) => name.replace(/\/\d+$/, '')),
    [
      ...['tile/0/002.p', 'tile/0/002.p', 'tile/0/003.p'],
      ...['tile/1/000.p', 'tile/1/000.p', 'tile/1/000.p'],
      ...['tile/entries/002.p', 'tile/entries/002.p', 'tile/entries/003.p'],
    ],
  );
  assert.deepEqual((await log.checkpoint()).size, 800);
});

test('a batch that was cut short before its signature is signed by itself before the next one enters', async (t) => {
  const own = await fresh();
  t.after(own.close);
  const log = await openTestLog(own.app.db, dataDirectory(t));
  await log.publish();
  log.pass();
  const stopped = async (): Promise<never> => {
    throw new Error('the power went');
  };
  const cut = sequencer({ ...log.ports, signed: { ...log.ports.signed, keep: stopped } });
  await assert.rejects(cut.publishSlot(), /the power went/);
  log.pass();
  assert.deepEqual(await log.publish('started anew'), { is: 'published', size: 24 });
  const heads = await own.owner.db.selectFrom('log_head').select('size').orderBy('size').execute();
  assert.deepEqual(
    heads.map(({ size }) => size),
    [8, 16, 24],
  );
  assert.deepEqual((await auditAlone(log, own.app.db)).found, []);
});
