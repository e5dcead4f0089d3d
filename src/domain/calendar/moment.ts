// A moment as a request states it: a day, a day and a time, with or without its distance from UTC.

/** `YYYY-MM-DD`, or that with `THH:MM`, seconds and milliseconds, and `Z` or `+HH:MM` if the writer knew it. */
export type Moment = string & { readonly __brand: 'Moment' };
