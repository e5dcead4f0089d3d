// The lists of statistics that laws and indices ask for, read from office/statistics.yaml.

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { StatisticsList } from '../../app/reporting/statistics-ports.ts';

const FILE = new URL('../../../office/statistics.yaml', import.meta.url);

const Asked = z.strictObject({ of: z.string(), by: z.array(z.string()), outcome: z.string().optional() });
const Lists = z.strictObject({
  lists: z.record(
    z.string(),
    z.strictObject({ instrument: z.string().optional(), items: z.record(z.string(), z.array(Asked)) }),
  ),
});

/** Reads them; a file that is not as it should be is a defect of the installation and stops the start. */
export function loadStatistics(): readonly StatisticsList[] {
  const { lists } = Lists.parse(parse(readFileSync(FILE, 'utf8')));
  return Object.entries(lists).map(([id, { instrument, items }]) => ({
    id,
    ...(instrument === undefined ? {} : { instrument }),
    items: Object.entries(items).map(([item, tables]) => ({ id: item, tables })),
  })) as unknown as readonly StatisticsList[];
}
