// A published report as a file: what was committed to, what opens the commitment, and the proof from the log as far as it goes by now.

import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import { formatKey } from '../../transparency/note.ts';
import { parseProof } from '../../transparency/proof.ts';
import { parseCheckpoint } from '../../transparency/checkpoint.ts';
import { planConsistency } from '../../transparency/tiles.ts';
import { worked } from '../log/grow.ts';
import type { LogPorts } from '../log/ports.ts';
import { receiptFor } from '../log/receipt.ts';
import type { Published } from './ports.ts';
import type { Tree } from './report.ts';

/** The file of docs/spec/report.md, in canonical form. `log` in it is null until a published checkpoint holds the report. */
export async function reportFile(log: LogPorts, published: Published): Promise<string> {
  const { report, commitment, previous, salt } = published;
  return canonicalJson({
    form: 'rogatory/report/v1',
    report: report as unknown as Json,
    commitment: commitment.toHex(),
    previous: previous?.toHex() ?? null,
    salt: salt.toHex(),
    log: await inLog(log, published),
  });
}

async function inLog(log: LogPorts, { report, commitment }: Published): Promise<Json> {
  const found = await receiptFor(log, commitment);
  if (!found.ok) return null;
  const { index, receipt } = found.value;
  const proof = parseProof(receipt);
  const checkpoint = proof.ok ? parseCheckpoint(proof.value.checkpoint) : proof;
  if (!checkpoint.ok) return null;
  const { size } = checkpoint.value;
  const from = async (tree: Tree | null): Promise<Json> =>
    tree === null || tree.size === size
      ? []
      : (await worked(planConsistency(tree.size, size), log.files)).map((hash) => hash.toHex());
  return {
    vkey: formatKey(log.keys.log[0]),
    index,
    receipt,
    fromStart: await from(report.log.start),
    fromEnd: await from(report.log.end),
  };
}
