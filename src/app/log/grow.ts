// Which files a batch adds to the tree, with what in them; and the reading of files back before anything is signed over them.

import { Defect } from '../../kernel/outcome.ts';
import { joined, sameBytes } from '../../transparency/bytes.ts';
import { ENTRY_BYTES, entryOf } from '../../transparency/leaf.ts';
import { HASH_BYTES, hashRow, LEAF, verifyConsistency } from '../../transparency/merkle.ts';
import type { Head } from '../../transparency/note.ts';
import {
  bundleOf,
  entriesIn,
  hashesAt,
  newTiles,
  type Plan,
  planContinuation,
  TILE_LEVELS,
  TILE_WIDTH,
  type Tile,
  TileTree,
  tilePath,
} from '../../transparency/tiles.ts';
import type { LogFiles } from './ports.ts';

/** Something public is not what it must be: what it is, in words for the operator. Nothing is signed over it. */
export class BrokenLog extends Error {
  override readonly name = 'BrokenLog';
}

type Files = Pick<LogFiles, 'read' | 'hashes'>;

/** The hashes of a plan, from the files as they are now, read at once. */
export const worked = (plan: Plan, files: Files): Promise<Uint8Array[]> =>
  workedFrom(plan, (tile) => treeIn(tile, files));

/** The same from tiles that come from wherever. */
export async function workedFrom(plan: Plan, read: (tile: Tile) => Promise<TileTree>): Promise<Uint8Array[]> {
  const trees = new Map(await Promise.all(plan.tiles.map(async (tile) => [tilePath(tile), await read(tile)] as const)));
  return plan.hashes((tile) => trees.get(tilePath(tile)) ?? new TileTree(new Uint8Array()));
}

/** A tile as it is on the disk. */
export const treeIn = async (tile: Tile, files: Files): Promise<TileTree> =>
  new TileTree(await tileBytes(tile, files), files.hashes);

/** A tile of hashes; where a partial one was dropped, it is the beginning of the full one. */
async function tileBytes(tile: Tile, files: Files): Promise<Uint8Array> {
  const own = await files.read(tilePath(tile));
  const full =
    own ?? (await files.read(tilePath({ ...tile, width: TILE_WIDTH })))?.subarray(0, tile.width * HASH_BYTES);
  if (full === undefined) throw new BrokenLog(`${tilePath(tile)} is missing`);
  if (full.length !== tile.width * HASH_BYTES) throw new BrokenLog(`${tilePath(tile)} has not ${tile.width} hashes`);
  return full;
}

export type NewFile = { readonly path: string; readonly bytes: Uint8Array };

/** The first entry that the files after a tree of `from` entries hold: they begin with the tile that is not full. */
export const firstNeeded = (from: number): number => Math.floor(from / TILE_WIDTH) * TILE_WIDTH;

/** The tiles and bundles of a tree of `size` entries that one of `from` had not. `values`: the commitments from `firstNeeded` on. */
export async function filesOf(
  from: number,
  size: number,
  values: readonly Uint8Array[],
  files: Files,
): Promise<NewFile[]> {
  const first = firstNeeded(from);
  const stored = values.map(entryOf);
  if (stored.length !== size - first)
    throw new BrokenLog(`the database has ${first + stored.length} entries, not ${size}`);
  const made: NewFile[] = [];
  const full = new Map<string, Uint8Array>();
  for (const tile of newTiles(from, size)) {
    const start = tile.index * TILE_WIDTH - first;
    let bytes: Uint8Array;
    if (tile.level === 0) {
      const bundle = stored.slice(start, start + tile.width);
      made.push({ path: tilePath({ ...tile, level: 'entries' }), bytes: bundleOf(bundle) });
      bytes = leavesOf(bundle, files);
    } else bytes = await hashesAbove(tile, from, full, files);
    if (tile.width === TILE_WIDTH)
      full.set(`${tile.level}/${tile.index}`, new TileTree(bytes, files.hashes).hash(TILE_LEVELS, 0));
    made.push({ path: tilePath(tile), bytes });
  }
  return made;
}

/** The tile over these entries, each of the one length that entries have. */
const leavesOf = (entries: readonly Uint8Array[], { hashes = hashRow }: Files): Uint8Array =>
  hashes(LEAF, joined(...entries), ENTRY_BYTES);

/** A tile above others: what it held in the tree before, and the roots of the tiles that have become full since. */
async function hashesAbove(
  { level, index, width }: Tile & { readonly level: number },
  from: number,
  full: ReadonlyMap<string, Uint8Array>,
  files: Files,
): Promise<Uint8Array> {
  const start = index * TILE_WIDTH;
  const before = Math.max(0, Math.min(TILE_WIDTH, hashesAt(level, from) - start));
  const old = before === 0 ? new Uint8Array() : await tileBytes({ level, index, width: before }, files);
  const added = Array.from({ length: width - before }, (_, n) => {
    const root = full.get(`${level - 1}/${start + before + n}`);
    if (root === undefined) throw new Defect(`tile ${level - 1}/${start + before + n} was not made`);
    return root;
  });
  return joined(old, ...added);
}

/**
 * Reads back what was written and works out the root from that alone; shows that the tree signed last is its beginning.
 * Throws BrokenLog with what does not fit.
 */
export async function rootReadBack(
  last: Pick<Head, 'size' | 'root'>,
  size: number,
  written: readonly NewFile[],
  files: Files,
): Promise<Uint8Array> {
  const read = new Map<string, Uint8Array>();
  await Promise.all(
    written.map(async ({ path, bytes }) => {
      const there = await files.read(path);
      if (there === undefined) throw new BrokenLog(`${path} is missing after it was written`);
      if (!sameBytes(there, bytes)) throw new BrokenLog(`${path} is not what was written into it`);
      read.set(path, there);
    }),
  );
  for (const tile of newTiles(last.size, size).filter(({ level }) => level === 0)) {
    const bundle = entriesIn(read.get(tilePath({ ...tile, level: 'entries' })) ?? new Uint8Array()) ?? [];
    const made = bundle.every(({ length }) => length === ENTRY_BYTES) && leavesOf(bundle, files);
    if (!made || !sameBytes(made, read.get(tilePath(tile)) ?? new Uint8Array()))
      throw new BrokenLog(`${tilePath(tile)} is not made of the entries beside it`);
  }
  const [root, ...proof] = await worked(planContinuation(last.size, size), {
    ...files,
    read: async (path) => read.get(path) ?? files.read(path),
  });
  if (root === undefined) throw new Defect('a tree without a root');
  if (last.size > 0 && !verifyConsistency(last.size, size, proof, last.root, root))
    throw new BrokenLog(
      `the tree of ${size} entries does not continue the tree of ${last.size} entries that was signed last`,
    );
  return root;
}
