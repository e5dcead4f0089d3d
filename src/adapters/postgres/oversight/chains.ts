// Oversight's book as the self-audit of the log reads it: every step with what opens its commitment, gaps included.

import { type Kysely, sql } from 'kysely';
import type { KeptBook } from '../../../app/log/audit-ports.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { Tables } from '../schema.ts';

type Row = {
  readonly id: string;
  readonly kind: string;
  readonly no: number;
  readonly addressed_to: string | null;
  readonly cases: string[];
  readonly made_at: Instant;
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
  readonly passed_over: boolean;
};

/** One chain for each sample and finding; one that has lost all its steps is there, and lacks its first. */
export async function bookChains(tx: Kysely<Tables>): Promise<readonly KeptBook[]> {
  const { rows } = await sql<Row>`
select f.id, f.kind, f.no, f.addressed_to, f.cases, f.made_at, e.seq, e.type, e.at, e.person, e.body, e.commitment, e.salt, e.previous, c.id is not null as known, l.index,
  coalesce(l.index is null and c.id <= (select max(settled) from log_slot) and e.at < now() - interval '1 hour', false) as passed_over
from oversight_file f
left join oversight_event e on e.file = f.id
left join commitment c on c.value = e.commitment
left join log_entry l on l.commitment = c.id
order by f.kind, f.no, e.seq`.execute(tx);
  return [...Map.groupBy(rows, ({ id }) => id)].map(([id, own]) => {
    const steps = own.filter((row): row is Row & { readonly seq: number } => row.seq !== null);
    return {
      id,
      kind: own[0]?.kind ?? '',
      row: {
        id,
        no: own[0]?.no ?? 0,
        made_at: own[0]?.made_at ?? null,
        addressed_to: own[0]?.addressed_to ?? null,
      },
      cases: own[0]?.cases ?? [],
      reference: `${own[0]?.kind} ${own[0]?.no} of oversight`,
      version: Math.max(1, ...steps.map(({ seq }) => seq)),
      erased: null,
      steps: steps.map(({ seq, type, at, person, body, commitment, salt, previous, known, index, passed_over }) => ({
        seq,
        event: { type, at, actor: person, body },
        opening: { commitment, previous, salt, known, index, passedOver: passed_over },
      })),
    };
  });
}

/** The lists of cases that samples are drawn from, and whether each still has the hash that it is known by. */
export async function populations(tx: Kysely<Tables>): Promise<ReadonlyMap<string, boolean>> {
  const { rows } = await sql<{ sha256: string; same: boolean }>`
select sha256, encode(sha256(convert_to(body, 'UTF8')), 'hex') = sha256 as same from oversight_population`.execute(tx);
  return new Map(rows.map(({ sha256, same }) => [sha256, same]));
}
