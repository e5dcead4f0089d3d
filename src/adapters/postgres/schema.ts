// The tables as Kysely sees them. Names are those of the migrations; each part of the store adds its own.

import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { CaseTables } from './casework/tables.ts';
import type { OutboxTables } from './outbox.ts';
import type { PeopleTables } from './people/tables.ts';

export type OfficeTable = {
  one: boolean;
  state: string;
  name: string;
  settings: unknown;
  version: number;
  demonstration: boolean;
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
  OutboxTables &
  PeopleTables & { office: OfficeTable; person: PersonTable; person_role: PersonRoleTable; absence: AbsenceTable };
