// Why a node publishes nothing more: what it found, in words that name it. It would rather fall silent than sign two histories.

import type { Instant } from '../../kernel/instant.ts';
import { type Checkpoint, parseCheckpoint } from '../../transparency/checkpoint.ts';
import { standingOf, formatKey } from '../../transparency/note.ts';
import { sameBytes } from '../../transparency/bytes.ts';
import { planRoot } from '../../transparency/tiles.ts';
import { BrokenLog, worked } from './grow.ts';
import type { LogPorts } from './ports.ts';

/** What stands on this node before a slot: the tree signed last, if there is one. */
export type Standing = {
  readonly signed: Checkpoint | null;
  /** The tree that everybody sees, if there is one. */
  readonly published: { readonly size: number } | null;
  /** The last that the database knows to be signed. */
  readonly head: { readonly size: number } | null;
  readonly size: number;
  readonly lastSlot: Instant | null;
};

/** Reads a checkpoint of this log out of a file of ours and checks that the log signed it. */
export async function ownCheckpoint(
  text: string,
  what: string,
  { keys, verify }: Pick<LogPorts, 'keys' | 'verify'>,
): Promise<Checkpoint> {
  const [log] = keys.log;
  const read = parseCheckpoint(text);
  if (!read.ok) throw new BrokenLog(`${what} cannot be read: it ${read.faults[0]?.detail}`);
  if (read.value.origin !== log.name)
    throw new BrokenLog(`${what} is of the log ${read.value.origin}, and this is ${log.name}`);
  const standings = await Promise.all(keys.log.map((key) => standingOf(key, read.value.note, read.value, verify)));
  for (const [n, key] of keys.log.entries())
    if (standings[n]?.is !== 'signed')
      throw new BrokenLog(`${what} is not signed by the key ${formatKey(key).slice(0, 80)}`);
  return read.value;
}

/**
 * Looks whether keys, database, files and the last signature belong together. Throws BrokenLog with what was found where
 * they do not: a backup that was put back, another node's keys, a file that was changed.
 */
export async function inspect(ports: LogPorts): Promise<Standing> {
  const { entries, files, signed, keys } = ports;
  const [log] = keys.log;
  const vkey = formatKey(log);
  const [standing, kept, published] = await Promise.all([
    entries.standing({ origin: log.name, vkey }),
    signed.read(),
    files.published(),
  ]);
  const { identity, size, lastSlot, head } = standing;
  if (identity.vkey !== vkey)
    throw new BrokenLog(
      `this database is of the log ${identity.origin} with the key ${identity.vkey}, and the keys at hand are of ${vkey}: put the folder keys/log back that belongs to it`,
    );
  const open = published === undefined ? null : await ownCheckpoint(published, 'the published checkpoint', ports);
  if (kept === undefined) {
    const known = open ?? head;
    if (known === null) return { signed: null, published: null, head, size, lastSlot };
    throw new BrokenLog(
      `the note of the last signed checkpoint is gone, and ${open ? 'a checkpoint' : 'the database'} tells of a tree of ${known.size} entries: was a backup put back? Get the latest checkpoint of ${log.name} that anybody has, and run: rogatory log resume --checkpoint FILE`,
    );
  }
  const last = await ownCheckpoint(kept, 'the note of the last signed checkpoint', ports);
  if (open !== null && open.size > last.size)
    throw new BrokenLog(
      `the published checkpoint is of ${open.size} entries, and the last one signed here of ${last.size}: this is an older state of the node`,
    );
  if (size < last.size)
    throw new BrokenLog(
      `the database has ${size} entries, and ${last.size} were signed: an older backup was put back, or entries were taken out. rogatory log resume says how to go on`,
    );
  if (head !== null && head.size > last.size)
    throw new BrokenLog(
      `the database tells of a signed tree of ${head.size} entries, and the last one signed here is of ${last.size}: this is an older state of the node`,
    );
  const [root] = last.size === 0 ? [] : await worked(planRoot(last.size), files);
  if (root !== undefined && !sameBytes(root, last.root))
    throw new BrokenLog(
      `the files of the log do not give the root that was signed over ${last.size} entries; rogatory log check says which of them was changed`,
    );
  return { signed: last, published: open, head, size, lastSlot };
}
