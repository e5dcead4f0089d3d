// Lists of statistics that others ask for, as data: which figures answer each item.

import type { Dimension, Kind } from '../../domain/reporting/figures.ts';

/** A list of statistics that somebody asks for, and what answers each item. */
export type StatisticsList = {
  readonly id: string;
  /** The instrument that it is about; absent for one about everything. */
  readonly instrument?: string;
  readonly items: readonly { readonly id: string; readonly tables: readonly AskedTable[] }[];
};
export type AskedTable = { readonly of: Kind; readonly by: readonly Dimension[]; readonly outcome?: string };
