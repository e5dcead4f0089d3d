// The tables of oversight's book as Kysely sees them.

import type { Instant } from '../../../kernel/instant.ts';
import type { Queued } from '../casework/tables.ts';

export type OversightTables = {
  oversight_file: {
    id: string;
    kind: string;
    no: number;
    addressed_to: string | null;
    cases: string[];
    made_at: Instant;
  };
  oversight_event: {
    file: string;
    seq: number;
    type: string;
    at: Instant;
    person: string;
    body: Uint8Array;
    commitment: Uint8Array;
    salt: Uint8Array;
    previous: Uint8Array | null;
    entry: Queued;
  };
  oversight_population: { sha256: string; body: string };
};
