// The tables of public figures as Kysely sees them.

import type { ColumnType, Generated } from 'kysely';
import type { Instant } from '../../../kernel/instant.ts';
import type { Queued } from '../casework/tables.ts';

export type ReportTables = {
  report_fact: { quarter: string; taken_at: Instant; facts: ColumnType<never, string, never> };
  report: {
    no: number;
    period: string;
    made_at: Instant;
    made_by: string;
    body: string;
    commitment: Uint8Array;
    previous: Uint8Array | null;
    salt: Uint8Array;
    /** Null in reports from before two people published. */
    proposal: string | null;
    proposed_by: string | null;
    entry: Queued;
  };
  report_proposal: {
    id: Generated<string>;
    period: string;
    proposed_by: string;
    proposed_at: Instant;
    body: string;
    hash: Uint8Array;
  };
  threshold_proposal: { id: Generated<string>; threshold: number; proposed_by: string; proposed_at: Instant };
  report_secret: { no: number; secret: Uint8Array };
};
