// The tables of evidence as Kysely sees them.

import type { Instant } from '../../../kernel/instant.ts';

export type EvidenceTables = {
  evidence_upload: {
    id: string;
    case_id: string;
    person: string;
    size: number;
    part_size: number;
    begun_at: Instant;
  };
  evidence_part: { upload: string; no: number; sha256: Uint8Array; written: boolean };
};
