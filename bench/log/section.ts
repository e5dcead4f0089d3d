// The public log: proofs from disk out of ten million entries, a batch with everything on the disk, a receipt in a stranger's hands.

import { hash, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openLog } from '../../src/adapters/log/open-log.ts';
import { newSecret, rememberingSignatures, signerOf, verifySignature } from '../../src/adapters/log/signatures.ts';
import { tileStore } from '../../src/adapters/log/tile-store.ts';
import { connect } from '../../src/adapters/postgres/connection.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { openDatabase } from '../../src/adapters/postgres/server/open-database.ts';
import { filesOf, worked, workedFrom } from '../../src/app/log/grow.ts';
import { knownTiles } from '../../src/app/log/known-tiles.ts';
import { sequencer } from '../../src/app/log/publish.ts';
import { addMinutes, type Instant } from '../../src/kernel/instant.ts';
import { checkpointText } from '../../src/transparency/checkpoint.ts';
import { entryOf, extraOf } from '../../src/transparency/leaf.ts';
import { emptyRoot } from '../../src/transparency/merkle.ts';
import {
  cosignNote,
  ED25519,
  ED25519_COSIGNATURE,
  formatKey,
  formatNote,
  ML_DSA_44_COSIGNATURE,
  type Signer,
  signNote,
} from '../../src/transparency/note.ts';
import { NO_WITNESSES, parsePolicy } from '../../src/transparency/policy.ts';
import { formatProof, verifyReceipt } from '../../src/transparency/proof.ts';
import { planInclusion, planRoot } from '../../src/transparency/tiles.ts';
import { CALMLY, calmly, takenBy } from '../host.ts';
import type { Claim, Section } from '../report.ts';
import { below, randomFrom } from '../random.ts';

export type LogLoad = { readonly entries: number; readonly proofs: number; readonly batches: number };

const BATCH = 100;
/** As many entries as a tile of tiles stands for: no batch but the last begins in the middle of one. */
const AT_ONCE = 65_536;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** The commitment at an index: the same in every run, and known without a database. */
const commitmentAt = (index: number): Uint8Array => hash('sha256', `entry ${index}`, 'buffer');

export async function publicLog(load: LogLoad): Promise<Section> {
  const data = mkdtempSync(join(tmpdir(), 'rogatory-bench-log-'));
  // As root, PostgreSQL runs as somebody else, who must pass through.
  chmodSync(data, 0o711);
  const claims: Claim[] = [];
  const rows: string[][] = [];
  let wrong = 0;
  const figure = (
    name: string,
    taken: number | null,
    times: readonly number[],
    target?: readonly [claim: string, ms: number],
  ): void => {
    const at = (share: number) => [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) * share)] ?? 0;
    rows.push([name, String(times.length), ...[0.5, 0.95, 0.99].map((share) => at(share).toFixed(3)), takenBy(taken)]);
    if (target === undefined) return;
    const [claim, most] = target;
    claims.push({ claim, target: `under ${most} ms`, measured: `${at(0.5).toFixed(2)} ms`, pass: at(0.5) < most });
  };
  try {
    const tree = await grow(join(data, 'large'), load.entries);
    const proven = await calmly(async () => {
      const round = await proofs(join(data, 'large'), tree, load);
      wrong += round.wrong;
      return round;
    });
    const checked = proven.value;
    figure(`proof from disk, of ${load.entries} entries`, proven.taken, checked.proofs, [
      `inclusion proof from disk at ${load.entries} entries, p50`,
      1.5,
    ]);
    figure('receipt verified: log and three witnesses, Ed25519', proven.taken, checked.receipts, [
      'verification of a receipt, p50',
      1,
    ]);
    figure('the same, witnesses with ML-DSA-44 too', proven.taken, checked.both);
    figure('a further receipt under a checkpoint that has been checked', proven.taken, checked.further);
    let node = 0;
    const published = await calmly(async () => {
      const round = await publish(join(data, `node-${node++}`), load.batches);
      wrong += round.wrong;
      return round;
    });
    figure(
      `batch of ${BATCH}: placed, written, read back, signed twice, published`,
      published.taken,
      published.value.times,
      [`checkpoint for a batch of ${BATCH}, everything on the disk and read back, p50`, 20],
    );
    return {
      title: 'G. The public log',
      tables: [{ head: ['what', 'runs', 'p50 ms', 'p95 ms', 'p99 ms', 'others had'], rows }],
      notes: [
        CALMLY,
        `The tree of ${load.entries} entries was built in ${Math.round(tree.seconds)} s; its tiles were read through the operating system's cache as it was left.`,
        'Signatures of one receipt are checked at the same time, on as many processors as there are; a check of one by OpenSSL takes a tenth to a third of a millisecond on this kind of machine.',
        'A batch is two transactions and five files or more, each put on the disk before the next step; the database is a PostgreSQL of its own with nothing switched off. No witnesses are asked: they are as far away as they are.',
      ],
      claims,
      wrong,
    };
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

type Grown = { readonly root: Uint8Array; readonly seconds: number };

/** A tree on disk, by the same code that publishes one, in large batches and without waiting for the disk. */
async function grow(folder: string, entries: number): Promise<Grown> {
  const files = tileStore(folder);
  const start = performance.now();
  for (let from = 0; from < entries; from += AT_ONCE) {
    const size = Math.min(entries, from + AT_ONCE);
    const values = Array.from({ length: size - from }, (_, n) => commitmentAt(from + n));
    for (const { path, bytes } of await filesOf(from, size, values, files)) {
      // Proofs are made of hashes alone.
      if (path.startsWith('tile/entries/')) continue;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
  }
  const [root] = await worked(planRoot(entries), files);
  return { root: root ?? emptyRoot(), seconds: (performance.now() - start) / 1000 };
}

async function proofs(folder: string, { root }: Grown, { entries, proofs: count }: LogLoad) {
  const files = tileStore(folder);
  const tiles = knownTiles(files);
  const log = signerOf(ED25519, 'bench.example/log', newSecret(ED25519));
  const head = { origin: log.name, size: entries, root };
  const text = checkpointText(head);
  const cosigners = (type: typeof ED25519_COSIGNATURE | typeof ML_DSA_44_COSIGNATURE): Signer[] =>
    [1, 2, 3].map((n) => signerOf(type, `w${n}.example/${type}`, newSecret(type)));
  const seconds = Math.floor(Date.now() / 1000);
  const classic = cosigners(ED25519_COSIGNATURE);
  const all = [...classic, ...cosigners(ML_DSA_44_COSIGNATURE)];
  const policyOf = (signers: readonly Signer[]) => {
    const lines = signers.map((one, n) => `witness W${n} ${formatKey(one)}\n`).join('');
    const read = parsePolicy(`${lines}group G all ${signers.map((_, n) => `W${n}`).join(' ')}\nquorum G\n`);
    return read.ok ? read.value : NO_WITNESSES;
  };
  const checkpointOf = (signers: readonly Signer[]) =>
    formatNote({
      text,
      signatures: [signNote(log, text), ...signers.map((one) => cosignNote(one, text, head, seconds))],
    });
  // A stranger checks every signature each time; a node remembers those that held.
  const kinds = [
    { signers: classic, verify: verifySignature },
    { signers: all, verify: verifySignature },
    { signers: classic, verify: rememberingSignatures() },
  ].map(({ signers, verify }) => ({ policy: policyOf(signers), checkpoint: checkpointOf(signers), verify }));
  const random = randomFrom(7);
  const times: number[] = [];
  const verified: [number[], number[], number[]] = [[], [], []];
  let wrong = 0;
  for (let n = -20; n < count; n++) {
    const index = below(random, entries);
    const start = performance.now();
    const hashes = await workedFrom(planInclusion(index, entries), tiles);
    const proven = performance.now();
    for (const [kind, { policy, checkpoint, verify }] of kinds.entries()) {
      const receipt = formatProof({ extra: extraOf(entryOf(commitmentAt(index))), index, hashes, checkpoint });
      const begun = performance.now();
      const read = await verifyReceipt(receipt, log, policy, verify, files.hashes);
      if (n >= 0) verified[kind]?.push(performance.now() - begun);
      if (!read.ok || read.value.index !== index) wrong += 1;
    }
    if (n >= 0) times.push(proven - start);
  }
  return { proofs: times, receipts: verified[0], both: verified[1], further: verified[2], wrong };
}

/** Slots of a node whose hundred steps wait each time: from the call to the published checkpoint. */
async function publish(dataDirectory: string, batches: number) {
  const database = await openDatabase({ dataDirectory, log: quiet });
  if (!database.ok) throw new Error(database.faults.map(({ detail }) => detail).join('; '));
  try {
    await migrate(database.value.owner);
    const { db, close } = connect(database.value.app, 4);
    let now = '2028-03-02T09:00:00.000Z' as Instant;
    const settings = { cadence: { every: 300, places: BATCH, reserved: 0 }, policy: NO_WITNESSES, witnessed: [] };
    const { ports } = await openLog({ dataDirectory, db, settings, now: () => now });
    const running = sequencer(ports);
    const times: number[] = [];
    let wrong = 0;
    for (let n = -5; n < batches; n++) {
      const values = Array.from({ length: BATCH }, () => ({ value: randomBytes(32) }));
      await db.insertInto('commitment').values(values).execute();
      const start = performance.now();
      const published = await running.publishSlot();
      if (n >= 0) times.push(performance.now() - start);
      if (published.is !== 'published') wrong += 1;
      now = addMinutes(now, 5);
    }
    await close();
    return { times, wrong };
  } finally {
    await database.value.stop();
  }
}
