// Going on after a backup was put back: from the latest checkpoint that anybody has, never from what this node remembers.

import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { sameBytes } from '../../transparency/bytes.ts';
import { commitmentIn, entryOf } from '../../transparency/leaf.ts';
import { leafHash } from '../../transparency/merkle.ts';
import { formatNote } from '../../transparency/note.ts';
import { entriesIn, newTiles, planRoot, TILE_WIDTH, tilePath } from '../../transparency/tiles.ts';
import { GrowingTree } from './audit-tree.ts';
import { BrokenLog, worked } from './grow.ts';
import { ownCheckpoint } from './halt.ts';
import type { LogPorts } from './ports.ts';

export type Resumed = { readonly size: number; readonly lost: number };

/**
 * Takes the checkpoint for the last one this log signed. Entries that it covers and the database no longer has are taken from
 * the files of the log, as commitments that nobody can open any more. Refused, and nothing changed, when files, database and
 * checkpoint are not of one history.
 */
export async function resumeFrom(ports: LogPorts, checkpoint: string): Promise<Outcome<Resumed>> {
  const no = (detail: string) => refuse({ pointer: 'checkpoint', detail });
  return ports.entries.alone(async () => {
    try {
      const { size, root, note } = await ownCheckpoint(checkpoint, 'the checkpoint', ports);
      const kept = await ports.signed.read();
      if (kept !== undefined) {
        const last = await ownCheckpoint(kept, 'the note of the last signed checkpoint', ports);
        if (last.size > size) return no(`is of ${size} entries, and this node has signed ${last.size}`);
      }
      const there = await ports.entries.size();
      const missing = there < size ? await fromFiles(ports, there, size) : [];
      const tree = new GrowingTree();
      for (let from = 0; from < Math.min(there, size); from += TILE_WIDTH)
        for (const value of await ports.entries.values(from, Math.min(from + TILE_WIDTH, there, size)))
          tree.add(leafHash(entryOf(value)));
      for (const value of missing) tree.add(leafHash(entryOf(value)));
      if (!sameBytes(tree.root(), root))
        return no(`is of another history: ${size} entries of this database and these files do not give its root`);
      const [inFiles] = await worked(planRoot(size), ports.files);
      if (inFiles !== undefined && !sameBytes(inFiles, root)) return no('does not fit the files of the log');
      await ports.entries.addLost(there, missing);
      await ports.signed.keep(formatNote(note), size);
      await ports.entries.noteHead({ size, root }, ports.now());
      return accept({ size, lost: missing.length });
    } catch (error) {
      if (error instanceof BrokenLog) return no(error.message);
      throw error;
    }
  });
}

/** Commitments that are public already, out of the entry bundles. */
async function fromFiles({ files }: LogPorts, from: number, size: number): Promise<Uint8Array[]> {
  const found: Uint8Array[] = [];
  for (const tile of newTiles(from, size).filter(({ level }) => level === 0)) {
    const own = { ...tile, level: 'entries' as const };
    const bundle = (await files.read(tilePath(own))) ?? (await files.read(tilePath({ ...own, width: TILE_WIDTH })));
    const entries = entriesIn(bundle ?? new Uint8Array()) ?? [];
    const first = tile.index * TILE_WIDTH;
    for (const entry of entries.slice(Math.max(0, from - first), tile.width)) {
      const commitment = commitmentIn(entry);
      if (commitment === undefined) throw new BrokenLog(`${tilePath(own)} holds what is no entry`);
      found.push(commitment);
    }
  }
  if (found.length !== size - from)
    throw new BrokenLog(
      `the database has ${from} entries and the checkpoint ${size}: get the files of the log (tile/) that a reader or a mirror kept, put them below the folder log, and run this again`,
    );
  return found;
}
