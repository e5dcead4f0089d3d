// The tables of the public log as Kysely sees them.

import type { Instant } from '../../../kernel/instant.ts';

export type LogTables = {
  log_identity: { one: boolean; origin: string; vkey: string };
  log_slot: { slot: Instant; first: number; places: number; settled: number };
  log_entry: {
    index: number;
    value: Uint8Array;
    commitment: number | null;
    slot: Instant | null;
    padding_salt: Uint8Array | null;
  };
  log_head: { size: number; root: Uint8Array; signed_at: Instant };
  witnessed_log: { origin: string; size: number; root: Uint8Array; checkpoint: string; at: Instant };
  case_erasure: { case_id: string; at: Instant; by_person: string | null };
};
