// The steps of a case in the public log: all with their places, and the receipt of one, which shows anybody that it stands there.

import type { CaseFile } from '../../domain/docket/case-file.ts';
import type { By } from '../../domain/registry/person.ts';
import { openingBytes } from '../../transparency/opening.ts';
import type { ExportPorts, LogPlace, OpenedStep, PlacedStep } from './export-ports.ts';

type Ports = Pick<ExportPorts, 'steps'> & { readonly log?: ExportPorts['log'] | undefined };

/** The steps of the case as far as that version of it goes, each with its place. */
export async function placedSteps(
  { steps, log }: Ports,
  by: By,
  { id, version }: Pick<CaseFile, 'id' | 'version'>,
): Promise<PlacedStep[]> {
  const found = (await steps(by, id)).slice(0, version);
  const commitments = found.map(({ commitment }) => commitment);
  const places = (await log?.places(id, commitments)) ?? [];
  return found.map((step, n) => ({ ...step, log: places[n] ?? null }));
}

/**
 * Null while no published checkpoint holds it; undefined where there is no such step. Without its opening it tells nothing but
 * that an entry stands there: for whoever may not know yet what the step says, since its words could be guessed from the opening.
 */
export async function stepReceipt(
  { steps, log }: Ports,
  by: By,
  file: Pick<CaseFile, 'id'>,
  seq: number,
  opened: boolean,
): Promise<LogPlace | null | undefined> {
  const step = (await steps(by, file.id)).find((one) => one.seq === seq);
  if (step === undefined) return undefined;
  return (await log?.receipt(file.id, step.commitment, opened ? openingOf(file.id, step) : undefined)) ?? null;
}

/** Undefined where the salt was erased: nothing opens it any more. */
function openingOf(caseId: string, { salt, previous, bodyHash, seq, at, actor, type }: OpenedStep) {
  if (salt === null) return undefined;
  const opening = openingBytes({
    caseId,
    seq,
    previous: previous === null ? null : Uint8Array.fromHex(previous),
    at,
    actor,
    type,
    bodyHash: Uint8Array.fromHex(bodyHash),
  });
  return { salt: Uint8Array.fromHex(salt), opening };
}
