// Holds every file that lies under the log against the tree: beginnings of tiles that older checkpoints needed, and what nobody wrote.
// Attacker: the owner of the disk, who plants a file that a late reader would take for the log's.

import { sameBytes } from '../../transparency/bytes.ts';
import { hashesAt, parseTilePath, TILE_WIDTH, type Tile, tilePath } from '../../transparency/tiles.ts';
import type { LogPorts } from './ports.ts';

/** The names of all files below the log, in any order. */
export type FileNames = () => AsyncIterable<string>;

/** The tree of so many entries, and the bytes of its tiles that are not full, by their level. */
type Grown = { readonly size: number; readonly edge: ReadonlyMap<Tile['level'], Uint8Array> };

/** Full tiles, and those of the edge, were held against the entries before; this is for all others. */
export async function auditLeftFiles(
  { files, entries }: LogPorts,
  names: FileNames,
  { size, edge }: Grown,
): Promise<string[]> {
  const found: string[] = [];
  const later: Tile[] = [];
  for await (const name of names()) {
    if (name === 'checkpoint') continue;
    const tile = parseTilePath(name);
    if (tile === undefined) {
      found.push(`${name} is no file of a log`);
      continue;
    }
    const there = hashesAt(tile.level === 'entries' ? 0 : tile.level, size);
    const start = tile.index * TILE_WIDTH;
    if (start + tile.width > there) later.push(tile);
    else if (tile.width < TILE_WIDTH) {
      const width = Math.min(TILE_WIDTH, there - start);
      const whole = width < TILE_WIDTH ? edge.get(tile.level) : await files.read(tilePath({ ...tile, width }));
      const bytes = await files.read(name);
      // Dropped in this moment; or its full tile is missing, and was named.
      if (bytes === undefined || whole === undefined) continue;
      if (!sameBytes(bytes, whole.subarray(0, (whole.length / width) * tile.width)))
        found.push(`${name} is not the beginning of its tile`);
    }
  }
  // The node may have gone on while this was under way; what no entry stands behind even now was put there.
  const now = later.length === 0 ? 0 : await entries.size();
  for (const tile of later)
    if (hashesAt(tile.level === 'entries' ? 0 : tile.level, now) < tile.index * TILE_WIDTH + tile.width)
      found.push(`${tilePath(tile)} holds what is in no tree`);
  return found;
}
