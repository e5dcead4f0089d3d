// Publishing a slot: a batch gets its places, becomes files, is read back, signed, shown to witnesses, and only then public.
// Cut short anywhere, the next attempt goes on from what is on the disk, and signs no second history.

import type { Instant } from '../../kernel/instant.ts';
import { Defect } from '../../kernel/outcome.ts';
import { fillSlot, slotAt } from '../../transparency/cadence.ts';
import { type Checkpoint, parseCheckpoint } from '../../transparency/checkpoint.ts';
import { commitPadding } from '../../transparency/leaf.ts';
import { emptyRoot } from '../../transparency/merkle.ts';
import { formatNote } from '../../transparency/note.ts';
import { cosignedBy, isQuorum } from '../../transparency/policy.ts';
import { newTiles, TILE_WIDTH, tilePath } from '../../transparency/tiles.ts';
import { BrokenLog, filesOf, firstNeeded, rootReadBack } from './grow.ts';
import { inspect } from './halt.ts';
import type { LogPorts, Place, Queue } from './ports.ts';
import { askHowFar, cosignatures, furtherThan, type Seen, signed, withSignatures } from './witnesses.ts';

export type Published =
  | { readonly is: 'published'; readonly size: number }
  /** The slot has its checkpoint already. */
  | { readonly is: 'nothing' }
  /** Signed, and not shown to anybody but witnesses until enough of them have cosigned. */
  | { readonly is: 'waiting'; readonly size: number; readonly why: string }
  /** Something does not fit, and nothing is signed until somebody has looked. */
  | { readonly is: 'halted'; readonly found: string };

/** The one who publishes on this node. What witnesses said is remembered as long as it lives. */
export type Sequencer = { readonly publishSlot: () => Promise<Published> };

const SALT_BYTES = 32;

export function sequencer(ports: LogPorts): Sequencer {
  const seen: Seen = new Map();
  let knows = false;
  /** The slot that this process last saw filled. */
  let filled: Instant | undefined;

  /** Before the first signature of this process: nobody has seen more than this node knows. */
  async function knowsItsPlace(last: number): Promise<string | undefined> {
    if (!knows) {
      const silent = await askHowFar(ports, seen);
      if (silent.length > 0) return `${silent.join(', ')} did not say how far they have seen this log`;
      knows = true;
    }
    furtherThan(ports, seen, last);
    return undefined;
  }

  async function publish(): Promise<Published> {
    const slot = slotAt(ports.now(), ports.cadence);
    const waiting = (): Promise<Queue> => ports.entries.waiting(slot, ports.cadence);
    // A slot that is new to this process is most likely due: then the database is asked while the files are looked at.
    const [standing, asked] = await Promise.all([inspect(ports), slot === filled ? undefined : waiting()]);
    const last = standing.signed?.size ?? 0;
    const why = await knowsItsPlace(last);
    if (why !== undefined) return { is: 'waiting', size: last, why };
    // Cut short between the signature and its note.
    if (standing.signed !== null) await noted(standing.signed, standing.head);
    // A batch that was cut short is signed before another enters, so that each has its signed tree, and one taken out is missed.
    const before = standing.size > last ? await signLeft(standing.signed, standing.size) : standing.signed;
    let size = standing.size;
    let checkpoint = before;
    if (standing.lastSlot === null || standing.lastSlot < slot) {
      const values = await appendBatch(ports, slot, size, asked ?? (await waiting()));
      size += ports.cadence.places;
      checkpoint = await signTree(ports, before, size, values);
    }
    filled = slot;
    if (checkpoint === null || checkpoint.size === standing.published?.size) return { is: 'nothing' };
    const [, ended] = await Promise.all([noted(checkpoint, standing.head), show(checkpoint, last, size)]);
    return ended;
  }

  /** Signs what entered in a slot before and was not signed then. */
  async function signLeft(last: Checkpoint | null, size: number): Promise<Checkpoint> {
    const values = await ports.entries.values(firstNeeded(last?.size ?? 0), size);
    const checkpoint = await signTree(ports, last, size, values);
    await ports.entries.noteHead(checkpoint, ports.now());
    return checkpoint;
  }

  /** What the database knows of signatures; cut short before, it is made up for in the next slot. */
  async function noted(checkpoint: Checkpoint, head: { readonly size: number } | null): Promise<void> {
    if (head?.size !== checkpoint.size) await ports.entries.noteHead(checkpoint, ports.now());
  }

  /** Step 5: witnesses, and then everybody. */
  async function show(checkpoint: Checkpoint, last: number, size: number): Promise<Published> {
    const whole = withSignatures(checkpoint, await cosignatures(ports, seen, checkpoint));
    const cosigners = await cosignedBy(ports.policy, whole, ports.verify);
    if (!isQuorum(ports.policy, cosigners))
      return { is: 'waiting', size, why: `cosigned by ${cosigners.map(({ name }) => name).join(', ') || 'nobody'}` };
    await ports.files.publish(formatNote(whole.note));
    await ports.files.dropPartial(outgrown(Math.min(last, size - ports.cadence.places), size));
    return { is: 'published', size };
  }

  return {
    publishSlot: () =>
      ports.entries.alone(async () => {
        try {
          return await publish();
        } catch (error) {
          if (error instanceof BrokenLog) return { is: 'halted', found: error.message };
          throw error;
        }
      }),
  };
}

/** Step 1: the batch of a slot, in one transaction. */
function appendBatch(
  { entries, cadence, random, keys }: LogPorts,
  slot: Instant,
  first: number,
  { steps, newest }: Queue,
): Promise<readonly Uint8Array[]> {
  const origin = keys.log[0].name;
  const places = fillSlot(cadence, steps, random).map((step, place): Place => {
    if (step !== undefined) return { is: 'step', ...step };
    const salt = random(SALT_BYTES);
    return { is: 'padding', salt, value: commitPadding(salt, { origin, slot, index: first + place }) };
  });
  const entering = new Set(places.flatMap((place) => (place.is === 'step' ? [place.id] : [])));
  const left = steps.find(({ id }) => !entering.has(id.id));
  const settled = left === undefined ? newest : left.id.id - 1;
  return entries.append({ slot, first, places, settled }, firstNeeded(first));
}

/** Steps 2 to 4: files, read back; signed; kept as the last before anybody sees it. */
async function signTree(
  ports: LogPorts,
  before: Checkpoint | null,
  size: number,
  values: readonly Uint8Array[],
): Promise<Checkpoint> {
  const { files } = ports;
  const last = before ?? { size: 0, root: emptyRoot() };
  const written = await filesOf(last.size, size, values, files);
  await files.write(written);
  const root = await rootReadBack(last, size, written, files);
  const text = formatNote(signed(ports, { size, root }));
  await ports.signed.keep(text, size);
  const read = parseCheckpoint(text);
  if (!read.ok) throw new Defect('a checkpoint of our own cannot be read');
  return read.value;
}

/** The full tiles before those that this batch completed: nobody who keeps up needs their beginnings any more. */
function outgrown(from: number, size: number): string[] {
  const full = newTiles(Math.max(0, from), size).filter(({ width, index }) => width === TILE_WIDTH && index > 0);
  return full.flatMap((tile) => {
    const before = { ...tile, index: tile.index - 1 };
    return [before, ...(tile.level === 0 ? [{ ...before, level: 'entries' as const }] : [])].map(tilePath);
  });
}
