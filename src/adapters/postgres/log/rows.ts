// Reads for the self-audit what lies beside the steps of cases: rows of each case, counts, the office, people, and reports.

import { type Kysely, sql } from 'kysely';
import type { CaseKeys } from '../../../app/casework/sealing-ports.ts';
import type { KeptReport, LogRecord } from '../../../app/log/audit-ports.ts';
import type { Rows } from '../../../app/log/held-ports.ts';
import type { Standing } from '../../../app/office/ports.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { type CaseKey, nameFrom } from '../casework/sealed.ts';
import { changeFrom } from '../office.ts';
import { takenIn } from '../reporting/reports.ts';
import { thresholdFrom } from '../reporting/thresholds.ts';
import type { Tables } from '../schema.ts';
import { heldKept } from './held-kept.ts';
import { type Owned, ownedRows } from './plain-rows.ts';

type Tx = Kysely<Tables>;

const OF_CASES: Owned = {
  case_mark: ['case_id', 'mark'],
  deadline: ['case_id', 'key', 'kind', 'whose', 'on_at', 'done'],
  assessment: ['case_id', 'no', 'outcome', 'made_at'],
  decision: [
    'case_id',
    'no',
    'disposition',
    'assessment_no',
    'outcome',
    'hash',
    'state',
    'proposed_by',
    'countersigned_by',
    'countersigned_hash',
  ],
  execution_task: ['case_id', 'id', 'decision_no', 'status'],
  document: ['case_id', 'id', 'kind', 'name', 'media_type', 'size', 'sha256', 'language', 'added_by', 'added_at'],
  conflict_of_interest: ['case_id', 'person', 'declared_at'],
  case_grant: ['case_id', 'person', 'granted_by', 'granted_at'],
  case_key: ['case_id'],
  notice_code: ['case_id', 'notice', 'mark'],
  evidence_key: ['case_id', 'no', 'fingerprint', 'entered_by', 'confirmed_by', 'confirmed_fingerprint'],
  evidence_sealing: ['case_id', 'package_no', 'fingerprint'],
  api_intake: ['case_id', 'reference', 'body_sha256'],
};

/** The rows of these cases, by case. The names of documents of sealed cases are still what is kept. */
export const rowsOf = (tx: Tx, cases: readonly string[]): Promise<Map<string, Rows>> => ownedRows(tx, OF_CASES, cases);

/** The same rows with the names of documents opened; one that does not open is shown as it is kept. */
export function withNames(rows: Rows, keys: CaseKeys, key: CaseKey, id: string): Rows {
  if (key === null) return rows;
  const document = (rows['document'] ?? []).map((row) => {
    try {
      return { ...row, name: nameFrom(keys, key, id, String(row['id']), String(row['name'])) };
    } catch {
      return row;
    }
  });
  return { ...rows, document };
}

/** What lies beside all cases. */
export function besideCases(
  asNode: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  standing: () => Promise<Standing>,
): Pick<LogRecord, 'unindexed' | 'countsOff' | 'slotsOff' | 'countedBy' | 'office' | 'held' | 'reports' | 'facts'> {
  return {
    unindexed: (cases) =>
      asNode(async (tx) => {
        const { rows } = await sql<{ id: string }>`
select f.id
from unnest(${cases.map(({ id }) => id)}::uuid[], ${cases.map(({ version }) => version)}::integer[], ${cases.map(({ words }) => words)}::text[])
  as made (id, version, words)
join case_file f on f.id = made.id and f.version = made.version where f.search is distinct from to_tsvector('simple', made.words)`.execute(
          tx,
        );
        return rows.map(({ id }) => id);
      }),
    countsOff: () =>
      asNode(async (tx) => {
        const { rows } = await sql<{
          kind: string;
          kept: number;
          there: number;
        }>`select * from rogatory_counts_off()`.execute(tx);
        return rows.map(({ kind, kept, there }) => `${kind}: ${kept}, and there are ${there}`);
      }),
    slotsOff: () =>
      asNode(async (tx) => {
        const { rows } = await sql<{ slot: Instant }>`
select s.slot from log_slot s left join (
  select slot, min(index) as first, count(*) as places from log_entry where slot is not null group by slot) e on e.slot = s.slot
where (e.first, e.places) is distinct from (s.first, s.places::bigint) order by s.slot`.execute(tx);
        return rows.map(({ slot }) => slot);
      }),
    countedBy: () =>
      asNode(async (tx) => {
        const row = await tx.selectFrom('office').select(['version', 'counted', 'counted_by as by']).executeTakeFirst();
        return row && { done: row.counted >= row.version, by: row.by };
      }),
    office: async () => {
      const stands = await standing();
      return asNode(async (tx) => {
        const rows = await tx.selectFrom('office_event').selectAll().orderBy('id').execute();
        // Read before the changes were: one that came in between is left for the next run.
        const changes = rows.map(changeFrom).filter(({ version }) => version <= stands.version);
        const proposed = await tx.selectFrom('threshold_proposal').selectAll().orderBy('id').execute();
        return { standing: stands, changes, thresholds: proposed.map(thresholdFrom) };
      });
    },
    held: () => asNode(heldKept),
    reports: () => asNode(reportsKept),
    facts: (quarter) => asNode(async (tx) => (await takenIn(tx, quarter)) ?? []),
  };
}

async function reportsKept(tx: Tx): Promise<KeptReport[]> {
  const rows = await tx
    .selectFrom('report')
    .leftJoin('report_secret', 'report_secret.no', 'report.no')
    .select(['report.no', 'period', 'made_at', 'body', 'commitment', 'previous', 'salt', 'secret'])
    .orderBy('report.no')
    .execute();
  return rows.map(({ made_at, secret, ...row }) => ({ ...row, madeAt: made_at, secret: secret ?? undefined }));
}
