// What the pages of evidence need.

import type { Casework } from '../../app/casework/casework.ts';
import type { EvidencePorts } from '../../app/evidence/ports.ts';

export type EvidenceRoutePorts = {
  readonly work: Casework;
  readonly evidence: EvidencePorts;
  /** SHA-256 of bytes, in hexadecimal. */
  readonly sha256: (bytes: Uint8Array) => string;
};
