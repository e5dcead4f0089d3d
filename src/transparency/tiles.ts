// The tree as files of 256 hashes (C2SP tlog-tiles): names, which files a batch writes, and hashes taken out of them.

import { bigEndian, fromBigEndian, joined } from './bytes.ts';
import {
  type Complete,
  completeIn,
  consistencySpans,
  HASH_BYTES,
  type HashRow,
  hashRow,
  inclusionSpans,
  NODE,
  rootOver,
  type Span,
} from './merkle.ts';

export const TILE_WIDTH = 256;
/** A tile holds this many levels of the tree. */
export const TILE_LEVELS = 8;

/** `level` is that of a tile of hashes, or `entries`; `width` says how many of 256 are there. */
export type Tile = { readonly level: number | 'entries'; readonly index: number; readonly width: number };

/** The path of a tile below the log, such as `tile/0/x001/x234/067.p/8`. */
export function tilePath({ level, index, width }: Tile): string {
  let name = String(index % 1000).padStart(3, '0');
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    name = `x${String(rest % 1000).padStart(3, '0')}/${name}`;
  return `tile/${level}/${name}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

const PATH = /^tile\/(entries|0|[1-9]|[1-5]\d|6[0-3])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** The tile of a path; undefined for a path that is not the one way to write that tile. */
export function parseTilePath(path: string): Tile | undefined {
  const [, level = '', name = '', width] = PATH.exec(path) ?? [];
  if (name === '') return undefined;
  const index = Number(name.replaceAll(/[x/]/g, ''));
  const tile: Tile = {
    level: level === 'entries' ? 'entries' : Number(level),
    index,
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  if (!Number.isSafeInteger(index) || (width !== undefined && tile.width >= TILE_WIDTH)) return undefined;
  return tilePath(tile) === path ? tile : undefined;
}

/** How many hashes there are at a tile level of a tree: one for each complete tile below. */
export const hashesAt = (level: number, size: number): number => Math.floor(size / TILE_WIDTH ** level);

/** The tiles of hashes of a tree of `size` leaves that one of `from` leaves had not, upwards and from left to right. */
export function newTiles(from: number, size: number): (Tile & { readonly level: number })[] {
  const tiles = [];
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    const [before, now] = [hashesAt(level, from), hashesAt(level, size)];
    if (before === now) continue;
    for (let index = Math.floor(before / TILE_WIDTH); index * TILE_WIDTH < now; index++)
      tiles.push({ level, index, width: Math.min(TILE_WIDTH, now - index * TILE_WIDTH) });
  }
  return tiles;
}

/** The tile, as wide as it is in a tree of `size` leaves, that holds a hash of a tile level. */
export const tileWith = (level: number, hash: number, size: number): Tile & { readonly level: number } => {
  const index = Math.floor(hash / TILE_WIDTH);
  return { level, index, width: Math.min(TILE_WIDTH, hashesAt(level, size) - index * TILE_WIDTH) };
};

/** The bytes of an entry bundle. */
export const bundleOf = (entries: readonly Uint8Array[]): Uint8Array =>
  joined(...entries.flatMap((entry) => [bigEndian(entry.length, 2), entry]));

/** The entries of a bundle; undefined when its lengths do not fit. */
export function entriesIn(bundle: Uint8Array): Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    const length = fromBigEndian(bundle.subarray(at, at + 2));
    const entry = bundle.subarray(at + 2, at + 2 + length);
    if (at + 2 > bundle.length || entry.length !== length) return undefined;
    entries.push(entry);
    at += 2 + length;
  }
  return entries;
}

/** A tile with the hashes above its own, worked out row by row as they are asked for, once. */
export class TileTree {
  readonly #rows: Uint8Array[];
  readonly #hashes: HashRow;

  /** `bytes`: the hashes of the tile, end to end. */
  constructor(bytes: Uint8Array, hashes: HashRow = hashRow) {
    this.#rows = [bytes];
    this.#hashes = hashes;
  }

  /** The `index`th of the hashes that stand over 2^height of the tile's own; height 0 is these themselves. */
  hash(height: number, index: number): Uint8Array {
    while (this.#rows.length <= height)
      this.#rows.push(this.#hashes(NODE, this.#rows.at(-1) as Uint8Array, 2 * HASH_BYTES));
    return (this.#rows[height] as Uint8Array).slice(index * HASH_BYTES, (index + 1) * HASH_BYTES);
  }
}

/** Gives a tile; it was named by `tilesFor`, so it is there or the log is broken. */
export type TreeOf = (tile: Tile) => TileTree;

/** The tile in which a complete subtree is found, as wide as a tree of `size` leaves has it. */
const tileOf = ({ level, index }: Complete, size: number) => {
  const tileLevel = Math.floor(level / TILE_LEVELS);
  return tileWith(tileLevel, index * 2 ** (level % TILE_LEVELS), size);
};

/** Every tile of a tree of `size` leaves from which the roots of these spans are worked out, each once. */
export function tilesFor(spans: readonly Span[], size: number): Tile[] {
  const tiles = spans.flatMap(completeIn).map((one) => tileOf(one, size));
  return [...new Map(tiles.map((tile) => [tilePath(tile), tile])).values()];
}

/** The root of a span of the tree of `size` leaves, out of its tiles. */
export function rootOfSpan(span: Span, size: number, treeOf: TreeOf): Uint8Array {
  return rootOver(
    completeIn(span).map((one) => {
      const tile = tileOf(one, size);
      const height = one.level % TILE_LEVELS;
      return treeOf(tile).hash(height, one.index - tile.index * 2 ** (TILE_LEVELS - height));
    }),
  );
}

const whole = (size: number): Span => ({ start: 0, end: size });

/** What is to be worked out, from which tiles. The caller reads the tiles in whatever way it has, and then asks for the hashes. */
export type Plan = { readonly tiles: readonly Tile[]; readonly hashes: (treeOf: TreeOf) => Uint8Array[] };

const planOf = (spans: readonly Span[], size: number): Plan => ({
  tiles: tilesFor(spans, size),
  hashes: (treeOf) => spans.map((span) => rootOfSpan(span, size, treeOf)),
});

/** The root of the tree, as the only hash. */
export const planRoot = (size: number): Plan => planOf([whole(size)], size);

/** The proof that the leaf at `index` is in the tree. */
export const planInclusion = (index: number, size: number): Plan => planOf(inclusionSpans(index, size) ?? [], size);

/** The proof that the tree of `from` leaves is the beginning of that of `size`. */
export const planConsistency = (from: number, size: number): Plan => planOf(consistencySpans(from, size) ?? [], size);

/** The root of the tree of `size` leaves, and behind it the proof that the tree of `from` leaves is its beginning. */
export const planContinuation = (from: number, size: number): Plan =>
  planOf([whole(size), ...(consistencySpans(from, size) ?? [])], size);
