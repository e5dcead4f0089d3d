// What somebody signs before evidence leaves: exactly which objects, to which keys, under which conditions.
// Attacker: sits at an unlocked machine, or exchanges a key or a condition between the reading and the signing.

import * as evidence from '../../domain/evidence/decide.ts';
import { type ObjectId, objectOf } from '../../domain/evidence/evidence.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import type { Casework } from '../casework/casework.ts';
import { releaseOf } from './release.ts';

/** Something that is to leave: a package that is sealed, one that is handed over, a working copy. */
export type Leaving =
  | ({ readonly act: 'evidence.package' } & evidence.Packing)
  | ({ readonly act: 'evidence.hand-over' } & evidence.Handing)
  | ({ readonly act: 'evidence.copy' } & evidence.Copying);

/** SHA-256 over the canonical JSON (RFC 8785) of the case, the objects by their hashes, the keys by their fingerprints, and the conditions. */
export function leavingHash({ world }: Pick<Casework, 'world'>, file: CaseFile, leaving: Leaving): string {
  const { conditions, assurances, limits } = file.disclosure;
  const under = {
    conditions: conditions.map(({ no: condition, text, status }) => ({ no: condition, text, status })),
    assurances: assurances.map(({ no: assurance, asked, status }) => ({ no: assurance, asked, status })),
    limits: limits.map(({ no: limit, text, until }) => ({ no: limit, text, until })),
  };
  const { act } = leaving;
  return world.hash(
    canonicalJson({ act, case: file.id, reference: file.reference, ...under, ...exactly(file, leaving) }),
  );
}

function exactly({ evidence }: CaseFile, leaving: Leaving) {
  const hashes = (ids: readonly ObjectId[]): string[] => ids.map((id) => objectOf(evidence, id)?.sha256 ?? '').sort();
  switch (leaving.act) {
    case 'evidence.package': {
      const { objects, fingerprints, purpose } = leaving;
      return { objects: hashes(objects), keys: [...fingerprints].sort(), purpose: purpose.trim() };
    }
    case 'evidence.hand-over': {
      const made = evidence.packages.find((one) => one.package === leaving.package);
      const what = { objects: hashes(made?.objects ?? []), keys: [...(made?.fingerprints ?? [])].sort() };
      return { ...what, package: made?.sha256 ?? '', to: leaving.to.trim(), how: leaving.how.trim() };
    }
    case 'evidence.copy':
      return { objects: hashes([leaving.object]), to: leaving.to.trim(), purpose: leaving.purpose.trim() };
  }
}

/** The hash that stands for it, or everything that stands in its way; nothing is recorded. */
export function drawUp(
  work: Pick<Casework, 'world'>,
  file: CaseFile,
  leaving: Leaving,
  by: PersonId,
): Outcome<string, Refusal> {
  const may = allowed(file, leaving, by, work.world.now());
  return may.ok ? accept(leavingHash(work, file, leaving)) : may;
}

function allowed(file: CaseFile, leaving: Leaving, by: PersonId, at: Instant): Outcome<unknown, Refusal> {
  const unsigned = { signed: '' };
  switch (leaving.act) {
    case 'evidence.package':
      return evidence.mayPack(file.evidence, leaving, releaseOf(file), by);
    case 'evidence.hand-over':
      return evidence.handOver(file.evidence, { ...leaving, ...unsigned }, releaseOf(file), by);
    case 'evidence.copy':
      return evidence.copy(file.evidence, { ...leaving, ...unsigned }, by, at);
  }
}

/** A refusal where this is not what was signed: it was changed, or what it depends on has moved on since. */
export const otherThanSigned = (
  work: Pick<Casework, 'world'>,
  file: CaseFile,
  leaving: Leaving,
  signed: string,
): ReturnType<typeof no> | undefined =>
  leavingHash(work, file, leaving) === signed ? undefined : no('evidence.not-what-was-read');
