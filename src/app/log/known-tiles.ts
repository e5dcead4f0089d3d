// Tiles above the leaves, kept in memory: nearly every proof needs the same few, and what is in a tile never changes.

import { type Tile, type TileTree, tilePath } from '../../transparency/tiles.ts';
import type { LogFiles } from './ports.ts';
import { treeIn } from './grow.ts';

/** Each takes 16 kB, and stands for 65,536 entries or more. */
const MOST = 512;

/**
 * Gives tiles for proofs: those of leaves from the disk, those above them as they were when they were first read, the last
 * used kept. A proof is checked before it is given out, so a tile that was read wrong shows there.
 */
export function knownTiles(files: Pick<LogFiles, 'read' | 'hashes'>): (tile: Tile) => Promise<TileTree> {
  const known = new Map<string, TileTree>();
  return async (tile) => {
    if (tile.level === 0) return treeIn(tile, files);
    const path = tilePath(tile);
    const tree = known.get(path) ?? (await treeIn(tile, files));
    known.delete(path);
    known.set(path, tree);
    for (const oldest of known.keys()) {
      if (known.size <= MOST) break;
      known.delete(oldest);
    }
    return tree;
  };
}
