// The node holds its log against itself: every entry opened, every tile worked out anew, every signed root, every step of every case.
// Attacker: the owner of the database, or of the disk. What they changed is named; `bin/rogatory log check`.

import { commitPadding, entryOf } from '../../transparency/leaf.ts';
import { joined, sameBytes } from '../../transparency/bytes.ts';
import { type Checkpoint, parseCheckpoint } from '../../transparency/checkpoint.ts';
import { leafHash } from '../../transparency/merkle.ts';
import { standingOf } from '../../transparency/note.ts';
import { bundleOf, entriesIn, TILE_WIDTH, type Tile, tilePath } from '../../transparency/tiles.ts';
import { auditBook, auditOffice, auditReport } from './audit-beside.ts';
import { auditChain, auditState } from './audit-case.ts';
import { auditLeftFiles } from './audit-files.ts';
import { auditHeld, findingOf } from './audit-held.ts';
import type { AuditPorts, Finding, FindingKind, KeptEntry, KeptReport, Worded } from './audit-ports.ts';
import { auditRows } from './audit-rows.ts';
import { countedBy } from '../office/count-anew.ts';
import { GrowingTree, type MadeTile } from './audit-tree.ts';
import { BrokenLog } from './grow.ts';
import { inspect } from './halt.ts';
import type { LogPorts } from './ports.ts';

export type Audit = {
  readonly found: readonly Finding[];
  /** Lines and terms are being written anew, or by another law than this program's, and were not compared. */
  readonly linesLeftOut: boolean;
  readonly counted: {
    readonly entries: number;
    readonly steps: number;
    readonly padding: number;
    readonly lost: number;
    readonly cases: number;
    readonly erased: number;
    readonly waiting: number;
    /** The tree that was signed last. */
    readonly signed: number;
  };
};

/** So many cases wait at most until their index of words is looked at. */
const AT_ONCE = 100;

const as =
  (kind: FindingKind, reference: string | null = null) =>
  (says: string): Finding => ({ kind, reference, says });

/** Goes through all of it, case by case; what it finds does not end it. */
export async function audit(ports: AuditPorts): Promise<Audit> {
  const { log, record, hash } = ports;
  const found: Finding[] = [];
  const counted = { entries: 0, steps: 0, padding: 0, lost: 0, cases: 0, erased: 0, waiting: 0, signed: 0 };
  let signed: Checkpoint | null = null;
  try {
    // In its turn: while a batch is on its way, what is signed and what is published differ.
    signed = (await log.entries.alone(() => inspect(log))).signed;
    counted.signed = signed?.size ?? 0;
  } catch (error) {
    if (!(error instanceof BrokenLog)) throw error;
    found.push(as('log')(error.message));
  }
  found.push(...(await auditEntries(ports, signed, counted)));
  // The newest may still wait for its row: the next slot begins with it.
  for (const { slot, size } of await record.unsigned())
    if (size < counted.signed)
      found.push(
        as('log')(`the signed root over ${size} entries, with the batch of ${slot}, is gone from the database`),
      );
  found.push(...(await auditWitnessed(ports)).map(as('log')));
  for (const slot of await record.slotsOff())
    found.push(as('entry')(`the batch of ${slot} is kept otherwise than its entries make it`));
  const linesLeftOut = await auditCases(ports, found, counted);
  const { files, populations } = await record.book();
  for (const kept of files) {
    counted.waiting += kept.steps.filter(({ opening }) => opening?.index === null).length;
    const steps = auditChain(kept, hash);
    found.push(...(steps.length > 0 ? steps : auditBook(kept, populations)).map(as('book')));
  }
  found.push(...(await auditReports(ports)), ...(await auditOthers(ports)));
  return { found, counted, linesLeftOut };
}

/** Every case: its steps, its state, its rows. True where lines and terms could not be compared. */
async function auditCases(ports: AuditPorts, found: Finding[], counted: Counted): Promise<boolean> {
  const { log, record, hash, casework } = ports;
  const counting = await record.countedBy();
  const lines = casework !== null && (counting === undefined || (counting.done && counting.by === countedBy(casework)));
  let words: (Worded & { readonly reference: string })[] = [];
  const look = async (): Promise<void> => {
    const off = new Set(await record.unindexed(words));
    for (const { reference } of words.filter(({ id }) => off.has(id)))
      found.push(as('row', reference)(`${reference}: the words by which it is found are not its own`));
    words = [];
  };
  for await (const kept of record.cases()) {
    counted.cases += 1;
    counted.erased += kept.erased === null ? 0 : 1;
    counted.waiting += kept.steps.filter(({ opening }) => opening?.index === null).length;
    // A case whose line is gone has no reference that would lead to it.
    const reference = kept.rows['case_file']?.length === 0 ? null : kept.reference;
    const steps = auditChain(kept, hash);
    found.push(...steps.map(as('step', reference)));
    // Where steps are not what they were, all that follows from them is other too.
    if (steps.length > 0) continue;
    found.push(...auditState(kept).map(as('row', kept.reference)));
    if (casework === null) continue;
    const held = auditRows(casework, kept, lines, log.now());
    found.push(...held.found.map(as('row', kept.reference)));
    if (held.words !== null)
      words.push({ id: kept.id, version: kept.version, reference: kept.reference, words: held.words });
    if (words.length >= AT_ONCE) await look();
  }
  await look();
  return casework !== null && !lines;
}

async function auditReports({ log, record, hash }: AuditPorts): Promise<Finding[]> {
  const found: Finding[] = [];
  const origin = log.keys.log[0].name;
  let before: KeptReport | undefined;
  for (const kept of await record.reports()) {
    found.push(...(await auditReport(kept, { origin, before, record, hash })).map(as('report')));
    before = kept;
  }
  return found;
}

/** What stands in no case. */
async function auditOthers({ record, casework, hash, mark }: AuditPorts): Promise<Finding[]> {
  if (casework === null) return [];
  const held = await record.held();
  return [
    ...(await record.countsOff()).map((kind) => as('count')(`the docket counts other cases than there are: ${kind}`)),
    ...auditOffice(await record.office()).map(as('office')),
    ...held.flatMap((kept) => auditHeld(kept, { hash, mark }).map(as(findingOf(kept.kind)))),
  ];
}

type Counted = { -readonly [K in keyof Audit['counted']]: number };

/** What this node remembers as a witness is what it signed, and no older than what lies apart from the database. */
async function auditWitnessed({ log, record, cosigned }: AuditPorts): Promise<string[]> {
  const found: string[] = [];
  const apart = (await cosigned()).flatMap((text) => {
    const read = parseCheckpoint(text);
    return read.ok ? [read.value] : [];
  });
  const rows = await record.witnessed(apart.map(({ origin }) => origin));
  for (const { origin, size } of apart) {
    const row = rows.find((one) => one.origin === origin);
    if (row === undefined)
      found.push(`what this node cosigned of ${origin}, ${size} entries, is gone from the database`);
    else if (row.size < size)
      found.push(`of ${origin} this node cosigned ${size} entries, and the database was put back to ${row.size}`);
  }
  for (const { origin, size, root, checkpoint } of rows) {
    const read = parseCheckpoint(checkpoint);
    const standings = read.ok
      ? await Promise.all(log.keys.witness.map((key) => standingOf(key, read.value.note, read.value, log.verify)))
      : [];
    const fits =
      read.ok && read.value.origin === origin && read.value.size === size && sameBytes(read.value.root, root);
    if (!fits || standings.some(({ is }) => is !== 'signed'))
      found.push(`what this node remembers as a witness of ${origin}, ${size} entries, is not what it cosigned`);
  }
  return found;
}

/** Entries in their order: each opens, each stands in its files, and at every signed size they give the signed root. */
async function auditEntries(
  { log, record, fileNames }: AuditPorts,
  signed: Checkpoint | null,
  counted: Counted,
): Promise<Finding[]> {
  const found: Finding[] = [];
  const origin = log.keys.log[0].name;
  const heads = new Map((await record.heads()).map(({ size, root }) => [size, root]));
  if (signed !== null) heads.set(signed.size, signed.root);
  const tree = new GrowingTree();
  let bundle: Uint8Array[] = [];
  let broken = false;
  const largest = Math.max(0, ...heads.keys());
  const check = async (made: MadeTile): Promise<void> => {
    // What is not signed yet may have no files.
    const end = (made.tile.index * TILE_WIDTH + made.tile.width) * TILE_WIDTH ** made.tile.level;
    const isSigned = end <= largest;
    if (made.tile.level === 0) {
      if (isSigned) found.push(...(await auditBundle(made, bundle, log)).map(as('file')));
      bundle = [];
    }
    if (isSigned) found.push(...(await auditTile(made, log)).map(as('file')));
  };
  for await (const entry of record.entries()) {
    if (entry.index !== tree.size) {
      found.push(as('entry')(`entries ${tree.size} to ${entry.index - 1} of the log are missing from the database`));
      break;
    }
    found.push(...auditEntry(entry, origin, counted).map(as('entry')));
    bundle.push(entryOf(entry.value));
    for (const made of tree.add(leafHash(entryOf(entry.value)))) await check(made);
    const root = heads.get(tree.size);
    if (root !== undefined && !broken && !sameBytes(root, tree.root())) {
      found.push(
        as('entry')(`the entries in the database do not give the root that was signed over ${tree.size} of them`),
      );
      // From the first on, every later one is wrong too.
      broken = true;
    }
  }
  for (const index of await record.unclaimed())
    found.push(as('entry')(`entry ${index} of the log is the commitment of a step that is gone: a step was taken out`));
  counted.entries = tree.size;
  if (largest > tree.size)
    found.push(as('entry')(`the database has ${tree.size} entries, and a tree of ${largest} was signed`));
  // What is not signed yet has no files.
  const edge = new Map<Tile['level'], Uint8Array>(
    tree.partial().map(({ tile, hashes }) => [tile.level, joined(...hashes)]),
  );
  edge.set('entries', bundleOf(bundle));
  if (largest === tree.size) for (const made of tree.partial()) await check(made);
  found.push(...(await auditLeftFiles(log, fileNames, { size: tree.size, edge })).map(as('file')));
  return found;
}

/** What an entry stands for opens it. */
function auditEntry(entry: KeptEntry, origin: string, counted: Counted): string[] {
  const { index, value, commitment, slot, paddingSalt } = entry;
  if (commitment === undefined) {
    counted.steps += 1;
    return [`entry ${index} of the log is of a step whose commitment is gone from the database`];
  }
  if (commitment !== null) {
    counted.steps += 1;
    return sameBytes(commitment, value) ? [] : [`entry ${index} of the log is not the commitment that it stands for`];
  }
  if (slot === null || paddingSalt === null) {
    counted.lost += 1;
    return [];
  }
  counted.padding += 1;
  return sameBytes(commitPadding(paddingSalt, { origin, slot, index }), value)
    ? []
    : [
        `entry ${index} of the log is called padding and does not open as padding: a step was hidden or the entry changed`,
      ];
}

async function auditBundle({ tile }: MadeTile, entries: readonly Uint8Array[], log: LogPorts): Promise<string[]> {
  const { path, bytes } = await fileOf({ ...tile, level: 'entries' }, log);
  const must = bundleOf(entries);
  if (bytes === undefined) return [`${path} is missing`];
  if (sameBytes(bytes.subarray(0, must.length), must) && (bytes.length === must.length || tile.width < TILE_WIDTH))
    return [];
  const stored = entriesIn(bytes) ?? [];
  const other = entries.flatMap((entry, n) =>
    stored[n] !== undefined && sameBytes(stored[n], entry) ? [] : [tile.index * TILE_WIDTH + n],
  );
  return [
    `${path} and the database differ${other.length > 0 ? ` in entry ${other.slice(0, 5).join(', ')}` : ' in length'}`,
  ];
}

async function auditTile({ tile, hashes }: MadeTile, log: LogPorts): Promise<string[]> {
  const { path, bytes } = await fileOf(tile, log);
  if (bytes === undefined) return [`${path} is missing`];
  const fits = hashes.every((hash, n) => sameBytes(hash, bytes.subarray(n * hash.length, (n + 1) * hash.length)));
  return fits && bytes.length >= hashes.length * 32 && bytes.length % 32 === 0
    ? []
    : [`${path} does not hold what the entries in the database give`];
}

async function fileOf(tile: Parameters<typeof tilePath>[0], log: LogPorts) {
  const path = tilePath(tile);
  return { path, bytes: await log.files.read(path) };
}
