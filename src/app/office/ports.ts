// What changing the office needs from the world: settings that are changed whole, each change on record, and how far terms are counted anew.

import type { CaseId } from '../../domain/docket/case-file.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import type { Proposed } from '../../domain/reporting/proposal.ts';
import type { Json } from '../../kernel/canonical-json.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Office } from '../casework/office.ts';

/** One setting that is no longer what it was. `setting` is `name`, `languages`, `term.reply`, `holiday.2028-03-01` ... */
export type Change = { readonly setting: string; readonly from: Json; readonly to: Json };

/** What somebody changed at once. `version` is the one it made. */
export type OfficeChange = {
  readonly at: Instant;
  readonly by: PersonId | null;
  readonly version: number;
  readonly changes: readonly Change[];
  /** What somebody else had proposed, where it takes two people. */
  readonly proposed?: Pick<Proposed, 'id' | 'by'>;
};

/** The office as it stands; version 0 is one that nobody has set up. */
export type Standing = { readonly office: Office; readonly version: number };

export type OfficeRecords = {
  /** As it stands in the store now, whatever was kept in memory. */
  readonly standing: () => Promise<Standing>;
  /** Puts another office in the place of that version, with the record of what changed; false when it is no longer that version. */
  readonly change: (to: Office, change: OfficeChange) => Promise<boolean>;
  /** The latest first. */
  readonly changes: (most: number) => Promise<readonly OfficeChange[]>;
  /** Whether there is any case, of whomever. */
  readonly hasCases: () => Promise<boolean>;
  /** What is to be counted anew, and after which case it goes on; undefined when all terms are as the office counts, and by this, where it matters. */
  readonly toCount: (
    by: string | null,
  ) => Promise<
    { readonly version: number; readonly changedAt: Instant | null; readonly after: CaseId | null } | undefined
  >;
  /** How much of it is done after that case, from 0 to 1. */
  readonly shareCounted: (after: CaseId | null) => Promise<number>;
  /** How far it got by this, null: to the end. False when the office changed meanwhile, and it begins again. */
  readonly counted: (version: number, by: string, to: CaseId | null) => Promise<boolean>;
};
