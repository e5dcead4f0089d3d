// The tables of people and access as Kysely sees them.

import type { ColumnType, Generated } from 'kysely';
import type { Instant } from '../../../kernel/instant.ts';

type Facts = ColumnType<Record<string, string>, string, never>;

export type PeopleTables = {
  login: {
    person: string;
    name: string;
    password: string | null;
    totp: Uint8Array | null;
    totp_step: Generated<number>;
  };
  passkey: {
    id: string;
    person: string;
    public_key: Uint8Array;
    counter: number;
    transports: string[];
    device_bound: boolean;
    label: string;
    added_at: Instant;
    used_at: Instant | null;
  };
  api_key: {
    id: string;
    office: string;
    state: string;
    hash: string;
    made_at: Instant;
    made_by: string;
    expires_at: Instant;
    revoked_at: ColumnType<Instant | null, Instant | null | undefined>;
    revoked_by: ColumnType<string | null, string | null | undefined>;
    used_at: ColumnType<Instant | null, Instant | null | undefined>;
    window_at: ColumnType<Instant | null, Instant | null | undefined>;
    window_uses: Generated<number>;
  };
  recovery_code: { hash: string; person: string; made_at: Instant; used_at: Instant | null };
  federated_identity: { issuer: string; subject: string; person: string };
  session: {
    id: string;
    person: string;
    credential: string;
    csrf: string;
    started_at: Instant;
    seen_at: Instant;
    address: string;
    ended_at: Instant | null;
    ended_why: string | null;
    /** Null in sessions from before the node marked them. */
    mark: string | null;
  };
  one_time: {
    hash: string;
    kind: string;
    person: string | null;
    facts: ColumnType<Record<string, string>, string, string>;
    expires_at: Instant;
    used_at: Instant | null;
    mark: string | null;
  };
  attempt: { key: string; failures: number; last_at: Instant | null; blocked_until: Instant | null };
  recovery: { person: string; opened_by: string; opened_at: Instant };
  person_key: { person: string; made_at: Instant; recipient: string; sealed: Uint8Array };
  person_event: {
    id: Generated<number>;
    at: Instant;
    by_person: string | null;
    person: string | null;
    what: string;
    facts: Facts;
  };
};
