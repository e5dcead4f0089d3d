// What pages read of evidence: what stands in the way of a package, and the words that forms choose among.

export { releaseOf } from './release.ts';
export { isConfirmed, READ_DIGITS } from '../../domain/evidence/keys.ts';
export { caseNotReady, standsInTheWay } from '../../domain/evidence/package.ts';
export {
  type EvidenceObject,
  FLAG_ANSWERS,
  type Made,
  type ObjectId,
  type RecipientKey,
  objectOf,
  redactionsOf,
} from '../../domain/evidence/evidence.ts';
