// The tables of the clock's word to people as Kysely sees them.

import type { Generated } from 'kysely';
import type { Instant } from '../../kernel/instant.ts';

export type OutboxTables = {
  outbox: {
    id: Generated<number>;
    at: Instant;
    person: string | null;
    role: string | null;
    except_person: string | null;
    tries: Generated<number>;
    not_before: Instant;
  };
  mail_address: { person: string; address: string };
};
