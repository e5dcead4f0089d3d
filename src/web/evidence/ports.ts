// What the pages of evidence need.

import type { Casework } from '../../app/casework/casework.ts';
import type { EvidencePorts } from '../../app/evidence/ports.ts';
import type { AccessPorts } from '../session.ts';

export type EvidenceRoutePorts = {
  readonly work: Casework;
  readonly evidence: EvidencePorts;
  /** By which whoever lets something leave proves that they are there. */
  readonly access: AccessPorts;
  /** SHA-256 of bytes, in hexadecimal. */
  readonly sha256: (bytes: Uint8Array) => string;
};
