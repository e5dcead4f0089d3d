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
  evidence_key: {
    case_id: string;
    no: number;
    fingerprint: Uint8Array;
    entered_by: string;
    confirmed_by: string | null;
    confirmed_fingerprint: Uint8Array | null;
  };
  evidence_sealing: { case_id: string; package_no: number; key_no: number; fingerprint: Uint8Array };
  evidence_part: { upload: string; no: number; sha256: Uint8Array; written: boolean };
};
