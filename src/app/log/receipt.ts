// A receipt: the proof that a commitment stands in the public log, in one text file that needs nobody to be checked.

import type { CaseId } from '../../domain/docket/case-file.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { no } from '../../kernel/refusal.ts';
import { accept, Defect, type Outcome } from '../../kernel/outcome.ts';
import { parseCheckpoint } from '../../transparency/checkpoint.ts';
import { entryOf, extraOf } from '../../transparency/leaf.ts';
import { formatProof, verifyReceipt } from '../../transparency/proof.ts';
import { planInclusion, type Tile } from '../../transparency/tiles.ts';
import { treeIn, workedFrom } from './grow.ts';
import { ownCheckpoint } from './halt.ts';
import type { LogPorts } from './ports.ts';

export type Receipt = { readonly index: number; readonly receipt: string };

/** The places of a case's commitments in hexadecimal, each with its receipt; null for what is not public yet. */
export async function placesOf(
  ports: LogPorts,
  of: CaseId,
  commitments: readonly string[],
): Promise<readonly (Receipt | null)[]> {
  const places: (Receipt | null)[] = [];
  for (const commitment of commitments) {
    const given = await receiptFor(ports, Uint8Array.fromHex(commitment), { of });
    places.push(given.ok ? given.value : null);
  }
  return places;
}

/** How many entries the published checkpoint says it holds; 0 before there is one. What it is worth, a receipt shows. */
export async function publishedSize({ files }: Pick<LogPorts, 'files'>): Promise<number> {
  const read = parseCheckpoint((await files.published()) ?? '');
  return read.ok ? read.value.size : 0;
}

/** Of which case the commitment is a step, where it is of one; and what opens it, when the holder is to see that too. */
type About = {
  readonly of?: CaseId;
  readonly opened?: { readonly salt: Uint8Array; readonly opening: Uint8Array } | undefined;
};

/**
 * The receipt for a commitment. Refused while no published checkpoint holds the entry. It is checked as a stranger would before
 * it is given out; one that does not hold is a defect of the node.
 */
export async function receiptFor(
  ports: LogPorts,
  commitment: Uint8Array,
  { of, opened }: About = {},
): Promise<Outcome<Receipt, Refusal>> {
  const index = await ports.entries.indexOf(commitment, of);
  if (index === undefined) return no('log.unknown');
  const text = await ports.files.published();
  if (index === null || text === undefined) return no('log.waiting');
  const { size } = await ownCheckpoint(text, 'the published checkpoint', ports);
  if (index >= size) return no('log.waiting');
  const tiles = ports.tiles ?? ((tile: Tile) => treeIn(tile, ports.files));
  const hashes = await workedFrom(planInclusion(index, size), tiles);
  const extra = extraOf(entryOf(commitment), opened);
  const receipt = formatProof({ extra, index, hashes, checkpoint: text });
  const proven = await verifyReceipt(receipt, ports.keys.log[0], ports.policy, ports.verify, ports.files.hashes);
  if (!proven.ok)
    throw new Defect(`the receipt for entry ${index} does not hold: it ${proven.faults.map(({ detail }) => detail)}`);
  return accept({ index, receipt });
}
