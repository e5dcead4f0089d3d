// This node before its witnesses: how far they have seen its log, and their cosignatures on a new tree.

import { parseCount } from '../../transparency/bytes.ts';
import { type Checkpoint, checkpointText, parseCheckpoint } from '../../transparency/checkpoint.ts';
import { emptyRoot } from '../../transparency/merkle.ts';
import {
  cosignNote,
  formatNote,
  type NoteSignature,
  type Note,
  parseSignatures,
  signNote,
  standingOf,
} from '../../transparency/note.ts';
import { isQuorum, type Witness } from '../../transparency/policy.ts';
import { planConsistency } from '../../transparency/tiles.ts';
import { formatAddCheckpoint } from '../../transparency/witness.ts';
import { millisecondsOf } from '../../kernel/instant.ts';
import { BrokenLog, worked } from './grow.ts';
import type { LogPorts } from './ports.ts';

/** How far each witness has seen this log, by its address. Kept as long as the process lives. */
export type Seen = Map<string, number>;

/** Signs a tree as the log. Only a tree that was read back and continues the last may be given. */
export function signed({ keys, now }: LogPorts, head: { readonly size: number; readonly root: Uint8Array }): Note {
  const [log, postQuantum] = keys.log;
  const whole = { origin: log.name, ...head };
  const text = checkpointText(whole);
  const seconds = Math.floor(millisecondsOf(now()) / 1000);
  return { text, signatures: [signNote(log, text), cosignNote(postQuantum, text, whole, seconds)] };
}

/** Witnesses that can be asked, one by one address; a witness may have a key of each kind there. */
const addresses = ({ policy }: LogPorts): Map<string, Witness[]> =>
  Map.groupBy(
    policy.witnesses.filter(({ url }) => url !== null),
    ({ url }) => (url as string).replace(/\/$/, ''),
  );

/**
 * Asks every witness how far it has seen this log, by an empty tree: it continues nothing and contradicts nothing. Gives the
 * witnesses that did not answer, when without them it is not known whether the log is further than this node believes.
 */
export async function askHowFar(ports: LogPorts, seen: Seen): Promise<readonly string[]> {
  const body = formatAddCheckpoint(0, [], formatNote(signed(ports, { size: 0, root: emptyRoot() })));
  const silent: Witness[] = [];
  await Promise.all(
    [...addresses(ports)].map(async ([url, witnesses]) => {
      const answer = await ports.askWitness(url, body);
      const size = answer?.status === 200 ? 0 : answer?.status === 409 ? parseCount(answer.body.trim()) : undefined;
      if (size === undefined) silent.push(...witnesses);
      else seen.set(url, size);
    }),
  );
  const answered = ports.policy.witnesses.filter((one) => one.url !== null && !silent.includes(one));
  return isQuorum(ports.policy, answered) ? [] : silent.map(({ name }) => name);
}

/** A witness that has seen more than this node ever signed: then this node is an older state of itself. */
export function furtherThan(ports: LogPorts, seen: Seen, size: number): void {
  for (const [url, witnesses] of addresses(ports)) {
    const theirs = seen.get(url) ?? 0;
    if (theirs > size)
      throw new BrokenLog(
        `the witness ${witnesses[0]?.name} has seen ${theirs} entries of this log, and this node has signed ${size}: it is an older state of itself (was a backup or a copy put back?)`,
      );
  }
}

/** Cosignatures that hold, from all witnesses that answer. Throws BrokenLog when one has seen another history. */
export async function cosignatures(ports: LogPorts, seen: Seen, checkpoint: Checkpoint): Promise<NoteSignature[]> {
  const lines = await Promise.all(
    [...addresses(ports)].map(async ([url, witnesses]) => {
      const answer = await submit(ports, seen, url, checkpoint);
      if (answer?.status === 422)
        throw new BrokenLog(
          `the witness ${witnesses[0]?.name} does not cosign the tree of ${checkpoint.size} entries, because it is no continuation of the ${seen.get(url) ?? 0} entries that it has seen: ${answer.body.trim()}`,
        );
      const given = answer?.status === 200 ? (parseSignatures(answer.body) ?? []) : [];
      if (answer?.status === 200) seen.set(url, checkpoint.size);
      const lines = witnesses.flatMap(({ key }) => given.map((line) => ({ key, line })));
      const standings = await Promise.all(
        lines.map(({ key, line }) =>
          standingOf(key, { text: checkpoint.note.text, signatures: [line] }, checkpoint, ports.verify),
        ),
      );
      return lines.flatMap(({ line }, n) => (standings[n]?.is === 'signed' ? [line] : []));
    }),
  );
  return lines.flat();
}

/** One submission; where the witness stood elsewhere than we thought, another from where it stands. */
async function submit(ports: LogPorts, seen: Seen, url: string, checkpoint: Checkpoint) {
  const { size, note } = checkpoint;
  const from = async (old: number) => {
    const proof = old === 0 || old === size ? [] : await worked(planConsistency(old, size), ports.files);
    return ports.askWitness(url, formatAddCheckpoint(old, proof, formatNote(note)));
  };
  const first = await from(seen.get(url) ?? 0);
  if (first?.status !== 409) return first;
  const theirs = parseCount(first.body.trim());
  if (theirs === undefined) return undefined;
  seen.set(url, theirs);
  furtherThan(ports, seen, size);
  return from(theirs);
}

/** The checkpoint with these signatures under it. */
export function withSignatures({ note }: Checkpoint, more: readonly NoteSignature[]): Checkpoint {
  const whole = parseCheckpoint(formatNote({ text: note.text, signatures: [...note.signatures, ...more] }));
  if (!whole.ok) throw new BrokenLog('cosignatures that make no checkpoint');
  return whole.value;
}
