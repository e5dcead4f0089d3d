// Oversight's book as the self-audit of the log reads it: every step with what opens its commitment, gaps included.

import { type Kysely, sql } from 'kysely';
import type { KeptBook } from '../../../app/log/audit-ports.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { stepColumns, stepFrom, stepJoins, type StepRow } from '../log/kept-step.ts';
import type { Tables } from '../schema.ts';

type FileRow = {
  readonly id: string;
  readonly kind: string;
  readonly no: number;
  readonly addressed_to: string | null;
  readonly cases: string[];
  readonly made_at: Instant;
};
/** A file that has lost all its steps has one row, without a step. */
type Row = FileRow & (StepRow | { readonly seq: null });

/** One chain for each sample and finding; one that has lost all its steps is there, and lacks its first. */
export async function bookChains(tx: Kysely<Tables>): Promise<readonly KeptBook[]> {
  const { rows } = await sql<Row>`
select f.id, f.kind, f.no, f.addressed_to, f.cases, f.made_at, ${stepColumns('e')}
from oversight_file f
left join oversight_event e on e.file = f.id
${stepJoins('e')}
order by f.kind, f.no, e.seq`.execute(tx);
  return [...Map.groupBy(rows, ({ id }) => id)].map(([id, own]) => {
    const steps = own.filter((row): row is FileRow & StepRow => row.seq !== null);
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
      steps: steps.map(stepFrom),
    };
  });
}

/** The lists of cases that samples are drawn from, and whether each still has the hash that it is known by. */
export async function populations(tx: Kysely<Tables>): Promise<ReadonlyMap<string, boolean>> {
  const { rows } = await sql<{ sha256: string; same: boolean }>`
select sha256, encode(sha256(convert_to(body, 'UTF8')), 'hex') = sha256 as same from oversight_population`.execute(tx);
  return new Map(rows.map(({ sha256, same }) => [sha256, same]));
}
