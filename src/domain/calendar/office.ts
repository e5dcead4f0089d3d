// The calendar of an office: its zone, its weekend and its holidays, kept as data because each office keeps its own.

import type { Day } from '../../kernel/calendar.ts';
import type { Text } from '../../kernel/language.ts';

export type Holiday = { readonly day: Day; readonly name: Text | null };

export type OfficeCalendar = {
  /** An IANA name, such as `Africa/Nairobi`: where a day of this office begins. */
  readonly timeZone: string;
  /** Days of the week on which nobody works; 1 is Monday, 7 is Sunday. */
  readonly weekend: readonly number[];
  readonly holidays: readonly Holiday[];
};
