// What a witness answers (C2SP tlog-witness, add-checkpoint): it cosigns a tree only where that tree continues the one it cosigned last.
// Attacker: a log that shows two histories, or somebody who is not the log at all.

import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { fromBase64, parseCount, sameBytes, toBase64 } from './bytes.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { emptyRoot, HASH_BYTES, verifyConsistency } from './merkle.ts';
import { type Head, standingOf, type Verify, type VerifierKey } from './note.ts';

const MOST_HASHES = 63;

export type AddCheckpoint = {
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  readonly checkpoint: Checkpoint;
};

/** The body of a request. */
export const formatAddCheckpoint = (oldSize: number, proof: readonly Uint8Array[], checkpoint: string): string =>
  [`old ${oldSize}`, ...proof.map(toBase64), '', checkpoint].join('\n');

/** Reads the body of a request. */
export function parseAddCheckpoint(text: string): Outcome<AddCheckpoint> {
  const no = (detail: string) => refuse({ pointer: '', detail });
  const end = text.indexOf('\n\n');
  const [first = '', ...lines] = text.slice(0, end).split('\n');
  const oldSize = first.startsWith('old ') ? parseCount(first.slice('old '.length)) : undefined;
  if (end < 0 || oldSize === undefined)
    return no('must begin with a line "old <size>" and have a checkpoint below an empty line');
  if (lines.length > MOST_HASHES) return no(`must have at most ${MOST_HASHES} hashes`);
  const proof = lines.map(fromBase64).filter((hash) => hash?.length === HASH_BYTES) as Uint8Array[];
  if (proof.length !== lines.length) return no('has a line among its hashes that is no hash of 32 bytes in base64');
  const checkpoint = parseCheckpoint(text.slice(end + 2));
  return checkpoint.ok ? accept({ oldSize, proof, checkpoint: checkpoint.value }) : checkpoint;
}

/** What a witness remembers of a log: the tree it cosigned last, null before the first. */
export type Witnessed = Pick<Head, 'size' | 'root'> | null;

/** The answer to give; `cosign` also says what to remember, before anybody sees the signature. */
export type WitnessAnswer =
  | { readonly is: 'cosign'; readonly head: Head }
  /** 409: the size cosigned last. */
  | { readonly is: 'other-size'; readonly size: number }
  | { readonly is: 'refused'; readonly status: 400 | 403 | 404 | 422; readonly why: string };

/** Answers a request. `keys` are those trusted for the log that the checkpoint names; none: the log is unknown. */
export async function answerAddCheckpoint(
  request: AddCheckpoint,
  keys: readonly VerifierKey[],
  last: Witnessed,
  verify: Verify,
): Promise<WitnessAnswer> {
  const { oldSize, proof, checkpoint } = request;
  const no = (status: 400 | 403 | 404 | 422, why: string) => ({ is: 'refused', status, why }) as const;
  const { origin, size, root, note } = checkpoint;
  if (keys.length === 0) return no(404, 'this log is not known here');
  const standings = (await Promise.all(keys.map((key) => standingOf(key, note, checkpoint, verify)))).map(
    ({ is }) => is,
  );
  if (standings.includes('false')) return no(403, 'a signature of the log does not hold');
  if (!standings.includes('signed')) return no(403, 'no key that is trusted for the log has signed');
  if (oldSize > size) return no(400, 'the old size is larger than that of the checkpoint');
  const known = last?.size ?? 0;
  if (oldSize !== known) return { is: 'other-size', size: known };
  if (size === 0 && !sameBytes(root, emptyRoot())) return no(422, 'a tree without leaves has another root');
  if (oldSize === 0 ? proof.length > 0 : !continues(request, last))
    return no(422, `this tree of ${size} does not continue the one of ${oldSize} that was cosigned`);
  return { is: 'cosign', head: { origin, size, root } };
}

const continues = ({ oldSize, proof, checkpoint }: AddCheckpoint, last: Witnessed): boolean =>
  last !== null && verifyConsistency(oldSize, checkpoint.size, proof, last.root, checkpoint.root);
