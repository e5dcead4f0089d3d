// The tables of casework as Kysely sees them.

import type { ColumnType, Generated } from 'kysely';
import type { Instant } from '../../../kernel/instant.ts';

type Bytes = Uint8Array;
/** Goes in as text, since pg would make a PostgreSQL array of a list, and comes out as values. */
type Json = ColumnType<unknown, string, string>;

/** The number of a step's commitment in the queue of the log; null only where what was there before migration 034 had none. */
export type Queued = ColumnType<number | null, number, never>;

export type CaseFileTable = {
  id: string;
  reference: string;
  direction: string;
  requesting_state: string;
  requested_state: string;
  counterpart: string;
  measure: string;
  instrument: string | null;
  stage: string;
  step: string | null;
  urgency: string;
  turn: string;
  assignee: string | null;
  received_at: Instant;
  due_at: Instant | null;
  due_kind: string | null;
  outcome: string | null;
  disposition: string | null;
  waiting: number;
  barred: readonly string[];
  to_call: boolean;
  executing: boolean;
  closed: boolean;
  sealed: boolean;
  version: number;
  state: Bytes;
  search: string;
};

export type CaseTables = {
  case_file: CaseFileTable;
  case_mark: { case_id: string; mark: string };
  event: {
    case_id: string;
    seq: number;
    type: string;
    at: Instant;
    person: string | null;
    body: Bytes;
    sealed: boolean;
  };
  commitment: { id: Generated<number>; value: Bytes };
  opening: {
    case_id: string;
    seq: number;
    commitment: Bytes;
    salt: Bytes | null;
    previous: Bytes | null;
    entry: Queued;
  };
  deadline: { case_id: string; key: string; kind: string; whose: string; on_at: Instant; done: boolean };
  assessment: { case_id: string; no: number; outcome: string; made_at: Instant };
  decision: {
    case_id: string;
    no: number;
    disposition: string;
    assessment_no: number;
    outcome: string;
    hash: Bytes;
    state: string;
    proposed_by: string;
    countersigned_by: string | null;
    countersigned_hash: Bytes | null;
  };
  execution_task: { case_id: string; id: string; decision_no: number; status: string };
  document: {
    case_id: string;
    id: string;
    kind: string;
    name: string;
    media_type: string;
    size: number;
    sha256: string;
    language: string | null;
    added_at: Instant;
    added_by: string | null;
    sealed: boolean;
  };
  conflict_of_interest: { case_id: string; person: string; declared_at: Instant };
  case_key: { case_id: string; wrapped: Bytes };
  case_grant: {
    case_id: string;
    person: string;
    wrapped_key: Bytes;
    granted_by: string | null;
    granted_at: Instant;
  };
  reading: { id: Generated<number>; case_id: string; person: string; part: string; at: Instant };
  api_intake: {
    api_key: string;
    repetition: string;
    body_sha256: Bytes;
    at: Instant;
    case_id: ColumnType<string | null, string | null | undefined>;
    reference: ColumnType<string | null, string | null | undefined>;
  };
  file_move: { case_id: string; since: Generated<Instant> };
  file_left: { sha256: string; since: Generated<Instant> };
  notice_code: { case_id: string; notice: number; mark: string };
  saved_view: { person: string; name: string; query: string };
  draft: {
    id: string;
    person: string;
    purpose: string;
    case_id: string | null;
    based_on: number | null;
    channel: string;
    measure: string | null;
    other_state: string | null;
    instrument: string | null;
    content: Json;
    unread: Json;
    documents: Json;
    version: number;
    changed_at: Instant;
  };
};
