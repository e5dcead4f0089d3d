// The tables of the public log as Kysely sees them.

import type { ColumnType, Generated } from 'kysely';
import type { Instant } from '../../../kernel/instant.ts';
import type { Queued } from '../casework/tables.ts';

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
  case_erasure: {
    case_id: string;
    at: Instant;
    seq: number | null;
    salt: Uint8Array | null;
    reason: string | null;
    ordered_by: string | null;
  };
  held_step: {
    chain: string;
    seq: number;
    type: string;
    at: Instant;
    person: string | null;
    body: Uint8Array;
    commitment: Uint8Array;
    salt: Uint8Array;
    previous: Uint8Array | null;
    entry: Queued;
  };
  log_audit: {
    no: Generated<number>;
    began_at: Instant;
    ended_at: Instant;
    entries: number;
    cases: number;
    found: ColumnType<{ readonly [kind: string]: number }, string, never>;
  };
  log_audit_finding: { audit: number; no: number; kind: string; reference: string | null; says: string };
};
