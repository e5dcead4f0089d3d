// The tables as Kysely sees them. Names are those of the migrations; each part of the store adds its own.

import type { ColumnType, Generated } from 'kysely';
import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { CaseTables } from './casework/tables.ts';
import type { EvidenceTables } from './evidence/tables.ts';
import type { LogTables } from './log/tables.ts';
import type { OversightTables } from './oversight/tables.ts';
import type { OutboxTables } from './outbox-tables.ts';
import type { PeopleTables } from './people/tables.ts';
import type { ReportTables } from './reporting/tables.ts';

export type OfficeTable = {
  one: boolean;
  state: string;
  name: string;
  settings: unknown;
  version: number;
  demonstration: boolean;
  changed_at: ColumnType<Instant | null, Instant | null | undefined>;
  /** The version of the office by which the terms of all open cases are counted; on the way to the next, the last case done. */
  counted: Generated<number>;
  counted_to: ColumnType<string | null, string | null | undefined>;
  counted_by: ColumnType<string | null, string | null | undefined>;
};
export type OfficeEventTable = {
  id: Generated<number>;
  at: Instant;
  by_person: string | null;
  version: number;
  changes: ColumnType<unknown, string, never>;
  /** Of the threshold of figures, which takes two people. */
  proposal: ColumnType<string | null, string | null | undefined, never>;
  proposed_by: ColumnType<string | null, string | null | undefined, never>;
};
export type PersonTable = {
  id: string;
  name: string;
  language: string;
  created_at: Instant;
  disabled_at: Instant | null;
};
export type PersonRoleTable = {
  person: string;
  role: string;
  given_at: Instant;
  given_by: string | null;
  taken_at: Instant | null;
  taken_by: string | null;
};
export type AbsenceTable = { id: string; person: string; deputy: string | null; from_day: Day; until_day: Day };

export type Tables = CaseTables &
  EvidenceTables &
  LogTables &
  OversightTables &
  OutboxTables &
  PeopleTables &
  ReportTables & {
    office: OfficeTable;
    office_event: OfficeEventTable;
    person: PersonTable;
    person_role: PersonRoleTable;
    absence: AbsenceTable;
  };
