// A deadline as data: the rule, when it began, when it stood still; so that it can always say how it came about.

import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';

/** How long, counted in what, and who says so: a provision of the law, the profile of a State, or an office's setting. */
export type ClockRule = {
  readonly kind: 'calendar-days' | 'working-days' | 'hours';
  readonly count: number;
  /** The provision, such as `pack:article`, where the law sets the number. */
  readonly citation?: string;
  readonly source: 'law' | 'profile' | 'setting';
};

/** A time in which the clock stands still; without an end it still does. `why` is a code for the catalogue. */
export type Pause<At> = { readonly from: At; readonly to?: At; readonly why: string };

/** Days are counted from a day, hours from a moment. */
export type Clock =
  | {
      readonly rule: ClockRule & { readonly kind: 'calendar-days' | 'working-days' };
      readonly start: Day;
      readonly pauses: readonly Pause<Day>[];
    }
  | {
      readonly rule: ClockRule & { readonly kind: 'hours' };
      readonly start: Instant;
      readonly pauses: readonly Pause<Instant>[];
    };
