// Reads for the self-audit what lies beside the steps of cases: rows of each case, counts, the office, people, and reports.

import { type Kysely, sql } from 'kysely';
import type { CaseKeys } from '../../../app/casework/sealing-ports.ts';
import type { KeptPeople, KeptReport, LogRecord, Row, Rows, Value } from '../../../app/log/audit-ports.ts';
import type { Standing } from '../../../app/office/ports.ts';
import type { PersonId } from '../../../domain/registry/person.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { type CaseKey, nameFrom } from '../casework/sealed.ts';
import { changeFrom } from '../office.ts';
import { takenIn } from '../reporting/reports.ts';
import { thresholdFrom } from '../reporting/thresholds.ts';
import type { Tables } from '../schema.ts';

type Tx = Kysely<Tables>;

const COLUMNS = {
  case_mark: ['mark'],
  deadline: ['key', 'kind', 'whose', 'on_at', 'done'],
  assessment: ['no', 'outcome', 'made_at'],
  decision: [
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
  execution_task: ['id', 'decision_no', 'status'],
  document: ['id', 'kind', 'name', 'media_type', 'size', 'sha256', 'language', 'added_by', 'added_at'],
  conflict_of_interest: ['person', 'declared_at'],
  case_grant: ['person', 'granted_by', 'granted_at'],
  case_key: [],
  notice_code: ['notice', 'mark'],
  evidence_key: ['no', 'fingerprint', 'entered_by', 'confirmed_by', 'confirmed_fingerprint'],
  evidence_sealing: ['package_no', 'fingerprint'],
  api_intake: ['reference', 'body_sha256'],
} as const;

/** The rows of these cases, by case. The names of documents of sealed cases are still what is kept. */
export async function rowsOf(tx: Tx, cases: readonly string[]): Promise<Map<string, Rows>> {
  const found = new Map<string, { [table: string]: Row[] }>(cases.map((id) => [id, {}]));
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const { rows } = await sql<{ case_id: string }>`
select ${sql.join(['case_id', ...columns].map((one) => sql.ref(one)))} from ${sql.table(table)} where case_id = any (${cases}::uuid[])`.execute(
      tx,
    );
    for (const { case_id, ...row } of rows) {
      const own = found.get(case_id) ?? {};
      own[table] ??= [];
      own[table].push(plain(row));
    }
  }
  return found;
}

/** A row as the audit compares it. */
export const plain = (row: object): Row =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plainValue(value)]));

function plainValue(value: unknown): Value {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return Array.isArray(value) ? value.join(' ') : (value as Value);
}

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
): Pick<LogRecord, 'unindexed' | 'countsOff' | 'slotsOff' | 'countedBy' | 'office' | 'people' | 'reports' | 'facts'> {
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
    people: () => asNode(peopleKept),
    reports: () => asNode(reportsKept),
    facts: (quarter) => asNode(async (tx) => (await takenIn(tx, quarter)) ?? []),
  };
}

async function peopleKept(tx: Tx): Promise<KeptPeople> {
  const people = await tx.selectFrom('person').select(['id', 'name', 'disabled_at']).execute();
  const roles = await tx.selectFrom('person_role').selectAll().execute();
  const trail = await tx
    .selectFrom('person_event')
    .select(['at', 'by_person', 'person', 'what', 'facts'])
    .where('what', 'in', ['set-up', 'invited', 'roles-changed', 'disabled', 'enabled'])
    .orderBy('id')
    .execute();
  return {
    people: people.map(({ id, name, disabled_at }) => ({ id: id as PersonId, name, disabled: disabled_at !== null })),
    roles: roles.map(plain),
    trail: trail.map(({ at, by_person, person, what, facts }) => ({
      at: at as Instant,
      by: by_person as PersonId | null,
      person: person as PersonId,
      what,
      facts,
    })),
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
