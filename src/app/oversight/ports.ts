// What the record of oversight's readings needs from the world: who opened which page of which case, and how often on a day.

import type { Reference } from '../../domain/docket/case-file.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';

/** One page of one case, opened once. `no` counts readings up; a page of the list begins below one. */
export type Reading = {
  readonly no: number;
  readonly at: Instant;
  readonly by: PersonId;
  readonly reference: Reference;
  readonly part: string;
};

/** What one person read on one day, without naming a case: the registrar, who heads the office, sees none. */
export type DayOfReading = {
  readonly day: Day;
  readonly by: PersonId;
  readonly cases: number;
  readonly times: number;
  readonly parts: readonly string[];
};

export type ReadingRecords = {
  /** The latest first, below that number where one is given. */
  readonly each: (asked: PersonId, most: number, below: number | null) => Promise<readonly Reading[]>;
  /** The latest day first, in that time zone. */
  readonly byDay: (asked: PersonId, since: Instant, timeZone: string) => Promise<readonly DayOfReading[]>;
};
