// What the parts of these pages are given: an article being read, or a list being shown.

import type { workedCases } from '../../app/law-cases.ts';
import type { LawOnDay } from '../../app/law-on-day.ts';
import type { Provision } from '../../law/provision.ts';
import type { PageContext } from '../context.ts';
import type { LawQuery } from './query.ts';

export type Reading = {
  readonly context: PageContext;
  readonly law: LawOnDay;
  readonly cases: ReturnType<typeof workedCases>;
};

export type Shown = {
  readonly context: PageContext;
  readonly query: LawQuery;
  readonly law: LawOnDay;
  readonly found: readonly Provision[];
};
