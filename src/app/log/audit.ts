// The node holds its log against itself: every entry opened, every tile worked out anew, every signed root, every step of every case.
// Attacker: the owner of the database, or of the disk. What they changed is named; `bin/rogatory log check`.

import { commitPadding, entryOf } from '../../transparency/leaf.ts';
import { sameBytes } from '../../transparency/bytes.ts';
import type { Checkpoint } from '../../transparency/checkpoint.ts';
import { leafHash } from '../../transparency/merkle.ts';
import { bundleOf, entriesIn, TILE_WIDTH, tilePath } from '../../transparency/tiles.ts';
import { auditCase, auditChain } from './audit-case.ts';
import type { AuditPorts, KeptEntry } from './audit-ports.ts';
import { GrowingTree, type MadeTile } from './audit-tree.ts';
import { BrokenLog } from './grow.ts';
import { inspect } from './halt.ts';
import type { LogPorts } from './ports.ts';

export type Audit = {
  /** One sentence each. */
  readonly found: readonly string[];
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

/** Goes through all of it; what it finds does not end it. */
export async function audit({ log, record, hash }: AuditPorts): Promise<Audit> {
  const found: string[] = [];
  const counted = { entries: 0, steps: 0, padding: 0, lost: 0, cases: 0, erased: 0, waiting: 0, signed: 0 };
  let signed: Checkpoint | null = null;
  try {
    signed = (await inspect(log)).signed;
    counted.signed = signed?.size ?? 0;
  } catch (error) {
    if (!(error instanceof BrokenLog)) throw error;
    found.push(error.message);
  }
  const fromEntries = await auditEntries({ log, record }, signed, counted);
  found.push(...fromEntries);
  for await (const kept of record.cases()) {
    counted.cases += 1;
    counted.erased += kept.erased ? 1 : 0;
    counted.waiting += kept.steps.filter(({ opening }) => opening?.index === null).length;
    found.push(...auditCase(kept, hash));
  }
  for (const kept of await record.book()) {
    counted.waiting += kept.steps.filter(({ opening }) => opening?.index === null).length;
    found.push(...auditChain(kept, hash));
  }
  return { found, counted };
}

type Counted = { -readonly [K in keyof Audit['counted']]: number };

/** Entries in their order: each opens, each stands in its files, and at every signed size they give the signed root. */
async function auditEntries(
  { log, record }: Omit<AuditPorts, 'hash'>,
  signed: Checkpoint | null,
  counted: Counted,
): Promise<string[]> {
  const found: string[] = [];
  const origin = log.keys.log[0].name;
  const heads = new Map((await record.heads()).map(({ size, root }) => [size, root]));
  if (signed !== null) heads.set(signed.size, signed.root);
  const tree = new GrowingTree();
  let bundle: Uint8Array[] = [];
  let broken = false;
  const check = async (made: MadeTile): Promise<void> => {
    if (made.tile.level === 0) {
      found.push(...(await auditBundle(made, bundle, log)));
      bundle = [];
    }
    found.push(...(await auditTile(made, log)));
  };
  for await (const entry of record.entries()) {
    if (entry.index !== tree.size) {
      found.push(`entries ${tree.size} to ${entry.index - 1} of the log are missing from the database`);
      break;
    }
    found.push(...auditEntry(entry, origin, counted));
    bundle.push(entryOf(entry.value));
    for (const made of tree.add(leafHash(entryOf(entry.value)))) await check(made);
    const root = heads.get(tree.size);
    if (root !== undefined && !broken && !sameBytes(root, tree.root())) {
      found.push(`the entries in the database do not give the root that was signed over ${tree.size} of them`);
      // From the first on, every later one is wrong too.
      broken = true;
    }
  }
  counted.entries = tree.size;
  const largest = Math.max(0, ...heads.keys());
  if (largest > tree.size) found.push(`the database has ${tree.size} entries, and a tree of ${largest} was signed`);
  // What is not signed yet has no files.
  if (largest === tree.size) for (const made of tree.partial()) await check(made);
  return found;
}

/** What an entry stands for opens it. */
function auditEntry(entry: KeptEntry, origin: string, counted: Counted): string[] {
  const { index, value, commitment, claimed, slot, paddingSalt } = entry;
  if (commitment === undefined) {
    counted.steps += 1;
    return [`entry ${index} of the log is of a step whose commitment is gone from the database`];
  }
  if (commitment !== null) {
    counted.steps += 1;
    if (!sameBytes(commitment, value)) return [`entry ${index} of the log is not the commitment that it stands for`];
    return claimed ? [] : [`entry ${index} of the log is the commitment of a step that is gone: a step was taken out`];
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
