// Oversight's book as the self-audit of the log reads it: every step with what opens its commitment, gaps included.

import { type Kysely, sql } from 'kysely';
import type { KeptChain } from '../../../app/log/audit-ports.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { Tables } from '../schema.ts';

type Row = {
  readonly id: string;
  readonly kind: string;
  readonly no: number;
  readonly seq: number | null;
  readonly type: string;
  readonly at: Instant;
  readonly person: string;
  readonly body: Uint8Array;
  readonly commitment: Uint8Array;
  readonly salt: Uint8Array;
  readonly previous: Uint8Array | null;
  readonly known: boolean;
  readonly index: number | null;
};

/** One chain for each sample and finding; one that has lost all its steps is there, and lacks its first. */
export async function bookChains(tx: Kysely<Tables>): Promise<readonly KeptChain[]> {
  const { rows } = await sql<Row>`
select f.id, f.kind, f.no, e.seq, e.type, e.at, e.person, e.body, e.commitment, e.salt, e.previous, c.id is not null as known, l.index
from oversight_file f
left join oversight_event e on e.file = f.id
left join commitment c on c.value = e.commitment
left join log_entry l on l.commitment = c.id
order by f.kind, f.no, e.seq`.execute(tx);
  return [...Map.groupBy(rows, ({ id }) => id)].map(([id, own]) => {
    const steps = own.filter((row): row is Row & { readonly seq: number } => row.seq !== null);
    return {
      id,
      reference: `${own[0]?.kind} ${own[0]?.no} of oversight`,
      version: Math.max(1, ...steps.map(({ seq }) => seq)),
      erased: false,
      steps: steps.map(({ seq, type, at, person, body, commitment, salt, previous, known, index }) => ({
        seq,
        event: { type, at, actor: person, body },
        opening: { commitment, previous, salt, known, index, passedOver: false },
      })),
    };
  });
}
