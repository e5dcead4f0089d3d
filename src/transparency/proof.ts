// A receipt (C2SP tlog-proof): one text file that proves offline that an entry stands in a log that others have seen.

import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { fromBase64, parseCount, toBase64 } from './bytes.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { type Extra, readExtra } from './leaf.ts';
import { HASH_BYTES, type HashRow, leafHash, verifyInclusion } from './merkle.ts';
import { standingOf, type Verify, type VerifierKey } from './note.ts';
import { cosignedBy, isQuorum, type LogPolicy } from './policy.ts';

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';
/** More than any tree has levels. */
const MOST_HASHES = 63;

export type Proof = {
  readonly extra: Uint8Array | null;
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** The text of the signed checkpoint, as it was published. */
  readonly checkpoint: string;
};

export const formatProof = ({ extra, index, hashes, checkpoint }: Proof): string =>
  [
    FIRST_LINE,
    ...(extra === null ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...hashes.map(toBase64),
    '',
    checkpoint,
  ].join('\n');

/** Reads the form; whether it proves anything is `verifyReceipt`'s to say. */
export function parseProof(text: string, pointer = ''): Outcome<Proof> {
  const no = (detail: string) => refuse({ pointer, detail });
  const end = text.indexOf('\n\n');
  const [first, ...lines] = text.slice(0, end).split('\n');
  if (end < 0 || first !== FIRST_LINE)
    return no(`must begin with ${FIRST_LINE} and have a checkpoint below an empty line`);
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined;
  const extra = extraLine === undefined ? null : fromBase64(extraLine.slice('extra '.length));
  if (extra === undefined) return no('has an extra line that is not base64');
  const indexLine = lines.shift() ?? '';
  const index = indexLine.startsWith('index ') ? parseCount(indexLine.slice('index '.length)) : undefined;
  if (index === undefined) return no('must say the index of the entry, in decimal');
  if (lines.length > MOST_HASHES) return no(`must have at most ${MOST_HASHES} hashes`);
  const hashes = lines.map(fromBase64).filter((hash) => hash?.length === HASH_BYTES) as Uint8Array[];
  if (hashes.length !== lines.length) return no('has a line among its hashes that is no hash of 32 bytes in base64');
  return accept({ extra, index, hashes, checkpoint: text.slice(end + 2) });
}

export type Proven = {
  readonly index: number;
  readonly extra: Extra;
  readonly checkpoint: Checkpoint;
  /** The names of the witnesses, as the policy has them, that cosigned. */
  readonly witnesses: readonly string[];
};

/**
 * Checks a receipt whose extra line names the entry, under one key of the log and a policy of the reader's choice. `hashes`:
 * what hashes here, where it is quicker than the one that runs everywhere.
 */
export async function verifyReceipt(
  text: string,
  log: VerifierKey,
  policy: LogPolicy,
  verify: Verify,
  hashes?: HashRow,
): Promise<Outcome<Proven>> {
  const no = (detail: string) => refuse({ pointer: '', detail });
  const proof = parseProof(text);
  if (!proof.ok) return proof;
  const checkpoint = parseCheckpoint(proof.value.checkpoint);
  if (!checkpoint.ok) return checkpoint;
  const { size, root, origin, note } = checkpoint.value;
  const extra = proof.value.extra === null ? undefined : readExtra(proof.value.extra);
  if (extra === undefined) return no('does not say which entry it is for');
  if (origin !== log.name) return no(`is of the log ${origin} and not of ${log.name}`);
  // All signatures at once: each takes as long as everything else together, and a machine has several processors.
  const signatures = Promise.all([
    standingOf(log, note, checkpoint.value, verify),
    cosignedBy(policy, checkpoint.value, verify),
  ]);
  const { index } = proof.value;
  const stands = verifyInclusion(index, size, leafHash(extra.entry), proof.value.hashes, root, hashes);
  const [signed, witnesses] = await signatures;
  if (signed.is !== 'signed') return no(`has a checkpoint on which the signature of the log is ${signed.is}`);
  if (!stands) return no(`does not prove that its entry stands at ${index} in the tree of ${size}`);
  if (!isQuorum(policy, witnesses)) return no('has fewer cosignatures than the policy asks for');
  return accept({ index, extra, checkpoint: checkpoint.value, witnesses: witnesses.map(({ name }) => name) });
}
