// The public log as the draw needs it: where a step of the book stands, how far the log is published, and the root of the tree
// that was announced, worked out from its public files as anybody can.

import { type Checkpoint, parseCheckpoint } from '../../transparency/checkpoint.ts';
import { verifyConsistency } from '../../transparency/merkle.ts';
import { type Plan, planConsistency, rootOfSpan, tilesFor } from '../../transparency/tiles.ts';
import type { Actor } from '../casework/ports.ts';
import { BrokenLog, worked } from '../log/grow.ts';
import type { LogPorts } from '../log/ports.ts';
import type { BookFile, OversightPorts } from './book-ports.ts';

type Log = Pick<LogPorts, 'files'>;

/** The published checkpoint. */
export async function publishedBy({ files }: Log): Promise<(Checkpoint & { readonly text: string }) | undefined> {
  const text = await files.published();
  const read = text === undefined ? undefined : parseCheckpoint(text);
  return text !== undefined && read?.ok ? { ...read.value, text } : undefined;
}

export type Shown = {
  /** The root of the tree that was asked for, in hexadecimal. */
  readonly root: string;
  /** A signed checkpoint of that tree or a later one, and the hashes in hexadecimal by which the one is the beginning of the other. */
  readonly checkpoint: string;
  readonly consistency: readonly string[];
};

/** The tree of that many entries; undefined until a published checkpoint covers it. Throws BrokenLog where the two do not fit. */
export async function treeAt(log: Log, size: number): Promise<Shown | undefined> {
  const published = await publishedBy(log);
  if (published === undefined || published.size < size) return undefined;
  const span = { start: 0, end: size };
  // Out of the tiles of the published tree: a partial tile of the earlier size may be gone.
  const plan: Plan = {
    tiles: tilesFor([span], published.size),
    hashes: (treeOf) => [rootOfSpan(span, published.size, treeOf)],
  };
  const [[root = new Uint8Array()], proof] = await Promise.all([
    worked(plan, log.files),
    published.size === size ? [] : worked(planConsistency(size, published.size), log.files),
  ]);
  if (!verifyConsistency(size, published.size, proof, root, published.root))
    throw new BrokenLog(`the files of the log do not give a tree of ${size} entries that the published one continues`);
  return { root: root.toHex(), checkpoint: published.text, consistency: proof.map((hash) => hash.toHex()) };
}

/** Where the fixing of a sample stands in the log; null while it waits for its batch. */
export async function entryAt({ book, log }: OversightPorts, actor: Actor, { id }: BookFile): Promise<number | null> {
  const [first] = await book.opened(actor.id, id);
  if (first === undefined) return null;
  return (await log.entries.indexOf(Uint8Array.fromHex(first.commitment))) ?? null;
}
