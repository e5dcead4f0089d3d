// The tree worked out anew from entries, one after the other, with every tile on the way: for holding files against a database.

import { nodeHash, rootOver } from '../../transparency/merkle.ts';
import { TILE_WIDTH, type Tile, TILE_LEVELS } from '../../transparency/tiles.ts';

/** A tile of hashes with what must be in it. */
export type MadeTile = { readonly tile: Tile & { readonly level: number }; readonly hashes: readonly Uint8Array[] };

export class GrowingTree {
  /** Complete subtrees from left to right, each larger than the next. */
  readonly #subtrees: { level: number; hash: Uint8Array }[] = [];
  /** For each level of tiles the hashes of the tile that is not full yet. */
  readonly #open: Uint8Array[][] = [];
  readonly #index: number[] = [];
  size = 0;

  /** Adds a leaf hash; gives the tiles that are full now. */
  add(leaf: Uint8Array): MadeTile[] {
    const full: MadeTile[] = [];
    let one = { level: 0, hash: leaf };
    this.#into(one, full);
    for (let last = this.#subtrees.at(-1); last?.level === one.level; last = this.#subtrees.at(-1)) {
      this.#subtrees.pop();
      one = { level: one.level + 1, hash: nodeHash(last.hash, one.hash) };
      this.#into(one, full);
    }
    this.#subtrees.push(one);
    this.size += 1;
    return full;
  }

  #into({ level, hash }: { level: number; hash: Uint8Array }, full: MadeTile[]): void {
    if (level % TILE_LEVELS !== 0) return;
    const at = level / TILE_LEVELS;
    const hashes = this.#open[at] ?? [];
    hashes.push(hash);
    this.#open[at] = hashes;
    if (hashes.length < TILE_WIDTH) return;
    const index = this.#index[at] ?? 0;
    full.push({ tile: { level: at, index, width: TILE_WIDTH }, hashes });
    this.#open[at] = [];
    this.#index[at] = index + 1;
  }

  root(): Uint8Array {
    return rootOver(this.#subtrees.map(({ hash }) => hash));
  }

  /** The tiles at the right edge that are not full. */
  partial(): MadeTile[] {
    return this.#open.flatMap((hashes, level) =>
      hashes.length === 0
        ? []
        : [{ tile: { level, index: this.#index[level] ?? 0, width: hashes.length }, hashes: [...hashes] }],
    );
  }
}
